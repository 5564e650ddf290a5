import type { Reach } from '../../core/access.ts';
import type { RowValues } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { Prisma } from '../../database/client/client.ts';
import { type FieldKey, fieldKeys } from '../../rules/fields.ts';
import type { Filter } from '../../rules/filter.ts';
import type { Language, Text } from '../../rules/language.ts';
import { employmentMeant, matching } from '../filter-sql.ts';

const { sql } = Prisma;

/** Whom an export is about, and which fields of them it has. */
export interface Meant {
  filter: Filter;
  reach: Reach;
  /** Only who confirmed their address, or came to a meant company, at this moment or later; null: whoever has confirmed it at all. */
  onlyNew: { since: Date | null } | undefined;
  fields: readonly FieldKey[];
  language: Language;
}

/** How many users, and how many of them have protected identity (U8). */
export interface UserCount {
  users: number;
  shielded: number;
}

/** Some users' rows, in order. */
export interface UserPage extends UserCount {
  rows: RowValues[];
}

/** How many users are read at a time. */
const pageSize = 5_000;

/**
 * How long the transaction in which somebody confirms may last, in milliseconds: its moment is taken as it begins, and it is
 * seen once it ends. Whoever falls in between is in two files rather than in none.
 */
const overlap = 10_000;

/** Fields of which a user has one for each employment. */
const ofEmployment: readonly FieldKey[] = [
  'employmentNumber',
  'company',
  'department',
  'office',
  'employedFrom',
  'employedTo',
];

/** Whether a user has a row for each employment. */
export const tellsOfEmployment = (fields: readonly FieldKey[]): boolean =>
  fields.some((field) => ofEmployment.includes(field));

/** How many users an export is about. */
export async function countMeant(pool: Pool, meant: Meant, now: Date): Promise<UserCount> {
  const { rows } = await pool.query<UserCount>(sql`
    select count(*)::int as users, (count(*) filter (where u.protected_identity))::int as shielded
    from "user" u where ${condition(meant, now)}`);
  return rows[0] ?? { users: 0, shielded: 0 };
}

/**
 * Their rows, a page of users at a time, in the order in which they came into the store: one for each employment that is
 * meant and reached, or one for each user where the fields tell of no employment.
 */
export async function* readMeant(
  pool: Pool,
  meant: Meant,
  now: Date,
): AsyncGenerator<UserPage, void, undefined> {
  let after = 0;
  for (;;) {
    const { rows } = await pool.query<UserRow>(pageQuery(meant, after, now));
    const last = rows.at(-1);
    if (!last) return;
    yield pageOf(rows, meant.language);
    after = last.id;
  }
}

function pageOf(rows: readonly UserRow[], language: Language): UserPage {
  const byId = new Map(rows.map(({ id, protectedIdentity }) => [id, protectedIdentity]));
  return {
    users: byId.size,
    shielded: [...byId.values()].filter(Boolean).length,
    rows: rows.map((row) => valuesOf(row, language)),
  };
}

/** A user with one employment, as the store has them; days as `2026-11-23`. */
export type UserRow = { id: number; activated: boolean; protectedIdentity: boolean } & {
  [K in Exclude<FieldKey, 'activated' | 'protectedIdentity'>]: string | null;
};

/** The columns of `UserRow`, from the rows `u` of user and `e` of employment. */
export const columnsOfUser = sql`
      u.id, u.user_id as "userId", u.name, u.email, u.connect_email as "connectEmail", u.active as activated,
      u.alias_user_id as "aliasUserId", u.signature, u.card_tag_id as "cardTagId",
      u.external_reference as "externalReference", u.language::text as language,
      u.protected_identity as "protectedIdentity", e.number as "employmentNumber", e.company, e.department, e.office,
      to_char(e.starts_on, 'YYYY-MM-DD') as "employedFrom", to_char(e.ends_on, 'YYYY-MM-DD') as "employedTo"`;

function pageQuery(meant: Meant, after: number, now: Date): Prisma.Sql {
  const { fields, filter, reach } = meant;
  const employments = tellsOfEmployment(fields)
    ? sql`e.user_id = u.id and ${employmentMeant(filter, reach)}`
    : sql`false`;
  return sql`
    select ${columnsOfUser}
    from (
      select u.* from "user" u where ${condition(meant, now)} and u.id > ${after}::int order by u.id limit ${pageSize}::int
    ) u left join employment e on ${employments}
    order by u.id, e.id`;
}

/** Whether the row of user called `u` is meant. */
export function condition({ filter, reach, onlyNew }: Meant, now: Date): Prisma.Sql {
  const meant = matching(filter, reach, now);
  if (!onlyNew) return meant;
  const from = onlyNew.since && new Date(onlyNew.since.getTime() - overlap);
  const confirmed = sql`greatest(u.verified_at, u.connected_at)`;
  if (!from) return sql`${meant} and ${confirmed} is not null`;
  return sql`${meant} and (${confirmed} >= ${from}::timestamptz or ${confirmed} is not null and exists (
    select from employment e
    where e.user_id = u.id and e.added_at >= ${from}::timestamptz and ${employmentMeant(filter, reach)}))`;
}

const texts = fieldKeys.filter((field) => field !== 'activated' && field !== 'protectedIdentity');

const yesNo = { yes: { sv: 'Ja', en: 'Yes' }, no: { sv: 'Nej', en: 'No' } } as const satisfies Record<
  string,
  Text
>;

/** What the cells say, as an import reads it back. */
export function valuesOf(row: UserRow, language: Language): RowValues {
  const answer = (is: boolean) => yesNo[is ? 'yes' : 'no'][language];
  const { activated, protectedIdentity } = row;
  const values = Object.fromEntries(texts.map((field) => [field, row[field] ?? '']));
  return { ...values, activated: answer(activated), protectedIdentity: answer(protectedIdentity) };
}
