import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { type Fate, record } from './record.ts';

/** A database that is gone for a while is asked again after so long each time, and so often, in milliseconds: ten minutes in all. */
const retries = { after: 500, most: 1_200 };

/** Writes down fates as they come in, in groups: while one is written, the next gathers. */
export interface Recorder {
  /** Resolves once this fate is in the store. */
  add(fate: Fate): Promise<void>;
  /** Resolves once everything that was added so far is in the store, or given up. */
  settled(): Promise<void>;
}

export interface RecorderParts {
  database: Database;
  log: Log;
  now: () => Date;
  /** How long a group gathers at least, in milliseconds: what leaves meanwhile may leave again after a crash. */
  gather?: number;
}

/** One recorder serves all that a process sends, so that many small groups become one. */
export function createRecorder({ database, log, now, gather = 20 }: RecorderParts): Recorder {
  let next: { fates: Fate[]; written: Promise<void> } | undefined;
  let before: Promise<void> = Promise.resolve();

  /** What has left must be known: a database that is gone for a moment is waited for. */
  async function insist(fates: readonly Fate[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await record(database, fates, now());
      } catch (error) {
        if (attempt === retries.most) throw error;
        if (attempt === 1) log.warn({ err: error }, 'what was sent could not be written down yet');
        await pause(retries.after);
      }
    }
  }

  function begin(): { fates: Fate[]; written: Promise<void> } {
    const fates: Fate[] = [];
    const written = Promise.all([before, pause(gather)]).then(() => {
      next = undefined;
      return insist(fates);
    });
    before = written.catch(() => {});
    return { fates, written };
  }

  return {
    add(fate) {
      next ??= begin();
      next.fates.push(fate);
      return next.written;
    },
    settled: () => before,
  };
}
