import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';

const { sql, empty } = Prisma;

/** What a claimed recipient `r` of campaign `c` becomes when nothing has left: it waits again, or ends with the campaign. */
export const backTo = sql`(case when c.state = 'cancelled' then 'cancelled' else 'waiting' end)::recipient_state`;

/**
 * U1: recipients (all, or the one at `position`) for whom a verification was begun, but nothing has left, are `unverified`
 * again. Locks the users, in order.
 */
export async function release(tx: Tx, campaign: number, now: Date, position?: number): Promise<void> {
  await tx.$executeRaw(sql`
    with unsent as materialized (
      select u.id from campaign_recipient r
      join verification v on v.id = r.verification_id
      join "user" u on u.id = v.user_id
      where r.campaign_id = ${campaign}::int and r.state in ('waiting', 'cancelled')
        ${position === undefined ? empty : sql`and r.position = ${position}::int`}
        and v.sent_at is null and v.used_at is null and v.revoked_at is null and u.connection = 'pending'
      order by u.id for update of u
    )
    update "user" u set connection = 'unverified', updated_at = ${now}::timestamptz
    from unsent where u.id = unsent.id`);
}
