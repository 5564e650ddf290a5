import { refuse } from '../errors.ts';
import type { CellMark } from '../rules/cell-marks.ts';
import { WORKBOOK_LIMITS } from './limits.ts';
import { type CellText, numberText } from './numbers.ts';
import { RichText, type SharedStrings } from './strings.ts';
import type { NumberLook } from './styles.ts';
import { unescapeText } from './text.ts';
import { type Attributes, readXml, type XmlReader } from './xml.ts';

/** What a sheet's cells refer to. */
export interface Shared {
  readonly strings: Pick<SharedStrings, 'at'>;
  readonly looks: readonly NumberLook[];
  /** Days are counted from 1904 on. */
  readonly is1904: boolean;
}

/** A row that holds something: its number, its cells from the first column on, and what is worth knowing of some. */
export interface SheetRow {
  readonly row: number;
  readonly cells: string[];
  readonly marks: (readonly [column: number, mark: CellMark])[];
}

/** What a sheet says beside its rows. */
export interface SheetFacts {
  /** Rows of those that somebody hid, or filtered away. */
  hiddenRows: number;
  /** Areas of which only the first cell has a value. */
  merged: number;
}

/** Reads a sheet's rows as they come, in batches; empty ones are left out. `facts` are whole once it ends. */
export async function* readSheet(
  bytes: AsyncIterable<Buffer>,
  shared: Shared,
  facts: SheetFacts,
): AsyncGenerator<SheetRow[], void, undefined> {
  const reader = new SheetReader(shared, facts);
  for await (const _ of readXml(bytes, reader)) {
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
  const rows = reader.take();
  if (rows.length > 0) yield rows;
}

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly look: NumberLook;
  hasFormula: boolean;
  hasValue: boolean;
  value: string;
}

/** Source: ECMA-376, 18.3 Worksheets. */
class SheetReader implements XmlReader {
  readonly #shared: Shared;
  readonly #facts: SheetFacts;
  readonly #inline = new RichText();
  #rows: SheetRow[] = [];
  #row: SheetRow | undefined;
  #isHidden = false;
  #last = 0;
  #length = 0;
  #column = -1;
  #cell: OpenCell | undefined;
  #inValue = false;

  constructor(shared: Shared, facts: SheetFacts) {
    this.#shared = shared;
    this.#facts = facts;
  }

  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.#beginRow(attributes);
    if (name === 'mergeCell') this.#facts.merged++;
    if (name === 'c') this.#beginCell(attributes);
    else this.#openInCell(name);
  }

  #openInCell(name: string): void {
    const cell = this.#cell;
    if (!cell) return;
    if (name === 'f') cell.hasFormula = true;
    if (name === 'v') {
      this.#inValue = true;
      cell.hasValue = true;
    }
    if (name === 'is') this.#inline.begin();
    else this.#inline.open(name);
  }

  text(text: string): void {
    const cell = this.#cell;
    if (!cell) return;
    if (this.#inValue && cell.value.length <= WORKBOOK_LIMITS.cellLength) cell.value += text;
    this.#inline.add(text);
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false;
    if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
    else this.#inline.close(name);
  }

  #beginRow({ r, hidden }: Attributes): void {
    const row = r === undefined ? this.#last + 1 : Number(r);
    if (!Number.isInteger(row) || row <= this.#last || row > WORKBOOK_LIMITS.rows)
      throw refuse('workbook_broken');
    this.#last = row;
    this.#row = { row, cells: [], marks: [] };
    this.#isHidden = hidden === '1' || hidden === 'true';
    this.#length = 0;
    this.#column = -1;
  }

  #beginCell({ r, t = 'n', s }: Attributes): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column <= this.#column) throw refuse('workbook_broken');
    this.#column = column;
    const look = (s === undefined ? null : this.#shared.looks[Number(s)]) ?? null;
    this.#cell = { column, type: t, look, hasFormula: false, hasValue: false, value: '' };
    this.#inline.begin();
  }

  #endCell(): void {
    const [row, cell] = [this.#row, this.#cell];
    this.#cell = undefined;
    if (!row || !cell) return;
    const { text, mark } = this.#read(cell);
    if (text === '' && mark !== 'no_value') return;
    const { column } = cell;
    if (column >= WORKBOOK_LIMITS.columns) throw refuse('workbook_too_wide', { row: row.row });
    this.#length += text.length;
    if (this.#length > WORKBOOK_LIMITS.rowLength) throw refuse('workbook_too_wide', { row: row.row });
    while (row.cells.length < column) row.cells.push('');
    row.cells[column] = text;
    if (mark) row.marks.push([column, mark]);
  }

  #read(cell: OpenCell): CellText {
    const { hasFormula } = cell;
    if (hasFormula && isWithoutValue(cell)) return { text: '', mark: 'no_value' };
    const read = this.#valueOf(cell);
    return hasFormula ? { text: read.text, mark: 'formula' } : read;
  }

  #valueOf({ type, value, look }: OpenCell): CellText {
    switch (type) {
      case 's':
        return { text: value === '' ? '' : this.#shared.strings.at(indexOf(value)), mark: null };
      case 'inlineStr':
        return { text: this.#inline.take(), mark: null };
      case 'b':
        return { text: value === '1' || value === 'true' ? 'Ja' : 'Nej', mark: null };
      case 'd':
        return { text: value.replace(/T00:00:00(\.0+)?Z?$/, '').replace('T', ' '), mark: 'date' };
      case 'n':
        return numberText(value, look, this.#shared.is1904);
      default:
        return { text: unescapeText(value).slice(0, WORKBOOK_LIMITS.cellLength + 1), mark: null };
    }
  }

  #endRow(): void {
    const row = this.#row;
    this.#row = undefined;
    if (!row || row.cells.length + row.marks.length === 0) return;
    if (this.#isHidden) this.#facts.hiddenRows++;
    this.#rows.push(row);
  }
}

/** Nobody has worked a formula out: some programs write an empty value then, which is one where the cell is said to be text. */
function isWithoutValue({ type, hasValue, value }: OpenCell): boolean {
  if (type === 'inlineStr') return false;
  return type === 'str' ? !hasValue : value === '';
}

function indexOf(value: string): number {
  const index = Number(value);
  if (!Number.isInteger(index) || index < 0) throw refuse('workbook_broken');
  return index;
}

/** "C14" is in column 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (const sign of reference) {
    const letter = sign.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  if (column === 0 || column > 16_384) throw refuse('workbook_broken');
  return column - 1;
}
