import type { FileRow } from '../../csv/types.ts';
import type { Connection, Statement } from '../../database/bulk.ts';
import { longestCell } from '../../rules/cells.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { maskPersonalNumber, maskPersonalNumbers } from '../../rules/personal-number.ts';
import { type CellHint, kindOfNote } from '../../rules/row-notes.ts';
import { identity } from '../../rules/templates.ts';
import { cut } from '../../rules/text.ts';
import { unjudged } from '../../rules/verdict.ts';
import { gramsIn } from './grams.ts';

/** How many rows one row of import_block holds: few enough to read one for the sake of a single row. */
export const blockRows = 250;

/**
 * A row as it is kept for the log, a line of JSON: its number in the spreadsheet, and its cells in the order of the
 * header's fields.
 */
export type LoggedCells = [row: number, ...cells: string[]];

/** What was decided of a row. */
export interface Judgement {
  /** The row's place among the data rows, from 0. */
  position: number;
  /** rules/verdict.ts. */
  letter: string;
  /** What else is worth saying: `differs:name department`, `kept`, `still_connected`, with semicolons between. */
  note: string | null;
  /** The user whose Connect address it changed, and whose it saved: one may also be taken away. */
  changed: number | null;
  saved: number | null;
  /** What that user's Connect address was before, as shown. */
  earlier: string | null;
}

/** Of a row that has changed nothing. */
export const nothingChanged = {
  changed: null,
  saved: null,
  earlier: null,
} as const satisfies Partial<Judgement>;

/** Whose address a row changed, and what it was before; null: there was none. */
export type Change = [user: number, earlier: string | null];

/** What is worth saying of some of a block's rows, by their place in it. */
type ByPlace<T> = Record<string, T>;

/** Rows to keep, at least one, from `position` on, a multiple of `blockRows`. */
export interface Page {
  position: number;
  rows: readonly LoggedCells[];
  hints: readonly (readonly CellHint[])[];
}

/** Keeps what rows said. */
export function blocksInsert(importId: number, { position, rows, hints }: Page): Statement {
  const values: unknown[] = [importId];
  const tuples: string[] = [];
  for (let start = 0; start < rows.length; start += blockRows) {
    const some = rows.slice(start, start + blockRows);
    const said = hints.slice(start, start + blockRows);
    const cells = some.map((row) => JSON.stringify(row)).join('\n');
    const at = values.push(
      (position + start) / blockRows,
      cells,
      gramsIn(cells),
      unjudged.repeat(some.length),
      byPlace(said),
      kindsOfHints(said),
    );
    tuples.push(`($1, $${at - 5}, $${at - 4}, $${at - 3}, $${at - 2}, $${at - 1}, $${at})`);
  }
  const text = `insert into import_block (import_id, block, cells, grams, verdicts, hints, hint_kinds) values ${tuples.join(', ')}`;
  return { text, values };
}

/** Where a personal identity number may stand that is one by its looks. */
const numbers: readonly FieldKey[] = [...identity, 'aliasUserId', 'cardTagId', 'externalReference'];

/**
 * A row of a file as it is kept. No personal identity number is: it may be the User-ID or another of the user's, stand in place of
 * the employment number, or anywhere in a row whose cells are misplaced. What is too long for any cell is cut, but not what may be an address all the same.
 */
export function loggedCells({ row, values, fault }: FileRow, fields: readonly FieldKey[]): LoggedCells {
  const cells = fields.map((field) => {
    const cell = values[field] ?? '';
    const isMisplaced = fault || cell.length > longestCell;
    const shown = isMisplaced
      ? maskPersonalNumbers(cell)
      : numbers.includes(field)
        ? maskPersonalNumber(cell)
        : cell;
    return field === 'connectEmail' || field === 'email' ? shown : cut(shown, longestCell);
  });
  return [row, ...cells];
}

function byPlace(hints: Page['hints']): string | null {
  const some = hints.flatMap((of, place) => (of.length > 0 ? [[place, of] as const] : []));
  return some.length > 0 ? JSON.stringify(Object.fromEntries(some)) : null;
}

/** Each kind once, as a block keeps them: ";slip;wrapped;". Null: there is none. */
function keptKinds(kinds: Iterable<string>): string | null {
  const each = new Set(kinds);
  return each.size > 0 ? `;${[...each].join(';')};` : null;
}

const kindsOfHints = (hints: Iterable<readonly CellHint[]>): string | null =>
  keptKinds([...hints].flatMap((of) => of.map(({ kind }) => kind)));

const kindsOfNotes = (notes: ByPlace<string> | null): string | null =>
  keptKinds(Object.values(notes ?? {}).flatMap((of) => of.split(';').map(kindOfNote)));

/** The spreadsheet's numbers of rows, by their positions. */
export async function rowNumbers(
  connection: Connection,
  importId: number,
  positions: readonly number[],
): Promise<number[]> {
  if (positions.length === 0) return [];
  const { rows } = await connection.query<{ row: number }>(
    `select (split_part(b.cells, e'\\n', p.position % ${blockRows} + 1)::jsonb ->> 0)::int as row
     from unnest($2::int[]) as p (position)
     join import_block b on b.import_id = $1 and b.block = p.position / ${blockRows}
     order by p.position`,
    [importId, positions],
  );
  return rows.map(({ row }) => row);
}

