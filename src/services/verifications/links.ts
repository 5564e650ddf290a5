import type { Tx } from '../../database/database.ts';
import { hashToken, newToken } from '../../rules/secret.ts';

/** V1: how long a link lives, in milliseconds. */
export const linkLifetime = 5 * 24 * 60 * 60 * 1000;

/** Why a verification ended without an answer (U5, V1). */
export type RevokedWhy = 'replaced' | 'address_changed' | 'deactivated' | 'deleted' | 'domain' | 'disowned';

/** A user to verify: the store's id, and the compared form of the saved address. */
export interface Addressee {
  id: number;
  address: string;
}

/** Who asked for a verification (a person's id), within which campaign. */
export interface Asked {
  requestedBy: number | null;
  campaignId?: number | null;
  now: Date;
}

/**
 * V1: begins a verification for each user, ending the one that was open; their connections become `pending`.
 * Locks the users, in order. Returns the verifications' ids by user. No link exists yet: `mintLinks` makes it.
 */
export async function beginVerifications(
  tx: Tx,
  users: readonly Addressee[],
  { requestedBy, campaignId = null, now }: Asked,
): Promise<Map<number, number>> {
  const ids = users.map(({ id }) => id);
  await revokeOpen(tx, ids, 'replaced', now);
  const created = await tx.$queryRaw<{ id: number; user_id: number }[]>`
    insert into verification (user_id, address, campaign_id, requested_by, created_at)
    select user_id, address, ${campaignId}::int, ${requestedBy}::int, ${now}::timestamptz
    from unnest(${ids}::int[], ${users.map(({ address }) => address)}::text[]) as wanted (user_id, address)
    returning id, user_id`;
  await tx.$executeRaw`
    update "user" set connection = 'pending', opened_at = null, disowned_at = null, updated_at = ${now}::timestamptz
    where id = any(${ids}::int[])`;
  return new Map(created.map(({ id, user_id }) => [user_id, id]));
}

/** As `beginVerifications`, for one user: the verification's id. */
export async function beginVerification(tx: Tx, user: Addressee, asked: Asked): Promise<number> {
  const id = (await beginVerifications(tx, [user], asked)).get(user.id);
  if (id === undefined) throw new Error('The verification was not stored');
  return id;
}

/**
 * V1: one more link for each verification, valid five days from `now`. Returns the tokens by verification: they exist
 * nowhere else, so make links when sending, and put none into a job (A5).
 */
export async function mintLinks(
  tx: Tx,
  verificationIds: readonly number[],
  now: Date,
): Promise<Map<number, string>> {
  const tokens = new Map(verificationIds.map((id) => [id, newToken()]));
  await tx.$executeRaw`
    insert into verification_link (token_hash, verification_id, created_at, expires_at)
    select token_hash, verification_id, ${now}::timestamptz, ${expiryOf(now)}::timestamptz
    from unnest(${[...tokens.values()].map(hashToken)}::text[], ${[...tokens.keys()]}::int[])
      as minted (token_hash, verification_id)`;
  return tokens;
}

/** As `mintLinks`, for one verification: the token. */
export async function mintLink(tx: Tx, verificationId: number, now: Date): Promise<string> {
  return (await mintLinks(tx, [verificationId], now)).get(verificationId) ?? '';
}

/** V1: when a link made now ends. */
export function expiryOf(now: Date): Date {
  return new Date(now.getTime() + linkLifetime);
}

/**
 * U5: ends what is open for these users, links included; those who were `pending` are `unverified`.
 * Locks the users, in order. Returns the ended verifications' ids.
 */
export async function revokeOpen(
  tx: Tx,
  userIds: readonly number[],
  why: RevokedWhy,
  now: Date,
): Promise<number[]> {
  await tx.$queryRaw`select id from "user" where id = any(${[...userIds]}::int[]) order by id for update`;
  const revoked = await tx.$queryRaw<{ id: number }[]>`
    update verification set revoked_at = ${now}::timestamptz, revoked_why = ${why}, retry_at = null
    where user_id = any(${[...userIds]}::int[]) and used_at is null and revoked_at is null
    returning id`;
  await tx.$executeRaw`
    update "user" set connection = 'unverified', updated_at = ${now}::timestamptz
    where id = any(${[...userIds]}::int[]) and connection = 'pending'`;
  return revoked.map(({ id }) => id);
}

/** The mail server took the message of each verification. An earlier bounce of the same address is over. */
export async function markSent(tx: Tx, verificationIds: readonly number[], now: Date): Promise<void> {
  await tx.$executeRaw`
    with one as materialized (
      select v.id, v.user_id, v.address from verification v join "user" u on u.id = v.user_id
      where v.id = any(${[...verificationIds]}::int[])
      order by u.id for update of u
    ), sent as (
      update verification v set sent_at = ${now}::timestamptz, failed_words = null, retry_at = null
      from one where v.id = one.id
    )
    update "user" u
    set last_sent_at = ${now}::timestamptz, bounced_at = null, bounced_words = null, updated_at = ${now}::timestamptz
    from one where u.id = one.user_id and u.connect_address = one.address`;
}

/**
 * V6: the server refused the recipient: the address is marked bounced with the server's words. Where nothing of the
 * verification has been sent, the connection is `unverified` again (U1).
 */
export async function markBounced(tx: Tx, verificationId: number, words: string, now: Date): Promise<void> {
  await markFailed(tx, verificationId, words, now);
  await tx.$executeRaw`
    update "user" u
    set bounced_at = ${now}::timestamptz, bounced_words = ${words}, updated_at = ${now}::timestamptz
    from verification v
    where v.id = ${verificationId}::int and u.id = v.user_id and u.connect_address = v.address`;
}

/**
 * V6: sending ended without success, in the server's words. Where nothing of the verification has been sent, the
 * connection is `unverified` again (U1); a link that did arrive after all still works.
 */
export async function markFailed(tx: Tx, verificationId: number, words: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update "user" u
    set connection = case when u.connection = 'pending' and v.sent_at is null and v.used_at is null and v.revoked_at is null
        then 'unverified' else u.connection end,
      updated_at = ${now}::timestamptz
    from verification v where v.id = ${verificationId}::int and u.id = v.user_id`;
  await tx.$executeRaw`
    update verification set failed_words = ${words}, retry_at = null where id = ${verificationId}::int`;
}
