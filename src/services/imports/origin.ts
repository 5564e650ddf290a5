import type { Reach } from '../../core/access.ts';
import type { FileHeader } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import { isWrittenAs, likeness } from '../../rules/comparison.ts';
import { type ExportTemplate, isKnownAgain } from '../../rules/templates.ts';
import { exportReached } from '../filter-sql.ts';
import { pairsSql, queryPairs, zerosLost } from './pairs-sql.ts';
import { faultBits } from './stage.ts';

const { sql } = Prisma;

/** The export that a file came from. */
export interface Origin {
  exportId: number;
  /** Which department's file of it, from 0; null: the whole of it. */
  file: number | null;
}

/** Rows of a staged import by their positions: `from` is the first, `to` the first behind them. */
export interface Rows {
  importId: number;
  from: number;
  to: number;
}

/** What is asked of staged rows: the columns that they stood in, and how far the permission of whoever dropped them reaches. */
export interface Asked extends Rows {
  header: Pick<FileHeader, 'columns' | 'seen' | 'several'>;
  reach: Reach;
}

/** How many of the latest exports with the same columns are looked at. */
const mostExports = 5;

interface Candidate {
  id: number;
  template: ExportTemplate;
  departments: boolean;
}

interface Sizes {
  in_file: number;
  in_export: number;
  /** Rows of the file that the export has, if need be with other zeros, swapped or with another number. */
  common: number;
}

/**
 * Which export staged rows came from: of the latest ones within reach that were written with the same columns, the one, or the
 * department's file of it, that is most like them. Undefined where none is like enough.
 */
export async function findOrigin(
  { prisma, pool }: Pick<Database, 'prisma' | 'pool'>,
  { header, reach, ...rows }: Asked,
): Promise<Origin | undefined> {
  const columns = header.seen ?? header.columns;
  const candidates = await prisma.$queryRaw<Candidate[]>(sql`
    select x.id, x.template, x.per_department as departments from export x
    where x.state in ('done', 'gone') and ${exportReached(reach)}
      and x.finished_at < (select created_at from import where id = ${rows.importId}::int)
      and exists (select from export_pairs p where p.export_id = x.id)
    order by x.finished_at desc limit 50`);
  const written = candidates.filter(
    ({ template }) => isKnownAgain(template) && isWrittenAs(columns, template.fields),
  );
  let best: { origin: Origin; like: number } | undefined;
  for (const { id: exportId, departments } of written.slice(0, mostExports)) {
    const department = departments && !header.several ? await departmentOf(pool, rows, exportId) : undefined;
    for (const file of department === undefined ? [null] : [department, null]) {
      const origin = { exportId, file };
      const like = await likenessOf(pool, rows, origin);
      if (like !== undefined && like > (best?.like ?? -1)) best = { origin, like };
    }
    if (best?.like === 1) break;
  }
  return best?.origin;
}

/** The department whose file has most of the users. */
async function departmentOf(
  pool: Pool,
  { importId, from, to }: Rows,
  exportId: number,
): Promise<number | undefined> {
  const { rows } = await pool.query<{ file: number }>(commonest, [importId, exportId, from, to]);
  return rows[0]?.file;
}

async function likenessOf(
  pool: Pool,
  { importId, from, to }: Rows,
  { exportId, file }: Origin,
): Promise<number | undefined> {
  const files = file === null ? null : [file];
  const [found] = await queryPairs<Sizes>(pool, sizes, [importId, exportId, files, from, to]);
  return found && likeness(found.in_file, found.in_export, found.common, file !== null);
}

/**
 * Puts back the leading zeros that the rows have lost since they were exported, where it is certain which they were: what is
 * somebody's User-ID and number as it stands is left alone.
 */
export async function restoreZeros(
  pool: Pool,
  { importId, from, to }: Rows,
  { exportId, file }: Origin,
): Promise<void> {
  await queryPairs(pool, restored, [importId, exportId, file === null ? null : [file], from, to]);
}

/** Rejects those of the rows that are about somebody who was not in the department's file (`other_department`), and no others. */
export async function markOutside(
  pool: Pool,
  { importId, from, to }: Rows,
  { exportId, file }: Origin,
): Promise<void> {
  if (file !== null) await pool.query(outside, [importId, exportId, file, from, to]);
}

const commonest = `
with f as materialized (
  select distinct r.user_key
  from import_chunk c cross join lateral unnest(c.position, c.user_key) as r (position, user_key)
  where c.import_id = $1 and r.position >= $3 and r.position < $4
)
select p.file
from export_pairs p cross join lateral unnest(p.user_keys) as k (user_key) join f using (user_key)
where p.export_id = $2 and p.file is not null
group by p.file
order by count(distinct f.user_key) desc, p.file
limit 1`;

const sizes = `${pairsSql()}
select (select count(*) from f)::int as in_file, (select count(*) from e)::int as in_export,
  ((select count(*) from f) - (select count(*) from rest)
    + (select count(*) from links where kind in ('swapped', 'zeros', 'number')))::int as common`;

const restored = `${pairsSql()},
mends as materialized (
  select r.user_key, r.number, min(l.user_key) as true_key, min(l.number) as true_number
  from rest r join left_out l on ${zerosLost}
  left join lateral (
    select e.id from employment e
    where e.user_id = (select u.id from "user" u where u.user_key = r.user_key) and e.number = r.number limit 1
  ) known on true
  where known.id is null
  group by r.user_key, r.number having count(*) = 1
),
mended as (
  select c.chunk, c.piece,
    array_agg(repeat('0', coalesce(length(m.true_key) - length(r.user_key), 0)) || r.user_id order by r.place) as user_id,
    array_agg(coalesce(m.true_key, r.user_key) order by r.place) as user_key,
    array_agg(coalesce(m.true_number, r.number) order by r.place) as number,
    array_agg(case when m.true_key is null then r.faults else r.faults | ${faultBits.zerosRestored} end order by r.place) as faults
  from import_chunk c
  cross join lateral unnest(c.position, c.faults, c.user_id, c.user_key, c.number) with ordinality
    as r (position, faults, user_id, user_key, number, place)
  left join mends m on m.user_key = r.user_key and m.number = r.number and r.position >= $4 and r.position < $5
  where c.import_id = $1 and exists (select from mends)
  group by c.chunk, c.piece
)
update import_chunk c set user_id = m.user_id, user_key = m.user_key, number = m.number, faults = m.faults
from mended m
where c.import_id = $1 and c.chunk = m.chunk and c.piece = m.piece and c.faults is distinct from m.faults`;

const outside = `
with known as materialized (
  select distinct k.user_key
  from export_pairs p cross join lateral unnest(p.user_keys) as k (user_key)
  where p.export_id = $2 and p.file = $3
),
marked as (
  select c.chunk, c.piece, array_agg(
    case when r.position >= $4 and r.position < $5 and r.user_key is not null
      then r.faults & ~${faultBits.otherDepartment} | case when k.user_key is null then ${faultBits.otherDepartment} else 0 end
      else r.faults end
    order by r.place) as faults
  from import_chunk c
  cross join lateral unnest(c.position, c.faults, c.user_key) with ordinality as r (position, faults, user_key, place)
  left join known k on k.user_key = r.user_key
  where c.import_id = $1
  group by c.chunk, c.piece
)
update import_chunk c set faults = m.faults
from marked m
where c.import_id = $1 and c.chunk = m.chunk and c.piece = m.piece and c.faults is distinct from m.faults`;
