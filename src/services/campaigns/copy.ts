import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Letterhead } from '../../mail/letterhead.ts';
import { type Mailer, SendFailure } from '../../mail/mailer.ts';
import type { RateLimiter } from '../../mail/rate.ts';
import { verificationMail } from '../../mail/verification-mail.tsx';
import type { Language } from '../../rules/language.ts';
import { spendPress } from '../presses.ts';
import { expiryOf } from '../verifications/links.ts';
import { type Previewed, requirePreviewed } from './steer.ts';

export interface CopyParts {
  database: Database;
  mailer: Mailer;
  rate: RateLimiter;
  letterhead: Letterhead;
  now: () => Date;
}

/** Who asks for a copy, in which language, by which button. */
export interface CopyFor {
  personId: number;
  language: Language;
  press?: string | undefined;
}

/**
 * B2: sends the mail of the asking person's own preview as recipients get it, with links that lead nowhere, to their own
 * address, at once; gives that address. Throws `campaign_unknown`, `campaign_copy_no_address`, as
 * `requirePreviewed`, and `campaign_copy_failed` with the mail server's words.
 */
export async function sendCopy(
  { database, mailer, rate, letterhead, now }: CopyParts,
  id: number,
  { personId, language, press }: CopyFor,
): Promise<string> {
  const at = now();
  const { name, addressKey } = await database.transaction(async (tx) => {
    await spendPress(tx, press, at);
    const [campaign] = await tx.$queryRaw<Previewed[]>(Prisma.sql`
      select id, state, created_at, filter from campaign
      where id = ${id}::int and created_by = ${personId}::int`);
    if (!campaign) throw refuse('campaign_unknown', { id });
    requirePreviewed(campaign, at);
    const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
    if (!person.addressKey) throw refuse('campaign_copy_no_address');
    return { name: person.name, addressKey: person.addressKey };
  });
  const mail = verificationMail({
    to: addressKey,
    name,
    language,
    letterhead,
    link: null,
    expiresAt: expiryOf(at),
    now: at,
  });
  // It takes its turn from those that wait, and leaves at once: somebody looks on.
  await rate.reserve(1);
  try {
    await mailer.send(mail);
  } catch (error) {
    if (error instanceof SendFailure) throw refuse('campaign_copy_failed', { words: error.words, id });
    throw error;
  }
  return addressKey;
}
