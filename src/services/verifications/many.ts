import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import { hashToken, newToken } from '../../rules/secret.ts';
import { type Addressee, type Asked, expiryOf } from './links.ts';

const { sql } = Prisma;

/** A verification whose message is about to leave: its link's secret exists nowhere else (V1). */
export interface Minted {
  id: number;
  token: string;
}

/**
 * As `beginVerification` and `mintLink` of links.ts, in one statement for many users whose rows the transaction has
 * locked already. An addressee's `open` verification, where given, is kept: it gets one more link (V1).
 * In the addressees' order.
 */
export async function beginMany(
  tx: Pick<Tx, '$queryRaw'>,
  users: readonly (Addressee & { open: number | null })[],
  { requestedBy, campaignId, now }: Asked & { campaignId: number },
): Promise<Minted[]> {
  const tokens = users.map(() => newToken());
  const ids = users.map(({ id }) => id);
  const rows = await tx.$queryRaw<{ at: number; id: number }[]>(sql`
    with wanted as materialized (
      select * from unnest(
        ${ids}::int[], ${users.map(({ address }) => address)}::text[],
        ${users.map(({ open }) => open)}::int[], ${tokens.map(hashToken)}::text[]
      ) with ordinality as w (user_id, address, open, token_hash, at)
    ), replaced as (
      update verification v set revoked_at = ${now}::timestamptz, revoked_why = 'replaced', retry_at = null
      from wanted w
      where v.user_id = any(${ids}::int[]) and v.user_id = w.user_id
        and v.used_at is null and v.revoked_at is null and v.id is distinct from w.open
      returning v.id
    ), begun as (
      insert into verification (user_id, address, campaign_id, requested_by, created_at)
      select w.user_id, w.address, ${campaignId}::int, ${requestedBy}::int, ${now}::timestamptz
      from wanted w
      -- Counting makes the open ones end first: a user has at most one.
      where w.open is null and (select count(*) from replaced) >= 0
      returning id, user_id
    ), pending as (
      update "user" u
      set connection = 'pending', updated_at = ${now}::timestamptz,
        opened_at = case when w.open is null then null else u.opened_at end,
        disowned_at = case when w.open is null then null else u.disowned_at end
      from wanted w where u.id = w.user_id and (w.open is null or u.connection = 'unverified')
    ), taken as (
      select w.at, coalesce(w.open, b.id) as id, w.token_hash from wanted w left join begun b on b.user_id = w.user_id
    ), linked as (
      insert into verification_link (token_hash, verification_id, created_at, expires_at)
      select token_hash, id, ${now}::timestamptz, ${expiryOf(now)}::timestamptz from taken
    )
    select at::int as at, id from taken order by at`);
  return rows.map(({ at, id }) => ({ id, token: tokens[at - 1] ?? '' }));
}

/** As `markSent` of links.ts, as parts of a `with`: for statements that write down more than that at once. */
export function sentParts(sent: readonly { verification: number; at: Date }[], now: Date): Prisma.Sql {
  const ids = sent.map(({ verification }) => verification);
  const those = sql`v.id = any(${ids}::int[])`;
  return sql`
    told as materialized (
      select v.id, v.user_id, v.address, s.at
      from unnest(${ids}::int[], ${sent.map(({ at }) => at)}::timestamptz[]) as s (id, at)
      join verification v on v.id = s.id join "user" u on u.id = v.user_id
      where ${those}
      order by u.id for update of u
    ), told_verifications as (
      update verification v set sent_at = greatest(v.sent_at, told.at), failed_words = null, retry_at = null
      from told where ${those} and v.id = told.id
    ), told_users as (
      update "user" u
      set last_sent_at = ${now}::timestamptz, bounced_at = null, bounced_words = null, updated_at = ${now}::timestamptz
      from told where u.id = told.user_id and u.connect_address = told.address
    )`;
}