/** Says more of rows as they were read, by their position. */
export async function addHints(
  connection: Connection,
  importId: number,
  hints: ReadonlyMap<number, readonly CellHint[]>,
): Promise<void> {
  const more = new Map<number, Record<number, readonly CellHint[]>>();
  for (const [position, some] of hints) {
    const block = Math.floor(position / blockRows);
    more.set(block, { ...more.get(block), [position % blockRows]: some });
  }
  const { rows } = await connection.query<{ block: number; hints: ByPlace<CellHint[]> | null }>(
    'select block, hints from import_block where import_id = $1 and block = any($2::int[])',
    [importId, [...more.keys()]],
  );
  const merged = rows.map(({ block, hints: before }) => {
    const said: ByPlace<readonly CellHint[]> = { ...before };
    for (const [place, some] of Object.entries(more.get(block) ?? {}))
      said[place] = [...(said[place] ?? []), ...some];
    return said;
  });
  await connection.query(
    `update import_block b set hints = d.hints, hint_kinds = d.kinds
     from unnest($2::int[], $3::jsonb[], $4::text[]) as d (block, hints, kinds) where b.import_id = $1 and b.block = d.block`,
    [
      importId,
      rows.map(({ block }) => block),
      merged.map((said) => JSON.stringify(said)),
      merged.map((said) => kindsOfHints(Object.values(said))),
    ],
  );
}

/** Writes what was decided of rows, wherever in the file they stand; what was decided of them before goes. */
export async function writeJudgements(
  connection: Connection,
  importId: number,
  judgements: readonly Judgement[],
): Promise<void> {
  const byBlock = new Map<number, Judgement[]>();
  for (const judgement of judgements) {
    const block = Math.floor(judgement.position / blockRows);
    const some = byBlock.get(block);
    if (some) some.push(judgement);
    else byBlock.set(block, [judgement]);
  }
  const isWhole = (block: number) => byBlock.get(block)?.length === blockRows;
  const [whole, parts] = [
    [...byBlock.keys()].filter(isWhole),
    [...byBlock.keys()].filter((block) => !isWhole(block)),
  ];
  const stored = [...whole.map(undecided), ...(await storedBlocks(connection, importId, parts))];
  const blocks = stored.map((block) => decided(block, byBlock.get(block.block) ?? []));
  await connection.query(
    `update import_block b set verdicts = d.verdicts, notes = d.notes, note_kinds = d.note_kinds, earlier = d.earlier,
       saved = array(select jsonb_array_elements_text(d.saved)::int)
     from unnest($2::int[], $3::text[], $4::jsonb[], $5::text[], $6::jsonb[], $7::jsonb[])
       as d (block, verdicts, notes, note_kinds, saved, earlier)
     where b.import_id = $1 and b.block = d.block`,
    [
      importId,
      blocks.map(({ block }) => block),
      blocks.map(({ verdicts }) => verdicts),
      blocks.map(({ notes }) => (notes ? JSON.stringify(notes) : null)),
      blocks.map(({ notes }) => kindsOfNotes(notes)),
      blocks.map(({ saved }) => JSON.stringify(saved)),
      blocks.map(({ earlier }) => (earlier ? JSON.stringify(earlier) : null)),
    ],
  );
}

interface StoredBlock {
  block: number;
  verdicts: string;
  notes: ByPlace<string> | null;
  saved: number[] | null;
  earlier: ByPlace<Change> | null;
}

/** A block of which nothing is decided yet, or nothing that will remain. */
const undecided = (block: number): StoredBlock => ({
  block,
  verdicts: unjudged.repeat(blockRows),
  notes: null,
  saved: null,
  earlier: null,
});

async function storedBlocks(
  connection: Connection,
  importId: number,
  blocks: readonly number[],
): Promise<StoredBlock[]> {
  if (blocks.length === 0) return [];
  const { rows } = await connection.query<StoredBlock>(
    'select block, verdicts, notes, saved, earlier from import_block where import_id = $1 and block = any($2::int[])',
    [importId, blocks],
  );
  return rows;
}

function decided(
  { block, verdicts, notes, saved, earlier }: StoredBlock,
  judgements: readonly Judgement[],
): StoredBlock {
  const letters = [...verdicts];
  const said: ByPlace<string> = { ...notes };
  const users = [...(saved ?? [])];
  const changes: ByPlace<Change> = { ...earlier };
  for (const judgement of judgements) {
    const place = judgement.position % blockRows;
    letters[place] = judgement.letter;
    delete said[place];
    if (judgement.note !== null) said[place] = judgement.note;
    if (judgement.saved !== null) users.push(judgement.saved);
    if (judgement.changed !== null) changes[place] = [judgement.changed, judgement.earlier];
  }
  return {
    block,
    verdicts: letters.join(''),
    notes: unlessEmpty(said),
    saved: users,
    earlier: unlessEmpty(changes),
  };
}

const unlessEmpty = <T extends object>(some: T): T | null => (Object.keys(some).length > 0 ? some : null);
