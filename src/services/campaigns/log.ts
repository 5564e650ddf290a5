import type { Reach } from '../../core/access.ts';
import type { CampaignState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { RecipientState, SkipReason } from '../../rules/campaign.ts';
import type { Filter } from '../../rules/filter.ts';
import { fold } from '../../rules/text.ts';
import { foundIn, reached } from '../filter-sql.ts';

const { sql, empty } = Prisma;

/** Which recipients of a campaign's log are asked for. */
export interface CampaignLogQuery {
  outcome?: RecipientState | undefined;
  /** Found in a name, a User-ID or an address, in any case. */
  search?: string | undefined;
  /** The page begins at this position; without it, at the first. */
  from?: number | undefined;
  /** The page ends before this position instead. */
  before?: number | undefined;
  limit: number;
}

/** One recipient, as the log shows it. */
export interface CampaignLogRow {
  position: number;
  userId: string;
  name: string;
  address: string | null;
  state: RecipientState;
  reason: SkipReason | null;
  /** The server's words, where it refused. */
  words: string | null;
  sentAt: Date | null;
  /** When the user was connected, where that was after the sending. */
  connectedAt: Date | null;
}

/** One page of a campaign's log, within the reader's reach; those who were deleted since are in nobody's. */
export interface CampaignLog {
  id: number;
  state: CampaignState;
  filter: Filter;
  createdAt: Date;
  /** Whoever asked for it. */
  by: string;
  finishedAt: Date | null;
  /** How many in each state, whatever page, search and outcome are asked for. */
  counts: Partial<Record<RecipientState, number>>;
  /** How many the search and the outcome leave. */
  found: number;
  rows: CampaignLogRow[];
  /** `before` of the page before, and `from` of the page after; undefined: there is none. */
  previous: number | undefined;
  next: number | undefined;
}

/** B3: campaign `id`'s log, recipient by recipient, in the order of sending; undefined where there is none. */
export async function campaignLog(
  { prisma }: Pick<Database, 'prisma'>,
  id: number,
  query: CampaignLogQuery,
  reach: Reach,
): Promise<CampaignLog | undefined> {
  const campaign = await prisma.campaign.findUnique({ where: { id } });
  if (!campaign) return undefined;
  const { outcome, search = '' } = query;
  const person = await prisma.person.findUnique({
    where: { id: campaign.createdBy },
    select: { name: true },
  });
  const all = sql`from campaign_recipient r join "user" u on u.id = r.user_id
    where r.campaign_id = ${id}::int and ${reached(reach)}`;
  const asked = sql`${all}
    ${outcome ? sql`and r.state = ${outcome}::recipient_state` : empty} ${searched(fold(search))}`;
  const counts = await prisma.$queryRaw<{ state: RecipientState; count: number }[]>(sql`
    select r.state::text as state, count(*)::int as count ${all} group by r.state`);
  const [found] = await prisma.$queryRaw<{ count: number }[]>(sql`select count(*)::int as count ${asked}`);
  const page = await pageOf(query, (bound, order, count) =>
    prisma.$queryRaw<CampaignLogRow[]>(sql`
      select r.position, u.user_id as "userId", u.name,
        case when u.connect_address = r.address then u.connect_email else r.address end as address,
        r.state::text as state, r.reason, r.words, r.sent_at as "sentAt",
        case when u.connection = 'connected' and u.connected_at >= r.sent_at then u.connected_at end as "connectedAt"
      ${asked} and r.position ${bound} order by r.position ${order} limit ${count}::int`),
  );
  return {
    id,
    state: campaign.state,
    // Written by previewCampaign from a Filter.
    filter: campaign.filter as unknown as Filter,
    createdAt: campaign.createdAt,
    by: person?.name ?? '',
    finishedAt: campaign.finishedAt,
    counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
    found: found?.count ?? 0,
    ...page,
  };
}

/** Reads so many rows on one side of a position. */
type Read = (bound: Prisma.Sql, order: Prisma.Sql, count: number) => Promise<CampaignLogRow[]>;

/** A page from a position on, or the one before a position; where fewer lie before it than fill a page, the first one. */
async function pageOf({ from = 1, before, limit }: CampaignLogQuery, read: Read) {
  const above = before === undefined ? [] : await read(sql`< ${before}::int`, sql`desc`, limit + 1);
  if (above.length > limit) {
    const rows = above.slice(0, limit).reverse();
    return { rows, previous: rows[0]?.position, next: before };
  }
  const start = before === undefined ? from : 1;
  const rows = await read(sql`>= ${start}::int`, sql`asc`, limit + 1);
  const [beyond] = rows.splice(limit);
  return { rows, previous: start <= 1 ? undefined : (rows[0]?.position ?? start), next: beyond?.position };
}

function searched(word: string): Prisma.Sql {
  if (word === '') return empty;
  return sql`and (strpos(u.name_key, ${word}) > 0 or strpos(u.user_key, ${word}) > 0
    or strpos(r.address, ${word}) > 0 or ${foundIn(sql`u.connect_email`, word)})`;
}
