import type { Tx } from '../../database/database.ts';
import { type AccountTrouble, troubleOf } from '../../rules/account.ts';
import type { RevokedWhy } from './links.ts';

/** One verification as it stands, for the administrator who asked for it. */
export interface VerificationReport {
  /** The User-ID. */
  userId: string;
  name: string;
  address: string;
  connected: boolean;
  /** V4: the proved address has no account yet: it is being created, or why it can't be. */
  account: 'coming' | AccountTrouble | null;
  sentAt: Date | null;
  /** When the last link ends; null before the first is made. */
  expiresAt: Date | null;
  /** An open link was opened, perhaps by a scanner (U1). */
  openedAt: Date | null;
  usedAt: Date | null;
  revokedAt: Date | null;
  revokedWhy: RevokedWhy | null;
  /** After a refusal that was only temporary: when the next try is due. */
  retryAt: Date | null;
  /** The server's words, or a B2 reason's name, where sending ended without success; `bounced`: they are about the address (V6). */
  failedWords: string | null;
  bounced: boolean;
  /** A later one of the same user has taken over: nothing is left to do about this one. */
  followed: boolean;
  now: Date;
}

/** Reads it; undefined once its user is deleted. */
export async function reportOn(tx: Tx, id: number, now: Date): Promise<VerificationReport | undefined> {
  const found = await tx.verification.findUnique({
    where: { id },
    include: { user: true, links: { orderBy: { expiresAt: 'desc' }, take: 1 } },
  });
  if (!found) return undefined;
  const { user, links, sentAt, usedAt, revokedAt, retryAt, failedWords } = found;
  const followed = (await tx.verification.count({ where: { userId: user.id, id: { gt: id } } })) > 0;
  const current = user.connectAddress === found.address;
  const open = usedAt === null && revokedAt === null;
  return {
    userId: user.userId,
    name: user.name,
    address: current && user.connectEmail ? user.connectEmail : found.address,
    connected: current && user.connection === 'connected',
    account: current && user.connection === 'verified' ? (troubleOf(user) ?? 'coming') : null,
    sentAt,
    expiresAt: links[0]?.expiresAt ?? null,
    openedAt: open && current ? user.openedAt : null,
    usedAt,
    revokedAt,
    revokedWhy: found.revokedWhy as RevokedWhy | null,
    retryAt,
    failedWords,
    bounced: failedWords !== null && current && user.bouncedAt !== null,
    followed,
    now,
  };
}
