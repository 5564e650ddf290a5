import type { Database } from '../../database/database.ts';
import { isDemo } from '../../database/mark.ts';

/** Every table of the store, but for the one that says which migrations were applied. */
export const tables = [
  'allowed_domain',
  'audit',
  'campaign',
  'campaign_recipient',
  'employment',
  'import',
  'import_block',
  'import_chunk',
  'incoming_event',
  'live_message',
  'log_ticket',
  'mail_rate',
  'person',
  'press',
  'process',
  'run_number',
  'session',
  'setting',
  'user',
  'verification',
  'verification_link',
] as const;

/** Empties a store that bears the mark of the demo organisation, its queue too; any other stays as it is. */
export async function emptyDemo({ transaction }: Database): Promise<void> {
  await transaction(async (tx) => {
    if (!(await isDemo(tx))) return;
    const names = tables.map((name) => `"${name}"`).join(', ');
    await tx.$executeRawUnsafe(`truncate ${names} restart identity cascade`);
    await tx.$executeRaw`
      select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs where locked_by is not null`;
    await tx.$executeRaw`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs`;
  });
}
