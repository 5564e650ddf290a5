import type { FileHeader, FileRow, RowBatch } from '../../csv/types.ts';
import { arrayText, type Connection, inTransaction, type Pool, type Statement } from '../../database/bulk.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { blockRows, blocksInsert, type LoggedCells, loggedCells } from './blocks.ts';
import { type LinkKey, Links, type Move } from './links.ts';
import { withMaskedUsers } from './masked-users.ts';
import { DomainTally, markSlips } from './slips.ts';
import { columnsOf, faultBits, type StagedColumn, type StagedRow, stageRow, typeOf } from './stage.ts';

/** How many rows are judged and applied at a time: what a transaction holds the embedded store for. */
export const chunkRows = 8 * blockRows;

/** A row on its way into the store: what it said, as the log keeps it, and what that means. */
export interface ReadRow {
  cells: LoggedCells;
  row: StagedRow;
  hints: readonly CellHint[];
}

/** Rows in file order, and how many empty ones were passed over on the way. */
export interface Batch<T> {
  rows: readonly T[];
  emptyRows: number;
}

/** Who watches: staging stops between two chunks once `signal` aborts, or `tell`, called with the rows so far, throws. */
export interface Watch {
  signal: AbortSignal;
  tell?(rows: number): Promise<void>;
}

/** What staging a file found. */
export interface Staged {
  rows: number;
  emptyRows: number;
  /** The last row's number in the spreadsheet. */
  last: number;
}

const columns: readonly StagedColumn[] = Object.values(columnsOf).flat();

/** Brings a file's rows into the store, in chunks that can be judged one by one, and into the row log. */
export async function stageFile(
  pool: Pool,
  importId: number,
  header: Pick<FileHeader, 'fields'>,
  batches: AsyncIterable<RowBatch>,
  watch: Watch,
): Promise<Staged> {
  const rows = withMaskedUsers(pool, batches);
  return stageRows(pool, importId, header, rows, (row) => readRow(row, header.fields), watch);
}

/** Works out what a row of a file says. */
export const readRow = (read: FileRow, fields: readonly FieldKey[]): ReadRow => ({
  cells: loggedCells(read, fields),
  ...stageRow(read),
});

/** As `stageFile`, of any rows. Memory stays flat: while one chunk is being written the next one is read. */
export async function stageRows<T>(
  pool: Pool,
  importId: number,
  { fields }: Pick<FileHeader, 'fields'>,
  batches: AsyncIterable<Batch<T>>,
  read: (row: T) => ReadRow,
  { signal, tell = async () => {} }: Watch,
): Promise<Staged> {
  const links = new Links(chunkRows);
  const domains = new DomainTally();
  const staged: Staged = { rows: 0, emptyRows: 0, last: 0 };
  const write = async (chunk: number, inserts: readonly Statement[]) => {
    const held = await writeChunk(pool, importId, chunk, inserts);
    for (const { position, holder } of held) links.takes(position, holder);
  };
  let writing = Promise.resolve();
  for await (const rows of inChunks(batches, (emptyRows) => (staged.emptyRows += emptyRows))) {
    const number = staged.rows / chunkRows;
    const page = { position: staged.rows, rows: rows.map(read) };
    const inserts = insertsOf(importId, fields, page, links, domains);
    staged.rows += rows.length;
    staged.last = page.rows.at(-1)?.cells[0] ?? staged.last;
    await writing;
    signal.throwIfAborted();
    await tell(staged.rows);
    writing = write(number, inserts);
    writing.catch(() => {}); // it is awaited before the next chunk, or below
  }
  await writing;
  const chunks = Math.ceil(staged.rows / chunkRows);
  await markSlips(pool, importId, chunks, domains, signal);
  for (const move of links.moves(chunkRows)) {
    signal.throwIfAborted();
    await inTransaction(pool, (connection) => moveRows(connection, importId, move, chunks, staged.rows));
  }
  return staged;
}

/** Takes a file's rows out of the store again. */
export async function unstage(connection: Connection, importId: number): Promise<void> {
  await connection.query('delete from import_chunk where import_id = $1', [importId]);
  await connection.query('delete from import_block where import_id = $1', [importId]);
}

async function* inChunks<T>(
  batches: AsyncIterable<Batch<T>>,
  empty: (rows: number) => void,
): AsyncGenerator<T[], void, undefined> {
  let pending: T[] = [];
  for await (const { rows, emptyRows } of batches) {
    empty(emptyRows);
    pending = pending.concat(rows);
    while (pending.length >= chunkRows) yield pending.splice(0, chunkRows);
  }
  if (pending.length > 0) yield pending;
}

