/**
 * What the playground's page and the program say to each other, as JSON. Types alone: the page is built apart.
 *
 * | request | body | answer |
 * |---|---|---|
 * | `GET /playground/SURFACE/scene?as=HANDLE` | | `SlackSeen` or `TeamsSeen` |
 * | `GET /playground/changes` | | server-sent events, `slack`, `teams` or `mail`: fetch again |
 * | `POST /playground/SURFACE/acts?as=HANDLE` | `Act` or `TeamsAct` | `Done` |
 * | `POST /playground/SURFACE/files?as=HANDLE&place=ID&name=NAME` | the file's bytes | `Done` |
 * | `GET /playground/mail` | | `MailHead[]`, newest first |
 * | `GET /playground/mail/ID` | | `Mail` |
 * | `GET /playground/tour` | | `TourState` |
 * | `POST /playground/start-over` | | `Done` |
 * | `GET /playground/samples` | | `Sample[]` |
 * | `GET /playground/samples/NAME` | | the file's bytes |
 * | `GET /playground/gallery/items` | | `GalleryItem[]` |
 */

/** Where one talks: what stands for SURFACE above. */
export type Surface = 'slack' | 'teams';

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

/** A file that a message brings. */
export interface FileHead {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
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
  readonly files: readonly FileHead[];
}

/** Everything that one member sees of Slack now. */
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

/** A place in Teams: a channel, a chat of several, or somebody's own chat with the bot. */
export interface TeamsRoom {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'groupChat' | 'personal';
  /** The team that a channel is of. */
  readonly team: string | null;
  /** Whether the bot is installed there. */
  readonly bot: boolean;
}

/** An Adaptive Card, as Teams is sent it. */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly body: readonly object[];
  readonly actions?: readonly object[];
}

export interface TeamsMessage {
  /** Unique in its room. */
  readonly id: string;
  readonly room: string;
  /** The message that it answers, in a channel. */
  readonly thread: string | null;
  readonly by: { readonly name: string; readonly bot: boolean };
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
  /** What a notification says of it, where it is not the text. */
  readonly summary: string | null;
  /** Every button has an `id`. */
  readonly cards: readonly Card[];
  /** A file that the bot offers. */
  readonly offer: { readonly name: string; readonly bytes: number; readonly description: string } | null;
  /** Nobody else sees it. */
  readonly onlyYou: boolean;
  readonly files: readonly FileHead[];
  readonly edited: boolean;
}

/** A dialog: a card to fill in, or a sentence. */
export interface TeamsDialog {
  readonly id: string;
  readonly title: string;
  /** Every button has an `id`. */
  readonly card: Card | null;
  readonly message: string | null;
}

/** Everything that one member sees of Teams now. */
export interface TeamsScene {
  readonly me: Member;
  readonly members: readonly Member[];
  readonly rooms: readonly TeamsRoom[];
  /** Oldest first, at most the last hundred of each room. */
  readonly messages: readonly TeamsMessage[];
  readonly dialog: TeamsDialog | null;
  /** What the program did that Teams would not have taken, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** What somebody sees, and where and when. */
interface Seen<S extends Surface> {
  readonly surface: S;
  /** Names everything that has happened since all was empty; another one after that was emptied. */
  readonly world: string;
}
export type SlackSeen = ChatScene & Seen<'slack'>;
export type TeamsSeen = TeamsScene & Seen<'teams'>;
/** Everything that one member sees of one surface now. */
export type Scene = SlackSeen | TeamsSeen;

export type TeamsAct =
  /** In a channel, `thread` is the message that is answered; what begins with "/" is a picked command. */
  | { readonly act: 'write'; readonly room: string; readonly text: string; readonly thread?: string }
  /** A button of a message's card, by its `id`, with what the card's inputs hold. */
  | {
      readonly act: 'press';
      readonly room: string;
      readonly message: string;
      readonly action: string;
      readonly values?: Readonly<Record<string, string>>;
    }
  /** Whether a file that the bot offers is taken. */
  | { readonly act: 'consent'; readonly room: string; readonly message: string; readonly accepts: boolean }
  /** What an input of the open dialog offers for what has been typed. */
  | { readonly act: 'search'; readonly input: string; readonly text: string }
  /** By the inputs' ids. */
  | { readonly act: 'submit'; readonly values: Readonly<Record<string, string>> }
  | { readonly act: 'close' }
  /** Installs the bot in a room, or removes it. */
  | { readonly act: 'install'; readonly room: string; readonly isThere: boolean };

export interface Choice {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
}

/** What came of an act. `error`: Slack's own words, such as when the bot did not answer in time. */
export interface Done {
  readonly error?: string;
  /** A submitted form's faults, by block_id or by input; the form stays open. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What a menu offers. */
  readonly choices?: readonly Choice[];
  /** What the bot says to the presser alone, beside the card. */
  readonly notice?: string;
}

/** How many mails are listed; older ones stay on disk. */
export const mailsShown = 500;

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

/** What of the tour has been done, step by step. */
export type TourState = Readonly<Record<'help' | 'import' | 'verify' | 'login' | 'bulk', boolean>>;

/** A file that is there to be dropped. */
export interface Sample {
  readonly name: string;
  readonly bytes: number;
}

/** An example of what the bot says, as it is drawn: a message's blocks, or a modal. */
export type Drawn = { readonly blocks: readonly Block[] } | { readonly form: Form };

/** An example as it is drawn for Teams: a message and what notifications show of it, or a dialog. */
export type DrawnForTeams =
  | { readonly card: Card; readonly summary: string }
  | { readonly card: Card; readonly title: string };

/** One example in each language, as each platform shows it. */
export interface GalleryItem {
  readonly name: string;
  /** By Slack. */
  readonly drawn: Readonly<Record<'sv' | 'en', Drawn>>;
  readonly teams: Readonly<Record<'sv' | 'en', DrawnForTeams>>;
}
