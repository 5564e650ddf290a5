import type { TeamsMessage } from '../../wire.ts';

/** A message, and what was answered to it; in a chat nothing ever is. */
export interface Thread {
  /** The first message's. */
  readonly id: string;
  readonly at: number;
  readonly messages: readonly TeamsMessage[];
}

/** A room's threads, the one that was last written in at the end. `messages` come oldest first. */
export function threadsOf(messages: readonly TeamsMessage[]): Thread[] {
  const threads = new Map<string, TeamsMessage[]>();
  for (const message of messages) {
    const id = message.thread ?? message.id;
    const before = threads.get(id) ?? [];
    threads.delete(id);
    threads.set(id, [...before, message]);
  }
  return [...threads].map(([id, all]) => ({ id, at: all[0]?.at ?? 0, messages: all }));
}
