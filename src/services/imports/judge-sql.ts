import type { ImportOrigin } from '../../database/client/client.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { Doing } from '../../rules/templates.ts';
import { judgeStoredSql } from './judge-stored-sql.ts';
import { domainFits, settledSql } from './settle-sql.ts';
import { columnsOf, faultBits, type StagedColumn, typeOf } from './stage.ts';

/** How an import's rows are read: where they come from, what its template does with them, and which of its fields they have. */
export interface Reading {
  /** Unless told, a file. */
  origin?: ImportOrigin;
  does: Doing;
  fields: readonly FieldKey[];
}

/**
 * I3, I4: what becomes of the rows of one chunk, as the common table expressions of one statement, so that planning and
 * applying judge alike. Rows that depend on each other are in one chunk (links.ts). Parameters: $1 the import, $2 the
 * chunk, $3 the folded companies that are reached (null: all), $4 whether protected identities are (A2, U8).
 *
 * The last expression, `judged`, has the columns of `judgement`, and what writing needs to know.
 */
export function judgeSql(reading: Reading): string {
  const { origin = 'file' } = reading;
  if (origin !== 'file') return [stagedSql(reading), judgeStoredSql(origin)].join(',');
  const judged = isWhole(reading) ? judgedWhole(reading) : judgedAddress;
  return [stagedSql(reading), foundSql(reading), refusalsSql(reading), settledSql, judged].join(',');
}

/** Every field is written, not the address alone. */
export const isWhole = ({ does }: Reading): boolean => does !== 'addresses';

/** What is decided of a row of `judged`: its place, its letter (rules/verdict.ts) and its note. */
export const judgement = `position, case when shielded then upper(letter) else letter end as letter,
  nullif(concat_ws(';', note, case when keeps and letter in ('u', 'f', 'k') then 'kept' end,
    case when letter in ('u', 'f') then 'replaces:' || replaced end,
    case when faults & ${faultBits.zerosRestored} > 0 then 'zeros_restored' end), '') as note`;

/** Columns that are asked for whether the file has them or not. */
const always = ['userId', 'employmentNumber', 'connectEmail', 'company', 'protectedIdentity'] as const;

function stagedSql({ fields }: Reading): string {
  const columns = [...new Set([...always, ...fields])].flatMap(
    (field): readonly StagedColumn[] => columnsOf[field],
  );
  return `
staged as materialized (
  select r.*
  from import_chunk c
  cross join lateral unnest(c.position, c.faults, ${columns.map((column) => `c.${column}`).join(', ')})
    as r (position, faults, ${columns.join(', ')})
  where c.import_id = $1 and c.chunk = $2 and r.position is not null
)`;
}

/** Cells that only serve to warn where addresses alone are saved: the field, what it says, what the store says. */
const comparisons: readonly [FieldKey, string, string][] = [
  ['name', 's.name_key', 'u.name_key'],
  ['company', 's.company_key', 'e.company_key'],
  ['department', 's.department_key', 'e.department_key'],
  ['office', 's.office_key', 'e.office_key'],
  ['email', 's.email_key', 'u.email_key'],
  ['activated', 's.active', 'u.active'],
  ['aliasUserId', 's.alias_user_id', 'u.alias_user_id'],
  ['signature', 's.signature', 'u.signature'],
  ['cardTagId', 's.card_tag_id', 'u.card_tag_id'],
  ['externalReference', 's.external_reference', 'u.external_reference'],
  ['language', 's.language', 'u.language'],
  ['protectedIdentity', 's.protected_identity', 'u.protected_identity'],
  ['employedFrom', 's.starts_on', 'e.starts_on'],
  ['employedTo', 's.ends_on', 'e.ends_on'],
];

/** What is written of a user where every field is … */
const userFields = [
  'name',
  'email',
  'activated',
  'aliasUserId',
  'signature',
  'cardTagId',
] as const satisfies FieldKey[];
const moreUserFields = ['externalReference', 'language', 'protectedIdentity'] as const satisfies FieldKey[];

/** … and of an employment. */
const placeFields = ['department', 'office', 'employedFrom', 'employedTo'] as const satisfies FieldKey[];

/** The columns of those fields of a user that the file has, the compared form behind the shown one. */
export function userColumns({ fields }: Reading): (readonly [FieldKey, readonly StagedColumn[]])[] {
  return [...userFields, ...moreUserFields]
    .filter((field) => fields.includes(field))
    .map((field) => [field, columnsOf[field]] as const);
}

