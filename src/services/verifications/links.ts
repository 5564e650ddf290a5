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

/** Who asked for a verification (a person's id; null: the user), and when. */
export interface Asked {
  requestedBy: number | null;
  now: Date;
}

/**
 * V1: begins a verification for a locked user who has none open; the connection becomes `pending`. Returns its id.
 * No link exists yet: `mintLink` makes it.
 */
export async function beginVerification(
  tx: Tx,
  { id: userId, address }: Addressee,
  { requestedBy, now }: Asked,
): Promise<number> {
  const data = { userId, address, requestedBy, createdAt: now };
  const { id } = await tx.verification.create({ data, select: { id: true } });
  await tx.user.update({
    where: { id: userId },
    data: { connection: 'pending', openedAt: null, disownedAt: null },
  });
  return id;
}

/**
 * V1: one more link for a verification, valid five days from `now`. Returns its token, which exists nowhere else: make
 * a link when sending, and put none into a job (A5). Each try to send has a link of its own; those that were asked for
 * at the same moment count as one.
 */
export async function mintLink(
  tx: Pick<Tx, 'verificationLink'>,
  verificationId: number,
  now: Date,
  askedAt = now,
): Promise<string> {
  const token = newToken();
  const data = { tokenHash: hashToken(token), verificationId, createdAt: askedAt, expiresAt: expiryOf(now) };
  await tx.verificationLink.create({ data });
  return token;
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

/**
 * The mail server took a verification's message. An earlier bounce of the same address is over. `at`: when it was handed to the
 * mailer; what is asked for after that is still to be sent (`readyToSend`). To the user something was sent `now`.
 */
export async function markSent(tx: Tx, verificationId: number, at: Date, now: Date): Promise<void> {
  const user = await addressed(tx, verificationId);
  const data = { lastSentAt: now, bouncedAt: null, bouncedWords: null };
  if (user) await tx.user.updateMany({ where: user, data });
  // An earlier mail may be written down after a later one.
  await tx.$executeRaw`
    update verification set sent_at = greatest(sent_at, ${at}::timestamptz), failed_words = null, retry_at = null
    where id = ${verificationId}::int`;
}

/**
 * V6: the server refused the recipient: the address is marked bounced with the server's words. Where nothing of the
 * verification has been sent, the connection is `unverified` again (U1).
 */
export async function markBounced(tx: Tx, verificationId: number, words: string, now: Date): Promise<void> {
  const user = await addressed(tx, verificationId);
  if (user) await tx.user.updateMany({ where: user, data: { bouncedAt: now, bouncedWords: words } });
  await markFailed(tx, verificationId, words, now);
}

/**
 * V6: sending ended without success, in the server's words, or by the name of what U7 or D1 put in the way. Where
 * nothing of the verification has been sent, the connection is `unverified` again (U1); a link that did arrive after all still works.
 */
export async function markFailed(tx: Tx, verificationId: number, words: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update "user" u set connection = 'unverified', updated_at = ${now}::timestamptz
    from verification v
    where v.id = ${verificationId}::int and u.id = v.user_id and u.connection = 'pending'
      and v.sent_at is null and v.used_at is null and v.revoked_at is null`;
  await tx.verification.updateMany({
    where: { id: verificationId },
    data: { failedWords: words, retryAt: null },
  });
}

/** The user whom a verification is about, while the address is still theirs. The user's row is changed before the verification's, as everywhere, so that nobody waits in a circle. */
async function addressed(tx: Tx, id: number): Promise<{ id: number; connectAddress: string } | undefined> {
  const found = await tx.verification.findUnique({ where: { id }, select: { userId: true, address: true } });
  return found ? { id: found.userId, connectAddress: found.address } : undefined;
}
