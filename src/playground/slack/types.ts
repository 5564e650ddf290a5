import type { Stamped } from '../local/book.ts';
import type * as wire from '../wire.ts';

/** A text object of Block Kit. */
export interface TextObject {
  readonly type: string;
  readonly text: string;
}

export interface Option {
  readonly text: TextObject;
  readonly value?: string;
  readonly description?: TextObject;
  readonly url?: string;
}

/** The dialog that some buttons show before they act. */
export interface ConfirmObject {
  readonly title?: TextObject;
  readonly text?: TextObject;
  readonly confirm?: TextObject;
  readonly deny?: TextObject;
}

/** An element of a block: button, select, input, or (in contexts) a text object. */
export interface Element {
  readonly type: string;
  readonly action_id?: string;
  readonly text?: TextObject | string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: string;
  readonly accessibility_label?: string;
  readonly placeholder?: TextObject;
  readonly confirm?: ConfirmObject;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly label: TextObject; readonly options: readonly Option[] }[];
  readonly initial_value?: string;
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_date?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_query_length?: number;
  readonly elements?: readonly Element[];
  readonly alt_text?: string;
  readonly image_url?: string;
}

/** A block as the page gets it, with the parts that Slack looks at. */
export interface Block extends wire.Block {
  readonly text?: TextObject | string;
  readonly fields?: readonly TextObject[];
  readonly accessory?: Element;
  readonly elements?: readonly Element[];
  readonly element?: Element;
  readonly label?: TextObject;
  readonly hint?: TextObject;
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
  readonly rows?: readonly (readonly Element[])[];
  readonly title?: TextObject;
  readonly image_url?: string;
  readonly alt_text?: string;
}

/** A modal as it stands now. */
export interface View {
  readonly id: string;
  readonly hash?: string;
  readonly type: string;
  readonly title?: TextObject;
  readonly submit?: TextObject | null;
  readonly close?: TextObject | null;
  readonly blocks: readonly Block[];
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly private_metadata?: string;
  readonly notify_on_close?: boolean;
  readonly root_view_id?: string;
  readonly previous_view_id?: string | null;
}

/** A message, as somebody wrote or edited it. */
export interface Said {
  readonly channel: string;
  readonly ts: string;
  /** Id of who wrote it. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Ids of the files that it shares. */
  readonly files: readonly string[];
  /** Id of the only person who sees it; undefined where the channel's members do. */
  readonly ephemeralTo: string | undefined;
  readonly edited: boolean;
}

/** A message as it stands now. */
export type Message = Stamped<Said>;

/** A file that somebody dropped. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Id of who dropped it. */
  readonly user: string;
  /** Where it was dropped, and the message that shows it. */
  readonly channel: string;
  readonly ts: string;
}

/** Somebody in the workspace. */
export interface SlackPerson {
  /** Their short name; unique. */
  readonly handle: string;
  readonly name: string;
  readonly email?: string;
  readonly locale?: 'sv-SE' | 'en-US';
  readonly admin?: boolean;
  /** A guest: of several channels ("restricted") or of one ("ultra_restricted"). */
  readonly guest?: 'restricted' | 'ultra_restricted';
  /** Id of another team, for people of other organisations. */
  readonly team?: string;
  readonly bot?: boolean;
}

export interface SlackChannel {
  /** Without the #. */
  readonly name: string;
  /** Handles. */
  readonly members: readonly string[];
  readonly bot: boolean;
  readonly private?: boolean;
  readonly archived?: boolean;
  /** Shared with another organisation, or between workspaces of one enterprise. */
  readonly shared?: 'external' | 'org';
}

export interface SlackTeam {
  readonly name: string;
  readonly domain: string;
  /** Id of the enterprise grid that the workspace is part of. */
  readonly enterprise?: string;
}
