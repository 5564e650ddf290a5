import type { CellMark } from '../rules/cell-marks.ts';
import type { FieldKey } from '../rules/fields.ts';
import type { Language } from '../rules/language.ts';
import type { TemplateKey } from '../rules/templates.ts';
import type { Workbook } from '../xlsx/index.ts';

/** The encodings that files come in (I1), by the names people know them by. */
export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252' | 'IBM437';

/** What ends a row. */
export type LineEnd = '\r\n' | '\n' | '\r';

/**
 * How a file of text is written: enough to read it, and to write another like it. `delimiter` is one character.
 * `lineEnd` is the most common one; reading takes them all, mixed too. `sepLine`: the first line is `sep=;`.
 * `skipRows`: how many rows of the spreadsheet are passed over at the top, where a template says so.
 */
export interface TextShape {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
  readonly sepLine: boolean;
  readonly skipRows?: number;
}

/** A workbook: its sheet that is read, what else it has, and `skipRows` as in a file of text. */
export interface WorkbookShape extends Omit<Workbook, 'rows'> {
  readonly skipRows?: number;
}

/** How a file is written. */
export type FileShape = TextShape | WorkbookShape;

/** Whether a file is a workbook, and no text. */
export const isWorkbook = (shape: FileShape): shape is WorkbookShape => 'sheet' in shape;

/** How much is read of one file: bytes on disk, and data rows (the header and empty rows are not counted). */
export interface FileLimits {
  readonly bytes: number;
  readonly rows: number;
}

/**
 * What the columns are (I2). `columns` has one entry for each column of the file: its field, or null where the column is
 * ignored. `fields` are the known ones, in the file's order. `ignored` names the ignored columns, not `Fel`/`Error`. `row`
 * is the header's row number in the spreadsheet; without one, that of the last row above the data, or 0. `fits` names the
 * built-in templates that find what they need. `leastCells`: a row with fewer lacks what every row needs; the rest Excel
 * may leave out where it is empty. `seen`: every column whose name is a field's, where a template does not read them all.
 * `bare`: there is no header row. `several`: a column says of each row which file it is from, so it was rejected among those of
 * several files. `rejected`: it has the column of faults, so it is what was rejected of a file.
 */
export interface FileHeader {
  readonly columns: readonly (FieldKey | null)[];
  readonly fields: readonly FieldKey[];
  readonly ignored: readonly string[];
  readonly language: Language;
  readonly row: number;
  readonly fits: readonly TemplateKey[];
  readonly leastCells: number;
  readonly seen?: readonly (FieldKey | null)[];
  readonly bare?: true;
  readonly several?: true;
  readonly rejected?: true;
}

/**
 * What a look at a file tells. `bytes` is its size, `sha256` (hex) its content: the same file again has the same. `lines`: it
 * has no more rows than that, the header and empty ones among them.
 */
export interface Inspection {
  readonly shape: FileShape;
  readonly header: FileHeader;
  readonly bytes: number;
  readonly sha256: string;
  readonly lines: number;
}

/** What a row says of each field that the file has: cleaned text, '' where the cell is empty. */
export type RowValues = Readonly<Partial<Record<FieldKey, string>>>;

/**
 * One data row. `row` is its number in the spreadsheet. A row with too few cells (empty ones at its end may be left out) or
 * too many has the fault `wrong_columns`, and as values what stood where the header says. `marks`: what a workbook tells of
 * its cells besides.
 */
export interface FileRow {
  readonly row: number;
  readonly values: RowValues;
  readonly fault: 'wrong_columns' | null;
  readonly marks?: Readonly<Partial<Record<FieldKey, CellMark>>>;
}

/** Up to 1,000 rows in file order, and how many wholly empty ones were passed over on the way. */
export interface RowBatch {
  readonly rows: readonly FileRow[];
  readonly emptyRows: number;
}

/** A rejected row on its way back: what it said and, in the reader's language, why it was rejected. */
export interface RejectedRow {
  /** The name of the file that it is from, where there are several. */
  readonly file?: string | undefined;
  readonly values: RowValues;
  readonly reason: string;
}
