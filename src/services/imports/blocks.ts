import type { FileRow } from '../../csv/types.ts';
import type { Connection, Statement } from '../../database/bulk.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { CellHint } from '../../rules/row-notes.ts';
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
  /** The user whose Connect address it saved. */
  saved: number | null;
}

/** What is worth saying of some of a block's rows, by their place in it. */
type ByPlace<T> = Record<string, T>;

/** Rows to keep, at least one, from `position` on, a multiple of `blockRows`. */
export interface Page {
  position: number;
  rows: readonly FileRow[];
  hints: readonly CellHint[][];
}

/** Keeps what rows said. */
export function blocksInsert(
  importId: number,
  fields: readonly FieldKey[],
  { position, rows, hints }: Page,
): Statement {
  const values: unknown[] = [importId];
  const tuples: string[] = [];
  for (let start = 0; start < rows.length; start += blockRows) {
    const some = rows.slice(start, start + blockRows);
    const cells = some.map((row) => JSON.stringify(loggedCells(row, fields))).join('\n');
    const at = values.push(
      (position + start) / blockRows,
      cells,
      gramsIn(cells),
      unjudged.repeat(some.length),
      byPlace(hints.slice(start, start + blockRows)),
    );
    tuples.push(`($1, $${at - 4}, $${at - 3}, $${at - 2}, $${at - 1}, $${at})`);
  }
  const text = `insert into import_block (import_id, block, cells, grams, verdicts, hints) values ${tuples.join(', ')}`;
  return { text, values };
}

function loggedCells({ row, values }: FileRow, fields: readonly FieldKey[]): LoggedCells {
  return [row, ...fields.map((field) => values[field] ?? '')];
}

function byPlace(hints: readonly CellHint[][]): string | null {
  const some = hints.flatMap((of, place) => (of.length > 0 ? [[place, of] as const] : []));
  return some.length > 0 ? JSON.stringify(Object.fromEntries(some)) : null;
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
    `update import_block b set verdicts = d.verdicts, notes = d.notes, saved = array(select jsonb_array_elements_text(d.saved)::int)
     from unnest($2::int[], $3::text[], $4::jsonb[], $5::jsonb[]) as d (block, verdicts, notes, saved)
     where b.import_id = $1 and b.block = d.block`,
    [
      importId,
      blocks.map(({ block }) => block),
      blocks.map(({ verdicts }) => verdicts),
      blocks.map(({ notes }) => (notes ? JSON.stringify(notes) : null)),
      blocks.map(({ saved }) => JSON.stringify(saved)),
    ],
  );
}

interface StoredBlock {
  block: number;
  verdicts: string;
  notes: ByPlace<string> | null;
  saved: number[] | null;
}

/** A block of which nothing is decided yet, or nothing that will remain. */
const undecided = (block: number): StoredBlock => ({
  block,
  verdicts: unjudged.repeat(blockRows),
  notes: null,
  saved: null,
});

async function storedBlocks(
  connection: Connection,
  importId: number,
  blocks: readonly number[],
): Promise<StoredBlock[]> {
  if (blocks.length === 0) return [];
  const { rows } = await connection.query<StoredBlock>(
    'select block, verdicts, notes, saved from import_block where import_id = $1 and block = any($2::int[])',
    [importId, blocks],
  );
  return rows;
}

function decided(
  { block, verdicts, notes, saved }: StoredBlock,
  judgements: readonly Judgement[],
): StoredBlock {
  const letters = [...verdicts];
  const said: ByPlace<string> = { ...notes };
  const users = [...(saved ?? [])];
  for (const judgement of judgements) {
    const place = judgement.position % blockRows;
    letters[place] = judgement.letter;
    delete said[place];
    if (judgement.note !== null) said[place] = judgement.note;
    if (judgement.saved !== null) users.push(judgement.saved);
  }
  const any = Object.keys(said).length > 0;
  return { block, verdicts: letters.join(''), notes: any ? said : null, saved: users };
}