/** The columns of those fields of an employment that the file has. */
export function placeColumns({ fields }: Reading): (readonly [FieldKey, readonly StagedColumn[]])[] {
  return placeFields
    .filter((field) => fields.includes(field))
    .map((field) => [field, columnsOf[field]] as const);
}

/**
 * Each row beside what the store knows: its user, the user's place with that number, and who holds the address. One
 * look into an index for each (`limit 1` sees to that): the store may be far larger than the chunk.
 */
function foundSql(reading: Reading): string {
  const whole = isWhole(reading);
  const shown = [
    ...userColumns(reading).map(([, [column]]) => ['u', column]),
    ...placeColumns(reading).map(([, [column]]) => ['e', column]),
  ];
  const compared = comparisons.filter(([field]) => reading.fields.includes(field)).map(differing);
  const known = whole
    ? [
        't.user_id is not null as number_taken',
        `s.company_key is null
      and (select count(*) from employment x where x.user_id = u.id and x.number = s.number) > 1 as ambiguous`,
        'e.company_key as place_company',
        ...shown.map(([row, column]) => `${row}.${column} as old_${column}`),
      ]
    : [`${listed(compared)} as differs`];
  return `
found as materialized (
  select ${carriedOn(whole)}, u.id, u.connection, u.connect_address as held, u.connect_email as held_email, u.active as was_active, e.id as place, h.user_key as holder,
    coalesce(u.protected_identity, false) or coalesce(s.protected_identity, false) as flagged,
    s.connect_address is not null and s.connect_address is distinct from u.connect_address
      and u.connection is distinct from 'connected' as saves,
    s.connect_address is not null and s.connect_address <> u.connect_address and u.connection = 'connected' as keeps,
    u.id is not null and e.id is null and exists (
      select from employment z where z.user_id = u.id and ltrim(z.number, '0') = ltrim(s.number, '0')
        and length(z.number) > length(s.number)
        ${whole ? 'and (s.company_key is null or z.company_key = s.company_key)' : ''}) as zeros_lost,
    ${known.join(',\n    ')}
  from staged s
  left join lateral (select u.* from "user" u where u.user_key = s.user_key limit 1) u on true
  left join lateral (${placeSql(reading)} limit 1) e on true
  ${
    whole
      ? `left join lateral (
    select t.user_id from employment t
    where e.id is null and t.company_key = s.company_key and t.number = s.number limit 1
  ) t on true`
      : ''
  }
  left join lateral (
    select h.user_key from "user" h
    where h.connect_address = s.connect_address and h.id is distinct from u.id limit 1
  ) h on true
)`;
}

/** Only what is needed further on: what is carried through the expressions below is copied at each. */
const carriedOn = (whole: boolean) =>
  whole ? 's.*' : 's.position, s.faults, s.user_key, s.connect_email, s.connect_address';

/** The user's place with the row's number: in the company that the row names, else, where that will do, in any. */
function placeSql(reading: Reading): string {
  const anywhere = 'select e.* from employment e where e.user_id = u.id and e.number = s.number';
  if (!reading.fields.includes('company')) return anywhere;
  return `
    (select e.* from employment e
      where e.company_key = s.company_key and e.number = s.number and e.user_id = u.id)
    union all
    (${anywhere} ${isWhole(reading) ? 'and s.company_key is null' : ''})`;
}

const differing = ([field, said, known]: (typeof comparisons)[number]) =>
  `case when ${said} <> ${known} then '${field}' end`;

/**
 * The first reason that applies, in I4's order; the ones that depend on other rows judge the file as it stands. Who is on
 * thousands of rows, shares an address with thousands or has a number that they have as well is no longer weighed against
 * each of them: only the first of those rows are together (links.ts).
 */
