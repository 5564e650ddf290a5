import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { keptFor, previewLifetime } from '../rules/campaign.ts';
import { cancelForgotten } from '../services/campaigns/cancel.ts';
import { queueLanes } from '../services/campaigns/lanes.ts';
import type { Messages } from '../services/messages.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

export interface CampaignTendParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  now?: () => Date;
}

/**
 * Every minute: previews that nobody confirmed in time end, and like the cancelled ones forget whom they were about; what
 * nobody resumed in time ends; campaigns that run have their jobs, whatever happened to these; what ended 90 days ago
 * goes, log and all.
 */
export function createCampaignTendJob({
  database,
  messages,
  now = () => new Date(),
}: CampaignTendParts): Job {
  const { prisma, transaction } = database;
  const ago = (milliseconds: number) => new Date(now().getTime() - milliseconds);
  return {
    name: 'campaign-tend',
    every: '* * * * *',
    async run() {
      await transaction(async (tx) => {
        await tx.campaign.updateMany({
          where: { state: 'previewed', createdAt: { lt: ago(previewLifetime) } },
          data: { state: 'expired', finishedAt: now() },
        });
        await tx.$executeRaw(sql`
          delete from campaign_recipient r using campaign c
          where c.id = r.campaign_id and c.confirmed_at is null and c.state in ('expired', 'cancelled')`);
      });
      await cancelForgotten(database, messages, now());
      const running = await prisma.campaign.findMany({
        where: { state: 'running' },
        select: { id: true, _count: { select: { recipients: true } } },
      });
      for (const { id, _count } of running) await queueLanes(prisma, id, _count.recipients, { again: true });
      await prisma.campaign.deleteMany({ where: { finishedAt: { lt: ago(keptFor) } } });
    },
  };
}
