import type { Trail } from '../../core/ports.ts';
import type { Verification } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { maskAddress } from '../../rules/address.ts';
import type { Language } from '../../rules/language.ts';
import { hashToken } from '../../rules/secret.ts';
import type { Messages } from '../messages.ts';
import { tellConcerned } from './concerned.ts';
import { revokeOpen } from './links.ts';
import { resendFor } from './start.ts';
import { type Hindrance, hindranceOf, lockUser, readUser, type Subject } from './subject.ts';

/**
 * What a link's page shows (V1). `ask`: the two buttons. `confirmed`: just now; `already`: before. `ended`: expired or
 * unknown, all alike (V5). Whoever holds a link that was used or revoked is told what became of it: `void`, where a new
 * one can be asked for; `wrong` ("This isn't me" was answered) and `moved` (its address is not the user's any more),
 * where none is sent. `hindered`: U7 or D1 stands in the way. `resent`: says nothing of what exists (V5).
 */
export type LinkPage = {
  /** The user's, where there is one. */
  language: Language | null;
} & (
  | { state: 'ask'; address: string }
  /** `connected`: the account is there; else it is being created (V4). */
  | { state: 'confirmed'; connected: boolean }
  /** `asked`: for a new link, which is not needed. */
  | { state: 'already'; connected: boolean; asked?: true }
  | { state: 'hindered'; why: Hindrance }
  | { state: 'void'; why: 'replaced' | 'used' | 'revoked' }
  | { state: 'ended' | 'wrong' | 'moved' | 'disowned' | 'resent' }
);

/** What somebody who has a link can do with it. */
export interface LinkActions {
  /** V1: what GET shows; marks an open link as opened, and changes nothing else. */
  look(token: string): Promise<LinkPage>;
  /** V4: the press that proves the address. Two at once: one confirms, the other sees `already`. */
  confirm(token: string): Promise<LinkPage>;
  /** V1: "This isn't me": revokes, marks the address wrong, tells the administrators. */
  disown(token: string): Promise<LinkPage>;
  /**
   * V1: a new link to the link's own address, where it is still the saved one and that may be. The answer promises nothing
   * and is the same for expired and unknown links (V5); of a used or revoked one it says why none is sent.
   */
  sendNew(token: string): Promise<LinkPage>;
}

export interface LinkParts {
  database: Database;
  messages: Pick<Messages, 'announce' | 'changed'>;
  /** The organisation's language. */
  language: Language;
  now: () => Date;
  /** A5: hears of every press on a link that exists; who presses cannot be known. */
  trail?: Trail | undefined;
  /** V4: queues the creation of the account at the identity provider; undefined: the store alone decides. */
  identity?: ((tx: Tx, userId: number) => Promise<void>) | undefined;
  /** Hears of each user who was connected, in the same transaction. */
  onConnected?: ((tx: Tx, userId: number) => Promise<void>) | undefined;
}

/** A link with its user. */
interface Found {
  user: Subject;
  verification: Verification;
  expiresAt: Date;
}

