import { domainToUnicode } from 'node:url';
import type { Reach } from '../core/access.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { parseDomain } from '../rules/domains.ts';
import { allowedEntries, domainAllowed } from './domain-sql.ts';
import { reached } from './filter-sql.ts';
import { planAgain } from './imports/replan.ts';
import type { Messages } from './messages.ts';
import { spendPress } from './presses.ts';
import { revokeOpen } from './verifications/links.ts';

const { sql } = Prisma;

/** An entry of "Allowed domains for connection to Visma Connect", as shown and as compared. */
export interface DomainEntry {
  entry: string;
  shown: string;
}

/** What a change of the list does, or would do where it is not confirmed yet. */
export interface DomainChange {
  change: 'allow' | 'disallow';
  entry: DomainEntry;
  /** The list is empty before an `allow`, or after a `disallow`. */
  edge: boolean;
  /** How many saved addresses, not yet connected, no longer fit but did before. Only users within the actor's reach are counted. */
  outside: number;
  /** D1: the first entry and a removal wait for a confirmation. */
  done: boolean;
}

/** Who changes the list: the acting button that was pressed, and how far they may count. */
export interface DomainActor {
  personId: number;
  press?: string | undefined;
  reach: Reach;
}

/** The list of allowed domains (D1). */
export interface Domains {
  list(): Promise<DomainEntry[]>;
  /**
   * Weighs a change and does it, unless it waits for a confirmation. Disallowing ends the links of addresses that no
   * longer fit (U5), and imports that wait for a confirmation are planned anew. Throws `invalid_domain`, `domain_listed`,
   * `domain_not_listed` or `press_spent`.
   */
  change(
    change: DomainChange['change'],
    typed: string,
    confirmed: boolean,
    actor: DomainActor,
  ): Promise<DomainChange>;
}

export interface DomainParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  now?: () => Date;
}

export function createDomains({ database, messages, now = () => new Date() }: DomainParts): Domains {
  /** U5: ends what is outstanding for addresses that the list no longer allows; they stay saved, unverified. */
  async function revokeOutside(tx: Tx): Promise<void> {
    const users = await tx.$queryRaw<{ id: number }[]>(sql`
      select u.id from "user" u
      where not ${domainAllowed(sql`u.connect_address`)}
        and exists (select from verification v where v.user_id = u.id and v.used_at is null and v.revoked_at is null)`);
    const ids = users.map(({ id }) => id);
    await messages.changed(tx, 'verification', await revokeOpen(tx, ids, 'domain', now()));
  }

  return {
    list: async () =>
      (await allowedEntries(database.prisma)).map((entry) => ({ entry, shown: shownDomain(entry) })),

    async change(change, typed, confirmed, { personId, press, reach }) {
      const parsed = parseDomain(typed);
      if (!parsed.ok) throw refuse('invalid_domain', { problem: parsed.problem });
      const { entry, shown } = parsed;
      return database.transaction(async (tx) => {
        await spendPress(tx, press, now());
        // One change at a time: what is confirmed is what is done.
        await tx.$executeRaw`lock table allowed_domain in share row exclusive mode`;
        const before = await allowedEntries(tx);
        const after = listAfter(change, { entry, shown }, before);
        const edge = before.length === 0 || after.length === 0;
        const outside = await countOutside(tx, before, after, reach);
        const done = confirmed || (change === 'allow' && !edge);
        if (done) {
          const data = { entry, addedBy: personId, addedAt: now() };
          if (change === 'allow') await tx.allowedDomain.create({ data });
          else await tx.allowedDomain.delete({ where: { entry } });
          await revokeOutside(tx);
          await planAgain(tx, messages);
        }
        return { change, entry: { entry, shown }, edge, outside, done };
      });
    },
  };
}

function listAfter(
  change: DomainChange['change'],
  { entry, shown }: DomainEntry,
  before: readonly string[],
): string[] {
  const listed = before.includes(entry);
  if (change === 'allow' && listed) throw refuse('domain_listed', { domain: shown });
  if (change === 'disallow' && !listed) throw refuse('domain_not_listed', { domain: shown });
  return change === 'allow' ? [...before, entry] : before.filter((one) => one !== entry);
}

/** D1: whether the saved address of user `u` fits a list that is not the store's yet. */
const fits = (entries: readonly string[]): Prisma.Sql =>
  domainAllowed(sql`u.connect_address`, sql`unnest(${[...entries]}::text[]) as d (entry)`);

/** How many saved addresses, not yet connected, fit the list before and not the one after. */
async function countOutside(
  tx: Tx,
  before: readonly string[],
  after: readonly string[],
  reach: Reach,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from "user" u
    where u.connect_address is not null and u.connection <> 'connected' and ${fits(before)} and not ${fits(after)}
      and ${reached(reach)}`);
  return row?.count ?? 0;
}

const shownDomain = (entry: string): string =>
  entry.startsWith('*.') ? `*.${domainToUnicode(entry.slice(2))}` : domainToUnicode(entry);
