import type { Language, Text } from '../rules/language.ts';
import type { Token } from '../rules/line.ts';
import type { Access, Needed } from './access.ts';
import type { MadeFile } from './handout.ts';
import type { MessageView, Option, View } from './view.ts';

/** Somebody who talks to the bot, known by the platform's id (A1). */
export interface Person {
  /** The store's id of the person. */
  id: number;
  name: string;
  access: Access;
  /** A guest, another organisation's, a bot, or deactivated: they are told so, and nothing else. */
  refused?: boolean;
  /** The profile's language, where the platform tells it. */
  language?: Language;
  /** The user whose login is this person's own, where one was matched. */
  userId?: number;
}

/** Where something was said. A channel is read by others; a direct conversation is not (A3). */
export interface Place {
  surface: string;
  tenant: string;
  id: string;
  kind: 'direct' | 'channel';
}

/** One thing that a person asked for: what a command is given. */
export interface Request {
  person: Person;
  place: Place;
  /** The language of an answer to the caller. */
  language: Language;
  /** Picks the sentence in the caller's language. */
  say(text: Text): string;
  /** Tells the audit trail on whom this is done: a user's `subject` (A5). */
  concerns(subject: string): void;
  /** The acting button or the form behind it: the service spends it in its own transaction (A6). */
  press?: string;
}

/** A file as a door announces it; the door alone knows how to fetch `source`. */
export interface DroppedFile {
  name: string;
  /** In bytes, where the platform says. */
  size?: number;
  source: unknown;
}

/** One answer of a command, seen by the caller alone (A3); what a place reads is a live message. */
export interface Answer {
  view: View;
  /** In place of the message whose button was pressed. */
  replace?: boolean;
  /**
   * The same in a given language, where it tells of nobody and nothing: a platform that shows nothing to one person alone
   * may show it where it was asked for, in the organisation's.
   */
  open?(language: Language): MessageView;
  /** Handed to the caller in place of the view, which is said where the platform does not let the bot hand files over. */
  file?: MadeFile;
}

/** One verb. */
export interface Command {
  /** The English verb, which is also the canonical one. */
  name: string;
  /** Further verbs that mean the same. */
  swedish: readonly string[];
  summary: Text;
  /** One line for each way to write it, without "/vc". */
  usage: readonly Text[];
  examples: readonly Text[];
  /** What its lines leave unsaid, said in the help on it. */
  explained?: Text;
  /** Its lines say with a filter which users are meant (B1). */
  filters?: true;
  /** What the caller needs for these arguments (A2). */
  permission(args: readonly Token[]): Needed;
  /**
   * Whether these arguments are a line for certain, whatever words its values hold, where more than a filter's `key:value` tells:
   * in a direct message they are no sentence then. Never throws.
   */
  isLine?(args: readonly Token[]): boolean;
  /** What of the verb these arguments ask for, as the audit trail names it: a fixed word, never a typed one (A5). Never throws. */
  action?(args: readonly Token[]): string | undefined;
  run(request: Request, args: readonly Token[]): Promise<Answer[]>;
  /** A form of this command was submitted: refusals go to the form's fields. Database work only (A6). */
  submit?(request: Request, args: readonly Token[], values: Values): Promise<Answer[]>;
  /** The options of a form's `user` field for what has been typed so far. */
  search?(request: Request, args: readonly Token[], field: string, typed: string): Promise<Option[]>;
  /** A file was dropped. */
  drop?(request: Request, file: DroppedFile): Promise<Answer[]>;
}

/** What a form's fields held; an empty optional field is absent. */
export type Values = Readonly<Record<string, string | undefined>>;
