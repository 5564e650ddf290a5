import { addJob } from '../database/add-job.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { applyJob, readJob } from '../services/imports/queue.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

/** Every minute: imports that are being read or applied have their jobs, whatever happened to these. */
export function createImportTendJob({ prisma }: Pick<Database, 'prisma'>): Job {
  return {
    name: 'import-tend',
    every: '* * * * *',
    async run() {
      const jobless = await prisma.$queryRaw<{ id: number; state: 'reading' | 'applying' }[]>(sql`
        select i.id, i.state::text as state from import i
        where i.state in ('reading', 'applying') and not exists (
          select from graphile_worker.jobs j
          where j.key = case i.state when 'reading' then 'import-read:' else 'import-apply:' end || i.id
            and (j.attempts < j.max_attempts or j.locked_at is not null))`);
      for (const { id, state } of jobless)
        await addJob(prisma, ...(state === 'reading' ? readJob(id) : applyJob(id)));
    },
  };
}
