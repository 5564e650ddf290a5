import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Reach } from '../core/access.ts';
import type { Place } from '../core/command.ts';
import { FILE_LIMITS } from '../csv/index.ts';
import type { FileHeader } from '../csv/types.ts';
import { type Import, Prisma } from '../database/client/client.ts';
import type { Tx } from '../database/database.ts';
import { Refusal, type RefusalCode, refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ImportFile } from '../rules/import-files.ts';
import { allowedEntries } from '../services/domain-sql.ts';
import { requireAgreement } from '../services/imports/agreement.ts';
import { compareWithExport } from '../services/imports/comparison.ts';
import { filesOf } from '../services/imports/files.ts';
import { endTakenIn } from '../services/imports/joining.ts';
import { findMissing, forgetMissing } from '../services/imports/missing.ts';
import { markOutside, type Origin, restoreZeros } from '../services/imports/origin.ts';
import { planFile } from '../services/imports/reading.ts';
import { templateColumns, templateOf } from '../services/imports/template-column.ts';
import { originOf } from '../services/imports/together.ts';
import { isWanted } from '../services/imports/wanted.ts';
import { createImportStage, type ImportStageParts, placeOf, type StagedImport } from './import-stage.ts';
import { spendTry } from './import-tries.ts';
import { whileReading } from './import-watch.ts';
import { dropIncoming } from './incoming.ts';
import type { Job } from './job.ts';

export interface ImportReadParts extends ImportStageParts {
  log: Log;
}

const { sql } = Prisma;

const payload = z.object({ importId: z.int() });

/** The file itself is not there to be read again. */
const gone: readonly RefusalCode[] = [
  'file_gone',
  'file_elsewhere',
  'file_login_page',
  'import_file_unreachable',
];

/** Somebody decided on the import whose rows were taken in: they are not there to be taken. */
class Apart extends Error {}

/**
 * Fetches a dropped file (or reads in the store what a fill or an undo is about), brings its rows into the store and plans what
 * would become of them (I5). A file that cannot be read ends the import with a sentence that says why; in a channel one whose
 * header does not fit is passed over (I8).
 */
