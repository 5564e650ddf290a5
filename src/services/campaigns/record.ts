import { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import type { RefusalKind } from '../../rules/delivery.ts';
import { retryFor, retryPause } from '../../rules/retry.ts';
import { markBounced, markFailed } from '../verifications/links.ts';
import { sentParts } from '../verifications/many.ts';
import type { Claimed } from './claim.ts';
import { backTo, release } from './release.ts';

const { sql } = Prisma;

/** What became of one claimed recipient's message. */
export interface Fate {
  claimed: Claimed;
  answer: Taken | { kind: RefusalKind; words: string } | Kept;
}

/** The mail server took it; `at`: when it was handed to the mailer. */
interface Taken {
  kind: 'sent';
  at: Date;
}

/** It was not tried. */
interface Kept {
  kind: 'kept';
}

/**
 * V6, B3: writes down what became of messages that were answered since the last time, of whatever campaigns: all that
 * were sent in one statement, refusals one by one. True of a recipient that has been claimed again meanwhile as
 * well: a message that left has left.
 */
export async function record(database: Database, fates: readonly Fate[], now: Date): Promise<void> {
  const sent = fates.flatMap(({ claimed, answer }) =>
    answer.kind === 'sent' ? [{ ...claimed, at: answer.at }] : [],
  );
  if (sent.length > 0) await recordSent(database.prisma, sent, now);
  if (sent.length === fates.length) return;
  await database.transaction(async (tx) => {
    for (const { claimed, answer } of fates) {
      if (answer.kind === 'kept') await giveBack(tx, claimed, null, now);
      if (answer.kind === 'us') await pause(tx, claimed, answer.words, now);
      if (answer.kind === 'recipient') await recordBounce(tx, claimed, answer.words, now);
      if (answer.kind === 'temporary') await recordDelay(tx, claimed, answer.words, now);
    }
  });
}

async function recordSent(
  tx: Pick<Tx, '$executeRaw'>,
  sent: readonly (Claimed & { at: Date })[],
  now: Date,
): Promise<void> {
  const campaigns = sent.map(({ campaign }) => campaign);
  const positions = sent.map(({ position }) => position);
  await tx.$executeRaw(sql`
    with ${sentParts(sent, now)}
    update campaign_recipient r
    set state = 'sent', sent_at = s.at, words = null, not_before = null
    from unnest(${campaigns}::int[], ${positions}::int[], ${sent.map(({ at }) => at)}::timestamptz[])
      as s (campaign, position, at)
    where r.campaign_id = any(${campaigns}::int[]) and r.position = any(${positions}::int[])
      and r.campaign_id = s.campaign and r.position = s.position and r.state in ('sending', 'waiting')`);
}

/** The try does not count. `words`: what the server said, where it was tried. */
async function giveBack(tx: Tx, claimed: Claimed, words: string | null, now: Date): Promise<void> {
  await backToWaiting(tx, claimed, now, sql`attempts = r.attempts - 1, words = coalesce(${words}, r.words)`);
}

/**
 * It waits again, or ends with the campaign where that was cancelled meanwhile. Nothing happens where a later run has
 * claimed it since, which counts as another attempt.
 */
async function backToWaiting(tx: Tx, claimed: Claimed, now: Date, changes: Prisma.Sql): Promise<void> {
  const { campaign, position, attempts } = claimed;
  await tx.$executeRaw(sql`
    update campaign_recipient r set state = ${backTo}, ${changes}
    from campaign c
    where c.id = r.campaign_id and r.campaign_id = ${campaign}::int and r.position = ${position}::int
      and r.state = 'sending' and r.attempts = ${attempts}::int`);
  await release(tx, campaign, now, position);
}

async function recordBounce(tx: Tx, claimed: Claimed, words: string, now: Date): Promise<void> {
  await markBounced(tx, claimed.verification, words, now);
  await recordFailure(tx, claimed, words);
}

/** A temporary refusal: it waits longer each time, and is given up in the end. */
async function recordDelay(tx: Tx, claimed: Claimed, words: string, now: Date): Promise<void> {
  const { verification, attempts, since } = claimed;
  const notBefore = new Date(now.getTime() + retryPause(attempts));
  if (notBefore.getTime() > since.getTime() + retryFor) {
    await markFailed(tx, verification, words, now);
    return recordFailure(tx, claimed, words);
  }
  await backToWaiting(tx, claimed, now, sql`words = ${words}, not_before = ${notBefore}::timestamptz`);
}

async function recordFailure(
  tx: Tx,
  { campaign, position, attempts }: Claimed,
  words: string,
): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient set state = 'failed', words = ${words}
    where campaign_id = ${campaign}::int and position = ${position}::int and state in ('sending', 'waiting')
      and attempts = ${attempts}::int`);
}

/** V6: the server refuses us: nobody else is tried until a person has looked at it. */
async function pause(tx: Tx, claimed: Claimed, words: string, now: Date): Promise<void> {
  await giveBack(tx, claimed, words, now);
  await tx.campaign.updateMany({
    where: { id: claimed.campaign, state: 'running' },
    data: { state: 'paused', pausedWords: words, pausedAt: now },
  });
}
