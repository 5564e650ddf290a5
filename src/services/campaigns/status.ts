import type { CampaignState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { RecipientState, SkipReason } from '../../rules/campaign.ts';
import type { Filter } from '../../rules/filter.ts';

const { sql } = Prisma;

/** How a campaign stands now: its message is a function of this. The counts add up to its recipients, for a place without those of protected identity (U8). */
export interface CampaignStatus {
  id: number;
  state: CampaignState;
  filter: Filter;
  counts: Readonly<Record<Exclude<RecipientState, 'skipped'>, number>>;
  skipped: Partial<Record<SkipReason, number>>;
  /** How many of those waiting had a temporary refusal, and the server's last words to one of them (V6). */
  delayed: { count: number; words: string | null };
  /** How many of those sent to are connected since. */
  connected: number;
  /** V6: why it is paused, or why it was cancelled once nobody had resumed it: the server's words. */
  pausedWords: string | null;
  /** U8: others than those counted were sent to, or were to be. */
  more: boolean;
}

interface Tally {
  state: RecipientState;
  reason: SkipReason | null;
  count: number;
  delayed: number;
  words: string | null;
  connected: number;
  untold: boolean;
}

/** How campaign `id` stands; undefined where there is none. For a `place`, without people of protected identity (U8). */
export async function campaignStatus(
  { prisma }: Pick<Database, 'prisma'>,
  id: number,
  audience: 'caller' | 'place',
): Promise<CampaignStatus | undefined> {
  const campaign = await prisma.campaign.findUnique({ where: { id } });
  if (!campaign) return undefined;
  const { state, confirmedAt, pausedWords } = campaign;
  const found = await prisma.$queryRaw<Tally[]>(sql`
    select r.state::text as state, r.reason, count(*)::int as count,
      count(*) filter (where r.state = 'waiting' and r.attempts > 0 and r.not_before is not null)::int as delayed,
      max(r.words) filter (where r.state = 'waiting') as words,
      count(*) filter (where r.state = 'sent' and u.connection = 'connected'
        and u.connected_at >= ${confirmedAt}::timestamptz)::int as connected,
      ${audience === 'place'}::boolean and coalesce(u.protected_identity, true) as untold
    from campaign_recipient r left join "user" u on u.id = r.user_id
    where r.campaign_id = ${id}::int group by r.state, r.reason, untold`);
  const tallies = found.filter(({ untold }) => !untold);
  const count = (wanted: RecipientState) =>
    tallies.reduce((sum, { state, count }) => sum + (state === wanted ? count : 0), 0);
  const waiting = tallies.find(({ state }) => state === 'waiting');
  return {
    id,
    state,
    // Written by previewCampaign from a Filter.
    filter: campaign.filter as unknown as Filter,
    counts: {
      waiting: count('waiting'),
      sending: count('sending'),
      sent: count('sent'),
      failed: count('failed'),
      cancelled: count('cancelled'),
    },
    skipped: Object.fromEntries(
      tallies.flatMap(({ state, reason, count }) => (state === 'skipped' && reason ? [[reason, count]] : [])),
    ),
    delayed: { count: waiting?.delayed ?? 0, words: waiting?.words ?? null },
    connected: tallies.find(({ state }) => state === 'sent')?.connected ?? 0,
    pausedWords,
    more: found.some(({ state, untold }) => untold && state !== 'skipped'),
  };
}
