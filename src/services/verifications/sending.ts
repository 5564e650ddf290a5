import type { Tx } from '../../database/database.ts';
import type { Language } from '../../rules/language.ts';
import { type Hindrance, hindranceOf, readUser } from './subject.ts';

/** Whom a verification's next mail goes to. */
export interface Outgoing {
  to: string;
  name: string;
  /** The user's; null: the organisation's. */
  language: Language | null;
}

/**
 * Whom to send a verification's next mail to, looked up right before sending; undefined where there is nothing to send
 * (any more): answered, revoked, the address changed (U5), or sent already since `askedAt`. U7 or D1 in the way is named.
 */
export async function readyToSend(
  tx: Tx,
  verificationId: number,
  askedAt: Date,
  now: Date,
): Promise<Outgoing | Hindrance | undefined> {
  const verification = await tx.verification.findUnique({
    where: { id: verificationId, usedAt: null, revokedAt: null },
  });
  if (!verification || (verification.sentAt && verification.sentAt >= askedAt)) return undefined;
  const user = await readUser(tx, verification.userId);
  if (!user?.connectEmail || user.connectAddress !== verification.address) return undefined;
  const hindrance = await hindranceOf(tx, user, verification.address, now);
  if (hindrance) return hindrance;
  return { to: user.connectEmail, name: user.name, language: user.language };
}
