import type { Attempt, Trail } from '../core/ports.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';

/** How long attempts are gathered before they are written together, in milliseconds. */
const gatherFor = 50;

/** The audit trail (A5): who, where, what, on whom, outcome; no free text. */
export interface AuditTrail extends Trail {
  /** Writes what is still gathered. */
  flush(): Promise<void>;
}

/** Attempts are written in groups, so that a busy minute costs one statement every 50 ms and no answer waits. */
export function createAudit(database: Database, log: Log): AuditTrail {
  let gathered: (Attempt & { at: Date })[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const attempts = gathered;
    gathered = [];
    if (attempts.length === 0) return;
    try {
      await database.prisma.audit.createMany({ data: attempts });
    } catch (error) {
      log.error(
        { err: error, attempts: attempts.length },
        'the audit trail could not be written; trying again',
      );
      gathered = [...attempts, ...gathered];
      timer ??= setTimeout(flush, 1_000);
    }
  }

  return {
    record(attempt) {
      gathered.push({ ...attempt, at: new Date() });
      timer ??= setTimeout(flush, gatherFor);
    },
    flush,
  };
}
