import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import { followedFor } from '../../rules/campaign.ts';
import type { Messages } from '../messages.ts';

const { sql } = Prisma;

/** How soon "connected since" shows one more, or one less, in seconds. */
const within = 60;

/** A user was connected, or is no longer: what campaigns that sent to them show says so within a minute, for 30 days. */
export function toldOfConnections(
  messages: Pick<Messages, 'changed'>,
  now: () => Date = () => new Date(),
): (tx: Tx, userId: number) => Promise<void> {
  return async (tx, userId) => {
    const since = new Date(now().getTime() - followedFor);
    const campaigns = await tx.$queryRaw<{ id: number }[]>(sql`
      select distinct c.id from campaign_recipient r join campaign c on c.id = r.campaign_id
      where r.user_id = ${userId}::int and r.state in ('sending', 'sent') and c.confirmed_at > ${since}::timestamptz`);
    await messages.changed(
      tx,
      'campaign',
      campaigns.map(({ id }) => id),
      { within },
    );
  };
}
