import type { Reach } from '../core/access.ts';
import type { Option } from '../core/view.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { type AccountTrouble, troubleOf } from '../rules/account.ts';
import { type ConnectionFact, type ConnectionState, connectionStates } from '../rules/connection.ts';
import type { Sendable } from '../rules/employment.ts';
import { type Filter, parseFilter } from '../rules/filter.ts';
import type { Language } from '../rules/language.ts';
import { fold } from '../rules/text.ts';
import { domainAllowed } from './domain-sql.ts';
import { employmentReached, factsOf, linkRanOut, matching, reached } from './filter-sql.ts';
import { deactivatedBy, listedMissing } from './imports/missing.ts';
import { sendableOf } from './verifications/subject.ts';

const { sql } = Prisma;

/** How names stand in Swedish, å, ä and ö last, whatever the database's locale; most names are spared the work. */
export const byName = sql`
  case when octet_length(u.name_key) = length(u.name_key) then u.name_key
    else translate(u.name_key, 'åäöæøéü', '{|}|}ey') end collate "C", u.id`;
const swedish = new Intl.Collator('sv');

/** One place of a user in a company (U3). */
export interface EmploymentRow {
  company: string;
  number: string;
  department: string | null;
  office: string | null;
  startsOn: Date | null;
  endsOn: Date | null;
}

/** Everything that an administrator may see of a user. */
export interface UserCard {
  id: number;
  /** Who the user is in the audit trail. */
  subject: string;
  userId: string;
  name: string;
  email: string | null;
  connectEmail: string | null;
  connection: ConnectionState;
  language: Language | null;
  active: boolean;
  /** U7: whether anything may be sent, by all employments, those out of reach included. */
  sendable: Sendable;
  aliasUserId: string | null;
  signature: string | null;
  cardTagId: string | null;
  externalReference: string | null;
  protectedIdentity: boolean;
  connectedAt: Date | null;
  /** V4: why a `verified` user has no account yet. */
  account: AccountTrouble | null;
  lastSentAt: Date | null;
  openedAt: Date | null;
  /** The last link has run out unused. */
  expired: boolean;
  bouncedAt: Date | null;
  bouncedWords: string | null;
  disownedAt: Date | null;
  /** D1: the saved address, where there is one, is in a domain that is allowed. */
  domainAllowed: boolean;
  employments: EmploymentRow[];
}

/** One line of a list of users. */
export interface UserRow {
  userId: string;
  name: string;
  connection: ConnectionState;
  /** U1: what is known beside the state. */
  facts: ConnectionFact[];
  connectEmail: string | null;
  active: boolean;
  /** The companies within reach, with commas between. */
  companies: string;
}

export interface UserPage<Row = UserRow> {
  total: number;
  /** From 1. */
  page: number;
  pages: number;
  users: Row[];
}

/** Somebody whom a file that lists everybody does not name. */
export interface MissingRow extends UserRow {
  /** When that list deactivated them; null: it has not. */
  deactivatedAt: Date | null;
}

/** Just enough to name a user. */
export interface UserName {
  id: number;
  userId: string;
  name: string;
}

type StateCounts = Readonly<Record<ConnectionState, number>>;

/** How many users stand in each state: in all, and per company, where somebody with places in two counts in both. */
export interface States {
  total: StateCounts;
  companies: { company: string; states: StateCounts }[];
}

/** Reading users, each time within the reader's reach (A2, U8). */
export interface Users {
  /** The card of the user with this User-ID, in any case (U3). */
  card(userId: string, reach: Reach): Promise<UserCard | undefined>;
  /** The user that holds this Connect address (U2: there is at most one). */
  holding(addressKey: string, reach: Reach): Promise<UserName | undefined>;
  /** The users whose ordinary e-mail this is. */
  withEmail(addressKey: string, reach: Reach): Promise<UserName[]>;
  /** The users that a form offers while one types: by name, User-ID or employment number. */
  search(typed: string, reach: Reach, limit: number): Promise<Option[]>;
  /** One page of the users that the filter means, by name; a page past the end is the last one. */
  list(filter: Filter, reach: Reach, page: number, perPage: number): Promise<UserPage>;
  /** One page of whom a file that lists everybody does not name, as `list`: those that are active; once some were deactivated by it, all. */
  missing(importId: number, reach: Reach, page: number, perPage: number): Promise<UserPage<MissingRow>>;
  /** How many users in each state. */
  states(reach: Reach): Promise<States>;
  /** The user with this id in the store, for whoever that user is. */
  own(id: number): Promise<UserName | undefined>;
}

