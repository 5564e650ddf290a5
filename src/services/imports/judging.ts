import type { Reach } from '../../core/access.ts';
import { type Connection, inTransaction, type Pool } from '../../database/bulk.ts';
import type { NewCompany } from '../../rules/companies.ts';
import { unjudged } from '../../rules/verdict.ts';
import { applySql } from './apply-sql.ts';
import { type Judgement, nothingChanged, writeJudgements } from './blocks.ts';
import { NewCompanies, type PlannedRow, withMeant } from './companies.ts';
import type { Reading } from './judge-sql.ts';
import { planSql } from './plan-sql.ts';

/** Which import is judged, how it is read, and how far the permission of whoever imports reaches. */
export interface Judged extends Reading {
  importId: number;
  reach: Reach;
}

/** The chunks that wait to be judged and applied, in file order; those of rows from all over the file come last. */
export async function waitingChunks(connection: Connection, importId: number): Promise<number[]> {
  const { rows } = await connection.query<{ chunk: number }>(
    'select distinct chunk from import_chunk where import_id = $1 order by chunk',
    [importId],
  );
  return rows.map(({ chunk }) => chunk);
}

/**
 * I4: writes down what would become of every row, chunk by chunk, and changes nothing else. Safe to run again. Returns the
 * companies that the rows would bring.
 */
export async function plan(pool: Pool, judged: Judged, signal: AbortSignal): Promise<NewCompany[]> {
  const companies = new NewCompanies();
  for (const chunk of await waitingChunks(pool, judged.importId)) {
    signal.throwIfAborted();
    const rows: PlannedRow[] = await judge(pool, planSql(judged), chunk, judged);
    await writeJudgements(pool, judged.importId, rows);
    companies.add(rows);
  }
  return withMeant(pool, companies.list(), judged.reach);
}

/**
 * I5, I6: judges a chunk afresh and applies it, together with its part of the row log, in one transaction; the chunk is
 * gone afterwards. Returns how many rows it had, or undefined where the import is not being applied (any more). `shared`:
 * others use the store meanwhile, so the users are locked first, in order.
 */
export async function applyChunk(
  pool: Pool,
  judged: Judged,
  chunk: number,
  now: Date,
  shared: boolean,
): Promise<number | undefined> {
  const { importId } = judged;
  return inTransaction(pool, async (connection) => {
    const { rows } = await connection.query<{ state: string }>(lockImport, [importId]);
    if (rows[0]?.state !== 'applying') return undefined;
    if (shared) await connection.query(lockUsers, [importId, chunk]);
    const judgements = await judge(connection, applySql(judged), chunk, judged, now);
    await writeJudgements(connection, importId, judgements);
    await connection.query(chunkApplied, [importId, chunk, judgements.length]);
    return judgements.length;
  });
}

/** Lets go of a chunk that will never be applied; the row log forgets what was planned for its rows. */
export async function dropChunk(pool: Pool, importId: number, chunk: number): Promise<void> {
  await inTransaction(pool, async (connection) => {
    await connection.query(lockImport, [importId]);
    const { rows } = await connection.query<{ position: number }>(positionsOf, [importId, chunk]);
    const forgotten = rows.map(({ position }) => ({
      position,
      letter: unjudged,
      note: null,
      ...nothingChanged,
    }));
    await writeJudgements(connection, importId, forgotten);
    await connection.query('delete from import_chunk where import_id = $1 and chunk = $2', [importId, chunk]);
  });
}

async function judge(
  connection: Connection,
  sql: string,
  chunk: number,
  { importId, reach }: Judged,
  now?: Date,
): Promise<Judgement[]> {
  const companies = reach.companies === 'all' ? null : reach.companies;
  const { rows } = await connection.query<Judgement>(sql, [
    importId,
    chunk,
    companies,
    reach.protected,
    ...(now ? [now] : []),
  ]);
  return rows;
}

/** Whoever lost the right to work and does not know yet must not judge a chunk that is gone. */
const lockImport = 'select state from import where id = $1 for update';

const chunkApplied = `
with gone as (delete from import_chunk where import_id = $1 and chunk = $2)
update import set applied = applied + $3, failures = 0 where id = $1`;

const positionsOf = `
select r.position from import_chunk c cross join lateral unnest(c.position) as r (position)
where c.import_id = $1 and c.chunk = $2 and r.position is not null`;

const lockUsers = `
select u.id from "user" u
where u.user_key in (
  select unnest(c.user_key) from import_chunk c where c.import_id = $1 and c.chunk = $2)
order by u.id
for update`;
