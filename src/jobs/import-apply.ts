import { z } from 'zod';
import type { Reach } from '../core/access.ts';
import type { FileHeader } from '../csv/types.ts';
import type { Import } from '../database/client/client.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import { countRows } from '../services/imports/counting.ts';
import { applyChunk, dropChunk, type Judged, waitingChunks } from '../services/imports/judging.ts';
import { planAgain } from '../services/imports/replan.ts';
import { templateOf } from '../services/imports/template-column.ts';
import { undoChain } from '../services/imports/undos.ts';
import type { Messages } from '../services/messages.ts';
import { spendTry, triesInAll } from './import-tries.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

export interface ImportApplyParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  log: Log;
  now?: () => Date;
}

const payload = z.object({ importId: z.int() });

/** How often the message tells how far applying has come, in milliseconds. */
const tellEvery = 1_000;

/**
 * I6: applies a confirmed import, chunk by chunk. A chunk that is applied is gone, so whoever goes on after a crash begins
 * where the last one ended, and no row is applied twice.
 */
export function createImportApplyJob(parts: ImportApplyParts): Job {
  const { database, messages, now = () => new Date() } = parts;
  const { prisma, pool, transaction } = database;

  /** True once every chunk is applied; false when the program stops before, or the import has ended. */
  async function applyAll(judged: Judged, signal: AbortSignal): Promise<boolean> {
    let told = Date.now();
    for (const chunk of await waitingChunks(pool, judged.importId)) {
      if (signal.aborted) return false;
      const applied = await applyChunk(pool, judged, chunk, now(), !database.embedded);
      if (applied === undefined) return false;
      if (Date.now() - told < tellEvery) continue;
      told = Date.now();
      await messages.changed(prisma, 'import', judged.importId, { within: 1 });
    }
    return true;
  }

  /** After several tries in vain: what is applied stays, and of the rest nothing is said any more. */
  async function giveUp(found: Import, signal: AbortSignal): Promise<void> {
    const { id, origin } = found;
    for (const chunk of await waitingChunks(pool, id)) {
      signal.throwIfAborted();
      await dropChunk(pool, id, chunk);
    }
    const { applied } = await prisma.import.findUniqueOrThrow({ where: { id } });
    const { code, text } = refuse('import_broke_off', { anyApplied: applied > 0, origin });
    await end(found, { state: 'failed', fault: { code, text: { ...text } } });
  }

  /** Says what was done, also in the previews of others that wait; and what changed addresses ended (U5) to those who had asked for it. */
  async function end({ id, confirmedAt }: Import, how: Prisma.ImportUpdateInput): Promise<void> {
    const counts = await countRows(pool, id);
    await transaction(async (tx) => {
      await tx.import.update({ where: { id }, data: { ...how, counts: { ...counts }, finishedAt: now() } });
      await messages.changed(tx, 'import', await undoChain(tx, id));
      await planAgain(tx, messages);
      const ended = await tx.$queryRaw<{ id: number }[]>(sql`
        select v.id from live_message m join verification v on v.id = m.subject_id
        where m.kind = 'verification' and v.revoked_at >= ${confirmedAt}::timestamptz`);
      await messages.changed(
        tx,
        'verification',
        ended.map((one) => one.id),
      );
    });
  }

  async function apply(found: Import, signal: AbortSignal): Promise<void> {
    if (await applyAll(judgedBy(found), signal)) await end(found, { state: 'done' });
  }

  return {
    name: 'import-apply',
    async run(given, { signal }) {
      const { importId: id } = payload.parse(given);
      const found = await prisma.import.findUnique({ where: { id } });
      if (found?.state !== 'applying') return;
      if (found.failures >= triesInAll) return giveUp(found, signal);
      try {
        await apply(found, signal);
      } catch (error) {
        if (signal.aborted) return;
        await spendTry(database, id, error);
        parts.log.error(
          { err: error, import: id },
          'an import could not be applied to its end and is given up',
        );
        await giveUp(found, signal);
      }
    },
  };
}

/** The Json columns were written by services/imports, and by the job that read the file. */
function judgedBy({ id, origin, header, reach, ...found }: Import): Judged {
  const { fields } = header as unknown as FileHeader;
  // It was planned by a template.
  const does = templateOf(found)?.does ?? 'addresses';
  return { importId: id, origin, does, fields, reach: reach as unknown as Reach };
}
