import { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { resumableFor } from '../../rules/campaign.ts';
import type { Messages } from '../messages.ts';
import { release } from './release.ts';

const { sql } = Prisma;

/** B3: ends a campaign that the transaction has locked: what is not being sent at this moment is not sent. */
export async function cancelCampaign(
  tx: Tx,
  messages: Pick<Messages, 'changed'>,
  id: number,
  now: Date,
  rest: { pausedWords?: null } = {},
): Promise<void> {
  await tx.campaign.update({ where: { id }, data: { state: 'cancelled', finishedAt: now, ...rest } });
  await tx.$executeRaw(sql`
    update campaign_recipient set state = 'cancelled' where campaign_id = ${id}::int and state = 'waiting'`);
  await release(tx, id, now);
  await messages.changed(tx, 'campaign', id);
}

/** V6: ends the campaigns that nobody has resumed in time. The words of the server that refused us stay, as the reason. */
export async function cancelForgotten(
  { transaction }: Database,
  messages: Pick<Messages, 'changed'>,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - resumableFor);
  await transaction(async (tx) => {
    const forgotten = await tx.$queryRaw<{ id: number }[]>(sql`
      select id from campaign where state = 'paused' and paused_at < ${since}::timestamptz order by id for update`);
    for (const { id } of forgotten) await cancelCampaign(tx, messages, id, now);
  });
}
