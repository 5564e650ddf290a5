import type { Pool } from '../../database/bulk.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { blockRows, type LoggedCells } from './blocks.ts';
import { columnsOf, crowded, type StagedColumn, type StagedRow, typeOf } from './stage.ts';
import { type Batch, chunkRows, type ReadRow } from './staging.ts';

/** A staged import. */
export interface StagedImport {
  id: number;
  rowCount: number;
  /** The known columns, in the order of its row log. */
  fields: readonly FieldKey[];
}

/**
 * The rows of a staged import as they were read, in file order, with their numbers: to be staged again among others. What only the
 * other rows told of them is left out.
 */
export async function* stagedRows(
  pool: Pool,
  { id, rowCount, fields }: StagedImport,
): AsyncGenerator<Batch<ReadRow>, void, undefined> {
  const chunks = Math.ceil(rowCount / chunkRows);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const { rows } = await pool.query<StagedRow>(rowsOfChunk(fields), [id, chunk, chunks]);
    const said = await saidIn(pool, id, chunk);
    yield { rows: rows.map((row, i) => ({ row, ...(said[i] ?? nothingSaid) })), emptyRows: 0 };
  }
}

const nothingSaid: Said = { cells: [0], hints: [] };

const columns: readonly StagedColumn[] = Object.values(columnsOf).flat();

/** Rows of one part of the file, also those that were moved to others that they belong with. */
function rowsOfChunk(fields: readonly FieldKey[]): string {
  const used = new Set<StagedColumn>(fields.flatMap((field): readonly StagedColumn[] => columnsOf[field]));
  const shown = columns.map((column) => {
    if (!used.has(column)) return `null as ${column}`;
    return typeOf(column) === 'date' ? `r.${column}::text as ${column}` : `r.${column}`;
  });
  const read = [...used];
  return `
    select r.faults & ~${crowded} as faults, ${shown.join(', ')}
    from import_chunk c
    cross join lateral unnest(c.position, c.faults, ${read.map((column) => `c.${column}`).join(', ')})
      as r (position, faults, ${read.join(', ')})
    where c.import_id = $1 and r.position is not null
      and ((c.chunk = $2 and c.piece = 0) or (c.chunk >= $3 and c.piece = $2))
    order by r.position`;
}

type Said = Pick<ReadRow, 'cells' | 'hints'>;

interface LoggedBlock {
  cells: string;
  hints: Record<string, CellHint[]> | null;
}

const blocksAtOnce = chunkRows / blockRows;

async function saidIn(pool: Pool, id: number, chunk: number): Promise<Said[]> {
  const { rows } = await pool.query<LoggedBlock>(
    'select cells, hints from import_block where import_id = $1 and block >= $2 and block < $3 order by block',
    [id, chunk * blocksAtOnce, (chunk + 1) * blocksAtOnce],
  );
  return rows.flatMap(({ cells, hints }) =>
    cells.split('\n').map((line, place) => ({
      cells: JSON.parse(line) as LoggedCells,
      hints: (hints?.[place] ?? []).filter(({ kind }) => kind !== 'slip'),
    })),
  );
}
