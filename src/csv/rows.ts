import { refuse } from '../errors.ts';
import { parseAddress } from '../rules/address.ts';
import { longestPasted } from '../rules/cells.ts';
import type { FieldKey } from '../rules/fields.ts';
import { cut } from '../rules/text.ts';
import { cleanCell } from './cell.ts';
import { FILE_LIMITS } from './limits.ts';
import { type FileRecord, readRecords } from './read.ts';
import {
  type FileHeader,
  type FileLimits,
  type FileRow,
  type FileShape,
  type Inspection,
  isWorkbook,
  type RowBatch,
} from './types.ts';

/**
 * Reads the data rows, in file order, in batches; memory stays flat and the reader sets the pace. Throws a `Refusal`
 * where the file ends inside a quoted cell (with the row where the quote opens), or has no rows: rows handed on before
 * that are then not to be used.
 */
export async function* readRows(
  path: string,
  shape: FileShape,
  header: FileHeader,
): AsyncGenerator<RowBatch, void, undefined> {
  const places = placesOf(header);
  let count = 0;
  for await (const { records, emptyRows } of readRecords(path, shape)) {
    const data = dataOf(records, header);
    count += data.length;
    yield { rows: data.map((record) => toRow(record, shape, header, places)), emptyRows };
  }
  if (count === 0) throw refuse('file_without_rows');
}

/**
 * Throws `file_too_many_rows` before any row is handed on. Where the file has so many lines, it is read through for it, which
 * takes a fraction of what it takes to bring so many rows into the store.
 */
export async function requireRowLimit(
  path: string,
  { shape, header, lines }: Inspection,
  { rows: limit }: FileLimits = FILE_LIMITS,
): Promise<void> {
  if (lines <= limit) return;
  let count = 0;
  for await (const { records } of readRecords(path, shape)) {
    count += dataOf(records, header).length;
    if (count > limit) throw refuse('file_too_many_rows', { limit });
  }
}

/** What is below the header. */
function dataOf(records: readonly FileRecord[], header: FileHeader): readonly FileRecord[] {
  return records[0]?.row === header.row ? records.slice(1) : records;
}

type Place = readonly [field: FieldKey, column: number];

function placesOf({ columns }: FileHeader): Place[] {
  return columns.flatMap((field, column) => (field === null ? [] : [[field, column] as const]));
}

function toRow(
  { row, cells, marks }: FileRecord,
  shape: FileShape,
  header: FileHeader,
  places: readonly Place[],
): FileRow {
  const values: Partial<Record<FieldKey, string>> = {};
  for (const [field, column] of places) values[field] = textOf(cells[column] ?? '');
  // A sheet's cells stand in their columns, however few or many a row has.
  const isWhole = isWorkbook(shape) || (fits(cells, header) && !isShifted(cells, values, header));
  const fault = isWhole ? null : 'wrong_columns';
  return marks && marks.length > 0
    ? { row, values, fault, marks: marksOf(marks, header) }
    : { row, values, fault };
}

/** Where no address stands, unless a cell is missing before it. */
const besideAddresses: readonly FieldKey[] = ['name', 'company', 'department', 'office'];

/** The row is short, and a cell that it lacks is not the last one: an address has slid into the column before its own. */
function isShifted(cells: readonly string[], values: FileRow['values'], { columns }: FileHeader): boolean {
  const isAddress = (cell = '') => cell.includes('@') && parseAddress(cell).ok;
  return cells.length < columns.length && besideAddresses.some((field) => isAddress(values[field]));
}

/**
 * What a cell says, cut where it says more than any may: a chunk of a file's rows is held at once. A copy, for a piece of a
 * long text keeps all of it.
 */
function textOf(cell: string): string {
  const value = cleanCell(cell);
  return cell.length <= longestPasted ? value : Buffer.from(cut(value, longestPasted + 1)).toString();
}

function marksOf(
  marks: NonNullable<FileRecord['marks']>,
  { columns }: FileHeader,
): NonNullable<FileRow['marks']> {
  return Object.fromEntries(
    marks.flatMap(([column, mark]) => {
      const field = columns[column];
      return field ? [[field, mark] as const] : [];
    }),
  );
}

function fits(cells: readonly string[], { columns, leastCells }: FileHeader): boolean {
  if (cells.length < leastCells) return false;
  return cells.slice(columns.length).every((cell) => cleanCell(cell) === '');
}