export function createUsers({ prisma }: Database, now: () => Date = () => new Date()): Users {
  const one = (where: Prisma.Sql, reach: Reach) =>
    prisma.$queryRaw<UserName[]>(sql`
    select u.id, u.user_id as "userId", u.name from "user" u where ${where} and ${reached(reach)}
    order by ${byName} limit 20`);

  async function pageOf<Row = UserRow>(
    meant: Prisma.Sql,
    reach: Reach,
    page: number,
    perPage: number,
    more = Prisma.empty,
  ): Promise<UserPage<Row>> {
    const [counted] = await prisma.$queryRaw<{ total: number }[]>(
      sql`select count(*)::int as total from "user" u where ${meant}`,
    );
    const total = counted?.total ?? 0;
    const pages = Math.max(1, Math.ceil(total / perPage));
    const shown = Math.min(Math.max(1, page), pages);
    const users = await prisma.$queryRaw<Row[]>(sql`
      select u.user_id as "userId", u.name, u.connection::text as connection, u.connect_email as "connectEmail",
        ${factsOf(now())} as facts, u.active, ${companies(reach)} as companies${more}
      from "user" u where ${meant}
      order by ${byName} limit ${perPage} offset ${(shown - 1) * perPage}`);
    return { total, page: shown, pages, users };
  }

  return {
    async card(userId, reach) {
      const [found] = await prisma.$queryRaw<{ id: number; expired: boolean; domainAllowed: boolean }[]>(sql`
        select u.id, ${linkRanOut(now())} as expired,
          coalesce(${domainAllowed(sql`u.connect_address`)}, true) as "domainAllowed" from "user" u
        where u.user_key = ${fold(userId)} and ${reached(reach)}`);
      if (!found) return undefined;
      const user = await prisma.user.findUnique({
        where: { id: found.id },
        include: { employments: { orderBy: [{ company: 'asc' }, { number: 'asc' }] } },
      });
      if (!user) return undefined;
      return {
        ...user,
        expired: found.expired,
        domainAllowed: found.domainAllowed,
        account: troubleOf(user),
        sendable: sendableOf(user, now()),
        employments: user.employments.filter(
          ({ companyKey }) => reach.companies === 'all' || reach.companies.includes(companyKey),
        ),
      };
    },

    own: async (id) =>
      (await prisma.user.findUnique({ where: { id }, select: { id: true, userId: true, name: true } })) ??
      undefined,

    holding: async (addressKey, reach) => (await one(sql`u.connect_address = ${addressKey}`, reach))[0],

    withEmail: (addressKey, reach) => one(sql`u.email_key = ${addressKey}`, reach),

    async search(typed, reach, limit) {
      const words = typed.split(/\s+/).filter(Boolean);
      const users = await prisma.$queryRaw<{ userId: string; name: string; companies: string }[]>(sql`
        select u.user_id as "userId", u.name, ${companies(reach)} as companies from "user" u
        where ${matching({ ...parseFilter([]), words }, reach, now())} order by ${byName} limit ${limit}`);
      return users.map((user) => ({
        value: user.userId,
        label: [user.name, user.userId, user.companies].filter(Boolean).join(', '),
      }));
    },

    list: (filter, reach, page, perPage) => pageOf(matching(filter, reach, now()), reach, page, perPage),

    missing: (importId, reach, page, perPage) =>
      pageOf<MissingRow>(
        listedMissing(importId, reach),
        reach,
        page,
        perPage,
        sql`, ${deactivatedBy(importId)} as "deactivatedAt"`,
      ),

    async states(reach) {
      const rows = await prisma.$queryRaw<StateRow[]>(sql`
        select null as company, u.connection::text as state, count(*)::int as count
        from "user" u where ${reached(reach)} group by u.connection
        union all
        select min(min(e.company)) over (partition by e.company_key), u.connection::text, count(distinct u.id)::int
        from "user" u join employment e on e.user_id = u.id
        where ${reached(reach)} and ${employmentReached(reach)} group by e.company_key, u.connection`);
      return statesOf(rows);
    },
  };
}

interface StateRow {
  /** Null: the total. */
  company: string | null;
  state: ConnectionState;
  count: number;
}

/** The companies of user `u` that are reached, as one text. */
function companies(reach: Reach): Prisma.Sql {
  return sql`coalesce((select string_agg(distinct e.company, ', ') from employment e
    where e.user_id = u.id and ${employmentReached(reach)}), '')`;
}

function statesOf(rows: readonly StateRow[]): States {
  const none = Object.fromEntries(connectionStates.map((state) => [state, 0])) as StateCounts;
  const found = new Map<string | null, StateCounts>();
  for (const { company, state, count } of rows) {
    found.set(company, { ...(found.get(company) ?? none), [state]: count });
  }
  const total = found.get(null) ?? none;
  const companies = [...found].flatMap(([company, states]) =>
    company === null ? [] : [{ company, states }],
  );
  return { total, companies: companies.sort((a, b) => swedish.compare(a.company, b.company)) };
}
