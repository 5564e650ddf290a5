import { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import type { SkipReason } from '../../rules/campaign.ts';
import type { Language } from '../../rules/language.ts';
import type { Messages } from '../messages.ts';
import { beginMany } from '../verifications/many.ts';
import { type Lane, ofLane } from './lanes.ts';
import { skipReason } from './reason-sql.ts';

const { sql } = Prisma;

/**
 * In milliseconds: while another campaign's message to the same user is on its way, look again after this; what has
 * been on its way for so long is on nobody's mind any more.
 */
const otherCampaign = { lookAgain: 2_000, forgotten: 60 * 60 * 1000 };

/** One recipient whose message is to leave now. */
export interface Claimed {
  campaign: number;
  position: number;
  verification: number;
  /** The address as typed. */
  to: string;
  name: string;
  language: Language | null;
  /** How many times it has been tried, this time included. */
  attempts: number;
  /** When it was tried first, since the last pause. */
  since: Date;
  /** V1: the link's secret, which exists nowhere else. */
  token: string;
}

export interface Claims {
  claimed: Claimed[];
  /** How many waiting recipients were looked at; 0: none is due, or the campaign does not run. */
  looked: number;
}

export interface ClaimParts {
  database: Database;
  messages: Messages;
}

interface Judged {
  position: number;
  user_id: number;
  address: string;
  to: string;
  name: string;
  language: Language | null;
  attempts: number;
  confirmed_by: number | null;
  reason: SkipReason | null;
  /** Another campaign's message to the user is on its way. */
  busy: boolean;
  /** The recipient's own verification, where it is still open: an earlier try. */
  open: number | null;
  since: Date | null;
  /** Another open verification, which has a live message of its own. */
  told: number | null;
}

/**
 * B2, B3: takes up to `wanted` waiting recipients of a lane, in order. Those who still qualify become `sending`, with a
 * verification and a new link; the others `skipped`, with the reason. Whoever holds a user's row decides alone whether
 * that user is sent to, so two campaigns never both do; nobody waits for a row here, so nobody can wait in a circle.
 */
export async function claim(
  { database, messages }: ClaimParts,
  lane: Lane,
  wanted: number,
  now: Date,
): Promise<Claims> {
  return database.transaction(async (tx) => {
    // Whoever is pausing or cancelling it holds it: then it counts as not running, and nobody is claimed after that.
    const [running] = await tx.$queryRaw<object[]>(sql`
      select id from campaign where id = ${lane.campaign}::int and state = 'running' for share skip locked`);
    if (!running) return { claimed: [], looked: 0 };
    const locked = await tx.$queryRaw<{ position: number }[]>(sql`
      select r.position from campaign_recipient r
      join "user" u on u.id = r.user_id
      where ${ofLane(lane)} and r.state = 'waiting'
        and (r.not_before is null or r.not_before <= ${now}::timestamptz)
      order by r.position limit ${wanted} for update of r, u skip locked`);
    if (locked.length === 0) return { claimed: [], looked: 0 };
    // A new statement sees what was decided about these users before their rows were ours.
    const judged = await judge(
      tx,
      lane,
      locked.map(({ position }) => position),
      now,
    );
    const skipped = judged.filter(({ reason }) => reason !== null);
    const busy = judged.filter(({ reason, busy }) => reason === null && busy);
    if (skipped.length > 0) await skip(tx, lane, skipped);
    if (busy.length > 0) await postpone(tx, lane, busy, new Date(now.getTime() + otherCampaign.lookAgain));
    const fit = judged.filter(({ reason, busy }) => reason === null && !busy);
    const claimed = fit.length > 0 ? await begin(tx, lane, fit, now) : [];
    const told = fit.flatMap((one) => one.told ?? []);
    if (told.length > 0) await messages.changed(tx, 'verification', told);
    return { claimed, looked: locked.length };
  });
}

async function judge(tx: Tx, lane: Lane, positions: number[], now: Date): Promise<Judged[]> {
  const remembered = new Date(now.getTime() - otherCampaign.forgotten);
  return tx.$queryRaw<Judged[]>(sql`
    select r.position, r.user_id, u.connect_address as address, u.connect_email as "to", u.name, u.language::text as language,
      r.attempts, c.confirmed_by,
      case
        when u.connection not in ('connected', 'verified') and u.connect_address is distinct from r.address then 'changed'
        else coalesce(${skipReason(now)},
          -- Sent to by another since this campaign was confirmed, however long this one has been under way.
          case when u.last_sent_at >= c.confirmed_at then 'recent' end)
      end as reason,
      exists (select from campaign_recipient o
        where o.user_id = u.id and o.state = 'sending' and o.campaign_id <> r.campaign_id
          and o.claimed_at > ${remembered}::timestamptz) as busy,
      v.id as open, greatest(v.created_at, c.resumed_at) as since,
      (select o.id from verification o
        where o.user_id = u.id and o.used_at is null and o.revoked_at is null and o.id is distinct from v.id
          and exists (select from live_message m where m.kind = 'verification' and m.subject_id = o.id)) as told
    from campaign_recipient r
    join campaign c on c.id = r.campaign_id
    join "user" u on u.id = r.user_id
    left join verification v on v.id = r.verification_id and v.used_at is null and v.revoked_at is null
      and v.address = u.connect_address
    where r.campaign_id = ${lane.campaign}::int and r.position = any(${positions}::int[])
    order by r.position`);
}

async function skip(tx: Tx, { campaign }: Lane, skipped: readonly Judged[]): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient r set state = 'skipped', reason = s.reason
    from unnest(${skipped.map(({ position }) => position)}::int[], ${skipped.map(({ reason }) => reason)}::text[])
      as s (position, reason)
    where r.campaign_id = ${campaign}::int and r.position = s.position`);
}

async function postpone(tx: Tx, { campaign }: Lane, some: readonly Judged[], until: Date): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient set not_before = ${until}::timestamptz
    where campaign_id = ${campaign}::int and position = any(${some.map(({ position }) => position)}::int[])`);
}

/** A verification for each that has none open, a link for all, and the recipients on their way. */
async function begin(tx: Tx, { campaign }: Lane, fit: readonly Judged[], now: Date): Promise<Claimed[]> {
  const requestedBy = fit[0]?.confirmed_by ?? null;
  const minted = await beginMany(
    tx,
    fit.map(({ user_id: id, address, open }) => ({ id, address, open })),
    { requestedBy, campaignId: campaign, now },
  );
  const positions = fit.map(({ position }) => position);
  await tx.$executeRaw(sql`
    update campaign_recipient r
    set state = 'sending', claimed_at = ${now}::timestamptz, not_before = null, attempts = r.attempts + 1,
      verification_id = f.verification
    from unnest(${positions}::int[], ${minted.map(({ id }) => id)}::int[]) as f (position, verification)
    where r.campaign_id = ${campaign}::int and r.position = any(${positions}::int[]) and r.position = f.position`);
  return minted.flatMap(({ id: verification, token }, i) => {
    const one = fit[i];
    if (!one) return [];
    const { position, to, name, language, since } = one;
    const attempts = one.attempts + 1;
    return [{ campaign, position, verification, to, name, language, attempts, since: since ?? now, token }];
  });
}