export function createLinkActions(parts: LinkParts): LinkActions {
  const { database, messages, language, now, trail, identity, onConnected } = parts;

  /** A5: once what a press did is in the store. */
  function record(what: 'confirm' | 'disown' | 'new', user: Subject | undefined, outcome: string): void {
    if (user)
      trail?.record({
        surface: 'web',
        who: '',
        place: '/verify',
        what: `link ${what}`,
        subject: user.subject,
        outcome,
      });
  }

  /** Runs `work` on a link that can be used; otherwise says how it ended. The user is locked. */
  async function onOpenLink(
    what: 'confirm' | 'disown',
    token: string,
    work: (tx: Tx, found: Found) => Promise<LinkPage>,
  ): Promise<LinkPage> {
    const { page, user } = await database.transaction(async (tx) => {
      const found = await find(tx, token, lockUser);
      if (!found) return { page: ended };
      const page = isOpen(found, now()) ? await work(tx, found) : await endOf(tx, found, now());
      return { page, user: found.user };
    });
    record(what, user, outcomeOf(page));
    return page;
  }

  async function confirm(tx: Tx, { user, verification }: Found): Promise<LinkPage> {
    const at = now();
    const hindrance = await hindranceOf(tx, user, verification.address, at);
    if (hindrance) return { state: 'hindered', why: hindrance, language: user.language };
    await tx.verification.update({ where: { id: verification.id }, data: { usedAt: at, retryAt: null } });
    const connected = identity === undefined;
    await tx.user.update({
      where: { id: user.id },
      data: {
        connection: connected ? 'connected' : 'verified',
        verifiedAt: at,
        connectedAt: connected ? at : null,
      },
    });
    await identity?.(tx, user.id);
    if (connected) await onConnected?.(tx, user.id);
    await messages.changed(tx, 'verification', verification.id);
    return { state: 'confirmed', connected, language: user.language };
  }

  async function disown(tx: Tx, { user, verification }: Found): Promise<LinkPage> {
    const at = now();
    await revokeOpen(tx, [user.id], 'disowned', at);
    await tx.user.update({ where: { id: user.id }, data: { disownedAt: at } });
    await messages.changed(tx, 'verification', verification.id);
    await tellConcerned(tx, messages, verification, language);
    return { state: 'disowned', language: user.language };
  }

  /** Whoever held a link to an earlier address has no say over the one that replaced it (U5). */
  async function resend(tx: Tx, found: Found): Promise<{ page: LinkPage; outcome: string }> {
    const { user } = found;
    const end = isOpen(found, now()) ? ended : await endOf(tx, found, now());
    if (end.state === 'already') return { page: { ...end, asked: true }, outcome: 'refused' };
    if (end.state !== 'ended' && end.state !== 'void') return { page: end, outcome: 'refused' };
    const { outcome, ...sent } = await resendFor(tx, user, now());
    if ('verificationId' in sent) await messages.changed(tx, 'verification', sent.verificationId);
    return { page: resent(user.language), outcome: outcome === 'sent' ? 'done' : outcome };
  }

  async function markOpened(tx: Tx, { user, verification }: Found): Promise<void> {
    const first = { id: user.id, openedAt: null, connectAddress: verification.address };
    const { count } = await tx.user.updateMany({ where: first, data: { openedAt: now() } });
    if (count > 0) await messages.changed(tx, 'verification', verification.id);
  }

  return {
    async look(token) {
      const found = await find(database.prisma, token, readUser);
      if (!found) return ended;
      if (!isOpen(found, now())) return endOf(database.prisma, found, now());
      if (!found.user.openedAt) await database.transaction((tx) => markOpened(tx, found));
      const { connectEmail, language } = found.user;
      return { state: 'ask', address: maskAddress(connectEmail ?? ''), language };
    },

    confirm: (token) => onOpenLink('confirm', token, confirm),

    disown: (token) => onOpenLink('disown', token, disown),

    async sendNew(token) {
      const { page, user, outcome } = await database.transaction(async (tx) => {
        const found = await find(tx, token, lockUser);
        return { user: found?.user, ...(found ? await resend(tx, found) : unknown) };
      });
      record('new', user, outcome);
      return page;
    },
  };
}

const ended = { state: 'ended', language: null } as const satisfies LinkPage;

const resent = (language: Language | null): LinkPage => ({ state: 'resent', language });

const unknown = { page: resent(null), outcome: 'refused' };

/** The link behind a token, with its user as `get` gives it. What is read after the user is locked cannot change. */
async function find(
  tx: Tx,
  token: string,
  get: (tx: Tx, userId: number) => Promise<Subject | undefined>,
): Promise<Found | undefined> {
  const link = await tx.verificationLink.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { verificationId: true, expiresAt: true, verification: { select: { userId: true } } },
  });
  const user = link && (await get(tx, link.verification.userId));
  const verification = link && (await tx.verification.findUnique({ where: { id: link.verificationId } }));
  return user && verification ? { user, verification, expiresAt: link.expiresAt } : undefined;
}

/** Open: not used, revoked or expired, and still about the saved address (U5). */
function isOpen({ user, verification, expiresAt }: Found, now: Date): boolean {
  const { usedAt, revokedAt, address } = verification;
  const waiting = user.connection === 'pending' || user.connection === 'unverified';
  return (
    usedAt === null && revokedAt === null && expiresAt > now && address === user.connectAddress && waiting
  );
}

/** How a link ended that is not open. One that is no more than expired is as an unknown one, whatever holds of its user (V5). */
async function endOf(tx: Tx, { user, verification }: Found, now: Date): Promise<LinkPage> {
  const { language, connection, connectAddress, disownedAt } = user;
  const { address, usedAt, revokedAt, revokedWhy } = verification;
  if (address !== connectAddress) return { state: 'moved', language };
  if (connection === 'verified' || connection === 'connected')
    return { state: 'already', connected: connection === 'connected', language };
  if (disownedAt) return { state: 'wrong', language };
  if (usedAt === null && revokedAt === null) return { ...ended, language };
  const why = await hindranceOf(tx, user, address, now);
  if (why) return { state: 'hindered', why, language };
  const revoked = revokedWhy === 'replaced' ? 'replaced' : 'revoked';
  return { state: 'void', why: usedAt ? 'used' : revoked, language };
}

/** What the trail calls what a press came to: "done", what stood in the way, or how the link had ended before. */
function outcomeOf(page: LinkPage): string {
  if (page.state === 'confirmed' || page.state === 'disowned') return 'done';
  return page.state === 'hindered' ? page.why : page.state;
}
