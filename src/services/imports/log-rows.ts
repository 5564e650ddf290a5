import type { Pool } from '../../database/bulk.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { type CellHint, kindsSaid } from '../../rules/row-notes.ts';
import type { LookKind } from '../../rules/row-warnings.ts';
import { fold } from '../../rules/text.ts';
import { verdictOf } from '../../rules/verdict.ts';
import { blockRows, type LoggedCells } from './blocks.ts';
import { gramsOf } from './grams.ts';

/** Whose log is read, and enough of the file to find a row in it. */
export interface LoggedFile {
  id: number;
  rowCount: number;
  /** The header's row in the spreadsheet: every data row's number is greater. */
  headerRow: number;
  fields: readonly FieldKey[];
}

/** Which rows are wanted. */
export interface Wanted {
  /** Any of these verdicts (rules/verdict.ts). */
  letters: string;
  /** Folded; one of them is found in a cell. None: any row. */
  words: readonly string[];
  /** Of which this is said, besides their verdict; undefined: any row. */
  kind?: LookKind | undefined;
  /** Not rows about these: folded User-IDs. */
  but: ReadonlySet<string>;
}

/** A row as the log has it. */
export interface LoggedRow {
  /** The spreadsheet's; of several files, it rises from one to the next (rules/import-files.ts). */
  row: number;
  cells: readonly string[];
  letter: string;
  hints: readonly CellHint[];
  note: string | undefined;
}

/** Where reading begins: at a row of the spreadsheet, downwards; or above one, upwards. */
export type Start = { from: number } | { before: number };

/** How many likely blocks a search finds, and takes out, in one statement: the embedded store does nothing else meanwhile. */
const searchedAtOnce = 100;
const takenAtOnce = 10;

/** A block with more wanted rows than this is taken out whole: then that is less work than to find each. */
const fewRows = 8;

/** Some lines of a block: one, or all of them. */
interface Piece {
  block: number;
  /** The place of the first line. */
  place: number;
  cells: string;
  verdicts: string;
  hints: Record<string, CellHint[]> | null;
  notes: Record<string, string> | null;
}

interface Batch {
  pieces: Piece[];
  /** Where the next batch begins; undefined: there is none. */
  next: number | undefined;
}

/** Where reading has come to: in which block, and which way it goes. */
interface At {
  block: number;
  upwards: boolean;
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
  const { letters, words, kind, but } = wanted;
  const isInside = ({ row }: LoggedRow) => (upwards ? row < edge : row >= edge);
  const isSo = (row: LoggedRow) => kind === undefined || kindsOf(row).has(kind);
  const user = userOf(file);
  const holds = (cells: readonly string[]) =>
    words.length === 0 || cells.some((cell) => words.some((word) => fold(cell).includes(word)));
  const likely = { letters, kind, pattern: words.map(patternOf).join('|'), grams: words.map(gramsOf) };
  const rowsOf = reader(likely, (cells) => holds(cells) && !(but.size > 0 && but.has(user(cells))));
  let block: number | undefined = await blockOf(pool, file, upwards ? edge - 1 : edge);
  while (block !== undefined) {
    const at: At = { block, upwards };
    const { pieces, next }: Batch =
      words.length === 0 && kind === undefined
        ? await judgedSo(pool, file, letters, at, atOnce)
        : await holding(pool, file, likely, at);
    for (const piece of pieces) {
      const rows = rowsOf(piece).filter((row) => isInside(row) && isSo(row));
      yield* upwards ? rows.reverse() : rows;
    }
    block = next;
  }
}

/** Every kind of hint and note that is said of a row. */
export const kindsOf = ({ letter, hints, note }: LoggedRow): ReadonlySet<string> =>
  kindsSaid(hints, note?.split(';') ?? [], verdictOf(letter)?.reason);

/** How many users are looked for in one statement. */
const usersAtOnce = 100;

/** The rows about some users, by their folded User-IDs, with any of these verdicts. */
export async function* rowsAbout(
  pool: Pool,
  file: LoggedFile,
  letters: string,
  users: ReadonlySet<string>,
): AsyncGenerator<LoggedRow, void, undefined> {
  const keys = [...users];
  const user = userOf(file);
  for (let start = 0; start < keys.length; start += usersAtOnce) {
    const some = new Set(keys.slice(start, start + usersAtOnce));
    const pattern = `"(${[...some].map(patternOf).join('|')})"`;
    const likely = { letters, pattern, grams: [...some].map(gramsOf) };
    const rowsOf = reader(likely, (cells) => some.has(user(cells)));
    for (let block: number | undefined = 0; block !== undefined; ) {
      const { pieces, next }: Batch = await holding(pool, file, likely, { block, upwards: false });
      for (const piece of pieces) yield* rowsOf(piece);
      block = next;
    }
  }
}

/** Reads from a row's cells whom it is about: the folded User-ID. */
function userOf({ fields }: LoggedFile): (cells: readonly string[]) => string {
  const column = fields.indexOf('userId');
  return (cells) => fold(cells[column] ?? '');
}

