import type { Database } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Letterhead } from '../../mail/letterhead.ts';
import { type Mailer, SendFailure } from '../../mail/mailer.ts';
import { verificationMail } from '../../mail/verification-mail.tsx';
import type { Language } from '../../rules/language.ts';
import { expiryOf } from '../verifications/links.ts';

export interface CopyParts {
  database: Database;
  mailer: Mailer;
  letterhead: Letterhead;
  now: () => Date;
}

/**
 * B2: sends the mail as recipients get it, with links that lead nowhere, to the asking person's own address; gives that
 * address. Throws `campaign_copy_no_address`, and `campaign_copy_failed` with the mail server's words.
 */
export async function sendCopy(
  { database, mailer, letterhead, now }: CopyParts,
  personId: number,
  language: Language,
): Promise<string> {
  const { name, addressKey } = await database.prisma.person.findUniqueOrThrow({ where: { id: personId } });
  if (!addressKey) throw refuse('campaign_copy_no_address');
  const at = now();
  const mail = verificationMail({
    to: addressKey,
    name,
    language,
    letterhead,
    link: null,
    expiresAt: expiryOf(at),
    now: at,
  });
  try {
    await mailer.send(mail);
  } catch (error) {
    if (error instanceof SendFailure) throw refuse('campaign_copy_failed', { words: error.words });
    throw error;
  }
  return addressKey;
}
