import { type Client, clientOf } from './client.ts';
import { openStage } from './stage.ts';
import { BOT, type TenantOptions } from './tenant.ts';

export type { Client } from './client.ts';

export interface LocalTeamsOptions extends TenantOptions {
  /** Path of a journal, NAME.jsonl: with it a restart has every message and file, at the same address. Without it, nothing is kept. */
  readonly journal?: string;
}

/** A Microsoft Teams of our own, with the bot in it. */
export interface LocalTeams {
  /** The tenant that the bot serves. */
  readonly tenantId: string;
  /** The bot's id in Teams, 28:… */
  readonly botId: string;
  /** Tells where the bot listens: its address, without the path. Messages that it never acknowledged are sent again. */
  talksTo(url: string): void;
  /** What the member with this handle sees and does. Throws where nobody has it. */
  client(handle: string): Client;
  /** Calls `listener` after every change of what somebody may see; gives the way to end that. */
  onChange(listener: () => void): () => void;
  /** What the program did that Teams would not have taken, in words; the last few hundred. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

/** Opens a Teams on 127.0.0.1. */
export async function openLocalTeams(options: LocalTeamsOptions): Promise<LocalTeams> {
  const stage = await openStage(options);
  return {
    tenantId: stage.tenant.id,
    botId: BOT.id,
    talksTo: stage.postman.talksTo,
    client: (handle) => clientOf(stage, handle),
    onChange: stage.book.onChange,
    faults: stage.book.faults,
    stop: stage.stop,
  };
}