export function createImportReadJob(parts: ImportReadParts): Job {
  const { database, messages, dataDir, now = () => new Date() } = parts;
  const { prisma, pool, transaction } = database;
  const stage = createImportStage(parts);

  async function read(found: Import, signal: AbortSignal): Promise<void> {
    const { id } = found;
    // The Json columns were written by import-stage.ts, and by services/imports.
    const isStaged = found.stagedAt !== null && !isWanted(found);
    const staged: StagedImport = isStaged
      ? {
          header: found.header as unknown as FileHeader,
          template: templateOf(found),
          files: filesOf(found),
          origin: null,
        }
      : await stage(found, signal);
    const { files } = staged;
    // Several files were looked at one by one: together, rows of another would be blamed.
    if (found.origin === 'file' && files.length < 2) await requireAgreement(pool, id);
    const origin = staged.origin === null ? await cameFrom(found, staged) : staged.origin;
    // Of several files, the others' rows are mended and marked already.
    const last = { importId: id, from: rowsBeforeLast(files), to: FILE_LIMITS.rows };
    if (origin) await restoreZeros(pool, last, origin);
    if (origin) await markOutside(pool, last, origin);
    let planned: 'shown' | 'outdated';
    do planned = await planAndShow(found, staged, origin, signal);
    while (planned === 'outdated');
  }

  /** Plans what would become of the rows, and shows it; `outdated`: other domains are allowed than when it began (D1). */
  async function planAndShow(
    found: Import,
    { header, files, template: fitting }: StagedImport,
    origin: Origin | undefined,
    signal: AbortSignal,
  ): Promise<'shown' | 'outdated'> {
    const { id } = found;
    const reach = found.reach as unknown as Reach;
    const allowed = await allowedEntries(prisma);
    const toPlan = { importId: id, origin: found.origin, header, template: fitting, reach };
    const { template, counts, newCompanies } = await planFile(pool, toPlan, signal);
    // Read otherwise, it may be a list of everybody all the same: the preview then says so. A department's file is none.
    const mayListAll = template.does === 'create' || header.fits.includes('employees');
    if (mayListAll && files.length === 0) await findMissing(prisma, id, reach);
    else await forgetMissing(prisma, id);
    const parts = files.length > 0 ? files.map(({ file }) => file) : null;
    const rows = { importId: id, from: 0, to: FILE_LIMITS.rows };
    const comparison = origin && (await compareWithExport(pool, rows, origin.exportId, parts));
    return transaction(async (tx) => {
      // A change of the list that comes later finds the preview, and has it planned anew.
      await tx.$executeRaw`lock table allowed_domain in share mode`;
      const [locked] = await tx.$queryRaw<Pick<Import, 'state'>[]>(sql`
        select state::text as state from import where id = ${id}::int for update`);
      if (locked?.state !== 'reading') return 'shown';
      if (!isDeepStrictEqual(await allowedEntries(tx), allowed)) return 'outdated';
      const taken = await endTakenIn(tx, id, files, now());
      if (!taken) throw new Apart();
      await tx.import.update({
        where: { id },
        data: {
          state: 'previewed',
          ...templateColumns(template),
          comparison: comparison ? ({ ...comparison } as object) : Prisma.DbNull,
          counts: { ...counts },
          newCompanies: newCompanies.map((company) => ({ ...company })),
        },
      });
      await messages.changed(tx, 'import', [id, ...taken.ids]);
      if (taken.askedIn && !found.askedIn) await tellThere(tx, id, placeOf(taken.askedIn));
      return 'shown';
    });
  }

  async function cameFrom(found: Import, { header, files }: StagedImport): Promise<Origin | undefined> {
    const last = files.at(-1);
    return last ? { exportId: last.exportId, file: last.file } : originOf(database, found, header);
  }

  /** What it took in had been asked for in a place that many read: that place hears of it from now on. */
  async function tellThere(tx: Tx, id: number, place: Place): Promise<void> {
    await tx.import.update({ where: { id }, data: { askedIn: { ...place } } });
    const { language } = parts;
    await messages.announce(tx, { kind: 'import', subjectId: id, to: { place }, language });
  }

  /** Reads it anew, by itself. */
  async function readApart(id: number, signal: AbortSignal): Promise<void> {
    const found = { template: null, ownTemplate: Prisma.DbNull, chosen: false };
    const data = { stagedAt: null, files: Prisma.DbNull, rowCount: 0, ...found };
    const { count } = await prisma.import.updateMany({ where: { id, state: 'reading' }, data });
    if (count > 0) await read(await prisma.import.findUniqueOrThrow({ where: { id } }), signal);
  }

  async function fail(id: number, { code, text }: Refusal): Promise<void> {
    await transaction(async (tx) => {
      await tx.import.updateMany({
        where: { id, state: 'reading' },
        data: {
          state: 'failed',
          counts: {},
          fault: { code, text: { ...text } },
          finishedAt: now(),
          source: {},
        },
      });
      await messages.changed(tx, 'import', id);
    });
  }

  /**
   * Ends what could not be read, but for a file that somebody wanted to be read in another way: what was previewed of it
   * stays, and says why. `keep`: the wish stays too, for when the same file is dropped again.
   */
  async function giveUp(id: number, fault: Refusal, keep = false): Promise<void> {
    const found = await prisma.import.findUniqueOrThrow({ where: { id } });
    // By then the rows that were previewed have given way to those that were refused.
    const isReplaced = fault.code === 'import_sorted_alone';
    if (!isWanted(found) || isReplaced) return fail(id, fault);
    await transaction(async (tx) => {
      await tx.import.updateMany({
        where: { id, state: 'reading' },
        data: {
          state: 'previewed',
          fault: { code: fault.code, text: { ...fault.text } },
          failures: 0,
          wantedSheet: null,
          ...(keep ? {} : { wanted: Prisma.DbNull }),
        },
      });
      await messages.changed(tx, 'import', id);
    });
  }

  async function stumble({ id }: Import, error: unknown): Promise<void> {
    const spent = await spendTry(database, id, error);
    parts.log.error({ err: error, import: id }, 'a dropped file could not be read and is given up');
    const isFetching = spent.shape === null || isWanted(spent);
    await giveUp(id, refuse(isFetching ? 'import_file_unreachable' : 'unexpected'), true);
  }

  return {
    name: 'import-read',
    async run(given, { signal }) {
      const { importId: id } = payload.parse(given);
      const found = await prisma.import.findUnique({ where: { id } });
      // A process that was killed once the rows were in the store has left the file behind.
      if (found?.state !== 'reading' || (found.stagedAt && !isWanted(found))) await dropIncoming(dataDir, id);
      if (found?.state !== 'reading') return;
      const watch = whileReading(database, id, signal);
      try {
        await read(found, watch.signal).catch((error: unknown) => {
          if (error instanceof Apart) return readApart(id, watch.signal);
          throw error;
        });
      } catch (error) {
        if (watch.signal.aborted) return;
        if (error instanceof Refusal) await giveUp(id, error, gone.includes(error.code));
        else await stumble(found, error);
      } finally {
        watch.stop();
      }
    },
  };
}

const rowsBeforeLast = (files: readonly ImportFile[]): number =>
  files.slice(0, -1).reduce((sum, { rows }) => sum + rows, 0);
