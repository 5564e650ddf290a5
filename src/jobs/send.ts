import { z } from 'zod';
import { addJob } from '../database/add-job.ts';
import type { Database, Tx } from '../database/database.ts';
import { insist } from '../database/insist.ts';
import type { Log } from '../log.ts';
import { type Letterhead, linkAddress } from '../mail/letterhead.ts';
import { type Mailer, SendFailure } from '../mail/mailer.ts';
import type { RateLimiter } from '../mail/rate.ts';
import { verificationMail } from '../mail/verification-mail.tsx';
import { retryFor, retryPause } from '../rules/retry.ts';
import type { Messages } from '../services/messages.ts';
import { expiryOf, markBounced, markFailed, markSent, mintLink } from '../services/verifications/links.ts';
import { type Outgoing, readyToSend } from '../services/verifications/sending.ts';
import type { Hindrance } from '../services/verifications/subject.ts';
import type { Job, JobContext } from './job.ts';

export interface SendParts {
  database: Database;
  mailer: Mailer;
  rate: RateLimiter;
  messages: Pick<Messages, 'changed'>;
  letterhead: Letterhead;
  log: Pick<Log, 'warn'>;
  now?: () => Date;
}

const payloadShape = z.object({
  verificationId: z.int(),
  /** When this mail was asked for: what has been sent since is not sent again. */
  askedAt: z.iso.datetime(),
  /** How often the mail server has put it off. */
  refusals: z.int().default(0),
  /** Its turn within MAIL_RATE is reserved: it came when the job runs. */
  reserved: z.boolean().default(false),
});

type Payload = z.infer<typeof payloadShape>;

/** How long a job waits for its turn within MAIL_RATE; for a later one it makes room and comes back, in milliseconds. */
const patience = 5_000;

/** Sends one verification's mail with a link of its own (V1), and sorts what the mail server answers (V6). */
export function createSendJob(parts: SendParts): Job {
  const { database, mailer, rate, messages, letterhead, log, now = () => new Date() } = parts;

  /** Queues the rest of the work for later, in place of any other sending of the same verification. */
  const later = (tx: Tx, payload: Payload, runAt: Date) =>
    addJob(tx, 'send', payload, { jobKey: `send:${payload.verificationId}`, runAt });

  /** Waits for the turn of this mail; false: it comes too late to wait for, and the job comes back for it. */
  async function hasTurn(payload: Payload, signal: AbortSignal): Promise<boolean> {
    if (payload.reserved) return true;
    const turn = await rate.reserve(1);
    if (turn.wait <= patience) {
      await turn.due(0, signal);
      return true;
    }
    await later(database.prisma, { ...payload, reserved: true }, new Date(now().getTime() + turn.wait));
    return false;
  }

  async function send({ verificationId, askedAt }: Payload, outgoing: Outgoing): Promise<void> {
    // The clock of whoever asked may be ahead of this one's.
    const at = new Date(Math.max(now().getTime(), Date.parse(askedAt)));
    const token = await mintLink(database.prisma, verificationId, at, new Date(askedAt));
    const link = linkAddress(letterhead, token);
    await mailer.send(verificationMail({ ...outgoing, letterhead, link, expiresAt: expiryOf(at), now: at }));
    await insist(log, () =>
      database.transaction(async (tx) => {
        await markSent(tx, verificationId, at, now());
        await messages.changed(tx, 'verification', verificationId);
      }),
    );
  }

  /** V6: a bounce is the address's, a refusal of us is told to the administrator, and a temporary one waits. */
  async function failed(payload: Payload, { kind, words }: SendFailure): Promise<void> {
    const { verificationId, askedAt } = payload;
    const at = now();
    const refusals = payload.refusals + 1;
    const retryAt = new Date(at.getTime() + retryPause(refusals));
    const late = retryAt.getTime() > Date.parse(askedAt) + retryFor;
    await database.transaction(async (tx) => {
      if (kind === 'recipient') await markBounced(tx, verificationId, words, at);
      else if (kind === 'us' || late) await markFailed(tx, verificationId, words, at);
      else {
        await tx.verification.update({ where: { id: verificationId }, data: { retryAt } });
        await later(tx, { ...payload, refusals, reserved: false }, retryAt);
      }
      await messages.changed(tx, 'verification', verificationId);
    });
  }

  /** U7, D1: what came in the way since it was asked for is said, in place of "on its way". */
  async function hindered(verificationId: number, hindrance: Hindrance): Promise<void> {
    await database.transaction(async (tx) => {
      await markFailed(tx, verificationId, hindrance, now());
      await messages.changed(tx, 'verification', verificationId);
    });
  }

  return {
    name: 'send',
    async run(given: unknown, { signal }: JobContext) {
      const payload = payloadShape.parse(given);
      const { verificationId, askedAt } = payload;
      const ready = () => readyToSend(database.prisma, verificationId, new Date(askedAt), now());
      let outgoing = await ready();
      if (typeof outgoing === 'object')
        outgoing = (await hasTurn(payload, signal)) ? await ready() : undefined;
      if (typeof outgoing === 'string') await hindered(verificationId, outgoing);
      if (typeof outgoing !== 'object') return;
      try {
        await send(payload, outgoing);
      } catch (error) {
        if (!(error instanceof SendFailure)) throw error;
        await failed(payload, error);
      }
    },
  };
}
