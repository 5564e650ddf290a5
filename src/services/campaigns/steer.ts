import type { Reach } from '../../core/access.ts';
import type { Place } from '../../core/command.ts';
import type { CampaignState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import { previewLifetime } from '../../rules/campaign.ts';
import { describeFilter, type Filter } from '../../rules/filter.ts';
import type { Language } from '../../rules/language.ts';
import { reached } from '../filter-sql.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { cancelCampaign } from './cancel.ts';
import { queueLanes } from './lanes.ts';

const { sql } = Prisma;

/** After a pause, whoever was refused waits so long for the others, in milliseconds. */
const refusedLater = 10_000;

/** Who decides about a campaign, by which button. */
interface Deciding {
  personId: number;
  reach: Reach;
  press?: string | undefined;
  /** Of a message to this person. */
  language: Language;
}

/** What has begun. */
export interface Begun {
  /** How many will be sent to. */
  send: number;
  /** The progress is shown in the place of the preview; otherwise directly to the one who confirmed. */
  inPlace: boolean;
}

/** What a campaign is that has not ended. */
type Cancellable = 'previewed' | 'running' | 'paused';

/** Deciding about a campaign. Each throws `campaign_unknown` and `campaign_out_of_reach`. */
export interface Steering {
  /** B2: begins the sending; once, in time. Throws `campaign_late`, `campaign_nobody`, `campaign_started`, `campaign_over`. */
  confirm(id: number, by: Deciding): Promise<Begun>;
  /** B3: what `cancel` would end. Throws as it does. */
  cancellable(id: number, by: Deciding): Promise<Cancellable>;
  /** B3: ends it; what is not being sent at this moment is not sent. Gives what it was. Throws `campaign_late`, `campaign_over`. */
  cancel(id: number, by: Deciding): Promise<{ was: Cancellable }>;
  /** V6: goes on after a pause. Throws `campaign_not_paused`. */
  resume(id: number, by: Deciding): Promise<void>;
}

export interface SteeringParts {
  database: Database;
  messages: Messages;
  /** Whether the bot may post in a place, as the platform says, and nobody of another organisation reads it (A1). */
  canPost(place: Place): Promise<boolean>;
  /** The organisation's language: that of a place which many read. */
  language: Language;
  now: () => Date;
}

interface Row {
  state: CampaignState;
  created_at: Date;
  filter: Filter;
  place: Place;
  created_by: number;
}

/** What tells whether a campaign is still to be decided about. */
export type Previewed = Pick<Row, 'state' | 'created_at' | 'filter'> & { id: number };

/** B2: a preview lives 15 minutes. Throws `campaign_started`, `campaign_over`, `campaign_late`. */
export function requirePreviewed({ id, state, created_at, filter }: Previewed, now: Date): void {
  if (state === 'running' || state === 'paused') throw refuse('campaign_started', { id });
  requireOpen({ id, state, filter });
  if (now.getTime() - created_at.getTime() > previewLifetime) throw late(filter);
}

/** Throws `campaign_over`, `campaign_late`. */
function requireOpen({ id, state, filter }: Omit<Previewed, 'created_at'>): Cancellable {
  if (state === 'done' || state === 'cancelled') throw refuse('campaign_over', { id, how: state });
  if (state === 'expired') throw late(filter);
  return state;
}

const late = (filter: Filter) =>
  refuse('campaign_late', { filter: { sv: describeFilter(filter, 'sv'), en: describeFilter(filter, 'en') } });

export function createSteering(parts: SteeringParts): Steering {
  const { database, messages, now } = parts;

  /** The campaign, locked, once it is sure that the person reaches everybody who would be sent to. */
  async function take(tx: Tx, id: number, { reach, press }: Deciding): Promise<Row> {
    await spendPress(tx, press, now());
    const [campaign] = await tx.$queryRaw<Row[]>(sql`
      select state, created_at, filter, place, created_by from campaign where id = ${id}::int for update`);
    if (!campaign) throw refuse('campaign_unknown', { id });
    const [beyond] = await tx.$queryRaw<{ position: number }[]>(sql`
      select r.position from campaign_recipient r join "user" u on u.id = r.user_id
      where r.campaign_id = ${id}::int and r.state in ('waiting', 'sending', 'sent') and not (${reached(reach)})
      limit 1`);
    if (beyond) throw refuse('campaign_out_of_reach');
    return campaign;
  }

  async function begin(tx: Tx, id: number, by: Deciding, inPlace: boolean): Promise<Begun> {
    const campaign = await take(tx, id, by);
    requirePreviewed({ ...campaign, id }, now());
    await tx.campaign.update({
      where: { id },
      data: { state: 'running', confirmedBy: by.personId, confirmedAt: now() },
    });
    const send = await run(tx, id);
    if (send === 0) throw refuse('campaign_nobody');
    return { send, inPlace: await announce(tx, id, campaign, by, inPlace) };
  }

  /** A3: shows the progress where the preview was, and to whoever confirms where that is not for them; gives whether it was. */
  async function announce(
    tx: Tx,
    id: number,
    { place, created_by: creator }: Row,
    { personId, language }: Deciding,
    canPost: boolean,
  ): Promise<boolean> {
    const about = { kind: 'campaign', subjectId: id } as const;
    if (canPost && (place.kind === 'channel' || creator === personId)) {
      const spoken = place.kind === 'channel' ? parts.language : language;
      await messages.announce(tx, { ...about, to: { place, orElse: personId }, language: spoken });
      return true;
    }
    await messages.announce(tx, { ...about, to: { personId }, language });
    if (canPost) {
      // The preview stands in somebody else's direct conversation: they are told as well, in their language.
      const other = await tx.person.findUniqueOrThrow({ where: { id: creator }, select: { language: true } });
      const spoken = other.language ?? parts.language;
      await messages.announce(tx, { ...about, to: { personId: creator }, language: spoken });
    }
    return false;
  }

  async function run(tx: Tx, id: number): Promise<number> {
    const [counted] = await tx.$queryRaw<{ all: number; waiting: number }[]>(sql`
      select count(*)::int as all, count(*) filter (where state = 'waiting')::int as waiting
      from campaign_recipient where campaign_id = ${id}::int`);
    await queueLanes(tx, id, counted?.all ?? 0);
    return counted?.waiting ?? 0;
  }

  return {
    async confirm(id, by) {
      const campaign = await database.prisma.campaign.findUnique({ where: { id }, select: { place: true } });
      if (!campaign) throw refuse('campaign_unknown', { id });
      // Written by previewCampaign; asked here because nobody waits for a platform within a transaction.
      const inPlace = await parts.canPost(campaign.place as unknown as Place);
      return database.transaction((tx) => begin(tx, id, by, inPlace));
    },

    cancel: (id, by) =>
      database.transaction(async (tx) => {
        const was = requireOpen({ ...(await take(tx, id, by)), id });
        await cancelCampaign(tx, messages, id, now(), { pausedWords: null });
        return { was };
      }),

    cancellable: (id, by) =>
      database.transaction(async (tx) => requireOpen({ ...(await take(tx, id, by)), id })),

    resume: (id, by) =>
      database.transaction(async (tx) => {
        const { state } = await take(tx, id, by);
        if (state !== 'paused') throw refuse('campaign_not_paused', { id });
        const going = { state: 'running', pausedWords: null, pausedAt: null, resumedAt: now() } as const;
        await tx.campaign.update({ where: { id }, data: going });
        await othersFirst(tx, id, new Date(now().getTime() + refusedLater));
        await run(tx, id);
        await messages.changed(tx, 'campaign', id);
      }),
  };
}

/** One message that the server will not have must not keep the others from being sent: whoever was refused comes after them. */
async function othersFirst(tx: Tx, campaign: number, later: Date): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient
    set not_before = case when exists (
        select from campaign_recipient o
        where o.campaign_id = ${campaign}::int and o.state = 'waiting' and o.words is null
      ) then ${later}::timestamptz end
    where campaign_id = ${campaign}::int and state = 'waiting' and words is not null`);
}
