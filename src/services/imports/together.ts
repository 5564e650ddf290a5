import type { Reach } from '../../core/access.ts';
import { FILE_LIMITS } from '../../csv/index.ts';
import type { FileHeader, RowBatch } from '../../csv/types.ts';
import type { Import } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { ImportFile } from '../../rules/import-files.ts';
import type { ImportTemplate } from '../../rules/templates.ts';
import { requireAgreement } from './agreement.ts';
import { filesTogether, findOpen, rowsTogether } from './joining.ts';
import { findOrigin, type Origin } from './origin.ts';
import { type Staged, stageRows, unstage, type Watch } from './staging.ts';
import { templateOf } from './template-column.ts';

/** A file that has been read, and how to read its rows again. */
export interface ReadFile {
  header: FileHeader;
  /** Null: the built-in ones. */
  template: ImportTemplate | null;
  /** Somebody chose to read it otherwise: then it stays apart. */
  isWanted: boolean;
  rows(): AsyncIterable<RowBatch>;
}

/** What is in the store: the file's rows, perhaps behind those of others. */
export interface Together extends Omit<Staged, 'last'> {
  header: FileHeader;
  template: ImportTemplate | null;
  /** Empty where it is no department's file. */
  files: readonly ImportFile[];
  origin: Origin | undefined;
}

/**
 * Finds out which export the staged rows of a file came from; and where they are a department's file of it, and other departments'
 * wait for their confirmation, stages them anew behind the rows of those. Throws as `requireAgreement`.
 */
export async function stageTogether(
  database: Pick<Database, 'prisma' | 'pool'>,
  found: Import,
  read: ReadFile,
  { last, ...staged }: Staged,
  watch: Watch & { now: Date },
): Promise<Together> {
  const { prisma, pool } = database;
  const { id: importId, fileName: name } = found;
  const { header, template } = read;
  const alone = { ...staged, header, template };
  const origin = await originOf(database, found, header);
  if (!origin || origin.file === null) return { ...alone, files: [], origin };
  const file = { ...staged, last, exportId: origin.exportId, file: origin.file };
  const joining = { file, fields: header.fields, template };
  // Rejected rows are no whole file: they would take its place.
  const isApart = read.isWanted || header.rejected;
  const older = isApart ? undefined : await findOpen(prisma, found, joining, watch.now);
  if (!older || older.rowCount + staged.rows > FILE_LIMITS.rows)
    return { ...alone, files: [{ ...file, importId, name }], origin };
  const files = filesTogether(older, found, file);
  if (files.length === 1) return { ...alone, files, origin };
  await requireAgreement(pool, importId);
  await unstage(pool, importId);
  const rows = rowsTogether(pool, older, files, header.fields, read.rows());
  const all = await stageRows(pool, importId, header, rows, (row) => row, watch);
  return {
    rows: all.rows,
    emptyRows: files.reduce((sum, { emptyRows }) => sum + emptyRows, 0),
    header: { ...header, ignored: [...new Set([...ignoredOf(older), ...header.ignored])] },
    template: template ?? (older.chosen ? templateOf(older) : null),
    files,
    origin,
  };
}

/** Rejected rows of several files are no department's. */
export async function originOf(
  database: Pick<Database, 'prisma' | 'pool'>,
  { id: importId, origin, reach }: Import,
  header: FileHeader,
): Promise<Origin | undefined> {
  if (origin !== 'file') return undefined;
  const rows = { importId, from: 0, to: FILE_LIMITS.rows };
  return findOrigin(database, { ...rows, header, reach: reach as unknown as Reach });
}

const ignoredOf = ({ header }: Import): readonly string[] =>
  // Written by the job that reads.
  (header as unknown as FileHeader).ignored;
