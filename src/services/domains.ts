import { domainToUnicode } from 'node:url';
import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { parseDomain } from '../rules/domains.ts';
import { spendPress } from './presses.ts';
import { revokeOpen } from './verifications/links.ts';

const { sql, join } = Prisma;

/** An entry of "Allowed domains for connection to Visma Connect", as shown and as compared. */
export interface DomainEntry {
  entry: string;
  shown: string;
}

/** What a change of the list would do; `outside` saved addresses, not yet connected, would no longer fit. */
export interface DomainChange {
  change: 'allow' | 'disallow';
  entry: DomainEntry;
  outside: number;
  /** D1: the first entry and a removal are confirmed. */
  needsConfirmation: boolean;
}

export interface Actor {
  personId: number;
  press?: string | undefined;
}

/** The list of allowed domains (D1). */
export interface Domains {
  list(): Promise<DomainEntry[]>;
  /** Reads and weighs a change. Throws `invalid_domain`, `domain_listed` or `domain_not_listed`. */
  weigh(change: DomainChange['change'], typed: string): Promise<DomainChange>;
  /** Does it. Disallowing revokes the outstanding links of addresses that no longer fit (U5). */
  apply(change: DomainChange, actor: Actor): Promise<void>;
}

export function createDomains(
  { prisma, transaction }: Database,
  now: () => Date = () => new Date(),
): Domains {
  const entries = async (tx: Tx) =>
    (await tx.allowedDomain.findMany({ orderBy: { entry: 'asc' } })).map((row) => row.entry);

  async function weigh(change: DomainChange['change'], typed: string): Promise<DomainChange> {
    const parsed = parseDomain(typed);
    if (!parsed.ok) throw refuse('invalid_domain', { problem: parsed.problem });
    const entry = { entry: parsed.entry, shown: parsed.shown };
    const before = await entries(prisma);
    const listed = before.includes(entry.entry);
    if (change === 'allow' && listed) throw refuse('domain_listed', { domain: entry.shown });
    if (change === 'disallow' && !listed) throw refuse('domain_not_listed', { domain: entry.shown });
    const after = change === 'allow' ? [...before, entry.entry] : before.filter((one) => one !== entry.entry);
    const outside = await countOutside(prisma, after);
    return { change, entry, outside, needsConfirmation: change === 'disallow' || before.length === 0 };
  }

  return {
    list: async () => (await entries(prisma)).map((entry) => ({ entry, shown: shownDomain(entry) })),

    weigh,

    apply: ({ change, entry }, { personId, press }) =>
      transaction(async (tx) => {
        await spendPress(tx, press);
        if (change === 'allow') {
          await tx.allowedDomain.createMany({
            data: [{ entry: entry.entry, addedBy: personId, addedAt: now() }],
            skipDuplicates: true,
          });
        } else await tx.allowedDomain.deleteMany({ where: { entry: entry.entry } });
        await revokeOutside(tx, await entries(tx), now());
      }),
  };
}

/** D1 in SQL: whether the saved address of user `u` fits the list; `entries` as rules/domains.ts parses them. */
export function addressAllowed(entries: readonly string[]): Prisma.Sql {
  if (entries.length === 0) return sql`true`;
  const domain = sql`split_part(u.connect_address, '@', 2)`;
  const exact = sql`${domain} = any(${[...entries]}::text[])`;
  const below = entries.flatMap((entry) =>
    entry.startsWith('*.') ? [sql`${domain} like ${`%${entry.slice(1)}`}`] : [],
  );
  return sql`(${join([exact, ...below], ' or ')})`;
}

async function countOutside(tx: Tx, after: readonly string[]): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from "user" u
    where u.connect_address is not null and u.connection <> 'connected' and not ${addressAllowed(after)}`);
  return row?.count ?? 0;
}

/** U5: ends what is outstanding for addresses that the list no longer allows; they stay saved, unverified. */
async function revokeOutside(tx: Tx, allowed: readonly string[], at: Date): Promise<void> {
  const users = await tx.$queryRaw<{ id: number }[]>(sql`
    select u.id from "user" u
    where not ${addressAllowed(allowed)}
      and exists (select from verification v where v.user_id = u.id and v.used_at is null and v.revoked_at is null)`);
  if (users.length > 0) await revokeOpen(tx, users.map(({ id }) => id), 'domain', at);
}

const shownDomain = (entry: string): string =>
  entry.startsWith('*.') ? `*.${domainToUnicode(entry.slice(2))}` : domainToUnicode(entry);
