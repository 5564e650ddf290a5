import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type Page, startBrowser } from '../test/support/browser.ts';
import { startProgram } from '../test/support/program.ts';

const folder = fileURLToPath(new URL('../docs/', import.meta.url));

/** Walks through the playground of the built program, and writes six moments to docs/. */
async function takeAll(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [program, browser] = await Promise.all([startProgram({ patience: 90_000 }), startBrowser()]);
  try {
    await walk(program.url, browser);
  } finally {
    await browser.stop();
    await program.stop();
  }
}

async function walk(url: string, browser: Browser): Promise<void> {
  const page = await browser.page();
  await page.goto(url);
  await say(page, '/vc hjälp');
  await page.getByRole('heading', { name: 'Det här kan jag göra' }).waitFor();
  await page.getByText('1 av 5').waitFor();
  await take(page, 'chat');

  await page.getByRole('button', { name: 'Släpp filen' }).click();
  await page.getByRole('button', { name: 'Bekräfta' }).waitFor();
  await take(page, 'import');
  await page.getByRole('button', { name: 'Bekräfta' }).click();
  await page.getByText(/Klart: \d+ sparade/).waitFor();

  await say(page, '/vc verifiera anna@company.se');
  await page.getByRole('button', { name: /^Oläst: anna@company.se/ }).waitFor();
  await page.getByRole('button', { name: 'Öppna Annas mejl' }).click();
  await page.frameLocator('iframe').getByRole('link', { name: 'Bekräfta min e-postadress' }).waitFor();
  await page.getByText('Nu väntar vi på att adressen bekräftas').waitFor();
  await take(page, 'mail');

  await page.getByRole('button', { name: 'Bifoga en fil' }).click();
  await page.getByRole('button', { name: /^adresser-med-fel/ }).click();
  await page.getByRole('button', { name: 'Bekräfta' }).click();
  await page.getByText('12 avvisade').waitFor();
  await page.getByRole('button', { name: 'Visa logg' }).last().click();
  const log = await beside(page, () => page.getByRole('link', { name: 'Öppna loggen' }).click());
  await log.getByRole('button').click();
  await log.getByRole('rowheader').first().waitFor();
  await take(log, 'log');

  const phone = await browser.page({ phone: true });
  await phone.emulateMedia({ colorScheme: 'dark' });
  await phone.goto(`${url}/#/anna/vc-bot`);
  await phone.getByRole('button', { name: 'Dölj' }).click();
  await say(phone, 'Jag kan inte logga in');
  await phone.getByRole('article').getByText('Vi mejlade en länk').waitFor();
  await take(phone, 'phone');

  const teams = await browser.page();
  await teams.goto(`${url}/#/teams/lena/vc-bot`);
  await say(teams, 'läge');
  await teams.getByRole('article').getByText('Nordlager').first().waitFor();
  await say(teams, 'visa 14');
  await teams.getByRole('article').getByText('Ekonomi & Lön').waitFor();
  await take(teams, 'teams');
}

async function say(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Skriv till/ });
  await composer.fill(text);
  await composer.press('Enter');
}

/** The page that `press` opens in a window of its own. */
async function beside(page: Page, press: () => Promise<void>): Promise<Page> {
  const [opened] = await Promise.all([page.context().waitForEvent('page'), press()]);
  return opened;
}

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
}

await takeAll();
