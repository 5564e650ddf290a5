import type { Connection } from '../../database/bulk.ts';
import { type CellHint, kindOfNote, reasonTelling } from '../../rules/row-notes.ts';
import { countLetters, type VerdictCounts, verdictOf } from '../../rules/verdict.ts';

/** How many blocks are read in one statement: a megabyte or so where every row has a note. */
const blocksAtOnce = 100;

/**
 * What is counted of an import's rows: each verdict by its letter (rules/verdict.ts), and each kind of hint and note by its
 * name, in capitals where the row is about somebody with protected identity (U8); none of which its reason tells already.
 */
export async function countRows(connection: Connection, importId: number): Promise<VerdictCounts> {
  const counts: Record<string, number> = {};
  const said: Record<string, number> = {};
  for (let block = 0; ; block += blocksAtOnce) {
    const { rows } = await connection.query<CountedBlock>(countedBlocks, [
      importId,
      block,
      block + blocksAtOnce,
    ]);
    for (const row of rows) {
      countLetters(row.verdicts, counts);
      countSaid(row, said);
    }
    if (rows.length < blocksAtOnce) break;
  }
  for (const [key, rows] of Object.entries(said)) {
    const kind = key.slice(1);
    const verdict = verdictOf(key.charAt(0));
    // Of a row that was never judged nobody knows whom it is about.
    if (!verdict || (verdict.reason && reasonTelling(kind) === verdict.reason)) continue;
    const name = verdict.protected ? kind.toUpperCase() : kind;
    counts[name] = (counts[name] ?? 0) + rows;
  }
  return counts;
}

interface CountedBlock {
  verdicts: string;
  hints: Record<string, CellHint[]> | null;
  notes: Record<string, string> | null;
}

const countedBlocks = `
select verdicts, hints, notes from import_block
where import_id = $1 and block >= $2 and block < $3`;

/** How many rows with each letter have each kind, as `letter + kind`; a kind counts once a row, in however many cells. */
function countSaid({ verdicts, hints, notes }: CountedBlock, into: Record<string, number>): void {
  const count = (place: string, kind: string) => {
    const key = verdicts.charAt(Number(place)) + kind;
    into[key] = (into[key] ?? 0) + 1;
  };
  for (const place in hints)
    for (const kind of new Set(hints[place]?.map((hint) => hint.kind))) count(place, kind);
  for (const place in notes)
    for (const kind of new Set(notes[place]?.split(';').map(kindOfNote))) count(place, kind);
}
