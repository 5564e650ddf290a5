import { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { retryFor, retryPause } from '../../mail/retry.ts';
import type { RefusalKind } from '../../rules/delivery.ts';
import { markBounced, markFailed, markSent } from '../verifications/links.ts';
import type { Claimed } from './claim.ts';
import { backTo, release } from './release.ts';

const { sql } = Prisma;

/** What the mail server said of one claimed recipient's message: taken, or refused (V6). `kept`: it was not tried. */
export interface Fate {
  claimed: Claimed;
  answer: { kind: 'sent' } | { kind: RefusalKind; words: string } | { kind: 'kept' };
}

type Refused = Fate & { answer: { words: string } };

/**
 * V6, B3: writes down what became of messages that were answered since the last time: all that were sent in two
 * statements, refusals one by one. True of a recipient that has been claimed again meanwhile as well: a message that
 * left has left.
 */
export async function record(
  database: Database,
  campaign: number,
  fates: readonly Fate[],
  now: Date,
): Promise<void> {
  const of = (kind: Fate['answer']['kind']) => fates.filter(({ answer }) => answer.kind === kind);
  const sent = of('sent');
  const back = [...of('kept'), ...of('us')];
  await database.transaction(async (tx) => {
    if (sent.length > 0) await recordSent(tx, campaign, sent, now);
    if (back.length > 0) await giveBack(tx, campaign, back, now);
    for (const fate of of('recipient') as Refused[]) await recordBounce(tx, campaign, fate, now);
    for (const fate of of('temporary') as Refused[]) await recordDelay(tx, campaign, fate, now);
    const [us] = of('us') as Refused[];
    if (us) await pause(tx, campaign, us.answer.words);
  });
}

async function recordSent(tx: Tx, campaign: number, fates: readonly Fate[], now: Date): Promise<void> {
  await markSent(
    tx,
    fates.map(({ claimed }) => claimed.verification),
    now,
  );
  await tx.$executeRaw(sql`
    update campaign_recipient
    set state = 'sent', sent_at = ${now}::timestamptz, words = null, not_before = null
    where campaign_id = ${campaign}::int and position = any(${positionsOf(fates)}::int[])
      and state in ('sending', 'waiting')`);
}

/** They wait again, or end with the campaign where that was cancelled meanwhile; the try does not count. */
async function giveBack(tx: Tx, campaign: number, fates: readonly Fate[], now: Date): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient r
    set state = ${backTo}, attempts = greatest(r.attempts - 1, 0)
    from campaign c
    where c.id = r.campaign_id and r.campaign_id = ${campaign}::int
      and r.position = any(${positionsOf(fates)}::int[]) and r.state = 'sending'`);
  await release(tx, campaign, now, positionsOf(fates));
}

async function recordBounce(
  tx: Tx,
  campaign: number,
  { claimed, answer }: Refused,
  now: Date,
): Promise<void> {
  await markBounced(tx, claimed.verification, answer.words, now);
  await recordFailure(tx, campaign, claimed, answer.words);
}

/** A temporary refusal: it waits longer each time, and is given up in the end. */
async function recordDelay(tx: Tx, campaign: number, { claimed, answer }: Refused, now: Date): Promise<void> {
  const notBefore = new Date(now.getTime() + retryPause(claimed.attempts));
  if (notBefore.getTime() > claimed.since.getTime() + retryFor) {
    await markFailed(tx, claimed.verification, answer.words, now);
    return recordFailure(tx, campaign, claimed, answer.words);
  }
  await tx.$executeRaw(sql`
    update campaign_recipient r
    set state = ${backTo}, words = ${answer.words}, not_before = ${notBefore}::timestamptz
    from campaign c
    where c.id = r.campaign_id and r.campaign_id = ${campaign}::int and r.position = ${claimed.position}::int
      and r.state = 'sending'`);
  await release(tx, campaign, now, [claimed.position]);
}

async function recordFailure(tx: Tx, campaign: number, { position }: Claimed, words: string): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient set state = 'failed', words = ${words}
    where campaign_id = ${campaign}::int and position = ${position}::int and state in ('sending', 'waiting')`);
}

/** V6: the server refuses us: nobody else is tried until a person has looked at it. */
async function pause(tx: Tx, id: number, words: string): Promise<void> {
  await tx.campaign.updateMany({
    where: { id, state: 'running' },
    data: { state: 'paused', pausedWords: words },
  });
}

const positionsOf = (fates: readonly Fate[]): number[] => fates.map(({ claimed }) => claimed.position);
