import type { Reach } from '../core/access.ts';
import { Prisma } from '../database/client/client.ts';
import { type ConnectionFact, connectionFacts } from '../rules/connection.ts';
import type { Filter } from '../rules/filter.ts';
import { fold } from '../rules/text.ts';

const { sql, join } = Prisma;

/** The roles that `role:` knows, as people write them. */
export const roleNames = ['administrator', 'administratör'] as const;

/**
 * B1: whether the row of "user" called `u` is meant by the filter and reached (A2, U8), as an SQL condition.
 * What is said of an employment must hold for one and the same employment, one that is reached (U3).
 */
export function matching(filter: Filter, reach: Reach, now: Date): Prisma.Sql {
  const statuses = statusConditions(filter, now);
  const conditions = [
    reached(reach),
    ...employed(filter, reach),
    ...(statuses.length > 0 ? [sql`(${join(statuses, ' or ')})`] : []),
    ...(filter.active === undefined ? [] : [sql`u.active = ${filter.active}`]),
    ...(filter.roles.length > 0
      ? [sql`exists (select from person p where p.user_id = u.id and p.administrator)`]
      : []),
    ...(filter.users.length > 0 ? [sql`u.user_key = any(${filter.users.map(fold)}::text[])`] : []),
    ...(filter.imports.length > 0
      ? [
          sql`u.id in (select unnest(b.saved) from import_block b
            where b.import_id = any(${filter.imports}::int[]))`,
        ]
      : []),
    ...(filter.campaigns.length > 0
      ? [
          sql`u.id in (select r.user_id from campaign_recipient r
            where r.campaign_id = any(${filter.campaigns}::int[]))`,
        ]
      : []),
    ...filter.words.map((word) => holds(fold(word))),
  ];
  return join(conditions, ' and ');
}

/** A2, U8: whether the row of "user" called `u` is reached at all. */
export function reached(reach: Reach): Prisma.Sql {
  const conditions = [
    ...(reach.protected ? [] : [sql`not u.protected_identity`]),
    ...(reach.companies === 'all'
      ? []
      : [sql`exists (select from employment e where e.user_id = u.id and ${within(reach.companies)})`]),
  ];
  return conditions.length > 0 ? join(conditions, ' and ') : sql`true`;
}

/** A2: whether the row of employment called `e` is reached. */
export function employmentReached(reach: Reach): Prisma.Sql {
  return reach.companies === 'all' ? sql`true` : within(reach.companies);
}

/** U3: whether the row of employment called `e` is reached, and one that the filter means where it says of which. */
export function employmentMeant(filter: Filter, reach: Reach): Prisma.Sql {
  return join([...saidOfEmployment(filter), employmentReached(reach)], ' and ');
}

/**
 * The end of a question for one user's rows of employment called `e`: the oldest of them. Ordered by a sum, which no index
 * has: for a table that was filled a moment ago, and of which nothing is known, PostgreSQL would rather walk through the
 * primary key until it meets the user, for each of them anew.
 */
export const oldestEmployment = sql`order by e.id + 0 limit 1`;

/** A2: whether the row of import called `i` was made within what the reader reaches. */
export function importReached({ companies }: Reach): Prisma.Sql {
  return madeWithin(companies, sql`i.reach`);
}

/** A2, U8: whether the row of export called `x` was made within what the reader reaches. */
export function exportReached({ companies, protected: all }: Reach): Prisma.Sql {
  const made = madeWithin(companies, sql`x.reach`);
  return all ? made : sql`${made} and not (x.reach ->> 'protected')::boolean`;
}

function madeWithin(companies: Reach['companies'], made: Prisma.Sql): Prisma.Sql {
  return companies === 'all'
    ? sql`true`
    : sql`${made} -> 'companies' <@ ${JSON.stringify(companies)}::jsonb and jsonb_typeof(${made} -> 'companies') = 'array'`;
}

/** A2: whether the row of campaign called `c` is about nobody out of reach. */
export function campaignReached({ companies }: Reach): Prisma.Sql {
  return companies === 'all'
    ? sql`true`
    : sql`not exists (
        select from campaign_recipient r join "user" u on u.id = r.user_id
        where r.campaign_id = c.id and not (${reached({ companies, protected: true })}))`;
}

function within(companies: readonly string[]): Prisma.Sql {
  return sql`e.company_key = any(${[...companies]}::text[])`;
}

function employed(filter: Filter, reach: Reach): Prisma.Sql[] {
  if (saidOfEmployment(filter).length === 0) return [];
  return [
    sql`exists (select from employment e where e.user_id = u.id and ${employmentMeant(filter, reach)})`,
  ];
}

function saidOfEmployment(filter: Filter): Prisma.Sql[] {
  return [
    ...(filter.companies.length > 0 ? [within(filter.companies.map(fold))] : []),
    ...(filter.departments.length > 0
      ? [sql`e.department_key = any(${filter.departments.map(fold)}::text[])`]
      : []),
    ...(filter.offices.length > 0 ? [sql`e.office_key = any(${filter.offices.map(fold)}::text[])`] : []),
  ];
}

/** `status:` takes states and facts, any of which suffices. */
function statusConditions({ statuses, facts }: Filter, now: Date): Prisma.Sql[] {
  const byFact = factConditions(now);
  return [
    ...(statuses.length > 0 ? [sql`u.connection = any(${statuses}::connection_state[])`] : []),
    ...facts.map((fact) => byFact[fact]),
  ];
}

/** U1: each fact about the row of "user" called `u`, as an SQL condition. */
const factConditions = (now: Date): Readonly<Record<ConnectionFact, Prisma.Sql>> => ({
  bounced: sql`u.bounced_at is not null`,
  opened: sql`u.opened_at is not null`,
  wrong: sql`u.disowned_at is not null`,
  expired: linkRanOut(now),
});

/** U1: the facts that hold of the row of "user" called `u`, as an array. */
export function factsOf(now: Date): Prisma.Sql {
  const byFact = factConditions(now);
  const each = connectionFacts.map((fact) => sql`case when ${byFact[fact]} then ${fact}::text end`);
  return sql`array_remove(array[${join(each)}], null)`;
}

/** Something was sent and not answered, and none of its links is valid any more. */
export function linkRanOut(now: Date): Prisma.Sql {
  return sql`exists (
    select from verification v
    where v.user_id = u.id and v.used_at is null and v.revoked_at is null and v.sent_at is not null
      and not exists (select from verification_link l where l.verification_id = v.id and l.expires_at > ${now}::timestamptz))`;
}

/** Whether a folded word is found in a name, an id or an address. */
function holds(word: string): Prisma.Sql {
  return sql`(strpos(u.name_key, ${word}) > 0 or strpos(u.user_key, ${word}) > 0
    or strpos(u.email_key, ${word}) > 0 or strpos(u.connect_address, ${word}) > 0
    or ${foundIn(sql`u.alias_user_id`, word)} or ${foundIn(sql`u.signature`, word)}
    or exists (select from employment e where e.user_id = u.id and ${foundIn(sql`e.number`, word)}))`;
}

/**
 * Whether a folded word is found in a text that has no folded form beside it. The database may fold a to z alone, by its
 * locale: the word's other letters are folded in the text as well.
 */
export function foundIn(text: Prisma.Sql, word: string): Prisma.Sql {
  const letters = [...new Set(word)].filter((letter) => letter > '\x7f' && [...upper(letter)].length === 1);
  return sql`strpos(translate(lower(${text}), ${letters.map(upper).join('')}, ${letters.join('')}), ${word}) > 0`;
}

const upper = (letter: string): string => letter.toUpperCase();
