import type { Stamped } from '../local/book.ts';
import type { Json } from '../local/types.ts';

/** Somebody in Teams. */
export interface TeamsPerson {
  /** Their short name; unique. */
  readonly handle: string;
  readonly name: string;
  readonly email?: string;
  readonly locale?: 'sv-SE' | 'en-US';
  /** A guest of the tenant, from another organisation. */
  readonly guest?: boolean;
  /** The id of another tenant, for people of other organisations who are there without being guests. */
  readonly tenant?: string;
  /** Somebody without any account, as in a meeting: no Entra id, no address. */
  readonly anonymous?: boolean;
  /** Whether the bot is installed for them; it is unless told. */
  readonly bot?: boolean;
}

/** A team, with the bot in all of its channels or in none. */
export interface TeamsTeam {
  readonly name: string;
  /** Handles. */
  readonly members: readonly string[];
  readonly bot: boolean;
  readonly channels: readonly TeamsChannel[];
}

export interface TeamsChannel {
  /** Unique among all teams' channels. */
  readonly name: string;
  readonly kind?: 'standard' | 'private' | 'shared';
  /** Handles of those who are in a private or shared channel, whoever is in the team. */
  readonly members?: readonly string[];
}

/** A chat of several people. */
export interface TeamsGroup {
  readonly name: string;
  /** Handles. */
  readonly members: readonly string[];
  readonly bot: boolean;
}

export interface TeamsTenant {
  /** Its id in Entra. */
  readonly id: string;
  readonly name: string;
}

/** An attachment of a message, as the Bot Framework has it. */
export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly contentUrl?: string;
  readonly name?: string;
}

/** A message, as somebody wrote or edited it. */
export interface Said {
  /** The conversation's id, without any `;messageid=`. */
  readonly room: string;
  readonly id: string;
  /** The id of the message that it answers, in a channel. */
  readonly thread: string | undefined;
  /** Id of who wrote it. */
  readonly by: string;
  /** As typed, or as the bot sent it (Markdown). */
  readonly text: string;
  /** What notifications say. */
  readonly summary: string | undefined;
  readonly attachments: readonly Attachment[];
  /** Ids of the files that it brings. */
  readonly files: readonly string[];
  readonly edited: boolean;
  /** Id of the only person who sees it, beside the bot; undefined where everybody does. */
  readonly onlyFor?: string | undefined;
}

/** A message as it stands now. */
export type Message = Stamped<Said>;

/** A file that somebody dropped, or that the bot handed over. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly room: string;
  /** What whoever fetches it must know. */
  readonly ticket: string;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
}

/** An element of an Adaptive Card, with the parts that Teams looks at. */
export interface Element {
  readonly type: string;
  readonly id?: string;
  readonly text?: string;
  readonly color?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly altText?: string;
  readonly value?: string;
  readonly title?: string;
  readonly isVisible?: boolean;
  readonly isRequired?: boolean;
  readonly errorMessage?: string;
  readonly regex?: string;
  readonly maxLength?: number;
  readonly isMultiSelect?: boolean;
  readonly choices?: readonly Choice[];
  readonly 'choices.data'?: { readonly type: string; readonly dataset: string };
  readonly inlines?: readonly (Element | string)[];
  readonly items?: readonly Element[];
  readonly columns?: readonly Element[];
  readonly rows?: readonly Element[];
  readonly cells?: readonly Element[];
  readonly facts?: readonly { readonly title: string; readonly value: string }[];
  readonly actions?: readonly Action[];
  readonly selectAction?: Action;
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

export interface Action {
  readonly type: string;
  readonly id?: string;
  readonly title?: string;
  readonly verb?: string;
  readonly url?: string;
  readonly data?: Json;
  readonly card?: Card;
  readonly fallback?: Action | string;
  readonly isEnabled?: boolean;
  readonly associatedInputs?: string;
}

/** An Adaptive Card. */
export interface Card {
  readonly type: string;
  readonly version?: string;
  readonly body?: readonly Element[];
  readonly actions?: readonly Action[];
}

/** A dialog that somebody has open. */
export interface Dialog {
  readonly id: string;
  readonly title: string;
  /** Undefined where the bot has nothing but a sentence to say. */
  readonly card: Card | undefined;
  readonly message: string | undefined;
  /** Where the button was that opened it. */
  readonly room: string;
  readonly thread: string | undefined;
}
