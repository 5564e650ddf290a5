import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import { insist } from '../../database/insist.ts';
import type { Log } from '../../log.ts';
import { type Fate, record } from './record.ts';

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

  function begin(): { fates: Fate[]; written: Promise<void> } {
    const fates: Fate[] = [];
    const written = Promise.all([before, pause(gather)]).then(() => {
      next = undefined;
      return insist(log, () => record(database, fates, now()));
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
