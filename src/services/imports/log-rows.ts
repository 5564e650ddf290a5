import type { FieldKey } from '../../rules/fields.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { blockRows, type LoggedCells } from './blocks.ts';
import type { Pool } from './sql.ts';

/** Whose log is read, and enough of the file to find a row in it. */
export interface LoggedFile {
  id: number;
  rowCount: number;
  /** The header's row in the spreadsheet: every data row stands below it. */
  headerRow: number;
  fields: readonly FieldKey[];
}

/** Which rows are wanted. */
export interface Wanted {
  /** Any of these verdicts (rules/verdict.ts). */
  letters: string;
  /** Folded; found in a cell. '': any row. */
  word: string;
}

/** A row as the log has it. */
export interface LoggedRow {
  /** The spreadsheet's. */
  row: number;
  cells: readonly string[];
  letter: string;
  hints: readonly CellHint[];
  note: string | undefined;
}

/** Where reading begins: at a row of the spreadsheet, downwards; or above one, upwards. */
export type Start = { from: number } | { before: number };

/** How many blocks a search reads in one statement: the embedded store does nothing else meanwhile. */
const searchedAtOnce = 100;

interface StoredBlock {
  block: number;
  cells: string;
  verdicts: string;
  hints: Record<string, CellHint[]> | null;
  notes: Record<string, string> | null;
}

interface Batch {
  blocks: StoredBlock[];
  /** Where the next batch begins; undefined: there is none. */
  next: number | undefined;
}

/**
 * The wanted rows, in file order from `start` on (or upwards, the last one first). Reads no block without one of the
 * wanted verdicts, and no more of them than `atOnce` rows need at a time.
 */
export async function* loggedRows(
  pool: Pool,
  file: LoggedFile,
  wanted: Wanted,
  start: Start,
  atOnce: number,
): AsyncGenerator<LoggedRow, void, undefined> {
  const upwards = 'before' in start;
  const edge = upwards ? start.before : start.from;
  const isInside = ({ row }: LoggedRow) => (upwards ? row < edge : row >= edge);
  let at: number | undefined = await blockOf(pool, file, upwards ? edge - 1 : edge);
  while (at !== undefined) {
    const { blocks, next }: Batch =
      wanted.word === ''
        ? await judgedSo(pool, file, wanted, at, upwards, atOnce)
        : await holding(pool, file, wanted, at, upwards);
    for (const block of blocks) {
      const rows = rowsOf(block, wanted).filter(isInside);
      yield* upwards ? rows.reverse() : rows;
    }
    at = next;
  }
}

/** The next blocks with a wanted verdict, as many as hold `atOnce` of them. The first may be cut, so it does not count. */
async function judgedSo(
  pool: Pool,
  { id }: LoggedFile,
  { letters }: Wanted,
  at: number,
  upwards: boolean,
  atOnce: number,
): Promise<Batch> {
  const most = atOnce + 1;
  const { rows } = await pool.query<Pick<StoredBlock, 'block' | 'verdicts'>>(
    `select block, verdicts from import_block
     where import_id = $1 and block ${upwards ? '<=' : '>='} $2 and verdicts ~ $3
     order by block ${upwards ? 'desc' : 'asc'} limit $4`,
    [id, at, anyOf(letters), most],
  );
  let matches = 0;
  const needed = rows.findIndex(({ verdicts }, i) => {
    if (i > 0) matches += [...verdicts].filter((letter) => letters.includes(letter)).length;
    return matches >= atOnce;
  });
  const taken = needed < 0 ? rows : rows.slice(0, needed + 1);
  const last = taken.at(-1);
  const isEnd = last === undefined || (taken.length === rows.length && rows.length < most);
  const blocks = await blocksOf(pool, id, taken, upwards);
  return { blocks, next: isEnd ? undefined : last.block + (upwards ? -1 : 1) };
}

async function blocksOf(
  pool: Pool,
  id: number,
  taken: readonly Pick<StoredBlock, 'block'>[],
  upwards: boolean,
): Promise<StoredBlock[]> {
  if (taken.length === 0) return [];
  const { rows } = await pool.query<StoredBlock>(
    `select block, cells, verdicts, hints, notes from import_block
     where import_id = $1 and block = any($2::int[]) order by block ${upwards ? 'desc' : 'asc'}`,
    [id, taken.map(({ block }) => block)],
  );
  return rows;
}

/** Those of the next blocks that hold the word's plain letters, which every database compares alike. */
async function holding(
  pool: Pool,
  { id, rowCount }: LoggedFile,
  { letters, word }: Wanted,
  at: number,
  upwards: boolean,
): Promise<Batch> {
  const first = upwards ? Math.max(0, at - searchedAtOnce + 1) : at;
  const beyond = first + searchedAtOnce;
  const { rows } = await pool.query<StoredBlock>(
    `select block, cells, verdicts, hints, notes from import_block
     where import_id = $1 and block >= $2 and block < $3 and verdicts ~ $4
       and strpos(lower(cells collate "C"), $5) > 0
     order by block ${upwards ? 'desc' : 'asc'}`,
    [id, first, upwards ? at + 1 : beyond, anyOf(letters), plainPart(word)],
  );
  const next = upwards ? first - 1 : beyond;
  return { blocks: rows, next: next >= 0 && next * blockRows < rowCount ? next : undefined };
}

const anyOf = (letters: string) => `[${letters}]`;

/** The longest part of a folded word that stands in JSON as it is, whatever its case. */
function plainPart(word: string): string {
  const parts = word.match(/[ !#-[\]-~]+/g) ?? [];
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function rowsOf({ cells, verdicts, hints, notes }: StoredBlock, { letters, word }: Wanted): LoggedRow[] {
  const said = JSON.parse(cells) as LoggedCells[];
  return said.flatMap(([row, ...values], place) => {
    const letter = verdicts.charAt(place);
    if (!letters.includes(letter) || !holds(values, word)) return [];
    return { row, cells: values, letter, hints: hints?.[place] ?? [], note: notes?.[place] };
  });
}

function holds(cells: readonly string[], word: string): boolean {
  return word === '' || cells.some((cell) => cell.toLowerCase().includes(word));
}

/**
 * The block in which a row of the spreadsheet stands, or would. Where no empty rows lie above it, its number tells;
 * otherwise the block lies higher up, and is found by halving.
 */
async function blockOf(pool: Pool, { id, rowCount, headerRow }: LoggedFile, row: number): Promise<number> {
  const last = Math.max(0, Math.ceil(rowCount / blockRows) - 1);
  let high = Math.min(last, Math.max(0, Math.floor((row - headerRow - 1) / blockRows)));
  if ((await firstRowOf(pool, id, high)) <= row) return high;
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((await firstRowOf(pool, id, middle)) <= row) low = middle;
    else high = middle;
  }
  return low;
}

/** 0 where there is no such block. */
async function firstRowOf(pool: Pool, id: number, block: number): Promise<number> {
  const { rows } = await pool.query<{ head: string }>(
    'select substr(cells, 3, 10) as head from import_block where import_id = $1 and block = $2',
    [id, block],
  );
  return Number.parseInt(rows[0]?.head ?? '0', 10);
}
