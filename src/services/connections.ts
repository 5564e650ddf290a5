import type { Reach } from '../core/access.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { parseAddress } from '../rules/address.ts';
import { mayChangeAddress } from '../rules/connection.ts';
import { toldOfConnections } from './campaigns/connected.ts';
import type { Messages } from './messages.ts';
import { spendPress } from './presses.ts';
import { type RevokedWhy, revokeOpen } from './verifications/links.ts';
import { hindered, hindranceOf, lockNamed, type Subject } from './verifications/subject.ts';

/** An administrator who changes something: how far the permission reaches, and the acting button that was pressed. */
export interface Actor {
  personId: number;
  reach: Reach;
  press?: string | undefined;
}

/** An address as an administrator typed it, twice (U4). */
export interface TypedAddress {
  email: string;
  confirm: string;
}

export interface ConnectionParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  now?: () => Date;
}

/** Ending a user's tie to an address or an account. */
export interface Connections {
  /** U4: removes an address that is not connected. Throws `user_not_found`, `no_address` or `address_connected`. */
  removeAddress(userId: string, actor: Actor): Promise<void>;
  /**
   * U6: removes this company's tie; the address stays, unverified, and so does when it was last sent to (B2). Throws `user_not_found` or `not_connected`.
   */
  deleteConnection(userId: string, actor: Actor): Promise<void>;
}

export function createConnections({
  database,
  messages,
  now = () => new Date(),
}: ConnectionParts): Connections {
  const tellCampaigns = toldOfConnections(messages, now);

  /** Ends what was under way, and has the messages about it drawn again (U5). */
  async function revoke(tx: Tx, user: Subject, why: RevokedWhy): Promise<void> {
    for (const id of await revokeOpen(tx, [user.id], why, now()))
      await messages.changed(tx, 'verification', id);
  }

  return {
    removeAddress: (userId, { reach, press }) =>
      database.transaction(async (tx) => {
        await spendPress(tx, press, now());
        const user = await lockNamed(tx, userId, reach);
        if (user.connection === 'none') throw refuse('no_address');
        if (!mayChangeAddress(user.connection)) throw refuse('address_connected');
        await revoke(tx, user, 'address_changed');
        await tx.user.update({
          where: { id: user.id },
          data: { ...noFacts, connection: 'none', connectEmail: null, connectAddress: null },
        });
      }),

    deleteConnection: (userId, { reach, press }) =>
      database.transaction(async (tx) => {
        await spendPress(tx, press, now());
        const user = await lockNamed(tx, userId, reach);
        if (user.connection !== 'connected') throw refuse('not_connected');
        await revoke(tx, user, 'deleted');
        const data = { ...noProof, openedAt: null, connection: 'unverified' } as const;
        await tx.user.update({ where: { id: user.id }, data });
        await tellCampaigns(tx, user.id);
      }),
  };
}

/**
 * U4: saves an address that was typed twice for a locked user; returns its compared form. A new one is `unverified`,
 * without the old one's facts, and ends the links of the old one (U5). Throws, at the form's fields: `invalid_address`,
 * `addresses_differ`, `address_connected` (U5), U7's and D1's refusals, `address_taken` (U2). Gives what it revoked to `revoked`.
 */
export async function saveAddress(
  tx: Tx,
  user: Subject,
  { email, confirm }: TypedAddress,
  now: Date,
  revoked: (verificationId: number) => Promise<void>,
): Promise<string> {
  const { shown, key } = typedTwice(email, confirm);
  const same = key === user.connectAddress;
  if (!same && !mayChangeAddress(user.connection)) throw refuse('address_connected', undefined, 'user');
  const hindrance = await hindranceOf(tx, user, key, now);
  if (hindrance) throw hindered(hindrance, shown);
  if (same) return key;
  // One at a time for an address: the deferrable constraint alone would let two wait for each other.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  const holder = await tx.user.findUnique({ where: { connectAddress: key }, select: { id: true } });
  if (holder) throw refuse('address_taken', undefined, 'email');
  for (const id of await revokeOpen(tx, [user.id], 'address_changed', now)) await revoked(id);
  await tx.user.update({
    where: { id: user.id },
    data: { ...noFacts, connection: 'unverified', connectEmail: shown, connectAddress: key },
  });
  return key;
}

/**
 * U2: runs a transaction that saves an address. Where an import takes the address at the same moment, PostgreSQL refuses
 * the second, or breaks a deadlock of both: tried again, it is plainly `address_taken`.
 */
export async function savingAddress<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isConflict(error)) return work();
    throw error;
  }
}

const isConflict = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && ['P2002', 'P2034'].includes(error.code);

/** What goes with the tie: that the address is proved, and the account there. */
const noProof = {
  verifiedAt: null,
  connectedAt: null,
  accountId: null,
  accountFault: null,
  accountWords: null,
  accountRetryAt: null,
} as const;

/** U1: the facts about a saved address: they go when it changes. */
const noFacts = {
  ...noProof,
  lastSentAt: null,
  openedAt: null,
  bouncedAt: null,
  bouncedWords: null,
  disownedAt: null,
} as const;

function typedTwice(email: string, confirm: string): { shown: string; key: string } {
  const typed = parseAddress(email);
  if (!typed.ok) throw refuse('invalid_address', { problem: typed.problem }, 'email');
  const again = parseAddress(confirm);
  if (!again.ok || again.key !== typed.key) throw refuse('addresses_differ', undefined, 'confirm');
  return typed;
}
