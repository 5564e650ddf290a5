import { Prisma } from '../../database/client/client.ts';
import { sendAgainAfter } from '../../rules/campaign.ts';
import { sendingDays } from '../../rules/employment.ts';
import { domainAllowed } from '../domain-sql.ts';

const { sql } = Prisma;

/**
 * B2: why the row of "user" called `u` may not be sent to now; null: it may. The order is rules/campaign.ts's; U7 is
 * rules/employment.ts's `mayBeSentTo` and D1 domain-sql.ts's, asked of many users at once.
 */
export function skipReason(now: Date): Prisma.Sql {
  const { today, latestStart } = sendingDays(now);
  const anHourAgo = new Date(now.getTime() - sendAgainAfter);
  return sql`coalesce(
    case
      when u.connection = 'connected' then 'connected'
      when u.connection = 'verified' then 'verified'
      when u.connect_address is null then 'no_address'
      when not u.active then 'deactivated'
    end,
    -- One date that is unknown leaves that end open.
    (select case
       when count(*) = count(e.starts_on) and min(e.starts_on) > ${latestStart}::date then 'not_yet'
       when count(*) = count(e.ends_on) and max(e.ends_on) < ${today}::date then 'ended'
     end
     from employment e where e.user_id = u.id),
    case
      when not ${domainAllowed(sql`u.connect_address`)} then 'domain'
      when u.bounced_at is not null then 'bounced'
      when u.disowned_at is not null then 'disowned'
      when u.last_sent_at > ${anHourAgo}::timestamptz then 'recent'
    end)`;
}