function refusalsSql(reading: Reading): string {
  const { does, fields } = reading;
  const whole = isWhole(reading);
  const creates = does === 'create';
  /** U8: some row of the user says so. */
  const shielded = fields.includes('protectedIdentity')
    ? '(flagged or (user_key is not null and bool_or(flagged) over of_user))'
    : 'flagged';
  return `
weighed as materialized (
  select f.*, ${shielded} as shielded,
    case
      when faults & 1 > 0 then 'w'
      when faults & 2 > 0 ${creates ? 'or (id is null and company_key is null)' : ''} then 'm'
      ${creates ? '' : "when id is null then 'x'"}
      when ${creates ? mismatchWhole : 'place is null'} or faults & 16 > 0 then 'i'
      when not (${whole ? reachedWhole : reached}) or (${shielded} and not $4) then 'p'
      when faults & 128 > 0 then 'l'
      ${whole ? "when faults & 256 > 0 then 'j'" : ''}
      when faults & ${whole ? '(4 + 8)' : '4'} > 0 then 'a'
      when saves and not ${domainFits} then 'd'
      when connect_address is not null and ${least('connect_address')} over of_user < ${most('connect_address')} over of_user then 'o'
      when connect_address is not null and connect_address is distinct from held
        and (faults & 32 > 0 or ${least('user_key')} over of_address < ${most('user_key')} over of_address) then 't'
    end as reason
  from found f
  window of_user as (partition by user_key), of_address as (partition by connect_address)
    ${whole ? `, of_number as (partition by company_key, number order by user_key is null or not ${mayTell}, position)` : ''}
)`;
}

/** A row about somebody who was not in the file of its department says nothing against the rows of others. */
const mayTell = `(faults & ${faultBits.otherDepartment} = 0)`;
const least = (column: string) => `min(${column}) filter (where ${mayTell})`;
const most = (column: string) => `max(${column}) filter (where ${mayTell})`;

/** I3: the number is not the user's, or, where the row would bring a place, somebody else's in the store or higher up in the file. */
const mismatchWhole = `place is null and (
        number_taken or (id is not null and company_key is null) or faults & 64 > 0 or zeros_lost
        or first_value(user_key) over of_number is distinct from user_key)`;

/** A2: one of the user's companies is reached … */
const reached = `$3::text[] is null
        or exists (select from employment x where x.user_id = f.id and x.company_key = any($3))`;

/** … and the company that the row would change or add. */
const reachedWhole = `$3::text[] is null
        or coalesce(place_company, company_key) = any($3)
          and (id is null or exists (select from employment x where x.user_id = f.id and x.company_key = any($3)))`;

/** The number is the user's but for its leading zeros, which a spreadsheet takes away: that is why the two do not belong together. */
const lostZeros = `case when refusal = 'i' and zeros_lost then 'zeros_lost' end`;

/** Words with a space between, or null where there are none. */
const listed = (words: readonly string[]) => `nullif(concat_ws(' ', ${['null', ...words].join(', ')}), '')`;

const noteSql = (...parts: string[]) => `nullif(concat_ws(';', ${parts.join(', ')}), '')`;

/** Addresses alone: of a user's rows that give the address, the first saves it. */
const judgedAddress = `
judged as materialized (
  select s.position, s.faults, s.id, s.shielded, s.keeps, s.connect_email, s.connect_address, s.held_email,
    case when saves then held_email end as replaced,
    case
      when refusal is not null then refusal
      when saves and position = min(position) filter (where refusal is null and saves) over of_user then 'u'
      when keeps then 'k'
      when connect_address is null then 'e'
      else 'n'
    end as letter,
    case when refusal is null then ${noteSql(`'differs:' || differs`)} else ${lostZeros} end as note
  from settled s
  window of_user as (partition by user_key)
)`;

/** Whose rows are weighed against each other: a user's, or those of one of the user's places. */
type Whose = 'of_user' | 'of_place';

/** A cell counts where no such row higher up has one; so the same file again finds everything in place. */
const own = (column: StagedColumn, whose: Whose, condition: string) => `
    case when refusal is null and position = min(position) filter (where refusal is null and ${condition}) over ${whose}
      then ${column} end as own_${column}`;

/** The shown form is there where the compared one is: asked alike, the two are worked out once. */
const owned = (columns: readonly StagedColumn[], whose: Whose) =>
  columns.map((column) => own(column, whose, `${columns[0]} is not null`));

const said = (column: StagedColumn, whose: Whose) =>
  `${typeOf(column) === 'boolean' ? 'bool_or' : 'max'}(own_${column}) over ${whose} as said_${column}`;

const changes = (value: string, column: StagedColumn | undefined) =>
  `${value} is not null and ${value} is distinct from old_${column}`;

const ofPlace =
  'of_place as (partition by user_key, number, place, case when place is null then company_key end)';

