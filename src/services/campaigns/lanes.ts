import { addJob } from '../../database/add-job.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';

const { sql } = Prisma;

/** The job that sends a lane's messages (src/jobs/campaign-send.ts). */
export const sendJob = 'campaign-send';

/** How many jobs send at once, over all campaigns and processes: the rest of the queue's work needs room too. */
const mostLanes = 4;
/** Fewer recipients than this are not worth another lane. */
const worthALane = 25;

/**
 * A campaign's recipients are dealt out to lanes, by position. Lane n of every campaign is worked on by one job at
 * a time (the queue sees to that, also after a crash), so whoever runs a lane knows that nobody else is sending it.
 */
export interface Lane {
  campaign: number;
  /** From 0. */
  lane: number;
  /** The positions of its recipients. */
  first: number;
  last: number;
}

/** The lanes of a campaign with so many recipients in all: the same ones each time. */
export function lanesOf(campaign: number, recipients: number): Lane[] {
  const count = Math.min(mostLanes, Math.max(1, Math.ceil(recipients / worthALane)));
  const start = (lane: number) => Math.floor((lane * recipients) / count) + 1;
  return Array.from({ length: count }, (_, lane) => ({
    campaign,
    lane,
    first: start(lane),
    last: start(lane + 1) - 1,
  }));
}

/** The recipients of a lane, as a condition on the row of campaign_recipient called `r`. */
export function ofLane({ campaign, first, last }: Lane): Prisma.Sql {
  return sql`r.campaign_id = ${campaign}::int and r.position between ${first}::int and ${last}::int`;
}

/** When a lane's job runs. `again`: a job of the lane that waits already keeps its moment. */
export interface When {
  runAt?: Date;
  again?: boolean;
}

/** Queues the lane's job, in place of one that waits already. */
export async function queueLane(
  tx: Pick<Tx, '$executeRaw'>,
  lane: Lane,
  { runAt, again = false }: When = {},
): Promise<void> {
  await addJob(tx, sendJob, lane, {
    jobKey: `${sendJob}:${lane.campaign}:${lane.lane}`,
    queueName: `${sendJob}:${lane.lane}`,
    keepRunAt: again,
    ...(runAt ? { runAt } : {}),
  });
}

/** Queues every lane of a campaign with `recipients` recipients in all: the same lanes each time. */
export async function queueLanes(
  tx: Pick<Tx, '$executeRaw'>,
  campaign: number,
  recipients: number,
  when: When = {},
): Promise<void> {
  for (const lane of lanesOf(campaign, recipients)) await queueLane(tx, lane, when);
}
