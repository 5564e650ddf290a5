import type { Message } from '../../../src/playground/slack/types.ts';
import type { Ack } from '../local/calls.ts';
import {
  choose,
  closeModal,
  type Dropped,
  type Dropping,
  drop,
  type In,
  type Pressed,
  press,
  type Submitted,
  search,
  submit,
  typeCommand,
  type Watched,
  write,
} from './acting.ts';
import type { Values } from './labels.ts';

/** A person of the workspace, acting as they would in the client. */
export interface Actor {
  readonly id: string;
  readonly handle: string;
  /** Sends a slash command. */
  types(line: string, where?: In): Promise<Ack>;
  /** Presses a button by label (or its beginning) or action_id: in the open modal, else in the newest message that has it. */
  presses(label: string, on?: { in?: Message }): Promise<Pressed>;
  /** Chooses an option of a menu in a message, or in the open modal's menu. */
  chooses(option: string, on?: { in?: Message; at?: string }): Promise<Ack>;
  /** What a menu of the open modal offers for a typed text. */
  searches(field: string, text: string): Promise<string[]>;
  /** Fills the open modal in, by label, and submits it. */
  submits(values: Values): Promise<Submitted>;
  /** Closes the open modal. */
  closes(): Promise<void>;
  /** Writes to the bot; the text is encoded as Slack encodes it. Undefined where the bot gets no such event. */
  writes(text: string): Promise<Ack | undefined>;
  /** Drops a file. */
  drops(content: Uint8Array | string, name: string, how?: Dropping): Promise<Dropped>;
}

/** The actor called `handle`. */
export function actorOf(watched: Watched, handle: string): Actor {
  const who = { id: watched.stage.workspace.idOf(handle), handle };
  return {
    ...who,
    types: (line, where) => typeCommand(watched, who, line, where),
    presses: (label, on) => press(watched, who, label, on?.in),
    chooses: (option, on) => choose(watched, who, option, on?.at, on?.in),
    searches: (field, text) => search(watched, who, field, text),
    submits: (values) => submit(watched, who, values),
    closes: () => closeModal(watched, who),
    writes: (text) => write(watched, who, text),
    drops: (content, name, how) => drop(watched, who, content, name, how),
  };
}