/** Every field: users and their places, each written by the first row that has something to say. */
function judgedWhole(reading: Reading): string {
  const users = userColumns(reading);
  const places = placeColumns(reading);
  const carried = users.flatMap(([, columns]) => columns);
  const carriedPlaces = places.flatMap(([, columns]) => columns);
  const address = columnsOf.connectEmail;
  const userChanges = (whose: 'own' | 'said') =>
    [
      `${whose}_connect_address is not null`,
      ...users.map(([, [column]]) => changes(`${whose}_${column}`, column)),
    ].join(' or ');
  const placeChanges = (whose: 'own' | 'said') =>
    ['false', ...places.map(([, [column]]) => changes(`${whose}_${column}`, column))].join(' or ');
  /** Another row of the same user, or place, has the say. */
  const outvoted = [...users, ...places].map(
    ([field, [column]]) =>
      `case when own_${column} is null and ${column} <> said_${column} then '${field}' end`,
  );
  const left = (field: FieldKey) =>
    places.some(([one]) => one === field)
      ? `case when old_${field} <> own_${field} then translate(old_${field}, ';:|', ', /') end`
      : 'null::text';
  const moved = `nullif(concat(${left('department')}, '|', ${left('office')}), '|')`;
  /** What else becomes another, or is filled in; the rest has notes of its own. */
  const changed = (some: ReturnType<typeof userColumns>) =>
    some
      .filter(([field]) => !['name', 'activated', 'protectedIdentity'].includes(field))
      .map(([field, [column]]) => {
        const isMove = field === 'department' || field === 'office';
        const becomes = isMove
          ? `old_${column} is null and own_${column} is not null`
          : changes(`own_${column}`, column);
        return `case when ${becomes} then '${field}' end`;
      });
  const changedPlace = `case when place is not null and not ambiguous then ${listed(changed(places))} end`;
  /** What a yes or a no of the row makes another. */
  const turned = (column: StagedColumn, on: string, off: string) =>
    carried.includes(column)
      ? `case when old_${column} is distinct from own_${column} then case own_${column} when true then '${on}' when false then '${off}' end end`
      : 'null';
  const deactivated = `own_active = false and was_active and connection = 'connected'`;
  return `
owned as (
  select s.*,
    position = min(position) filter (where refusal is null) over of_user as leads,
    position = min(position) filter (where refusal is null and not ambiguous) over of_place as leads_place,
    ${[
      ...users.flatMap(([, columns]) => owned(columns, 'of_user')),
      ...address.map((column) => own(column, 'of_user', 'saves')),
      ...places.flatMap(([, columns]) => owned(columns, 'of_place')),
    ].join(',')}
  from settled s
  window of_user as (partition by user_key), ${ofPlace}
),
whole as (
  select o.*, ${[
    ...[...carried, ...address].map((column) => said(column, 'of_user')),
    ...carriedPlaces.map((column) => said(column, 'of_place')),
  ].join(', ')}
  from owned o
  window of_user as (partition by user_key), ${ofPlace}
),
judged as materialized (
  select w.*, case when own_connect_address is not null then held_email end as replaced, leads and (${userChanges('said')}) as changes_user,
    place is not null and leads_place and not ambiguous and (${placeChanges('said')}) as changes_place,
    case
      when refusal is not null then refusal
      when id is null and leads then 'c'
      when place is null and leads_place then 'f'
      when (not ambiguous and (${placeChanges('own')})) or ${userChanges('own')} then 'u'
      when keeps then 'k'
      else 'n'
    end as letter,
    case when refusal is null then ${noteSql(
      `'differs:' || ${listed(outvoted)}`,
      `case when id is not null then ${turned('active', 'reactivates', 'deactivates')} end`,
      `case when id is not null then ${turned('protected_identity', 'protects', 'unprotects')} end`,
      carried.includes('active') ? `case when ${deactivated} then 'still_connected' end` : 'null',
      `case when place is not null and not ambiguous then 'moved:' || ${moved} end`,
      `case when id is not null then 'changes:' || ${listed([...changed(users), changedPlace])} end`,
      carried.includes('name')
        ? `case when not (own_name = old_name) then 'renames:' || translate(old_name, ';:', ', ') end`
        : 'null',
      `case when ambiguous and coalesce(${['null', ...places.map(([, [column]]) => `${column}::text`)].join(', ')}) is not null then 'ambiguous' end`,
    )} else ${lostZeros} end as note
  from whole w
)`;
}
