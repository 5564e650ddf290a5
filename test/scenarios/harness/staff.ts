import type { Page } from '../../support/browser.ts';
import { type HrPerson, hrExport } from '../../support/files.ts';
import type { Mail } from '../../support/smtp.ts';
import type { Person } from './conversation.ts';

/** Somebody who may import drops the HR system's export with its first `n` users on the bot, and confirms. It is number 1. */
export async function employ(somebody: Person, n: number): Promise<HrPerson[]> {
  const file = hrExport(n);
  await somebody.drops(file);
  await somebody.presses('Bekräfta och skapa', await somebody.sees('Förhandsvisning av import'));
  await somebody.sees('Klart:');
  return file.rows;
}

/** Opens the log from the page behind its personal link; all of it is there when this returns. */
export async function enterLog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Öppna loggen' }).click();
  await page.waitForURL(/\/(imports|exports|campaigns)\/\d+/);
}

/** The personal link of a verification mail. */
export function verifyLink({ links }: Mail): string {
  const found = links.find(({ url }) => url.includes('/verify/'));
  if (!found) throw new Error('The mail has no link');
  return found.url;
}
