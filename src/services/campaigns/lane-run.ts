import type { CampaignState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import type { Messages } from '../messages.ts';
import { type Lane, ofLane, queueLane } from './lanes.ts';
import { backTo } from './release.ts';

const { sql } = Prisma;

/**
 * B3: begins (or, after a crash, begins again) to work on a lane: what an earlier run left on its way waits again,
 * because that run is over. Gives how many wait.
 */
export async function enterLane({ prisma }: Database, lane: Lane): Promise<number> {
  await prisma.$executeRaw(sql`
    update campaign_recipient r set state = ${backTo} from campaign c
    where ${ofLane(lane)} and c.id = r.campaign_id and r.state = 'sending'`);
  const [counted] = await prisma.$queryRaw<{ waiting: number }[]>(sql`
    select count(*)::int as waiting from campaign_recipient r where ${ofLane(lane)} and r.state = 'waiting'`);
  return counted?.waiting ?? 0;
}

/**
 * Ends a run of a lane: queues the next one while somebody waits in it, not before `rest` milliseconds from now, and
 * ends the campaign once nobody waits anywhere.
 */
export async function leaveLane(
  database: Database,
  messages: Messages,
  lane: Lane,
  now: Date,
  rest = 0,
): Promise<void> {
  await database.transaction(async (tx) => {
    await dropDeleted(tx, lane);
    const [left] = await tx.$queryRaw<{ state: CampaignState; waiting: number; due: Date | null }[]>(sql`
      select c.state::text as state, count(r.position)::int as waiting,
        min(coalesce(r.not_before, ${now}::timestamptz)) as due
      from campaign c left join campaign_recipient r on ${ofLane(lane)} and r.state = 'waiting'
      where c.id = ${lane.campaign}::int group by c.id`);
    if (!left) return;
    if (left.state === 'running' && left.due) {
      await queueLane(tx, lane, { runAt: new Date(Math.max(left.due.getTime(), now.getTime() + rest)) });
    }
    const ended = await tx.$executeRaw(sql`
      update campaign set state = 'done', finished_at = ${now}::timestamptz
      where id = ${lane.campaign}::int and state = 'running' and not exists (
        select from campaign_recipient where campaign_id = campaign.id and state in ('waiting', 'sending'))`);
    if (ended > 0 || left.state !== 'running') await messages.changed(tx, 'campaign', lane.campaign);
  });
}

/** Whoever was deleted since the preview is not sent to. */
async function dropDeleted(tx: Tx, lane: Lane): Promise<void> {
  await tx.$executeRaw(sql`
    update campaign_recipient r set state = 'skipped', reason = 'changed'
    where ${ofLane(lane)} and r.state = 'waiting' and r.user_id is null`);
}
