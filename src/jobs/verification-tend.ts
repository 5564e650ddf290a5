import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import type { Messages } from '../services/messages.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

/** Under which setting stands the moment until which links have been looked at. */
const key = 'linksSeenUntil';

export interface VerificationTendParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  now?: () => Date;
}

/**
 * Every hour: the messages about verifications whose last link ended without an answer (U1) since the last time are
 * drawn again, for nothing else happens then that would.
 */
export function createVerificationTendJob({
  database,
  messages,
  now = () => new Date(),
}: VerificationTendParts): Job {
  return {
    name: 'verification-tend',
    every: '29 * * * *',
    run: () =>
      database.transaction(async (tx) => {
        const until = now();
        await messages.changed(tx, 'verification', await ended(tx, await seenUntil(tx), until));
        const value = until.toISOString();
        await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
      }),
  };
}

async function seenUntil(tx: Tx): Promise<Date> {
  const setting = await tx.setting.findUnique({ where: { key } });
  return new Date(setting ? String(setting.value) : 0);
}

/** The open verifications with a message whose last link ended after `since`, by `until`. */
async function ended(tx: Tx, since: Date, until: Date): Promise<number[]> {
  const found = await tx.$queryRaw<{ id: number }[]>(sql`
    select v.id from verification v
    cross join lateral (
      select max(l.expires_at) as at from verification_link l where l.verification_id = v.id
    ) last
    where v.id in (select m.subject_id from live_message m where m.kind = 'verification')
      and v.used_at is null and v.revoked_at is null
      and last.at > ${since}::timestamptz and last.at <= ${until}::timestamptz`);
  return found.map(({ id }) => id);
}
