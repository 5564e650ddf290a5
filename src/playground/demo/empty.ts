import type { Database } from '../../database/database.ts';
import { isDemo } from '../../database/mark.ts';

/** Empties a store that bears the mark of the demo organisation, its queue too; any other stays as it is. */
export async function emptyDemo({ transaction }: Database): Promise<void> {
  await transaction(async (tx) => {
    if (!(await isDemo(tx))) return;
    const tables = await tx.$queryRaw<{ name: string }[]>`
      select quote_ident(tablename) as name from pg_tables
      where schemaname = current_schema() and tablename <> '_prisma_migrations'`;
    await tx.$executeRawUnsafe(`truncate ${tables.map(({ name }) => name).join()} restart identity cascade`);
    await tx.$executeRaw`
      select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs where locked_by is not null`;
    await tx.$executeRaw`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs`;
  });
}
