import { type Client, clientOf } from './client.ts';
import { openStage } from './stage.ts';
import type { SlackChannel, SlackPerson, SlackTeam } from './types.ts';

export type { Client } from './client.ts';
export type { SlackChannel, SlackPerson, SlackTeam } from './types.ts';

export interface LocalSlackOptions {
  readonly team: SlackTeam;
  readonly members: readonly SlackPerson[];
  readonly channels: readonly SlackChannel[];
  /** Path of a journal, NAME.jsonl: with it a restart has every message and file. Without it, nothing is kept. */
  readonly journal?: string;
  /** The bot's scopes, events and slash commands, as its manifest has them. */
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly commands?: readonly string[];
}

/** A Slack workspace of our own, with the bot in it. */
export interface LocalSlack {
  /** Where the Web API is called; made anew, like token and secret, at each start. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  /** Tells where the bot listens: its address, without the path. Events that it never acknowledged are sent again. */
  talksTo(url: string): void;
  /** What the member with this handle sees and does. Throws where nobody has it. */
  client(handle: string): Client;
  /** Calls `listener` after every change of what somebody may see; gives the way to end that. */
  onChange(listener: () => void): () => void;
  /** What the program did that Slack would not have taken, in words; the last few hundred. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

/** Opens a Slack on 127.0.0.1. */
export async function openLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const stage = await openStage({ commands: ['/vc'], ...options, people: options.members });
  return {
    apiUrl: `${stage.door.url}/api/`,
    botToken: stage.token,
    signingSecret: stage.signingSecret,
    talksTo: stage.postman.talksTo,
    client: (handle) => clientOf(stage, handle),
    onChange: stage.book.onChange,
    faults: stage.book.faults,
    stop: stage.stop,
  };
}
