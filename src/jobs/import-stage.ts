import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Reach } from '../core/access.ts';
import type { Place } from '../core/command.ts';
import type { Outbox } from '../core/outbox.ts';
import { FILE_LIMITS, inspect, readRows, requireRowLimit, surveyFile } from '../csv/index.ts';
import type { FileHeader, RowBatch } from '../csv/types.ts';
import { addJob } from '../database/add-job.ts';
import { type Import, Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { refuse } from '../errors.ts';
import type { Filter } from '../rules/filter.ts';
import type { ImportFile } from '../rules/import-files.ts';
import type { Language } from '../rules/language.ts';
import type { ImportTemplate } from '../rules/templates.ts';
import type { Origin } from '../services/imports/origin.ts';
import { warnJob } from '../services/imports/queue.ts';
import { type Recognised, recognise } from '../services/imports/recognise.ts';
import { stageFile, unstage } from '../services/imports/staging.ts';
import { rowsToFill } from '../services/imports/stored-rows.ts';
import { templateColumns, templateOf } from '../services/imports/template-column.ts';
import { stageTogether, type Together } from '../services/imports/together.ts';
import { rowsToPutBack } from '../services/imports/undo-rows.ts';
import {
  isChosen,
  isWanted,
  settledTemplate,
  sheetOf,
  templateToGoOnWith,
} from '../services/imports/wanted.ts';
import type { Messages } from '../services/messages.ts';
import { dropIncoming, incomingFile } from './incoming.ts';

/** How often the message tells how far reading has come, in milliseconds. */
const tellEvery = 1_000;

/** An import whose rows are in the store. */
export interface StagedImport {
  header: FileHeader;
  /** Null: the built-in ones. */
  template: ImportTemplate | null;
  /** The departments' files that they are from; of any other file, none. */
  files: readonly ImportFile[];
  /** Which export they came from; null: that is still to be found out. */
  origin: Origin | undefined | null;
}

/** What bringing rows into the store needs of the program. */
export interface ImportStageParts {
  database: Database;
  messages: Messages;
  outboxes: ReadonlyMap<string, Outbox>;
  /** DATA_DIR: where a file is while it is read, and no longer. */
  dataDir: string;
  /** The organisation's language: that of a place which many read. */
  language: Language;
  now?: () => Date;
}

/**
 * Brings the rows of an import into the store: of a file, which is fetched and looked at first, or of what a fill or an undo is
 * about. Throws what is wrong with the file.
 */
export function createImportStage(
  parts: ImportStageParts,
): (found: Import, signal: AbortSignal) => Promise<StagedImport> {
  const { database, messages, outboxes, dataDir, now = () => new Date() } = parts;
  const { prisma, pool, transaction } = database;

  async function withFile<T>(
    { id, source, place }: Import,
    signal: AbortSignal,
    work: (path: string) => Promise<T>,
  ): Promise<T> {
    const outbox = outboxes.get(placeOf(place).surface);
    if (!outbox) throw refuse('import_file_unreachable');
    const path = await incomingFile(dataDir, id);
    try {
      const pieces = await outbox.download(source, FILE_LIMITS.bytes);
      await pipeline(pieces, createWriteStream(path, { mode: 0o600 }), { signal });
      return await work(path);
    } finally {
      await dropIncoming(dataDir, id);
    }
  }

  /** Keeps what a look at the file told; a channel where it was dropped, or asked for, hears of it now. */
  async function keepLook(found: Import, { inspection, template }: Recognised): Promise<void> {
    const { id, createdBy, askedIn } = found;
    const { shape, header, sha256 } = inspection;
    const isFirst = found.shape === null;
    const place = placeOf(found.place);
    const dropped = place.kind === 'channel' ? { place, orElse: createdBy } : undefined;
    const to = dropped ?? (askedIn ? { place: placeOf(askedIn) } : undefined);
    await transaction(async (tx) => {
      await tx.import.update({
        where: { id },
        data: {
          shape: { ...shape } as object,
          header: { ...header } as object,
          fileHash: sha256,
          ...templateColumns(template),
          // From here on the rows are other ones.
          ...(isWanted(found)
            ? {
                wanted: Prisma.DbNull,
                wantedSheet: null,
                stagedAt: null,
                files: Prisma.DbNull,
                rowCount: 0,
                chosen: isChosen(found),
              }
            : {}),
        },
      });
      if (!isFirst || !to) return;
      await messages.announce(tx, { kind: 'import', subjectId: id, to, language: parts.language });
      if (dropped) await addJob(tx, ...warnJob(id));
    });
  }

  /** Tells how many rows there are so far. */
  function teller(id: number): (rows: number) => Promise<void> {
    let told = Date.now();
    return async (rows) => {
      if (Date.now() - told < tellEvery) return;
      told = Date.now();
      await prisma.import.updateMany({ where: { id, state: 'reading' }, data: { rowCount: rows } });
      await messages.changed(prisma, 'import', id, { within: 1 });
    };
  }

  /** What the file is, by the template that is settled, or by looking at it. */
  async function lookAt(found: Import, path: string, signal: AbortSignal): Promise<Recognised> {
    const survey = await surveyFile(path, FILE_LIMITS.bytes, { sheet: sheetOf(found), signal });
    const template = settledTemplate(found) ?? (await templateToGoOnWith(prisma, found.id, survey));
    if (!template) return recognise(database, path, survey);
    return { inspection: await inspect(path, survey, template), template };
  }

  /** Brings rows into the store, in place of what a try before has brought there. */
  async function bringIn(id: number, header: FileHeader, rows: AsyncIterable<RowBatch>, signal: AbortSignal) {
    await unstage(pool, id);
    return stageFile(pool, id, header, rows, { signal, tell: teller(id) });
  }

  /** Every row is in the store: from here on nothing is fetched again. */
  async function keepStaged(
    id: number,
    { rows, emptyRows }: Pick<Together, 'rows' | 'emptyRows'>,
    more: Prisma.ImportUpdateManyMutationInput = {},
  ): Promise<void> {
    await prisma.import.updateMany({
      where: { id, state: 'reading' },
      data: { rowCount: rows, emptyRows, stagedAt: now(), ...more },
    });
  }

  /** Rows that come from the store itself: a look at a file tells nothing of them. */
  async function stageStored(found: Import, signal: AbortSignal): Promise<StagedImport> {
    // Written by services/imports.
    const header = found.header as unknown as FileHeader;
    const reach = found.reach as unknown as Reach;
    await keepStaged(found.id, await bringIn(found.id, header, await storedRows(found, reach), signal));
    return { header, template: templateOf(found), files: [], origin: undefined };
  }

  async function storedRows({ filter, undoes }: Import, reach: Reach): Promise<AsyncIterable<RowBatch>> {
    if (undoes === null) return rowsToFill(pool, { filter: filter as unknown as Filter, reach }, now());
    const undone = await prisma.import.findUniqueOrThrow({ where: { id: undoes }, select: { header: true } });
    return rowsToPutBack(pool, { importId: undoes, header: undone.header as unknown as FileHeader }, reach);
  }

  async function stage(found: Import, signal: AbortSignal): Promise<StagedImport> {
    if (found.origin !== 'file') return stageStored(found, signal);
    return withFile(found, signal, async (path) => {
      const looked = await lookAt(found, path, signal);
      const { inspection, template } = looked;
      await keepLook(found, looked);
      await requireRowLimit(path, inspection);
      const { shape, header } = inspection;
      const rows = () => readRows(path, shape, header);
      const own = await bringIn(found.id, header, rows(), signal);
      // The wish is forgotten once the file is looked at; whoever goes on after a crash sees which template was chosen.
      const read = { header, template, isWanted: isWanted(found) || found.chosen, rows };
      const watch = { signal, tell: teller(found.id), now: now() };
      const together = await stageTogether(database, found, read, own, watch);
      await keepStaged(found.id, together, togetherColumns(together, template));
      return together;
    });
  }

  return stage;
}

/** The files that the rows are from now, and what came of them together. */
function togetherColumns(
  { files, header, template }: Together,
  own: ImportTemplate | null,
): Prisma.ImportUpdateManyMutationInput {
  return {
    files: files.length > 0 ? files.map((file) => ({ ...file })) : Prisma.DbNull,
    ...(files.length > 1 ? { header: { ...header } as object } : {}),
    ...(template && template !== own ? { ...templateColumns(template), chosen: true } : {}),
  };
}

/** Where a message stands, as it is kept. */
export const placeOf = (place: unknown): Place => place as Place;
