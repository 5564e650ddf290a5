import { addJob } from '../../database/add-job.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import { beginVerification, revokeOpen } from './links.ts';
import { hindered, hindranceOf, type Subject } from './subject.ts';

const { sql } = Prisma;

/** V1: how many links one user can be sent within an hour by asking for them. */
const linksAnHour = 3;
const hour = 60 * 60 * 1000;

/** Queues the sending of a verification's next link. However often it is asked for before it runs, one mail leaves. */
async function queueSending(tx: Tx, verificationId: number, now: Date): Promise<void> {
  const payload = { verificationId, askedAt: now.toISOString() };
  await addJob(tx, 'send', payload, { jobKey: `send:${verificationId}` });
}

/**
 * V1: verifies a locked user's saved address anew. Throws `no_address`, `already_connected`, `already_verified`, and
 * U7's and D1's refusals. Gives the id of the one before it to `replaced`, open or not; returns its own.
 */
export async function startFor(
  tx: Tx,
  user: Subject,
  requestedBy: number,
  now: Date,
  replaced: (verificationId: number) => Promise<void>,
): Promise<number> {
  if (user.connectAddress === null) throw refuse('no_address');
  if (user.connection === 'connected') throw refuse('already_connected', undefined, 'user');
  if (user.connection === 'verified') throw refuse('already_verified', undefined, 'user');
  const hindrance = await hindranceOf(tx, user, user.connectAddress, now);
  if (hindrance) throw hindered(hindrance, user.connectEmail ?? user.connectAddress);
  const addressee = { id: user.id, address: user.connectAddress };
  await revokeOpen(tx, [user.id], 'replaced', now);
  const before = await tx.verification.findFirst({
    where: { userId: user.id },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  if (before) await replaced(before.id);
  const id = await beginVerification(tx, addressee, { requestedBy, now });
  await queueSending(tx, id, now);
  return id;
}

/** What became of asking for one more link; `refused`: the state of the user's login does not allow it. */
export type Resent = { outcome: 'sent'; verificationId: number } | { outcome: 'limit' | 'refused' };

/**
 * V1: one more link for a locked user, to the saved address only. It revokes nothing: the open verification gets one
 * more, and a new one begins only where none is open. At most three an hour, and none to an address marked wrong.
 */
export async function resendFor(tx: Tx, user: Subject, now: Date): Promise<Resent> {
  const { connectAddress, connection, disownedAt } = user;
  const waiting = connection === 'unverified' || connection === 'pending';
  if (connectAddress === null || !waiting || disownedAt) return { outcome: 'refused' };
  if (await hindranceOf(tx, user, connectAddress, now)) return { outcome: 'refused' };
  if ((await linksSince(tx, user.id, new Date(now.getTime() - hour))) >= linksAnHour)
    return { outcome: 'limit' };
  const verificationId = await openOrNew(tx, { id: user.id, address: connectAddress }, now);
  await queueSending(tx, verificationId, now);
  return { outcome: 'sent', verificationId };
}

/** How many links were asked for since then: several tries to send one are one, a campaign's tries too. */
async function linksSince(tx: Tx, userId: number, since: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>(sql`
    select count(distinct (v.id, case when l.created_at <= r.claimed_at then v.created_at else l.created_at end))::int as count
    from verification v join verification_link l on l.verification_id = v.id
    left join campaign_recipient r on r.user_id = v.user_id and r.verification_id = v.id
    where v.user_id = ${userId}::int and l.created_at > ${since}::timestamptz`);
  return row?.count ?? 0;
}

async function openOrNew(tx: Tx, user: { id: number; address: string }, now: Date): Promise<number> {
  const open = await tx.verification.findFirst({
    where: { userId: user.id, address: user.address, usedAt: null, revokedAt: null },
    select: { id: true },
  });
  if (!open) {
    await revokeOpen(tx, [user.id], 'address_changed', now);
    return beginVerification(tx, user, { requestedBy: null, now });
  }
  // An earlier failure is over: something is on its way once more.
  await tx.verification.update({ where: { id: open.id }, data: { failedWords: null, retryAt: null } });
  await tx.user.update({ where: { id: user.id }, data: { connection: 'pending' } });
  return open.id;
}
