import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import { troubleOf } from '../../rules/account.ts';
import { maskAddress } from '../../rules/address.ts';
import { linkRanOut } from '../filter-sql.ts';
import { type Hindrance, hindranceOf, readUser, type Subject } from './subject.ts';

const { sql } = Prisma;

/**
 * How somebody's own login stands, in the order in which the states are looked for. `unknown`: no user is this person's;
 * `several`: more than one may be. `address` is masked.
 */
export type OwnLogin =
  | { state: 'unknown' | 'several' | 'deactivated' | 'not_yet' | 'ended' | 'no_address' }
  | { state: 'connected'; address: string }
  /** `account`: being created; tried again after a failure; or given up, and tried once a day (V4). */
  | { state: 'verified'; address: string; account: 'coming' | 'delayed' | 'failed' }
  | { state: 'wrong' | 'domain'; address: string }
  /** A link can be asked for. `at`: when the last mail left, or came back; null: none has left yet. */
  | { state: 'bounced' | 'expired' | 'waiting' | 'unverified'; address: string; at: Date | null };

/** The login of the person with this id, who was matched to `userId` or to nobody. Never another person's (V5). */
export async function ownLogin(
  tx: Tx,
  person: { id: number; userId?: number | undefined },
  now: Date,
): Promise<OwnLogin> {
  const user = person.userId === undefined ? undefined : await readUser(tx, person.userId);
  return user ? loginOf(tx, user, now) : unmatched(tx, person.id);
}

/** A1: the person's profile address is the ordinary e-mail of no user, of deactivated ones alone, or of several. */
async function unmatched(tx: Tx, personId: number): Promise<OwnLogin> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: { addressKey: true } });
  if (!person?.addressKey) return { state: 'unknown' };
  const users = await tx.user.findMany({
    where: { emailKey: person.addressKey },
    select: { active: true },
    take: 3,
  });
  const active = users.filter((user) => user.active).length;
  if (active > 1) return { state: 'several' };
  return { state: users.length > 0 && active === 0 ? 'deactivated' : 'unknown' };
}

async function loginOf(tx: Tx, user: Subject, now: Date): Promise<OwnLogin> {
  const { connection, connectAddress } = user;
  const hindrance = await hindranceOf(tx, user, connectAddress ?? '', now);
  if (hindrance === 'deactivated' || hindrance === 'ended') return { state: hindrance };
  const address = maskAddress(user.connectEmail ?? '');
  if (connection === 'connected') return { state: connection, address };
  if (connection === 'verified') return { state: connection, address, account: accountOf(user) };
  if (hindrance === 'not_yet') return { state: hindrance };
  if (connectAddress === null) return { state: 'no_address' };
  return user.disownedAt ? { state: 'wrong', address } : sendable(tx, user, hindrance, address, now);
}

function accountOf(user: Subject): 'coming' | 'delayed' | 'failed' {
  const trouble = troubleOf(user);
  if (!trouble) return 'coming';
  return trouble.retryAt ? 'delayed' : 'failed';
}

async function sendable(
  tx: Tx,
  user: Subject,
  hindrance: Hindrance | undefined,
  address: string,
  now: Date,
): Promise<OwnLogin> {
  if (hindrance === 'domain') return { state: 'domain', address };
  if (user.bouncedAt) return { state: 'bounced', address, at: user.bouncedAt };
  const sent = { address, at: user.lastSentAt };
  if (user.connection === 'unverified') return { state: 'unverified', ...sent };
  return { state: (await ranOut(tx, user.id, now)) ? 'expired' : 'waiting', ...sent };
}

/** Whether the open verification was sent, and none of its links is valid any more. */
async function ranOut(tx: Tx, userId: number, now: Date): Promise<boolean> {
  const [user] = await tx.$queryRaw<{ expired: boolean }[]>(
    sql`select ${linkRanOut(now)} as expired from "user" u where u.id = ${userId}::int`,
  );
  return user?.expired ?? false;
}
