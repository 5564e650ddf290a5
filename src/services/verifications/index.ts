import type { Reach } from '../../core/access.ts';
import type { Trail } from '../../core/ports.ts';
import type { Database, Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Language } from '../../rules/language.ts';
import { type Actor, saveAddress, savingAddress, type TypedAddress } from '../connections.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { type OwnLogin, ownLogin } from './own.ts';
import { createLinkActions, type LinkActions } from './page.ts';
import { reportOn, type VerificationReport } from './report.ts';
import { resendFor, startFor } from './start.ts';
import { lockNamed, lockUser, type Subject } from './subject.ts';

export type { OwnLogin } from './own.ts';
export type { LinkActions, LinkPage } from './page.ts';
export type { VerificationReport } from './report.ts';

/** An administrator who verifies somebody; the live message about it speaks this language. */
export interface Verifier extends Actor {
  language: Language;
}

/** A verification that has begun: its mail is queued. */
export interface Started {
  verificationId: number;
  name: string;
  address: string;
}

/** Somebody who asks about their own login, known by their chat identity (V5). */
export interface Asker {
  id: number;
  userId?: number | undefined;
  press?: string | undefined;
}

/** Proving that an address is the user's: by an administrator, by the user, and behind the link. */
export interface Verifications extends LinkActions {
  /**
   * V1: sends to the address that is saved. Begins the live message in the verifier's direct conversation. Throws
   * `user_not_found`, `no_address`, `already_connected`, `already_verified`, U7's and D1's refusals, `press_spent`.
   */
  start(userId: string, verifier: Verifier): Promise<Started>;
  /** U4: saves the address that was typed twice, and sends to it. Throws at the form's fields: `saveAddress`'s refusals and those of `start`. */
  startWith(userId: string, typed: TypedAddress, verifier: Verifier): Promise<Started>;
  /** V1: one more link to the asker's own saved address; how their login stands then, and whether one was sent. Throws `link_limit`. */
  sendMine(asker: Asker): Promise<{ sent: boolean; login: OwnLogin }>;
  /** How the asker's own login stands. */
  own(asker: Asker): Promise<OwnLogin>;
  /** How one verification stands now, for its live message; undefined once its user is deleted. */
  report(verificationId: number): Promise<VerificationReport | undefined>;
}

export interface VerificationParts {
  database: Database;
  messages: Pick<Messages, 'announce' | 'changed'>;
  /** The organisation's language. */
  language: Language;
  now?: () => Date;
  /** A5: hears of presses on links. */
  trail?: Trail;
  /** V4: queues the creation of the account at the identity provider; without one the store alone decides. */
  identity?: (tx: Tx, userId: number) => Promise<void>;
  /** Hears of each user who was connected, in the same transaction. */
  onConnected?: (tx: Tx, userId: number) => Promise<void>;
}

export function createVerifications(parts: VerificationParts): Verifications {
  const { database, messages, now = () => new Date() } = parts;
  const changed = (tx: Tx) => (id: number) => messages.changed(tx, 'verification', id);

  async function begin(tx: Tx, user: Subject, { personId, language }: Verifier): Promise<Started> {
    const verificationId = await startFor(tx, user, personId, now(), changed(tx));
    await messages.announce(tx, {
      kind: 'verification',
      subjectId: verificationId,
      to: { personId },
      language,
    });
    return { verificationId, name: user.name, address: user.connectEmail ?? '' };
  }

  const named = (tx: Tx, userId: string, { press, reach }: { press?: string | undefined; reach: Reach }) =>
    spendPress(tx, press, now()).then(() => lockNamed(tx, userId, reach));

  return {
    ...createLinkActions({ ...parts, now }),

    start: (userId, verifier) =>
      database.transaction(async (tx) => begin(tx, await named(tx, userId, verifier), verifier)),

    startWith: (userId, typed, verifier) =>
      savingAddress(() =>
        database.transaction(async (tx) => {
          const user = await named(tx, userId, verifier);
          await saveAddress(tx, user, typed, now(), changed(tx));
          return begin(tx, await lockNamed(tx, userId, verifier.reach), verifier);
        }),
      ),

    sendMine: ({ id, userId, press }) =>
      database.transaction(async (tx) => {
        await spendPress(tx, press, now());
        const user = userId === undefined ? undefined : await lockUser(tx, userId);
        const resent = user ? await resendFor(tx, user, now()) : undefined;
        if (resent?.outcome === 'limit') throw refuse('link_limit');
        if (resent?.outcome === 'sent') await changed(tx)(resent.verificationId);
        return { sent: resent?.outcome === 'sent', login: await ownLogin(tx, { id, userId }, now()) };
      }),

    own: (asker) => ownLogin(database.prisma, asker, now()),

    report: (verificationId) => reportOn(database.prisma, verificationId, now()),
  };
}
