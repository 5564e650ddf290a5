import { z } from 'zod';
import { piecesOf } from '../core/pieces.ts';
import { writeRows } from '../csv/index.ts';
import type { RowValues } from '../csv/types.ts';
import { addJob } from '../database/add-job.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { largestInChat } from '../rules/run.ts';
import { isKnownAgain } from '../rules/templates.ts';
import { forgetPairs, writePairs } from '../services/exports/pairs.ts';
import { forgetParts, partSize, writePart } from '../services/exports/parts.ts';
import { handJob } from '../services/exports/queue.ts';
import { readExport } from '../services/exports/status.ts';
import { readMeant, type UserPage } from '../services/exports/users.ts';
import type { Messages } from '../services/messages.ts';
import { departmentFiles, meantBy, type Tally } from './export-departments.ts';
import type { Job } from './job.ts';

export interface ExportWriteParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  log: Log;
  now?: () => Date;
}

const payload = z.object({ exportId: z.int() });

/** How often in a row it may fail before it is given up. */
const triesInAll = 5;

/** How often the message tells how far it has come, in milliseconds. */
const tellEvery = 1_000;

type Writing = ReturnType<typeof readExport>;

/**
 * Writes an export's file into the store, a page of users and a part of the file at a time, so that it holds little however
 * many there are. Whoever goes on after a crash begins anew.
 */
export function createExportWriteJob({
  database,
  messages,
  log,
  now = () => new Date(),
}: ExportWriteParts): Job {
  const { prisma, pool, transaction } = database;

  async function begin(id: number): Promise<Date> {
    const readAt = now();
    await forgetParts(pool, id);
    await forgetPairs(pool, id);
    await prisma.export.update({ where: { id }, data: { readAt, users: 0, shielded: 0, rows: 0, size: 0 } });
    return readAt;
  }

  /** Tells how far it has come, now and then. */
  function teller(id: number): (tally: Tally) => Promise<void> {
    let told = Date.now();
    return async (tally) => {
      if (Date.now() - told < tellEvery) return;
      told = Date.now();
      await prisma.export.update({ where: { id }, data: { ...tally } });
      await messages.changed(prisma, 'export', id, { within: 1 });
    };
  }

  /** The rows as they are read; who is in them is kept, where the file can be known again by it. */
  async function* rowsOf(found: Writing, readAt: Date, tally: Tally): AsyncGenerator<RowValues> {
    const tell = teller(found.id);
    let pages = 0;
    for await (const page of readMeant(pool, meantBy(found), readAt)) {
      add(tally, page);
      if (isKnownAgain(found.template))
        await writePairs(pool, found.id, { page: pages++, file: null, rows: page.rows });
      yield* page.rows;
      await tell(tally);
    }
  }

  /** The file as its template says, or a workbook for each department. */
  async function bytesOf(found: Writing, readAt: Date, tally: Tally): Promise<AsyncIterable<Uint8Array>> {
    if (!found.departments) return writeRows(found.template, found.language, rowsOf(found, readAt, tally));
    const { fileName, files, bytes } = await departmentFiles(pool, found, readAt, tally, teller(found.id));
    await prisma.export.update({ where: { id: found.id }, data: { fileName, files } });
    return bytes;
  }

  /** The file's size in bytes; undefined: the program stops before its end. */
  async function writeFile(id: number, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal) {
    let size = 0;
    let part = 0;
    for await (const piece of piecesOf(bytes, partSize)) {
      if (signal.aborted) return undefined;
      await writePart(pool, id, part++, piece);
      size += piece.byteLength;
    }
    return size;
  }

  async function write(found: Writing, signal: AbortSignal): Promise<void> {
    const { id } = found;
    const tally: Tally = { users: 0, shielded: 0, rows: 0 };
    const readAt = await begin(id);
    const size = await writeFile(id, await bytesOf(found, readAt, tally), signal);
    if (size === undefined) return;
    await transaction(async (tx) => {
      const data = { ...tally, size, state: 'done', finishedAt: now() } as const;
      await tx.export.update({ where: { id }, data });
      await messages.changed(tx, 'export', id);
      if (size <= largestInChat) await addJob(tx, ...handJob(id));
    });
  }

  /** Throws `error` again while another try may help. */
  async function fail(id: number, error: unknown): Promise<void> {
    const { failures } = await prisma.export.update({
      where: { id },
      data: { failures: { increment: 1 } },
    });
    if (failures < triesInAll) throw error;
    log.error({ err: error, export: id }, 'an export could not be written and is given up');
    await forgetParts(pool, id);
    await forgetPairs(pool, id);
    await transaction(async (tx) => {
      await tx.export.update({ where: { id }, data: { state: 'failed', finishedAt: now() } });
      await messages.changed(tx, 'export', id);
    });
  }

  return {
    name: 'export-write',
    async run(given, { signal }) {
      const { exportId: id } = payload.parse(given);
      const found = await prisma.export.findUnique({ where: { id } });
      if (found?.state !== 'writing') return;
      try {
        await write(readExport(found), signal);
      } catch (error) {
        if (!signal.aborted) await fail(id, error);
      }
    },
  };
}

function add(tally: Tally, { users, shielded, rows }: UserPage): void {
  tally.users += users;
  tally.shielded += shielded;
  tally.rows += rows.length;
}
