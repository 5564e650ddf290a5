import { isWhole, judgement, judgeSql, placeColumns, type Reading, userColumns } from './judge-sql.ts';

/**
 * Judges the rows of a chunk afresh and writes what they bring (I5, I6). Parameters as in judge-sql.ts, and $5, the moment.
 * Each row comes with the user whose address it changed, and what that was before. What was open for a changed address ends (U5). Addresses that users
 * swap are checked at the end of the statement (U2).
 */
export const applySql = (reading: Reading): string =>
  isWhole(reading) ? applyEmployees(reading) : applyConnectEmail(reading);

/** U1: the facts about a saved address go when it changes. */
const noFacts = `verified_at = null, connected_at = null, account_id = null, account_fault = null,
    account_words = null, account_retry_at = null, last_sent_at = null, opened_at = null, bounced_at = null, bounced_words = null, disowned_at = null`;

/** The columns of Judgement that say whose address a row changed, where `condition` holds, and to what. */
const changedAddress = (condition: string, user: string, address: string) => `
  case when ${condition} then ${user} end as changed,
  case when ${condition} and ${address} is not null then ${user} end as saved, held_email as earlier`;

const applyConnectEmail = (reading: Reading) => `
with recursive ${judgeSql(reading)},
changed as (
  update "user" u
  set connect_email = j.connect_email, connect_address = j.connect_address,
    connection = (case when j.connect_address is null then 'none' else 'unverified' end)::connection_state, ${noFacts},
    updated_at = $5
  from judged j
  where j.letter = 'u' and u.id = j.id
),
revoked as (
  update verification v
  set revoked_at = $5, revoked_why = 'address_changed', retry_at = null
  from judged j
  where j.letter = 'u' and v.user_id = j.id and v.used_at is null and v.revoked_at is null
)
select ${judgement}, ${changedAddress(`letter = 'u'`, 'id', 'connect_address')}
from judged`;

/** What a created user has where the file does not say. */
const otherwise: Readonly<Record<string, string>> = {
  name: 'user_id',
  name_key: 'user_key',
  active: 'true',
  protected_identity: 'false',
};

function applyEmployees(reading: Reading): string {
  const users = userColumns(reading).flatMap(([, columns]) => columns);
  const places = placeColumns(reading).flatMap(([, columns]) => columns);
  const saidPlaces = places.map((column) => `said_${column}`);
  const kept = (columns: readonly string[], stored: string) =>
    columns.map((column) => `${column} = coalesce(j.said_${column}, ${stored}.${column})`);
  const created = [...new Set([...users, 'name', 'name_key'])];
  const value = (column: string) => {
    const said = (users as string[]).includes(column) ? `said_${column}` : 'null';
    return otherwise[column] ? `coalesce(${said}, ${otherwise[column]})` : said;
  };
  const hasActive = users.includes('active');
  return `
with recursive ${judgeSql(reading)},
created as (
  insert into "user" (
    user_id, user_key, ${created.join(', ')}, connect_email, connect_address, connection, created_at, updated_at)
  select user_id, user_key, ${created.map(value).join(', ')}, said_connect_email, said_connect_address,
    (case when said_connect_address is null then 'none' else 'unverified' end)::connection_state, $5, $5
  from judged
  where letter = 'c'
  order by position
  returning id, user_key
),
touched as materialized (
  select j.*, said_connect_address is not null as moves,
    ${hasActive ? 'coalesce(not said_active, false) and was_active' : 'false'} as deactivates
  from judged j
  where changes_user and id is not null
),
changed as (
  update "user" u
  set ${[...kept(users, 'u'), 'updated_at = $5'].join(', ')},
    connection = case when deactivates and u.connection = 'pending' then 'unverified' else u.connection end
  from touched j
  where not moves and u.id = j.id
),
moved as (
  update "user" u
  set ${[...kept(users, 'u'), 'updated_at = $5'].join(', ')},
    connect_email = said_connect_email, connect_address = said_connect_address, connection = 'unverified', ${noFacts}
  from touched j
  where moves and u.id = j.id
),
revoked as (
  update verification v
  set revoked_at = $5, revoked_why = case when moves then 'address_changed' else 'deactivated' end, retry_at = null
  from touched j
  where (moves or deactivates) and v.user_id = j.id and v.used_at is null and v.revoked_at is null
),
placed as (
  insert into employment (${['user_id', 'added_at', 'company', 'company_key', 'number', ...places].join(', ')})
  select ${['coalesce(j.id, c.id)', '$5', 'company', 'company_key', 'number', ...saidPlaces].join(', ')}
  from judged j
  left join created c on c.user_key = j.user_key
  where j.letter in ('c', 'f') and place is null and leads_place
)${
    places.length > 0
      ? `,
replaced as (
  update employment e
  set ${kept(places, 'e').join(', ')}
  from judged j
  where j.changes_place and e.id = j.place
)`
      : ''
  }
select ${judgement}, ${changedAddress('own_connect_address is not null', 'coalesce(j.id, c.id)', 'own_connect_address')}
from judged j
left join created c on c.user_key = j.user_key`;
}
