import { Packing } from './packing.ts';
import { escapeText } from './text.ts';

/** A sheet to write: its name, how wide its columns are (in characters), its header, and its rows of text from row `firstRow` on. */
export interface WrittenSheet {
  readonly name: string;
  readonly widths: readonly number[];
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** The header's row. */
  readonly firstRow?: number;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cells are text (49 is Excel's own "@"), the header in bold. */
const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf xfId="0" numFmtId="49" applyNumberFormat="1"/><xf xfId="0" numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

const contentTypes = `${declaration}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${spreadsheet}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/></Types>`;

const rootLinks = `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const bookLinks = `${declaration}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`;

const bookOf = (name: string) =>
  `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeText(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

const encoder = new TextEncoder();

/** How many rows are packed at a time. */
const rowsAtOnce = 500;

/**
 * Writes a workbook of one sheet, piece by piece. Every cell is text, so leading zeros stay and nothing runs as a formula; the
 * columns are text too, for whoever fills in empty cells; the header stays in sight. The same rows give the same bytes.
 */
export async function* writeWorkbook(sheet: WrittenSheet): AsyncGenerator<Uint8Array, void, undefined> {
  const zip = new Packing();
  zip.add('[Content_Types].xml', contentTypes);
  zip.add('_rels/.rels', rootLinks);
  zip.add('xl/workbook.xml', bookOf(sheetName(sheet.name)));
  zip.add('xl/_rels/workbook.xml.rels', bookLinks);
  zip.add('xl/styles.xml', styles);
  const member = zip.begin('xl/worksheets/sheet1.xml');
  for await (const text of sheetXml(sheet)) {
    member.push(encoder.encode(text));
    yield* zip.take();
  }
  member.push(new Uint8Array(), true);
  zip.end();
  yield* zip.take();
}

async function* sheetXml({ widths, header, rows, firstRow = 1 }: WrittenSheet): AsyncGenerator<string> {
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="1" customWidth="1"/>`,
  );
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${firstRow}" topLeftCell="A${firstRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
  let row = firstRow;
  let text = rowXml(row, header, 2);
  for await (const cells of rows) {
    text += rowXml(++row, cells, 1);
    if (row % rowsAtOnce !== 0) continue;
    yield text;
    text = '';
  }
  const last = `${letters(Math.max(header.length, 1) - 1)}${row}`;
  yield `${text}</sheetData><ignoredErrors><ignoredError sqref="A1:${last}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

function rowXml(row: number, cells: readonly string[], style: number): string {
  const written = cells.map((cell, column) =>
    cell === ''
      ? ''
      : `<c r="${letters(column)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(cell)}</t></is></c>`,
  );
  return `<row r="${row}">${written.join('')}</row>`;
}

/** The name of a column, from 0 on: A, B, …, Z, AA. */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** A name as Excel lets a sheet have: at most 31 characters, some signs left out. */
function sheetName(name: string): string {
  const fit = name
    .replace(/[[\]:*?/\\]/g, ' ')
    .replace(/^'|'$/g, '')
    .trim();
  return fit.slice(0, 31).trim() || 'Blad1';
}
