import { type Duplex, pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import iconv from 'iconv-lite';
import { type FieldKey, faultColumn, fieldNames, fileColumn } from '../rules/fields.ts';
import type { Language } from '../rules/language.ts';
import type { ExportTemplate } from '../rules/templates.ts';
import { type WrittenSheet, writeWorkbook } from '../xlsx/index.ts';
import { guard, guardInWorkbook } from './cell.ts';
import {
  type Encoding,
  type FileHeader,
  type FileShape,
  isWorkbook,
  type RejectedRow,
  type RowValues,
  type TextShape,
} from './types.ts';

/** The columns of a file, in which language. */
export interface WrittenHeader extends Pick<FileHeader, 'fields' | 'language'> {
  several?: boolean | undefined;
}

/**
 * Writes rejected rows as a file like the one they came from (I7): a workbook, or text in its encoding, delimiter, line ends and header
 * language, its known columns, and last `Fel` / `Error` with the reason; where they are from `several` files, first `Fil` / `File`
 * with the name of each. Correct it and drop it again as it is: every
 * value comes back as it was, and none runs as a formula on the way (see cell.ts).
 *
 * The values are expected to come from that same file: then its encoding has every character of them. A reason may
 * have others ("”" in IBM437); they are written with what the encoding has.
 */
export function writeRejected(
  shape: FileShape,
  { fields, language, several = false }: WrittenHeader,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Readable {
  const names = [
    ...(several ? [fileColumn[language]] : []),
    ...fields.map((field) => fieldNames[field][language]),
    faultColumn[language],
  ];
  const cells = rejectedCells(fields, several, rows);
  if (!isWorkbook(shape)) return writeTable(shape, names, cells);
  const { sheet: name, skipRows = 0 } = shape;
  const widths = [...(several ? [widthOfFiles] : []), ...fields.map(widthOf), widestColumn];
  return writeSheet({ name, widths, header: names, rows: cells, firstRow: skipRows + 1 });
}

/** In characters: what the cells of most files have, and what an explanation needs. */
const widestColumn = 60;
const widthOfFiles = 32;
const wide: ReadonlySet<FieldKey> = new Set(['name', 'company', 'department', 'email', 'connectEmail']);
const widthOf = (field: FieldKey): number => (wide.has(field) ? 32 : 20);

function writeSheet({ rows, ...sheet }: Omit<WrittenSheet, 'rows'> & { rows: Cells }): Readable {
  async function* safe(): Cells {
    for await (const row of rows) yield row.map(guardInWorkbook);
  }
  return Readable.from(writeWorkbook({ ...sheet, rows: safe() }), { objectMode: false });
}

async function* rejectedCells(
  fields: readonly FieldKey[],
  several: boolean,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Cells {
  for await (const { file = '', values, reason } of rows)
    yield [...(several ? [file] : []), ...fields.map((field) => values[field] ?? ''), reason];
}

/**
 * Writes rows as an export template says, column names in `language`. The matching import template reads every value back
 * as it was, as far as the encoding has its characters, and none runs as a formula in a spreadsheet.
 */
export function writeRows(
  template: ExportTemplate,
  language: Language,
  rows: AsyncIterable<RowValues> | Iterable<RowValues>,
): Readable {
  const { fields, header } = template;
  const names = header ? fields.map((field) => fieldNames[field][language]) : undefined;
  return writeTable(shapeOf(template), names, valueCells(fields, rows));
}

async function* valueCells(
  fields: readonly FieldKey[],
  rows: AsyncIterable<RowValues> | Iterable<RowValues>,
): Cells {
  for await (const values of rows) yield fields.map((field) => values[field] ?? '');
}

/** Writes rows as a workbook of one sheet, which `name` names, with an export template's fields: all cells are text. */
export function writeRowsInWorkbook(
  { fields }: Pick<ExportTemplate, 'fields'>,
  language: Language,
  name: string,
  rows: AsyncIterable<RowValues>,
): Readable {
  const header = fields.map((field) => fieldNames[field][language]);
  return writeSheet({ name, widths: fields.map(widthOf), header, rows: valueCells(fields, rows) });
}

/** How a template's files are written: rows end as Windows has it. */
function shapeOf({ delimiter, encoding }: ExportTemplate): TextShape {
  const written = { delimiter, lineEnd: '\r\n', sepLine: false } as const;
  switch (encoding) {
    case 'UTF-8':
    case 'UTF-8 BOM':
      return { ...written, encoding: 'UTF-8', bom: encoding === 'UTF-8 BOM' };
    case 'UTF-16':
      return { ...written, encoding: 'UTF-16LE', bom: true };
    default:
      return { ...written, encoding, bom: false };
  }
}

type Cells = AsyncGenerator<string[], void, undefined>;

/** Rows of cells as bytes, below rows that a template passes over, and a row of names where there are any. */
function writeTable(shape: TextShape, names: readonly string[] | undefined, rows: Cells): Readable {
  const { encoding, bom, delimiter, lineEnd, sepLine, skipRows = 0 } = shape;
  const encoder = iconv.encodeStream(encoding, { addBOM: bom }) as Duplex;
  const above = `${sepLine ? `sep=${delimiter}${lineEnd}` : ''}${lineEnd.repeat(skipRows)}`;
  if (above) encoder.write(above);
  const table = stringify({ delimiter, record_delimiter: lineEnd, quoted_match: /[\r\n]/ }).setEncoding(
    'utf8',
  );
  const done = () => {}; // what goes wrong on the way reaches the encoder, and so whoever reads it
  const safe = (cell: string) => guard(carried(cell, encoding));
  async function* cells(): Cells {
    if (names) yield [...names];
    for await (const row of rows) yield row.map(safe);
  }
  pipeline(Readable.from(cells()), table, encoder, done);
  return encoder;
}

const isAscii = /^[\0-\x7f]*$/;

const plainer: Readonly<Record<string, string>> = {
  '”': '"',
  '“': '"',
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
};

/** The text with what the encoding has: signs made plainer, letters without their accents, `?` for what is left. */
function carried(text: string, encoding: Encoding): string {
  if (encoding.startsWith('UTF') || isAscii.test(text)) return text;
  const fits = (part: string) => iconv.decode(iconv.encode(part, encoding), encoding) === part;
  if (fits(text)) return text;
  const simpler = (sign: string) => {
    const bare = plainer[sign] ?? sign.normalize('NFD').charAt(0);
    return fits(bare) ? bare : '?';
  };
  return Array.from(text, (sign) => (fits(sign) ? sign : simpler(sign))).join('');
}
