import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, Trail } from '../core/ports.ts';
import type { Database, Tx } from '../database/database.ts';
import type { Log } from '../log.ts';

/** How long attempts are gathered before they are written, and how long until another try: in milliseconds. */
const gatherFor = 50;
const tryAgainAfter = 1_000;
/** How many attempts one statement writes, and how many wait at most for a database that is gone. */
const perStatement = 1_000;
const waitAtMost = 10_000;

/** The audit trail (A5): who, where, what, on whom, outcome; no free text. */
export interface AuditTrail extends Trail {
  /** Resolves once all that was recorded is written; what the database does not take goes to the program's log. Call it at the end. */
  flush(): Promise<void>;
}

type Entry = Attempt & { at: Date };

/**
 * Attempts are written in groups, so that a busy minute costs one statement every 50 ms and no answer waits. A
 * database that is gone is waited for; what is too much to wait with goes to the program's log, the oldest first.
 */
export function createAudit({ prisma }: Database, log: Log, now: () => Date = () => new Date()): AuditTrail {
  const gathered: Entry[] = [];
  let keepsWriting = false;
  let before: Promise<void> = Promise.resolve();

  /**
   * Writes what is gathered, group by group, once whoever came before is done: so nothing is passed on the way, and who
   * waits for this waits for all. The first group that fails is gathered again, and the error thrown.
   */
  function write(): Promise<void> {
    const written = before.then(async () => {
      while (gathered.length > 0) {
        const group = gathered.splice(0, perStatement);
        try {
          await insert(prisma, group);
        } catch (error) {
          gathered.unshift(...group);
          throw error;
        }
      }
    });
    before = written.catch(() => {});
    return written;
  }

  function logInstead(entries: readonly Entry[]): void {
    for (const attempt of entries)
      log.warn({ attempt }, 'kept here, because the audit trail could not be written');
  }

  /** Writes a while after the first attempt, and goes on while more come or the database is gone. */
  async function keepWriting(): Promise<void> {
    keepsWriting = true;
    let pause = gatherFor;
    do {
      await sleep(pause, undefined, { ref: false });
      pause = await write().then(
        () => gatherFor,
        (error: unknown) => {
          log.error({ err: error, attempts: gathered.length }, 'the audit trail could not be written yet');
          return tryAgainAfter;
        },
      );
    } while (gathered.length > 0);
    keepsWriting = false;
  }

  return {
    record(attempt) {
      gathered.push({ ...attempt, at: now() });
      if (gathered.length > waitAtMost) logInstead(gathered.splice(0, gathered.length - waitAtMost));
      if (!keepsWriting) void keepWriting();
    },

    flush: () => write().catch(() => logInstead(gathered.splice(0))),
  };
}

/** One array a column: far cheaper than one parameter a value. */
async function insert(tx: Pick<Tx, '$executeRaw'>, entries: readonly Entry[]): Promise<void> {
  const column = <K extends keyof Entry>(name: K) => entries.map((entry) => entry[name] ?? null);
  await tx.$executeRaw`
    insert into audit (at, surface, who, place, what, subject, outcome)
    select * from unnest(
      ${column('at')}::timestamptz[], ${column('surface')}::text[], ${column('who')}::text[],
      ${column('place')}::text[], ${column('what')}::text[], ${column('subject')}::uuid[], ${column('outcome')}::text[])`;
}
