import { refuse } from '../errors.ts';
import type { FieldKey } from '../rules/fields.ts';
import { cleanCell } from './cell.ts';
import { FILE_LIMITS } from './limits.ts';
import { type FileRecord, readRecords } from './read.ts';
import type { FileHeader, FileLimits, FileRow, FileShape, RowBatch } from './types.ts';

/**
 * Reads the data rows, in file order, in batches; memory stays flat and the reader sets the pace. Throws a `Refusal`
 * where the file ends inside a quoted cell (with the row where the quote opens), has more than `limits.rows` rows, or
 * none: rows handed on before that are then not to be used.
 */
export async function* readRows(
  path: string,
  shape: FileShape,
  header: FileHeader,
  limits: FileLimits = FILE_LIMITS,
): AsyncGenerator<RowBatch, void, undefined> {
  const places = placesOf(header);
  let count = 0;
  for await (const { records, emptyRows } of readRecords(path, shape)) {
    const data = records[0]?.row === header.row ? records.slice(1) : records;
    count += data.length;
    if (count > limits.rows) throw refuse('file_too_many_rows', { limit: limits.rows });
    yield { rows: data.map((record) => toRow(record, header, places)), emptyRows };
  }
  if (count === 0) throw refuse('file_without_rows');
}

type Place = readonly [field: FieldKey, column: number];

function placesOf({ columns }: FileHeader): Place[] {
  return columns.flatMap((field, column) => (field === null ? [] : [[field, column] as const]));
}

function toRow({ row, cells }: FileRecord, header: FileHeader, places: readonly Place[]): FileRow {
  const values: Partial<Record<FieldKey, string>> = {};
  for (const [field, column] of places) values[field] = cleanCell(cells[column] ?? '');
  return { row, values, fault: fits(cells, header) ? null : 'wrong_columns' };
}

function fits(cells: readonly string[], { columns, leastCells }: FileHeader): boolean {
  if (cells.length < leastCells) return false;
  return cells.slice(columns.length).every((cell) => cleanCell(cell) === '');
}
