import type { Reach } from '../../core/access.ts';
import { type FileHeader, type FileShape, isWorkbook, type WorkbookShape } from '../../csv/types.ts';
import type { Import, ImportOrigin, ImportState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { NewCompany } from '../../rules/companies.ts';
import type { Comparison } from '../../rules/comparison.ts';
import type { Filter } from '../../rules/filter.ts';
import { fileLabels, type ImportFile } from '../../rules/import-files.ts';
import type { Text } from '../../rules/language.ts';
import { type ImportTemplate, isOwn } from '../../rules/templates.ts';
import type { VerdictCounts } from '../../rules/verdict.ts';
import { ownImportTemplates } from '../templates.ts';
import { type GoneUser, goneUsers } from './comparison.ts';
import { examplesOf, type RowExample } from './examples.ts';
import { filesOf } from './files.ts';
import { fittingTemplates } from './fitting.ts';
import { countMissing, type Missing } from './missing.ts';
import { templateOf } from './template-column.ts';
import { type UndoStanding, undoneBy, undoStanding } from './undos.ts';

const { sql } = Prisma;

/** How an import stands: everything that its message says. */
export interface ImportStatus extends UndoStanding {
  id: number;
  state: ImportState;
  /** Where its rows come from, and whom a fill is about. */
  origin: ImportOrigin;
  filter: Filter | undefined;
  fileName: string;
  /** How the file is written and what its columns are, once looked at. */
  file: { shape: FileShape; header: FileHeader } | undefined;
  template: ImportTemplate | null;
  /** Nobody chose the template: it was found to fit where no built-in one does. */
  guessed: boolean;
  /** The others that it could be read by as well. */
  others: readonly ImportTemplate[];
  rowCount: number;
  emptyRows: number;
  /** Every row is in the store, and being judged. */
  staged: boolean;
  /** As planned, and in the end as applied. */
  counts: VerdictCounts;
  /** Those that the rows would bring, up to `mostNewCompanies`. */
  newCompanies: readonly NewCompany[];
  /** Whoever imports may know of people with protected identity (U8). */
  protected: boolean;
  /** How far applying has come, in rows. */
  applied: number;
  /** It was confirmed, so rows may be applied, also where it failed. */
  confirmed: boolean;
  /** Why it failed; while it waits for a confirmation, why it could not be read by the template that somebody chose. */
  fault: Text | undefined;
  /** The departments' files that the rows are from, in that order; of one file, none. */
  files: readonly ImportFile[];
  /** How many files the export has that those are of. */
  filesInAll: number;
  /** Which import it is part of now, unless a later drop of the same file took its place there. */
  joined: { id: number; replaced: boolean } | undefined;
  /** I6: when, and by whom, the same file was imported before; of several files, which. */
  known: readonly KnownFile[];
  /** How the file differs from the export that it came from, where it is known to come from one. */
  comparison: Comparison | undefined;
  /** Some of those whom the file lacks, and the export had; for whoever dropped the file alone (A3). */
  goneUsers: readonly GoneUser[];
  /** Rows that show what a preview points out; for whoever dropped the file alone (A3). */
  examples: readonly RowExample[];
  /** Whom a file that lists everybody does not name, as far as whoever dropped it reaches. */
  missing: Missing;
  /** What an undo is of. */
  undone: UndoneImport | undefined;
}

/** A file that was imported before. */
export interface KnownFile {
  at: Date;
  by: string;
  /** That import was undone since. */
  undone: boolean;
  /** Its name, where there are several. */
  file?: string;
}

/** An import whose addresses are put back. */
export interface UndoneImport {
  id: number;
  origin: ImportOrigin;
  fileName: string;
  /** How many departments' files it had; 0: it was no such import. */
  files: number;
  /** It wrote other fields as well. */
  whole: boolean;
  /** As applied. */
  counts: VerdictCounts;
}

/** Reads how an import stands; undefined: there is no such import. */
export async function importStatus(database: Database, id: number): Promise<ImportStatus | undefined> {
  const { prisma } = database;
  const found = await prisma.import.findUnique({ where: { id } });
  if (!found) return undefined;
  // The Json columns were written by the jobs that read and apply.
  const shape = found.shape as unknown as FileShape | null;
  const header = found.header as unknown as FileHeader | null;
  const files = filesOf(found);
  const { state, origin, fileName, rowCount, emptyRows, applied } = found;
  const file = shape && header ? { shape: await shapeOf(prisma, shape, files), header } : undefined;
  const template = templateOf(found);
  const fitting =
    file && origin === 'file' && state === 'previewed' && files.length < 2
      ? fittingTemplates(file, await ownImportTemplates(database))
      : [];
  const counts = (found.counts as VerdictCounts | null) ?? {};
  const comparison = (found.comparison as unknown as Comparison | null) ?? undefined;
  const reach = found.reach as unknown as Reach;
  const { protected: protectedToo } = reach;
  return {
    id,
    state,
    origin,
    filter: (found.filter as unknown as Filter | null) ?? undefined,
    fileName,
    rowCount,
    emptyRows,
    applied,
    files,
    filesInAll: await filesInAll(prisma, files),
    joined: await joinedInto(prisma, found),
    known: await knownFiles(prisma, id, files),
    file,
    template,
    guessed: template !== null && isOwn(template) && !found.chosen,
    others: fitting.filter(({ key }) => key !== template?.key),
    staged: found.stagedAt !== null,
    counts,
    newCompanies: (found.newCompanies as unknown as NewCompany[] | null) ?? [],
    protected: protectedToo,
    fault: (found.fault as { text: Text } | null)?.text,
    confirmed: found.confirmedAt !== null,
    comparison,
    goneUsers: comparison && state === 'previewed' ? await goneUsers(prisma, comparison, reach) : [],
    examples:
      header && origin === 'file' && state === 'previewed'
        ? await examplesOf(database.pool, { id, rowCount, header, counts, files, protectedToo })
        : [],
    missing: await countMissing(prisma, id, reach),
    ...(await undoStanding(prisma, found)),
    undone: found.undoes === null ? undefined : await undoneImport(prisma, found.undoes),
  };
}

/** A file that was part of another import was imported with that one, unless a later drop took its place. */
async function knownFiles(
  prisma: Database['prisma'],
  id: number,
  files: readonly ImportFile[],
): Promise<KnownFile[]> {
  const parts = files.length > 1 ? files.map(({ importId }) => importId) : [id];
  const labels = fileLabels(files);
  const found = await prisma.$queryRaw<{ at: Date; by: string; part: number; into: number }[]>(sql`
    select i.id as part, k.at, k.by, k.into
    from import i
    cross join lateral (
      select w.id as into, w.finished_at as at, coalesce(p.name, '') as by
      from import e
      join import w on w.id = case e.state when 'joined' then e.joined_into else e.id end
      left join person p on p.id = e.created_by
      where e.file_hash = i.file_hash and w.state = 'done' and w.id < ${id}::int
        and (e.id = w.id or w.files @> jsonb_build_array(jsonb_build_object('importId', e.id)))
      order by w.finished_at desc limit 1
    ) k
    where i.id = any(${parts}::int[])
    order by array_position(${parts}::int[], i.id)`);
  const undone = new Set<number>();
  for (const into of new Set(found.map((one) => one.into)))
    if ((await undoneBy(prisma, into, ['done'])) !== undefined) undone.add(into);
  return found.map(({ at, by, part, into }) => ({
    at,
    by,
    undone: undone.has(into),
    ...(files.length > 1 ? { file: labels[parts.indexOf(part)] ?? '' } : {}),
  }));
}

/** Of several workbooks, what they have besides and what is easily overlooked, together. */
async function shapeOf(
  prisma: Database['prisma'],
  shape: FileShape,
  files: readonly ImportFile[],
): Promise<FileShape> {
  if (files.length < 2 || !isWorkbook(shape)) return shape;
  const parts = { id: { in: files.map(({ importId }) => importId) } };
  const found = await prisma.import.findMany({ where: parts, select: { shape: true } });
  // Written by the job that reads.
  const books = found.map((part) => part.shape as unknown as FileShape).filter(isWorkbook);
  const sum = (count: (book: WorkbookShape) => number) => books.reduce((all, book) => all + count(book), 0);
  return {
    ...shape,
    others: books.flatMap(({ others }) => others),
    hiddenRows: sum(({ hiddenRows }) => hiddenRows),
    merged: sum(({ merged }) => merged),
  };
}

async function filesInAll(prisma: Database['prisma'], files: readonly ImportFile[]): Promise<number> {
  const [first] = files;
  if (!first) return 0;
  const found = await prisma.export.findUnique({ where: { id: first.exportId }, select: { files: true } });
  return Math.max(found?.files ?? 0, files.length);
}

async function joinedInto(
  prisma: Database['prisma'],
  { id, state, joinedInto: into }: Import,
): Promise<ImportStatus['joined']> {
  if (state !== 'joined' || into === null) return undefined;
  const whole = await prisma.import.findUniqueOrThrow({ where: { id: into }, select: { files: true } });
  return { id: into, replaced: !filesOf(whole).some(({ importId }) => importId === id) };
}

async function undoneImport(prisma: Database['prisma'], id: number): Promise<UndoneImport | undefined> {
  const found = await prisma.import.findUnique({ where: { id } });
  if (!found) return undefined;
  const { origin, fileName, counts } = found;
  const whole = templateOf(found)?.does !== 'addresses';
  return {
    id,
    origin,
    fileName,
    files: filesOf(found).length,
    whole,
    counts: (counts as VerdictCounts | null) ?? {},
  };
}
