import { Prisma } from '../../database/client/client.ts';
import { domainAllowed } from '../domain-sql.ts';

/** D1: of `connect_address`. */
export const domainFits = domainAllowed(Prisma.sql`connect_address`).sql;

/**
 * U2, I4: weighed rows that take an address which somebody else holds: that is judged once all are known, for the holder may
 * give it up in the same chunk.
 */
export const settledSql = `
takers as materialized (
  select user_key, holder from weighed where reason is null and saves and holder is not null
),
blocked as (
  select t.user_key from takers t
  where not exists (select from weighed w where w.user_key = t.holder and w.reason is null and w.saves)
  union
  select t.user_key from takers t join blocked b on b.user_key = t.holder
),
settled as materialized (
  select w.*,
    coalesce(reason, case when saves and user_key in (select b.user_key from blocked b) then 'y' end) as refusal
  from weighed w
)`;
