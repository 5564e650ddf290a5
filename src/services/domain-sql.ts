import { Prisma } from '../database/client/client.ts';
import type { Tx } from '../database/database.ts';

const { sql } = Prisma;

/** The entries of the list as they are compared, in order. */
export async function allowedEntries(tx: Pick<Tx, 'allowedDomain'>): Promise<string[]> {
  return (await tx.allowedDomain.findMany({ orderBy: { entry: 'asc' } })).map(({ entry }) => entry);
}

/**
 * D1, as rules/domains.ts has it (`isAllowed`), asked of many rows at once: whether the compared form of an address,
 * given as an SQL expression, fits the list: the store's, or another as rows `d (entry)`.
 */
export function domainAllowed(address: Prisma.Sql, listed = sql`allowed_domain d`): Prisma.Sql {
  return sql`(
    not exists (select from ${listed})
    or exists (
      select from ${listed}
      where d.entry = split_part(${address}, '@', 2)
        or (d.entry like '*.%' and right(${address}, length(d.entry) - 1) = substr(d.entry, 2))))`;
}
