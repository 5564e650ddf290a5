import type { Reach } from '../../core/access.ts';
import type { Pool } from '../../database/bulk.ts';
import { Prisma, type User } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import { type Comparison, type Difference, type Differing, differences } from '../../rules/comparison.ts';
import { reached } from '../filter-sql.ts';
import { rowNumbers } from './blocks.ts';
import type { Rows } from './origin.ts';
import { pairsSql, queryPairs } from './pairs-sql.ts';
import { faultBits } from './stage.ts';

const { sql } = Prisma;

const mostExamples = 3;

interface Told {
  kind: Difference | 'same' | 'gone' | 'exported';
  open: number;
  shielded: number;
  first: number[] | null;
  users: string[] | null;
}

/** Compares staged rows with what the export wrote into `files` (null: all); those about others (`other_department`) do not count. */
export async function compareWithExport(
  pool: Pool,
  { importId, from, to }: Rows,
  exportId: number,
  files: readonly number[] | null,
): Promise<Comparison> {
  const rows = await queryPairs<Told>(pool, told, [importId, exportId, files, from, to, mostExamples]);
  const of = (kind: Told['kind']): Differing => {
    const { open = 0, shielded = 0 } = rows.find((row) => row.kind === kind) ?? {};
    return { open, shielded };
  };
  const [exported, gone] = [of('exported'), of('gone')];
  const found = { open: exported.open - gone.open, shielded: exported.shielded - gone.shielded };
  const users = await idsOf(pool, rows.find(({ kind }) => kind === 'gone')?.users ?? []);
  return {
    exportId,
    exported,
    found,
    gone: { ...gone, users },
    rows: await differingRows(pool, importId, rows),
  };
}

/** The ids of users in the store: kept in place of their User-IDs, so that nothing is left of whoever is deleted. */
async function idsOf(pool: Pool, userKeys: readonly string[]): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    'select id from "user" where user_key = any($1) order by user_key',
    [userKeys],
  );
  return rows.map(({ id }) => id);
}

/** A user whom rows of the export are about that the file lacks. */
export type GoneUser = Pick<User, 'name' | 'userId'>;

/** Who some of them are today, of those who are in the store and within reach. */
export async function goneUsers(
  prisma: Pick<Database['prisma'], '$queryRaw'>,
  { gone }: Comparison,
  reach: Reach,
): Promise<GoneUser[]> {
  const ids = gone.users?.slice(0, mostExamples) ?? [];
  return prisma.$queryRaw<GoneUser[]>(sql`
    select u.name, u.user_id as "userId" from "user" u
    where u.id = any(${ids}::int[]) and ${reached(reach)}
    order by array_position(${ids}::int[], u.id)`);
}

async function differingRows(
  pool: Pool,
  importId: number,
  rows: readonly Told[],
): Promise<Comparison['rows']> {
  const differing: Comparison['rows'][number][] = [];
  for (const kind of differences) {
    const row = rows.find((one) => one.kind === kind);
    if (!row) continue;
    const { open, shielded, first } = row;
    differing.push({ kind, open, shielded, examples: await rowNumbers(pool, importId, first ?? []) });
  }
  return differing;
}

const told = `${pairsSql(faultBits.otherDepartment)},
kinds as (
  select coalesce(nullif(k.kind, 'zeros'), case when f.restored then 'zeros' when r.position is null then 'same' else 'added' end) as kind, f.position,
    coalesce(k.user_key, f.user_key) as user_key, f.flagged, f.rows
  from f
  left join rest r on r.position = f.position
  left join links k on k.position = f.position
  union all
  select 'gone', null, l.user_key, false, l.rows
  from left_out l left join links k using (user_key, number) where k.position is null
  union all
  select 'gone', null, e.user_key, false, e.rows - f.rows from e join f using (user_key, number) where e.rows > f.rows
  union all
  select 'exported', null, e.user_key, false, e.rows from e
)
select k.kind, coalesce(sum(k.rows) filter (where not s.shielded), 0)::int as open, coalesce(sum(k.rows) filter (where s.shielded), 0)::int as shielded,
  (array_agg(k.position order by k.position) filter (where not s.shielded))[1:$6] as first,
  (array_agg(distinct k.user_key) filter (where k.kind = 'gone' and not s.shielded))[1:$6 + 1] as users
from kinds k
left join (select user_key from "user" where protected_identity) u on u.user_key = k.user_key
cross join lateral (select u.user_key is not null or coalesce(k.flagged, false) as shielded) s
group by k.kind`;
