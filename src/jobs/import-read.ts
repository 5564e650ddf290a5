import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Reach } from '../core/access.ts';
import type { Place } from '../core/command.ts';
import type { Outbox } from '../core/outbox.ts';
import { FILE_LIMITS, inspectFile, readRows } from '../csv/index.ts';
import type { FileHeader, Inspection } from '../csv/types.ts';
import { addJob } from '../database/add-job.ts';
import type { Import } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { Refusal, refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Language } from '../rules/language.ts';
import type { TemplateKey } from '../rules/templates.ts';
import { warnJob } from '../services/imports/queue.ts';
import { planFile } from '../services/imports/reading.ts';
import { stageFile, unstage } from '../services/imports/staging.ts';
import type { Messages } from '../services/messages.ts';
import { spendTry } from './import-tries.ts';
import { incomingFile } from './incoming.ts';
import type { Job } from './job.ts';

export interface ImportReadParts {
  database: Database;
  messages: Messages;
  outboxes: ReadonlyMap<string, Outbox>;
  /** DATA_DIR: where a file is while it is read, and no longer. */
  dataDir: string;
  /** The organisation's language: that of a place which many read. */
  language: Language;
  log: Log;
  now?: () => Date;
}

const payload = z.object({ importId: z.int() });

/** How often the message tells how far reading has come, in milliseconds. */
const tellEvery = 1_000;

/** Somebody ended the import meanwhile. */
class Ended extends Error {}

/**
 * Fetches a dropped file, brings its rows into the store and plans what would become of them (I5). A file that cannot be
 * read ends the import with a sentence that says why; in a channel one whose header does not fit is passed over (I8).
 */
export function createImportReadJob(parts: ImportReadParts): Job {
  const { database, messages, outboxes, dataDir, now = () => new Date() } = parts;
  const { prisma, pool, transaction } = database;

  async function withFile<T>({ id, source, place }: Import, work: (path: string) => Promise<T>): Promise<T> {
    const outbox = outboxes.get(placeOf(place).surface);
    if (!outbox) throw refuse('import_file_unreachable');
    const path = await incomingFile(dataDir, id);
    try {
      const pieces = await outbox.download(source, FILE_LIMITS.bytes);
      await pipeline(pieces, createWriteStream(path, { mode: 0o600 }));
      return await work(path);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Keeps what a look at the file told; a channel hears of it now. */
  async function recognise(found: Import, { shape, header, sha256 }: Inspection): Promise<void> {
    const isFirst = found.shape === null;
    const place = placeOf(found.place);
    const inChannel = isFirst && place.kind === 'channel';
    await transaction(async (tx) => {
      await tx.import.update({
        where: { id: found.id },
        data: { shape: { ...shape }, header: { ...header } as object, fileHash: sha256 },
      });
      if (!inChannel) return;
      const to = { place, orElse: found.createdBy };
      await messages.announce(tx, { kind: 'import', subjectId: found.id, to, language: parts.language });
      await addJob(tx, ...warnJob(found.id));
    });
  }

  /** Tells how many rows there are so far; throws Ended once the import has been cancelled. */
  function teller(id: number): (rows: number) => Promise<void> {
    let told = Date.now();
    return async (rows) => {
      if (Date.now() - told < tellEvery) return;
      told = Date.now();
      const { count } = await prisma.import.updateMany({
        where: { id, state: 'reading' },
        data: { rowCount: rows },
      });
      if (count === 0) throw new Ended();
      await messages.changed(prisma, 'import', id, { within: 1 });
    };
  }

  async function stage(found: Import, signal: AbortSignal): Promise<FileHeader> {
    return withFile(found, async (path) => {
      const inspection = await inspectFile(path);
      await recognise(found, inspection);
      const { shape, header } = inspection;
      await unstage(pool, found.id);
      const rows = readRows(path, shape, header);
      const staged = await stageFile(pool, found.id, header, rows, { signal, tell: teller(found.id) });
      await prisma.import.updateMany({
        where: { id: found.id, state: 'reading' },
        data: { rowCount: staged.rows, emptyRows: staged.emptyRows, stagedAt: now() },
      });
      return header;
    });
  }

  /** By which template the same file was applied, where that broke off: the rest is meant. */
  async function templateToGoOnWith(id: number): Promise<string | null> {
    const { fileHash } = await prisma.import.findUniqueOrThrow({ where: { id } });
    const before = await prisma.import.findFirst({
      where: { fileHash, id: { lt: id }, confirmedAt: { not: null } },
      orderBy: { id: 'desc' },
    });
    return before?.state === 'failed' ? before.template : null;
  }

  async function read(found: Import, signal: AbortSignal): Promise<void> {
    const { id } = found;
    // The Json columns were written above, and by services/imports.
    const header = found.stagedAt ? (found.header as unknown as FileHeader) : await stage(found, signal);
    const chosen = (found.template ?? (await templateToGoOnWith(id))) as TemplateKey | null;
    const reach = found.reach as unknown as Reach;
    const toPlan = { importId: id, header, template: chosen, reach };
    const { template, counts } = await planFile(pool, toPlan, signal);
    await transaction(async (tx) => {
      await tx.import.updateMany({
        where: { id, state: 'reading' },
        data: { state: 'previewed', template, counts: { ...counts } },
      });
      await messages.changed(tx, 'import', id);
    });
  }

  async function fail(id: number, { code, text }: Refusal): Promise<void> {
    await transaction(async (tx) => {
      await tx.import.updateMany({
        where: { id, state: 'reading' },
        data: { state: 'failed', counts: {}, fault: { code, text: { ...text } }, finishedAt: now() },
      });
      await messages.changed(tx, 'import', id);
    });
  }

  async function stumble({ id }: Import, error: unknown): Promise<void> {
    const { shape } = await spendTry(database, id, error);
    parts.log.error({ err: error, import: id }, 'a dropped file could not be read and is given up');
    await fail(id, refuse(shape === null ? 'import_file_unreachable' : 'unexpected'));
  }

  return {
    name: 'import-read',
    async run(given, { signal }) {
      const { importId: id } = payload.parse(given);
      const found = await prisma.import.findUnique({ where: { id } });
      // A process that was killed once the rows were in the store has left the file behind.
      if (found?.state !== 'reading' || found.stagedAt)
        await rm(await incomingFile(dataDir, id), { force: true });
      if (found?.state !== 'reading') return;
      try {
        await read(found, signal);
      } catch (error) {
        if (signal.aborted || error instanceof Ended) return;
        if (error instanceof Refusal) await fail(id, error);
        else await stumble(found, error);
      }
    },
  };
}

const placeOf = (place: unknown): Place => place as Place;
