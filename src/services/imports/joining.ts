import type { Place } from '../../core/command.ts';
import type { FileRow, RowBatch } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { type Import, Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { type ImportFile, numbersBefore } from '../../rules/import-files.ts';
import { importPreviewLifetime } from '../../rules/run.ts';
import type { ImportTemplate } from '../../rules/templates.ts';
import { filesOf } from './files.ts';
import { withMaskedUsers } from './masked-users.ts';
import { stagedRows } from './staged-rows.ts';
import { type Batch, type ReadRow, readRow } from './staging.ts';
import { templateOf } from './template-column.ts';

const { sql } = Prisma;

/** A department's file that has been read: which it is, and how. */
export interface Joining {
  file: Omit<ImportFile, 'importId' | 'name'>;
  fields: readonly FieldKey[];
  /** Null: a built-in one. */
  template: ImportTemplate | null;
}

/**
 * The import that a department's file joins: the latest of the same person in the same place that waits for its confirmation and
 * has nothing but files of the same export, read alike.
 */
export async function findOpen(
  prisma: Database['prisma'],
  { id, createdBy, place }: Import,
  { file: { exportId }, fields, template }: Joining,
  now: Date,
): Promise<Import | undefined> {
  const { surface, tenant, id: where } = place as unknown as Place;
  const open = await prisma.$queryRaw<{ id: number }[]>(sql`
    select i.id from import i
    where i.id <> ${id}::int and i.created_by = ${createdBy}::int and i.state = 'previewed' and i.fault is null
      and i.place @> ${JSON.stringify({ surface, tenant, id: where })}::jsonb
      and i.created_at >= ${new Date(now.getTime() - importPreviewLifetime)}::timestamptz
      and i.files @> ${JSON.stringify([{ exportId }])}::jsonb
    order by i.id desc`);
  for (const one of open) {
    const found = await prisma.import.findUniqueOrThrow({ where: { id: one.id } });
    if (isReadAlike(found, fields, template)) return found;
  }
  return undefined;
}

function isReadAlike(found: Import, fields: readonly FieldKey[], template: ImportTemplate | null): boolean {
  const known = fieldsOf(found);
  const isOfSameColumns = known.length === fields.length && fields.every((field, i) => known[i] === field);
  const own = found.ownTemplate && templateOf(found);
  const isOfSameTemplate = own
    ? own.key === template?.key
    : template === null || template.key === found.template;
  return isOfSameColumns && isOfSameTemplate && (template ?? templateOf(found))?.byHeader === true;
}

const fieldsOf = ({ header }: Import): readonly FieldKey[] =>
  // Written by the job that reads.
  (header as unknown as { fields: readonly FieldKey[] }).fields;

/** The files of both: an earlier drop of the same department's file gives way to the later one. */
export function filesTogether(
  older: Import,
  { id, fileName: name }: Import,
  file: Joining['file'],
): ImportFile[] {
  const before = filesOf(older);
  const given = before.find((one) => one.file === file.file);
  const kept = before.filter((one) => one !== given);
  return [...kept, { ...file, importId: id, name, ...(given ? { instead: given.importId } : {}) }];
}

/**
 * The rows of the older import that are kept, in their order, and behind them those of the file that joins it, with numbers that
 * rise from file to file.
 */
export async function* rowsTogether(
  pool: Pool,
  older: Import,
  files: readonly ImportFile[],
  fields: readonly FieldKey[],
  own: AsyncIterable<RowBatch>,
): AsyncGenerator<Batch<ReadRow>, void, undefined> {
  const before = numbersBefore(files);
  const startOf = (dropped: number) => before[files.findIndex(({ importId }) => importId === dropped)];
  yield* keptRows(pool, older, startOf);
  const start = before.at(-1) ?? 0;
  const read = (row: FileRow) => renumbered(readRow(row, fields), start);
  for await (const { rows, emptyRows } of withMaskedUsers(pool, own))
    yield { rows: rows.map(read), emptyRows };
}

async function* keptRows(
  pool: Pool,
  older: Import,
  startOf: (importId: number) => number | undefined,
): AsyncGenerator<Batch<ReadRow>, void, undefined> {
  const files = filesOf(older);
  const numbered = numbersBefore(files);
  const staged = { id: older.id, rowCount: older.rowCount, fields: fieldsOf(older) };
  const ends = files.map((_, i) => files.slice(0, i + 1).reduce((sum, { rows }) => sum + rows, 0));
  let position = 0;
  const kept = (row: ReadRow): ReadRow[] => {
    const i = ends.findIndex((end) => position < end);
    position++;
    const start = startOf(files[i]?.importId ?? 0);
    return start === undefined ? [] : [renumbered(row, start - (numbered[i] ?? 0))];
  };
  for await (const { rows } of stagedRows(pool, staged)) yield { rows: rows.flatMap(kept), emptyRows: 0 };
}

function renumbered({ cells: [number, ...cells], ...read }: ReadRow, by: number): ReadRow {
  return { ...read, cells: [number + by, ...cells] };
}

/** The imports that are part of another now; where one of them was asked for, if files do not reach the bot there (core Place). */
export interface TakenIn {
  ids: readonly number[];
  askedIn: Import['askedIn'];
}

/**
 * Ends the import whose rows another took in, in the transaction in which that one can be confirmed. Undefined where somebody has
 * decided on it meanwhile.
 */
export async function endTakenIn(
  tx: Tx,
  id: number,
  files: readonly ImportFile[],
  now: Date,
): Promise<TakenIn | undefined> {
  const parts = files.flatMap(({ importId, instead = importId }) => [importId, instead]);
  const others = [...new Set(parts)].filter((part) => part !== id);
  if (others.length === 0) return { ids: [], askedIn: null };
  const found = await tx.$queryRaw<Pick<Import, 'id' | 'state' | 'joinedInto' | 'askedIn'>[]>(sql`
    select id, state::text as state, joined_into as "joinedInto", asked_in as "askedIn" from import
    where id = any(${others}::int[]) order by id for update`);
  const taken = found.find(({ state }) => state !== 'joined');
  // Its own transaction has committed before: nothing is left to be done.
  if (!taken)
    return found.every(({ joinedInto }) => joinedInto === id) ? { ids: others, askedIn: null } : undefined;
  const isOpen = taken.state === 'previewed';
  const isWhole = found.every((one) => one === taken || one.joinedInto === taken.id);
  if (!isOpen || !isWhole) return undefined;
  const its = { importId: taken.id };
  await tx.importChunk.deleteMany({ where: its });
  await tx.importBlock.deleteMany({ where: its });
  await tx.importMissing.deleteMany({ where: { ...its, deactivatedAt: null } });
  await tx.import.updateMany({
    where: { OR: [{ id: taken.id }, { joinedInto: taken.id }] },
    data: { state: 'joined', joinedInto: id, finishedAt: now, source: {}, counts: {}, files: Prisma.DbNull },
  });
  const ended = await tx.import.findMany({ where: { joinedInto: id }, select: { id: true } });
  return { ids: ended.map((one) => one.id), askedIn: taken.askedIn };
}
