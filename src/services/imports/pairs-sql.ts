import { inTransaction, type Pool } from '../../database/bulk.ts';
import { faultBits } from './stage.ts';

/** Row `r` of the file is `l` of the export, but for leading zeros, which a spreadsheet takes away. */
export const zerosLost = `ltrim(r.user_key, '0') = ltrim(l.user_key, '0') and ltrim(r.number, '0') = ltrim(l.number, '0')
  and length(r.user_key) <= length(l.user_key) and length(r.number) <= length(l.number)`;

/**
 * The rows of staged import $1 from position $4 up to $5 that have none of these faults (stage.ts), beside those that export $2 wrote
 * into its files $3 (null: all): each pair of User-ID and number once, with how many rows it has, and what the ones without their like have in common.
 * Common table expressions.
 */
export const pairsSql = (faults = 0) => `
with f as materialized (
  select min(r.position) as position, r.user_key, r.number, count(*)::int as rows, bool_or(r.flagged) as flagged,
    bool_or(r.faults & ${faultBits.zerosRestored} > 0) as restored
  from import_chunk c
  cross join lateral unnest(c.position, c.faults, c.user_key, c.number, c.protected_identity)
    as r (position, faults, user_key, number, flagged)
  where c.import_id = $1 and r.position >= $4 and r.position < $5 and r.faults & ${faults} = 0 and r.user_key is not null and r.number is not null
  group by r.user_key, r.number
),
e as materialized (
  select r.user_key, r.number, count(*)::int as rows
  from export_pairs p cross join lateral unnest(p.user_keys, p.numbers) as r (user_key, number)
  where p.export_id = $2 and ($3::int[] is null or p.file = any($3))
  group by r.user_key, r.number
),
rest as materialized (
  select f.* from f left join e using (user_key, number) where e.user_key is null
),
left_out as materialized (
  select e.* from e left join f using (user_key, number) where f.user_key is null
),
links as materialized (
  select distinct on (position) position, kind, user_key, number
  from (
    select r.position, 1 as rank, 'swapped' as kind, l.user_key, l.number
    from rest r join left_out l on r.user_key = lower(l.number) and lower(r.number) = l.user_key
    union all
    select r.position, 2, 'zeros', l.user_key, l.number
    from rest r join left_out l on ${zerosLost}
    union all
    select r.position, 3, 'number', l.user_key, l.number
    from rest r join left_out l on r.user_key = l.user_key
    union all
    select r.position, 4, 'user', l.user_key, l.number
    from rest r
    join (select number, min(user_key) as user_key from left_out group by number having count(*) = 1) l
      on r.number = l.number
  ) k
  order by position, rank
)`;

/**
 * Without nested loops: what a file and an export do not have in common is taken for next to nothing beforehand, which they would be
 * right for, and where a spreadsheet has taken the zeros of a whole column, it is all of it. Those that are asked for in so many words
 * remain, and make a server believe that compiling the statement would pay.
 */
const byHash = 'set local enable_nestloop = off; set local jit = off';

/** Runs a statement that begins with `pairsSql`. */
export async function queryPairs<Row extends object>(
  pool: Pool,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return inTransaction(pool, async (connection) => {
    await connection.query(byHash);
    const { rows } = await connection.query<Row>(text, [...values]);
    return rows;
  });
}
