import { strToU8, zipSync } from 'fflate';

/** A sheet as a test says it: its rows of cells, or the XML that stands in its place. */
export interface GivenSheet {
  name?: string;
  state?: 'hidden' | 'veryHidden';
  /** Each cell a text, a number, a boolean, or XML that begins with `<c`; null: there is none. */
  rows?: readonly (readonly (string | number | boolean | null)[])[];
  /** In place of `<sheetData>` and all that follows. */
  data?: string;
}

/** A workbook as a test says it. */
export interface GivenWorkbook {
  sheets: readonly GivenSheet[];
  /** Shared texts; a cell in XML refers to them by number. */
  strings?: readonly string[];
  styles?: string;
  is1904?: boolean;
  /** Members beside these, or in their place; null: there is none. */
  members?: Readonly<Record<string, string | null>>;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const links = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook as Excel writes it, as bytes; strange ones too. */
export function workbook({ sheets, strings = [], styles = '', is1904, members = {} }: GivenWorkbook): Buffer {
  const parts: Record<string, string | null> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${links}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${is1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name = `Blad${sheets.length}`, state }, i) =>
          `<sheet name="${escaped(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${links}">${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}<Relationship Id="rId900" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId901" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${strings.map((text) => (text.startsWith('<si>') ? text : `<si><t xml:space="preserve">${escaped(text)}</t></si>`)).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}">${styles}</styleSheet>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet)])),
    ...members,
  };
  const present = Object.entries(parts).flatMap(([name, text]) =>
    text === null ? [] : [[name, strToU8(text)] as const],
  );
  return Buffer.from(zipSync(Object.fromEntries(present)));
}

function sheetXml({ rows = [], data }: GivenSheet): string {
  const written = data ?? `<sheetData>${rows.map((cells, i) => rowXml(i + 1, cells)).join('')}</sheetData>`;
  return `<worksheet xmlns="${main}">${written}</worksheet>`;
}

function rowXml(row: number, cells: NonNullable<GivenSheet['rows']>[number]): string {
  const written = cells.map((cell, i) => {
    const r = `${String.fromCharCode(65 + i)}${row}`;
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c r="${r}"><v>${cell}</v></c>`;
    if (typeof cell === 'boolean') return `<c r="${r}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (cell.startsWith('<c')) return cell.replace('<c', `<c r="${r}"`);
    return `<c r="${r}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  });
  return written.length > 0 ? `<row r="${row}">${written.join('')}</row>` : '';
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
