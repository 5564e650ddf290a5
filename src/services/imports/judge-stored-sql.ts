import { domainFits, settledSql } from './settle-sql.ts';

/**
 * What becomes of rows that come from the store, one a user, as the common table expressions behind `staged`; parameters and
 * the last expression are those of judge-sql.ts. It is judged by what the store says now: a user may have changed since.
 */
export function judgeStoredSql(origin: 'fill' | 'undo'): string {
  return [foundSql, weighedSql(origin), settledSql, origin === 'fill' ? judgedFill : judgedUndo].join(',');
}

const foundSql = `
found as materialized (
  select s.position, s.faults, s.user_key, s.connect_email, s.connect_address, s.email_key as expected,
    u.id, u.connection, u.active, u.email_key as ordinary, u.connect_address as held, u.connect_email as held_email,
    h.user_key as holder, coalesce(u.protected_identity, false) as shielded, false as keeps
  from staged s
  left join lateral (select u.* from "user" u where u.user_key = s.user_key limit 1) u on true
  left join lateral (
    select h.user_key from "user" h
    where h.connect_address = s.connect_address and h.id is distinct from u.id limit 1
  ) h on true
)`;

/** A2, U8. */
const outOfReach = `not ($3::text[] is null
        or exists (select from employment x where x.user_id = f.id and x.company_key = any($3)))
      or (shielded and not $4)`;

/** Whether the row changes its user's address, unless something is wrong: for a fill, the one that was previewed. */
const wanting = {
  fill: 'held is null and active and ordinary = connect_address',
  undo: `id is not null and held is not distinct from expected and connection not in ('verified', 'connected') and held is distinct from connect_address`,
} as const;

/** The first reason that applies, in I4's order. An address that several active users have is nobody's to fill in. */
const reasons = {
  fill: `
      when held is null and active and faults & 4 > 0 then 'a'
      when saves and not ${domainFits} then 'd'
      when saves and exists (
        select from "user" o where o.email_key = f.connect_address and o.active and o.id <> f.id) then 's'`,
  undo: `
      when saves and faults & 4 > 0 then 'a'
      when saves and connect_address is not null and not ${domainFits} then 'd'`,
} as const;

const weighedSql = (origin: 'fill' | 'undo') => `
weighed as materialized (
  select f.*,
    case
      when id is null then 'x'
      when ${outOfReach} then 'p'${reasons[origin]}
    end as reason
  from (select found.*, coalesce(${wanting[origin]}, false) as saves from found) f
)`;

const judgedFill = `
judged as materialized (
  select s.*, null as replaced,
    case
      when refusal is not null then refusal
      when saves then 'u'
      when held is not null then 'h'
      when not active then 'z'
      when ordinary is null then 'v'
      else 'g'
    end as letter,
    null as note
  from settled s
)`;

/** Worth saying: that nothing is put back, only taken away; and that a verification is open, which ends (U5). */
const judgedUndo = `
judged as materialized (
  select s.*, null as replaced,
    case
      when refusal is not null then refusal
      when saves then 'u'
      when held is not distinct from connect_address then 'n'
      when held is not distinct from expected then 'b'
      else 'g'
    end as letter,
    case when refusal is null and saves then nullif(concat_ws(';',
      case when connect_address is null then 'removed' end,
      case when connection = 'pending' then 'link_ends' end), '') end as note
  from settled s
)`;
