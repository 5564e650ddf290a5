import type { Page } from '../../support/browser.ts';
import type { Program } from '../../support/program.ts';
import type { Smtp } from '../../support/smtp.ts';
import type { UntilOptions } from '../../support/until.ts';
import type { Store } from './store.ts';

/** Where something is said: a channel of the test organisation, or the conversation with the bot alone. */
export type Room = 'hr' | 'random' | 'secret' | 'shared' | 'bot';

/** Something that a person reads: a message as it stood when it was seen. */
export interface Sight {
  /** The same for every version of one message, so that "edited in place" can be told from "said anew". */
  readonly id: string;
  readonly room: Room;
  /** Line by line, buttons as [Label]. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** The addresses that it leads to. */
  readonly links: readonly string[];
  /** Whether nobody else can read it. */
  readonly mine: boolean;
}

/** A form as a person sees it. */
export interface Form {
  readonly title: string;
  readonly text: string;
  readonly fields: readonly string[];
}

export interface Seeing extends UntilOptions {
  /** Only in this room. */
  readonly in?: Room;
  /** Only what nobody else can read (true), or only what the room reads (false). */
  readonly mine?: boolean;
  /** Also what was there before this person's last act. */
  readonly ever?: boolean;
}

/**
 * A person at the keyboard, on whatever surface. Acting resolves once the surface took the act;
 * `sees` waits for what comes of it.
 */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** Types a command line, `/vc help`, in a room (with the bot alone unless told). */
  types(line: string, room?: Room): Promise<void>;
  /** Writes to the bot, outside any command. */
  writes(text: string): Promise<void>;
  /** Drops a file in a room (with the bot alone unless told). */
  drops(file: { readonly name: string; readonly bytes: Uint8Array }, room?: Room): Promise<void>;
  /** Waits for a file with this name that the bot hands over since the person's last act, and takes it. */
  gets(name: string): Promise<{ readonly name: string; readonly bytes: Buffer }>;
  /** Presses the button whose label is `label` or begins with it, on a message or on the newest that has it; waits for it to appear. */
  presses(label: string, on?: Sight): Promise<void>;
  /**
   * Waits for a message with this text that was said or edited since the person's last act,
   * the newest first. A failure prints the whole conversation.
   */
  sees(text: string | RegExp, seeing?: Seeing): Promise<Sight>;
  /** Fails if anything that the person can read now has this text. */
  doesNotSee(text: string | RegExp, room?: Room): void;
  /** Everything that the person can read now in a room, oldest first. */
  reads(room: Room): readonly Sight[];
  /** Waits for a form to be open (with this title where one is given). */
  seesForm(title?: string): Promise<Form>;
  /** What the open form offers for a typed text. */
  searches(field: string, text: string): Promise<readonly string[]>;
  /** Fills the open form in by label and submits it; returns what stands under which field, {} when it was taken. */
  fills(values: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>>;
  closesForm(): Promise<void>;
}

/** Who is there: see test/support/people.ts. */
export type People = Readonly<
  Record<'lena' | 'erik' | 'anna' | 'asa' | 'guest' | 'stranger' | 'robot', Person>
>;

/** The world around the conversation. */
export interface Place {
  readonly mail: Smtp;
  readonly program: Program;
  /** The program's own database, to look into and to turn its clocks. */
  readonly store: Store;
  /** Starts one more process of the program on the same store, which must be a server's, with other variables. */
  joins(env: Readonly<Record<string, string>>): Promise<Program>;
  /** Opens an address as a visitor with no history. */
  opens(
    url: string,
    options?: { readonly locale?: 'sv-SE' | 'en-GB'; readonly phone?: boolean },
  ): Promise<Page>;
  /** Everything said so far, for a look. */
  transcript(): string;
}

/** A world for one conversation. */
export interface World {
  readonly people: People;
  readonly place: Place;
  /** Ends everything; throws when the program broke a rule of the surface or let a secret into its log. */
  close(): Promise<void>;
}

/** What not every platform lets people do. */
export type Need =
  /** A file that is dropped in a channel reaches the bot. */
  | 'files in channels'
  /** The bot hears what is asked of it in a channel that it is not in. */
  | 'commands where the bot is not'
  /** Whoever does not work here can write to the bot alone. */
  | 'strangers alone with the bot'
  /** Bots can ask others for something. */
  | 'bots that ask';

/** A platform that conversations can be held on. */
export interface Surface {
  readonly name: string;
  /** What nobody can do there: a conversation that needs it is not held. */
  readonly lacks: readonly Need[];
  open(options: ScenarioOptions): Promise<World>;
}

export interface ScenarioOptions {
  /** Variables of the program, besides those that every world sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the platform must let people do. */
  readonly needs?: readonly Need[];
  /** On a PostgreSQL server, whatever the surface's store; left out where none is installed. */
  readonly server?: boolean;
  /** How long the whole conversation may take, in milliseconds; two minutes unless told. */
  readonly timeout?: number;
}

/** One conversation, written once for every surface. */
export interface Scenario extends ScenarioOptions {
  readonly name: string;
  readonly run: (people: People, place: Place) => Promise<void>;
}

/** Describes a conversation: who does what, and what they see. Each begins with an empty store. */
export function scenario(name: string, run: Scenario['run'], options: ScenarioOptions = {}): Scenario {
  return { name, run, ...options };
}
