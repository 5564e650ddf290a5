import type { Reach } from '../core/access.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { type Filter, type KnownValues, parseFilter, resolveFilter, unknownValue } from '../rules/filter.ts';
import type { Token } from '../rules/line.ts';
import { nearest } from '../rules/suggest.ts';
import { fold } from '../rules/text.ts';
import { campaignReached, employmentReached, importReached, reached, roleNames } from './filter-sql.ts';

const { sql, raw } = Prisma;

/** How many User-IDs are compared to find the one that was meant. */
const candidates = 5_000;

/** What a filter's numbers are of. */
const runs = {
  import: { rows: sql`import i`, isReached: importReached },
  campaign: { rows: sql`campaign c`, isReached: campaignReached },
};

/** Reading what somebody typed to say which users are meant (B1), within their reach (A2, U8). */
export interface Filters {
  /**
   * The filter of a line's tokens, with every name, User-ID and number known to exist within reach. Throws the
   * refusals of rules/filter.ts, which name the nearest that does.
   */
  read(tokens: readonly Token[], reach: Reach): Promise<Filter>;
  /** The User-ID within reach that is nearest to one that is nobody's; undefined: none is near. */
  nearestUser(userId: string, reach: Reach): Promise<string | undefined>;
  /** The names within reach, as stored. */
  knownValues(reach: Reach): Promise<KnownValues>;
}

export function createFilters({ prisma }: Pick<Database, 'prisma'>): Filters {
  async function names(column: 'company' | 'department' | 'office', reach: Reach): Promise<string[]> {
    const rows = await prisma.$queryRaw<{ name: string }[]>(sql`
      select min(e.${raw(column)}) as name from employment e join "user" u on u.id = e.user_id
      where e.${raw(column)}_key <> '' and ${employmentReached(reach)} and ${reached(reach)}
      group by e.${raw(column)}_key order by 1`);
    return rows.map(({ name }) => name);
  }

  async function knownValues(reach: Reach): Promise<KnownValues> {
    const [companies, departments, offices] = await Promise.all([
      names('company', reach),
      names('department', reach),
      names('office', reach),
    ]);
    return { companies, departments, offices, roles: roleNames };
  }

  async function requireUsers(userIds: readonly string[], reach: Reach): Promise<void> {
    const found = await prisma.$queryRaw<{ user_key: string }[]>(sql`
      select u.user_key from "user" u where u.user_key = any(${userIds.map(fold)}::text[]) and ${reached(reach)}`);
    const known = new Set(found.map(({ user_key }) => user_key));
    const missing = userIds.find((userId) => !known.has(fold(userId)));
    if (missing !== undefined) throw unknownValue('user', missing, await likeliestUserIds(missing, reach));
  }

  async function likeliestUserIds(userId: string, reach: Reach): Promise<string[]> {
    const rows = await prisma.$queryRaw<{ user_id: string }[]>(sql`
      select u.user_id from "user" u where ${reached(reach)}
      order by abs(length(u.user_key) - ${fold(userId).length}::int), u.user_key limit ${candidates}`);
    return rows.map(({ user_id }) => user_id);
  }

  async function requireNumbers(run: keyof typeof runs, numbers: readonly number[], reach: Reach) {
    const { rows, isReached } = runs[run];
    const found = await prisma.$queryRaw<{ id: number }[]>(sql`
      select id from ${rows} where id = any(${[...numbers]}::int[]) and ${isReached(reach)}`);
    const missing = numbers.find((number) => !found.some(({ id }) => id === number));
    if (missing !== undefined) throw refuse(`${run}_unknown`, { id: missing });
  }

  return {
    knownValues,
    nearestUser: async (userId, reach) => nearest(userId, await likeliestUserIds(userId, reach)),
    async read(tokens, reach) {
      const typed = parseFilter(tokens);
      const named = [typed.companies, typed.departments, typed.offices, typed.roles];
      const filter = named.some((list) => list.length > 0)
        ? resolveFilter(typed, await knownValues(reach))
        : typed;
      if (filter.users.length > 0) await requireUsers(filter.users, reach);
      if (filter.imports.length > 0) await requireNumbers('import', filter.imports, reach);
      if (filter.campaigns.length > 0) await requireNumbers('campaign', filter.campaigns, reach);
      return filter;
    },
  };
}
