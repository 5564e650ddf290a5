/**
 * What the playground's page and the program say to each other, as JSON. Types alone: the page is built apart.
 *
 * | request | body | answer |
 * |---|---|---|
 * | `GET /playground/scene?as=HANDLE` | | `Scene` |
 * | `GET /playground/changes` | | server-sent events, `chat` or `mail`: fetch again |
 * | `POST /playground/acts?as=HANDLE` | `Act` | `Done` |
 * | `POST /playground/files?as=HANDLE&place=ID&name=NAME` | the file's bytes | `Done` |
 * | `GET /playground/mail` | | `MailHead[]`, newest first |
 * | `GET /playground/mail/ID` | | `Mail` |
 * | `POST /playground/start-over` | | `Done` |
 * | `GET /playground/samples` | | `Sample[]` |
 * | `GET /playground/samples/NAME` | | the file's bytes |
 * | `GET /playground/gallery/items` | | `GalleryItem[]` |
 */

/** A block of Slack's Block Kit, as the bot sent it. */
export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly [key: string]: unknown;
}

/** A modal of Slack's. */
export interface Form {
  readonly id: string;
  readonly title: { readonly text: string };
  readonly submit?: { readonly text: string } | null;
  readonly close?: { readonly text: string } | null;
  readonly blocks: readonly Block[];
}

export interface Member {
  readonly handle: string;
  readonly name: string;
  readonly part: 'administrator' | 'employee' | 'guest';
  readonly language: 'sv' | 'en';
}

/** A channel, or somebody's conversation with the bot. */
export interface Room {
  readonly id: string;
  /** Without the #; the bot's name for the conversation with it. */
  readonly name: string;
  readonly kind: 'channel' | 'direct';
}

export interface ChatMessage {
  /** Slack's `ts`, unique in its room. */
  readonly id: string;
  readonly room: string;
  readonly by: { readonly name: string; readonly bot: boolean };
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Slack's mrkdwn; what is shown where there are no blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Nobody else sees it. */
  readonly onlyYou: boolean;
  readonly edited: boolean;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** Everything that one member sees of the chat now. */
export interface ChatScene {
  readonly me: Member;
  readonly members: readonly Member[];
  readonly rooms: readonly Room[];
  /** Oldest first, at most the last hundred of each room. */
  readonly messages: readonly ChatMessage[];
  /** The modal on top, if one is open. */
  readonly form: Form | null;
  /** What the program did that Slack would not have taken, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** Everything that one member sees now. */
export interface Scene extends ChatScene {
  /** Names everything that has happened since all was empty; another one after that was emptied. */
  readonly world: string;
}

/** Where a button or a menu stands: in a message, or (without `room`) in the open form. */
export interface Spot {
  readonly room?: string;
  readonly message?: string;
  readonly block: string;
  readonly action: string;
}

/** A field's value in a form: what was typed, the chosen option's value, or the ticked ones'. */
export type FieldValue = string | readonly string[] | null;

export type Act =
  /** A slash command such as "/vc help". */
  | { readonly act: 'command'; readonly room: string; readonly line: string }
  | { readonly act: 'write'; readonly room: string; readonly text: string }
  | { readonly act: 'press'; readonly at: Spot }
  | { readonly act: 'choose'; readonly at: Spot; readonly value: string }
  /** What a menu offers for what has been typed. */
  | { readonly act: 'search'; readonly at: Spot; readonly text: string }
  /** By block_id, then action_id. */
  | {
      readonly act: 'submit';
      readonly values: Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;
    }
  | { readonly act: 'close' };

export interface Choice {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
}

/** What came of an act. `error`: Slack's own words, such as when the bot did not answer in time. */
export interface Done {
  readonly error?: string;
  /** A submitted form's faults by block_id; the form stays open. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What a menu offers. */
  readonly choices?: readonly Choice[];
}

export interface MailHead {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Mail extends MailHead {
  readonly text: string;
  /** Shown in a frame of its own, without scripts. */
  readonly html: string;
}

/** A file that is there to be dropped. */
export interface Sample {
  readonly name: string;
  readonly bytes: number;
}

/** One example of what the bot says, as it is drawn: a message's blocks, or a modal. */
export interface GalleryItem {
  readonly name: string;
  readonly language: 'sv' | 'en';
  readonly drawn: { readonly blocks: readonly Block[] } | { readonly form: Form };
}