/**
 * What keeps the rows of one chunk. The rows themselves are let go of here: what waits for the store is little, and in
 * few pieces, so that the garbage of a large file is short-lived.
 */
function insertsOf(
  importId: number,
  fields: readonly FieldKey[],
  { position, rows }: { position: number; rows: readonly ReadRow[] },
  links: Links,
  domains: DomainTally,
): Statement[] {
  for (const { row } of rows) {
    const { user_key, connect_address, email_key, company_key, number } = row as Record<
      StagedColumn,
      string | null
    >;
    domains.add(connect_address);
    domains.add(email_key);
    const place = company_key && number && `${company_key}\n${number}`;
    for (const key of links.add(user_key, connect_address, place)) row.faults |= crowdedBits[key];
  }
  const page = {
    position,
    rows: rows.map(({ cells }) => cells),
    hints: rows.map(({ hints }) => hints),
  };
  const staged = rows.map(({ row }) => row);
  return [blocksInsert(importId, page), chunkInsert(importId, fields, position, staged)];
}

const crowdedBits: Readonly<Record<LinkKey, number>> = {
  user: faultBits.crowdedUser,
  address: faultBits.crowdedAddress,
  number: faultBits.crowdedNumber,
};

async function writeChunk(pool: Pool, importId: number, chunk: number, inserts: readonly Statement[]) {
  return inTransaction(pool, async (connection) => {
    for (const insert of inserts) await connection.query(insert);
    const held = await connection.query<{ position: number; holder: string }>(findHolders, [importId, chunk]);
    return held.rows;
  });
}

function chunkInsert(
  importId: number,
  fields: readonly FieldKey[],
  position: number,
  staged: readonly StagedRow[],
): Statement {
  const used = fields.flatMap((field): readonly StagedColumn[] => columnsOf[field]);
  const types = ['int', 'int', ...used.map(typeOf)];
  const text = `
    insert into import_chunk (import_id, chunk, piece, position, faults${used.map((column) => `, ${column}`).join('')})
    values ($1, $2, 0, ${types.map((type, i) => `$${i + 3}::${type}[]`).join(', ')})`;
  const values = [
    importId,
    position / chunkRows,
    arrayText(staged.map((_, i) => position + i)),
    arrayText(staged.map(({ faults }) => faults)),
    ...used.map((column) => arrayText(staged.map((row) => row[column]))),
  ];
  return { text, values };
}

/** Rows whose address somebody else holds in the store, and that may get it. */
const findHolders = `
select r.position, h.user_key as holder
from import_chunk c
cross join lateral unnest(c.position, c.faults, c.user_key, c.connect_address)
  as r (position, faults, user_key, connect_address)
cross join lateral (select user_key from "user" h where h.connect_address = r.connect_address limit 1) h
where c.import_id = $1 and c.chunk = $2 and h.user_key is distinct from r.user_key
  and r.faults & ${faultBits.crowdedUser + faultBits.crowdedAddress} = 0`;

/** Moves rows into the chunks of their batches, which are numbered behind the file's own `chunks`. */
async function moveRows(
  connection: Connection,
  importId: number,
  { chunk, rows, batches }: Move,
  chunks: number,
  total: number,
): Promise<void> {
  await connection.query(moveOut, [importId, chunk, chunks, rows, batches]);
  const moved = new Set(rows);
  const start = chunk * chunkRows;
  const left = Array.from({ length: Math.min(chunkRows, total - start) }, (_, i) =>
    moved.has(start + i) ? null : start + i,
  );
  await connection.query(
    'update import_chunk set position = $3::int[] where import_id = $1 and chunk = $2 and piece = 0',
    [importId, chunk, left],
  );
}

const moveOut = `
insert into import_chunk (import_id, chunk, piece, position, faults, ${columns.join(', ')})
select $1, $3 + m.batch, $2, array_agg(r.position), array_agg(r.faults), ${columns.map((column) => `array_agg(r.${column})`).join(', ')}
from import_chunk c
cross join lateral unnest(c.position, c.faults, ${columns.map((column) => `c.${column}`).join(', ')})
  as r (position, faults, ${columns.join(', ')})
join unnest($4::int[], $5::int[]) as m (position, batch) on m.position = r.position
where c.import_id = $1 and c.chunk = $2 and c.piece = 0
group by m.batch`;
