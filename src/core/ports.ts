import type { Language } from '../rules/language.ts';
import type { Person, Place } from './command.ts';
import type { Button } from './view.ts';

/** Where a request came from, as the platform told it. */
export interface Origin {
  place: Place;
  /** The platform's id of who speaks. */
  platformId: string;
  /** The place is shared with another organisation (A1). */
  shared?: boolean;
}

/** Who somebody is. */
export interface People {
  /**
   * A1: the person behind a platform id, perhaps a refused one. `atOnce`: whoever the platform told of within ten minutes
   * is as the store has them, and it is asked in the background (A6). Throws a Refusal for a shared place and a failed
   * look-up.
   */
  identify(origin: Origin, atOnce?: boolean): Promise<Person>;
  /** The language of somebody who was identified before, without asking anybody: for saying why they cannot be now. */
  languageOf(origin: Origin): Language | undefined;
}

/** A line behind a button or a form, as the store knows it. */
export interface StoredPress {
  line: string;
  acting: boolean;
  spent: boolean;
  expired: boolean;
  /** The only person who may press it; null: anybody permitted. */
  personId: number | null;
  /** The language of the message that it stands in, where one person alone reads it. */
  language?: Language;
}

/** Who a message is for: its buttons are theirs, and answer in its language. */
export interface Owner {
  /** Null: anybody permitted may press. */
  personId: number | null;
  language?: Language;
}

/** Buttons and forms in the store (A6). */
export interface Presses {
  /** Keeps the lines, in order, and returns an opaque id for each. */
  keep(buttons: readonly Pick<Button, 'line' | 'acting'>[], owner: Owner): Promise<string[]>;
  find(id: string): Promise<StoredPress | undefined>;
  /** Spends an acting button whose effect is not in the store. Throws `press_spent`. */
  spend(id: string): Promise<void>;
}

/** One attempt, as the audit trail keeps it (A5): no free text. */
export interface Attempt {
  surface: string;
  who: string;
  place: string;
  /** The verb and what of it, such as "verify" or "user remove-address"; the way in, where it named no verb. */
  what: string;
  /** On whom: a user's random subject id. */
  subject?: string;
  /** "done" or the refusal's code. */
  outcome: string;
}

export interface Trail {
  record(attempt: Attempt): void;
}

/** Says an unexpected error to the program's log. */
export type Report = (error: unknown, doing: string) => void;

/** The organisation's language: places that many read, and readers whose own is unknown. */
export interface House {
  language: Language;
}
