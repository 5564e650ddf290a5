import { createReadStream } from 'node:fs';
import { type Duplex, pipeline, type TransformCallback } from 'node:stream';
import { CsvError, type Options, Parser } from 'csv-parse';
import iconv from 'iconv-lite';
import { refuse } from '../errors.ts';
import { readTable, type SheetRow, tablePath } from '../xlsx/index.ts';
import { cleanCell } from './cell.ts';
import { BATCH_LENGTH, BATCH_ROWS, ROW_BYTES } from './limits.ts';
import type { TextShape, WorkbookShape } from './types.ts';

/** What reading cells needs to know of a file of text. */
export type TextLayout = Pick<TextShape, 'encoding' | 'bom' | 'delimiter' | 'sepLine' | 'skipRows'>;

/** What reading cells needs to know of a file. */
export type Layout = TextLayout | Pick<WorkbookShape, 'sheet' | 'skipRows'>;

/** A row that holds something: its number in the spreadsheet, its cells as the file has them, and what a workbook tells of some. */
export interface FileRecord {
  readonly row: number;
  readonly cells: readonly string[];
  readonly marks?: SheetRow['marks'];
}

/** Rows in file order, and how many empty ones were passed over among and after them. */
export interface RecordBatch {
  readonly records: readonly FileRecord[];
  readonly emptyRows: number;
}

/**
 * Reads a file's rows, the header among them, in batches of `size`, or fewer where they are long. Quotes in the middle of a cell are text, as in
 * Excel. Throws where the file ends inside a quoted cell, naming the row where the quote opens.
 */
export async function* readRecords(
  path: string,
  layout: Layout,
  size = BATCH_ROWS,
): AsyncGenerator<RecordBatch, void, undefined> {
  if ('sheet' in layout) yield* readSheetRecords(path, layout, size);
  else yield* readText(path, layout, size);
}

/** The rows of a workbook that is laid out. Empty ones count between those that hold something, not where a sheet goes on below. */
async function* readSheetRecords(
  path: string,
  { skipRows = 0 }: Pick<WorkbookShape, 'skipRows'>,
  size: number,
): AsyncGenerator<RecordBatch, void, undefined> {
  let records: FileRecord[] = [];
  let emptyRows = 0;
  let length = 0;
  let last = skipRows;
  for await (const record of readTable(tablePath(path))) {
    if (record.row <= skipRows || !holdsSomething(record)) continue;
    emptyRows += record.row - last - 1;
    last = record.row;
    records.push(record);
    length += lengthOf(record);
    if (records.length < size && length < BATCH_LENGTH) continue;
    yield { records, emptyRows };
    records = [];
    emptyRows = 0;
    length = 0;
  }
  if (records.length > 0) yield { records, emptyRows };
}

const lengthOf = ({ cells }: SheetRow): number => cells.reduce((sum, cell) => sum + cell.length, 0);

const holdsSomething = ({ cells, marks }: SheetRow): boolean =>
  cells.some(holdsText) || marks.some(([, mark]) => mark === 'no_value');

async function* readText(
  path: string,
  layout: TextLayout,
  size: number,
): AsyncGenerator<RecordBatch, void, undefined> {
  const parser = new BatchParser(layout, size);
  const file = createReadStream(path);
  const done = () => {}; // what goes wrong on the way reaches the parser, and so the loop below
  if (layout.encoding === 'UTF-8') pipeline(file, parser, done);
  else pipeline(file, iconv.decodeStream(layout.encoding) as Duplex, parser, done);
  try {
    for await (const batch of parser as AsyncIterable<RecordBatch>) yield batch;
  } catch (error) {
    throw asRefusal(error, parser.openRow);
  }
  if (parser.cut) throw asRefusal(parser.cut, parser.openRow);
}

/** csv-parse, handing on batches of rows instead of one at a time, and counting rows as a spreadsheet does. */
class BatchParser extends Parser {
  readonly #size: number;
  readonly #skipRows: number;
  #row: number;
  #records: FileRecord[] = [];
  #emptyRows = 0;
  /** How far the file had been read when rows were last handed on. */
  #handedOnAt = 0;
  #cut: Error | null | undefined;

  constructor({ bom, encoding, delimiter, sepLine, skipRows = 0 }: TextLayout, size: number) {
    const options: Options & { readableHighWaterMark: number } = {
      bom: bom && encoding === 'UTF-8',
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: ROW_BYTES,
      readableHighWaterMark: 1,
    };
    super(options);
    this.#size = size;
    this.#skipRows = skipRows;
    // A spreadsheet takes a `sep=` line as an instruction and does not show it.
    this.#row = sepLine ? -1 : 0;
  }

  /** The number of the row that is being read. */
  get openRow(): number {
    return this.#row + 1;
  }

  /** What is wrong with the file's end, once all rows before it have been handed on. */
  get cut(): Error | null | undefined {
    return this.#cut;
  }

  override _flush(callback: TransformCallback): void {
    super._flush((error) => {
      this.#cut = error;
      callback();
    });
  }

  override push(cells: string[] | null): boolean {
    if (cells === null) {
      this.#handOn();
      return super.push(null);
    }
    this.#row++;
    if (this.#row > this.#skipRows) this.#keep(cells);
    const isShort = this.info.bytes - this.#handedOnAt < BATCH_LENGTH;
    return (this.#records.length < this.#size && isShort) || this.#handOn();
  }

  #keep(cells: string[]): void {
    if (cells.some(holdsText)) this.#records.push({ row: this.#row, cells });
    else this.#emptyRows++;
  }

  #handOn(): boolean {
    if (this.#records.length === 0 && this.#emptyRows === 0) return true;
    const batch: RecordBatch = { records: this.#records, emptyRows: this.#emptyRows };
    this.#records = [];
    this.#emptyRows = 0;
    this.#handedOnAt = this.info.bytes;
    return super.push(batch);
  }
}

function holdsText(cell: string): boolean {
  return /[!-~]/.test(cell) || (cell !== '' && cleanCell(cell) !== '');
}

function asRefusal(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return refuse('file_cut', { row });
  if (error.code === 'CSV_MAX_RECORD_SIZE') return refuse('file_row_too_long', { row });
  return error;
}
