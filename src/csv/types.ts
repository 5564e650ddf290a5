import type { FieldKey } from '../rules/fields.ts';
import type { Language } from '../rules/language.ts';
import type { TemplateKey } from '../rules/templates.ts';

/** The encodings that files come in (I1), by the names people know them by. */
export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252' | 'IBM437';

/** What stands between two cells. */
export type Delimiter = '\t' | ';' | ',';

/** What ends a row. */
export type LineEnd = '\r\n' | '\n' | '\r';

/**
 * How a file is written: enough to read it, and to write another like it.
 * `lineEnd` is the most common one; reading takes them all, mixed too. `sepLine`: the first line is `sep=;`.
 */
export interface FileShape {
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly delimiter: Delimiter;
  readonly lineEnd: LineEnd;
  readonly sepLine: boolean;
}

/** How much is read of one file: bytes on disk, and data rows (the header and empty rows are not counted). */
export interface FileLimits {
  readonly bytes: number;
  readonly rows: number;
}

/**
 * What the header row says (I2). `columns` has one entry for each column of the file: its field, or null where the
 * column is ignored. `fields` are the known ones, in the file's order. `ignored` names the unknown columns, not `Fel`/`Error`.
 * `row` is the header's row number in the spreadsheet. `fits` names the built-in templates that find what they need, at
 * least one. `leastCells`: a row with fewer lacks what every row needs; the rest Excel may leave out where it is empty.
 */
export interface FileHeader {
  readonly columns: readonly (FieldKey | null)[];
  readonly fields: readonly FieldKey[];
  readonly ignored: readonly string[];
  readonly language: Language;
  readonly row: number;
  readonly fits: readonly TemplateKey[];
  readonly leastCells: number;
}

/** What a look at a file tells. `bytes` is its size, `sha256` (hex) its content: the same file again has the same. */
export interface Inspection {
  readonly shape: FileShape;
  readonly header: FileHeader;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a row says of each field that the file has: cleaned text, '' where the cell is empty. */
export type RowValues = Readonly<Partial<Record<FieldKey, string>>>;

/**
 * One data row. `row` is its number in the spreadsheet. A row with too few cells (empty ones at its end may be left out) or
 * too many has the fault `wrong_columns`, and as values what stood where the header says.
 */
export interface FileRow {
  readonly row: number;
  readonly values: RowValues;
  readonly fault: 'wrong_columns' | null;
}

/** Up to 1,000 rows in file order, and how many wholly empty ones were passed over on the way. */
export interface RowBatch {
  readonly rows: readonly FileRow[];
  readonly emptyRows: number;
}

/** A rejected row on its way back: what it said and, in the reader's language, why it was rejected. */
export interface RejectedRow {
  readonly values: RowValues;
  readonly reason: string;
}
