import type { Reach } from '../../core/access.ts';
import type { Place } from '../../core/command.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { SkipReason } from '../../rules/campaign.ts';
import type { Filter } from '../../rules/filter.ts';
import { matching } from '../filter-sql.ts';
import { byName } from '../users.ts';
import { skipReason } from './reason-sql.ts';

const { sql } = Prisma;

/** What a campaign would do (B2). */
export interface Preview {
  id: number;
  filter: Filter;
  /** How many will be sent to. */
  send: number;
  /** How many will not, by reason. */
  skipped: Partial<Record<SkipReason, number>>;
  /** About how long the sending takes at MAIL_RATE, in seconds. */
  seconds: number;
  /** The progress and the summary are posted in the place; otherwise they go to whoever confirms. */
  canPost: boolean;
}

/** Who asks for a campaign, where, about whom. */
export interface Asking {
  personId: number;
  place: Place;
  filter: Filter;
  reach: Reach;
}

/**
 * B2: writes down everybody whom the filter means within reach, by name, each `waiting` or `skipped` with the reason; one
 * statement, however many they are. The filter must be sendable (rules/filter.ts).
 */
export async function previewCampaign(
  database: Database,
  { personId, place, filter, reach }: Asking,
  now: Date,
): Promise<Omit<Preview, 'seconds' | 'canPost'>> {
  const id = await database.transaction(async (tx) => {
    const campaign = await tx.campaign.create({
      data: { filter: { ...filter }, place: { ...place }, createdBy: personId, createdAt: now },
    });
    await tx.$executeRaw(sql`
      insert into campaign_recipient (campaign_id, position, user_id, address, state, reason)
      select ${campaign.id}::int, position, id, connect_address,
        (case when reason is null then 'waiting' else 'skipped' end)::recipient_state, reason
      from (
        select u.id, u.connect_address, row_number() over (order by ${byName}) as position,
          ${skipReason(now)} as reason
        from "user" u where ${matching(filter, reach, now)}
      ) meant`);
    return campaign.id;
  });
  const counts = await database.prisma.$queryRaw<{ reason: SkipReason | null; count: number }[]>(sql`
    select reason, count(*)::int as count from campaign_recipient where campaign_id = ${id}::int group by reason`);
  return {
    id,
    filter,
    send: counts.find(({ reason }) => reason === null)?.count ?? 0,
    skipped: Object.fromEntries(counts.flatMap(({ reason, count }) => (reason ? [[reason, count]] : []))),
  };
}
