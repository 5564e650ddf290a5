import type { Reach } from '../../core/access.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import { listsAllFrom } from '../../rules/missing.ts';
import { reached } from '../filter-sql.ts';
import { revokeOpen } from '../verifications/links.ts';

const { sql } = Prisma;

/** How many people a list does not name and are active, and how many of those are connected. */
export interface Missing {
  users: number;
  /** Those among them with protected identity (U8). */
  shielded: number;
  connected: number;
  /** Those besides whom the list has deactivated, and the shielded ones among them: some may be active again. */
  deactivated: Pick<Missing, 'users' | 'shielded'>;
}

export const nobody: Missing = {
  users: 0,
  shielded: 0,
  connected: 0,
  deactivated: { users: 0, shielded: 0 },
};

/** Who was deactivated, and what was open for them: the verifications that it ended (U5). */
export interface Deactivated {
  users: number;
  connected: number;
  revoked: number[];
}

/**
 * Writes down whom the staged rows of an import do not name, though they list the companies of theirs: every active user
 * within reach, all of whose companies have so many of their active users in the file that it is taken for a list of all
 * (`listsAllFrom`). Whoever has a number that the file names is not missing: it is the User-ID that is wrong there. Safe to
 * run again: whom it has deactivated stays written down.
 */
export async function findMissing(
  tx: Pick<Tx, '$executeRaw'>,
  importId: number,
  reach: Reach,
): Promise<void> {
  await forgetMissing(tx, importId);
  await tx.$executeRaw(sql`
    with named as materialized (
      select distinct r.user_key, r.company_key, r.number
      from import_chunk c
      cross join lateral unnest(c.position, c.user_key, c.company_key, c.number) as r (position, user_key, company_key, number)
      where c.import_id = ${importId}::int and r.position is not null and r.user_key is not null
    ),
    listed as materialized (
      select e.company_key
      from employment e join "user" u on u.id = e.user_id
      where u.active and e.company_key in (select company_key from named)
      group by e.company_key
      having count(distinct u.id) filter (where u.user_key in (select user_key from named))
        >= ${listsAllFrom}::float8 * count(distinct u.id)
    ),
    theirs as (
      select e.user_id from employment e group by e.user_id
      having bool_and(e.company_key in (select company_key from listed)
        and (e.company_key, e.number) not in (
          select company_key, number from named where company_key is not null and number is not null))
    )
    insert into import_missing (import_id, user_id)
    select ${importId}::int, u.id from "user" u join theirs t on t.user_id = u.id
    where u.active and u.user_key not in (select user_key from named) and ${reached(reach)}
    on conflict do nothing`);
}

/** Where the rows change nothing but addresses, nobody is missing. */
export async function forgetMissing(tx: Pick<Tx, '$executeRaw'>, importId: number): Promise<void> {
  await tx.$executeRaw(
    sql`delete from import_missing where import_id = ${importId}::int and deactivated_at is null`,
  );
}

/** Whether the row of "user" called `u` is missing from an import's file and within reach. */
function missingFrom(importId: number, reach: Reach): Prisma.Sql {
  return sql`u.id in (select m.user_id from import_missing m where m.import_id = ${importId}::int)
    and ${reached(reach)}`;
}

/** Of those, whom a list of them shows: who is active, and everybody once the list has deactivated somebody. */
export function listedMissing(importId: number, reach: Reach): Prisma.Sql {
  return sql`${missingFrom(importId, reach)} and (u.active or exists (
    select from import_missing m where m.import_id = ${importId}::int and m.deactivated_at is not null))`;
}

/** When an import's list deactivated the row of "user" called `u`; null: it has not. */
export function deactivatedBy(importId: number): Prisma.Sql {
  return sql`(select m.deactivated_at from import_missing m
    where m.import_id = ${importId}::int and m.user_id = u.id)`;
}

/** How many are missing from an import's file and active, and how many it has deactivated. */
export async function countMissing(
  tx: Pick<Tx, '$queryRaw'>,
  importId: number,
  reach: Reach,
): Promise<Missing> {
  const [counted] = await tx.$queryRaw<CountedMissing[]>(sql`
    select (count(*) filter (where u.active))::int as users,
      (count(*) filter (where u.active and u.protected_identity))::int as shielded,
      (count(*) filter (where u.active and u.connection = 'connected'))::int as connected,
      count(m.deactivated_at)::int as "deactivatedUsers",
      (count(m.deactivated_at) filter (where u.protected_identity))::int as "deactivatedShielded"
    from import_missing m join "user" u on u.id = m.user_id
    where m.import_id = ${importId}::int and ${reached(reach)}`);
  if (!counted) return nobody;
  const { deactivatedUsers, deactivatedShielded, ...active } = counted;
  return { ...active, deactivated: { users: deactivatedUsers, shielded: deactivatedShielded } };
}

type CountedMissing = Omit<Missing, 'deactivated'> & {
  deactivatedUsers: number;
  deactivatedShielded: number;
};

/**
 * Deactivates whoever is missing from an import's file, and writes down who that was: their open verifications end (U5), their
 * connections stay (U7).
 */
export async function deactivateMissing(
  tx: Tx,
  importId: number,
  reach: Reach,
  now: Date,
): Promise<Deactivated> {
  const meant = await tx.$queryRaw<{ id: number; connected: boolean }[]>(sql`
    select u.id, u.connection = 'connected' as connected from "user" u
    where u.active and ${missingFrom(importId, reach)} order by u.id for update`);
  const ids = meant.map(({ id }) => id);
  const revoked = await revokeOpen(tx, ids, 'deactivated', now);
  await tx.$executeRaw(sql`
    with met as (
      update "user" set active = false, updated_at = ${now}::timestamptz where id = any(${ids}::int[])
      returning id
    )
    update import_missing m set deactivated_at = ${now}::timestamptz from met
    where m.import_id = ${importId}::int and m.user_id = met.id`);
  return { users: ids.length, connected: meant.filter(({ connected }) => connected).length, revoked };
}