/** The next rows with a wanted verdict, at least `atOnce` of them. The first block may be cut, so its rows don't count. */
async function judgedSo(
  pool: Pool,
  { id }: LoggedFile,
  letters: string,
  { block, upwards }: At,
  atOnce: number,
): Promise<Batch> {
  const most = atOnce + 1;
  const { rows } = await pool.query<Pick<Piece, 'block' | 'verdicts'>>(
    `select block, verdicts from import_block
     where import_id = $1 and block ${upwards ? '<=' : '>='} $2 and verdicts ~ $3
     order by block ${upwards ? 'desc' : 'asc'} limit $4`,
    [id, block, anyOf(letters), most],
  );
  const places = rows.map(({ verdicts }) =>
    Array.from(verdicts, (letter, place) => (letters.includes(letter) ? place : -1)).filter((i) => i >= 0),
  );
  let matches = 0;
  const enough = places.findIndex((some, i) => {
    matches += i > 0 ? some.length : 0;
    return matches >= atOnce;
  });
  const taken = enough < 0 ? rows : rows.slice(0, enough + 1);
  const last = taken.at(-1);
  const isEnd = last === undefined || (taken.length === rows.length && rows.length < most);
  const lines = taken.flatMap(({ block }, i): Line[] => {
    const some = places[i] ?? [];
    return some.length > fewRows ? [[block, null]] : some.map((place) => [block, place]);
  });
  return {
    pieces: await piecesOf(pool, id, lines, upwards),
    next: isEnd ? undefined : last.block + (upwards ? -1 : 1),
  };
}

/** A line of a block by its place; null: the whole block. */
type Line = [block: number, place: number | null];

async function piecesOf(pool: Pool, id: number, lines: readonly Line[], upwards: boolean): Promise<Piece[]> {
  if (lines.length === 0) return [];
  const direction = upwards ? 'desc' : 'asc';
  const { rows } = await pool.query<Piece>(
    `select b.block, coalesce(l.place, 0) as place, b.verdicts,
       case when l.place is null then b.cells else split_part(b.cells, e'\n', l.place + 1) end as cells,
       case when l.place is null then b.hints else jsonb_build_object(l.place, b.hints -> l.place::text) end as hints,
       case when l.place is null then b.notes else jsonb_build_object(l.place, b.notes -> l.place::text) end as notes
     from unnest($2::int[], $3::int[]) as l (block, place)
     join import_block b on b.import_id = $1 and b.block = l.block
     order by b.block ${direction}, l.place ${direction}`,
    [id, lines.map(([block]) => block), lines.map(([, place]) => place)],
  );
  return rows;
}

/** Tells, before it is read, what may be a wanted row: any of the verdicts, and what is found in the JSON of its cells. */
interface Likely {
  letters: string;
  pattern: string;
  /** Said of it. */
  kind?: LookKind | undefined;
  /** Of one of these words. */
  grams: readonly number[][];
}

/** Those of the next blocks that hold what is found in a wanted row, whole. */
async function holding(
  pool: Pool,
  { id }: LoggedFile,
  { letters, pattern, kind, grams }: Likely,
  { block, upwards }: At,
): Promise<Batch> {
  const direction = upwards ? 'desc' : 'asc';
  const { rows: likely } = await pool.query<Pick<Piece, 'block'>>(
    `select block from import_block
     where import_id = $1 and block ${upwards ? '<=' : '>='} $2 and ${anyGrams(grams)} and verdicts ~ $3
       and ($5::text is null or position($5 in hint_kinds) > 0 or position($5 in note_kinds) > 0)
     order by block ${direction} limit $4`,
    [id, block, anyOf(letters), searchedAtOnce, kind === undefined ? null : `;${kind};`],
  );
  const { rows } = await pool.query<Piece>(
    `select block, 0 as place, cells, verdicts, hints, notes from import_block
     where import_id = $1 and block = any($2::int[]) and cells ~ $3
     order by block ${direction} limit $4`,
    [id, likely.map(({ block }) => block), pattern, takenAtOnce],
  );
  const isCut = rows.length === takenAtOnce;
  const last = isCut ? rows.at(-1) : likely.length === searchedAtOnce ? likely.at(-1) : undefined;
  return { pieces: rows, next: last && last.block + (upwards ? -1 : 1) };
}

/** SQL: a block has all the grams of one of the words, if there are any; of a word without grams that is true of any block. */
function anyGrams(words: readonly number[][]): string {
  if (words.length === 0) return 'true';
  const hasAll = (bits: readonly number[]) => bits.map((bit) => `get_bit(grams, ${bit}) > 0`).join(' and ');
  return `(${words.map((bits) => hasAll(bits) || 'true').join(' or ')})`;
}

const anyOf = (letters: string) => `[${letters}]`;

/**
 * A folded word as a pattern that finds it in JSON: each letter in both cases, so that it finds å, ä and ö too, whatever
 * the database's locale. For PostgreSQL and JavaScript alike.
 */
function patternOf(word: string): string {
  return Array.from(word, (sign) => {
    if (sign === ' ') return ' +';
    const upper = sign.toUpperCase();
    if (upper !== sign && upper.length === 1) return `[${sign}${upper}]`;
    return JSON.stringify(sign)
      .slice(1, -1)
      .replace(/[!-/:-@[-^`{-~]/g, '\\$&');
  }).join('');
}

/** Reads the wanted rows of a piece, in file order. */
function reader(
  { letters, pattern }: Likely,
  isWanted: (cells: readonly string[]) => boolean,
): (piece: Piece) => LoggedRow[] {
  const likely = new RegExp(pattern);
  return ({ cells, place: first, verdicts, hints, notes }) =>
    cells.split('\n').flatMap((line, i) => {
      const place = first + i;
      const letter = verdicts.charAt(place);
      if (!letters.includes(letter) || !likely.test(line)) return [];
      const [row, ...said] = JSON.parse(line) as LoggedCells;
      if (!isWanted(said)) return [];
      return [{ row, cells: said, letter, hints: hints?.[place] ?? [], note: notes?.[place] ?? undefined }];
    });
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
    'select substr(cells, 2, 10) as head from import_block where import_id = $1 and block = $2',
    [id, block],
  );
  return Number.parseInt(rows[0]?.head ?? '0', 10);
}
