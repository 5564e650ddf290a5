import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { fieldKeys } from '../../../src/rules/fields.ts';
import { emptyFilter } from '../../../src/rules/filter.ts';
import type { LogPath } from '../../../src/services/sessions.ts';
import {
  type Browser,
  complaintsOf,
  overflows,
  type Page,
  screenshot,
  startBrowser,
  violationsOf,
} from '../../support/browser.ts';
import { testDatabase } from '../../support/database.ts';
import { addImport, type GivenRow } from '../../support/imports.ts';
import { addUser } from '../../support/users.ts';
import { type House, openHouse } from './house.ts';

const people = ['Anna Svensson', 'Åsa Öberg', 'Bo Ek', 'Maximilian von Hohenlohe-Langenburg', 'Eva Lind'];

describe('the log pages in a browser', () => {
  const database = testDatabase();
  let browser: Browser;
  let house: House;
  const paths: Partial<Record<'addresses' | 'long' | 'employees' | 'campaign', LogPath>> = {};

  beforeAll(async () => {
    browser = await startBrowser();
    house = await openHouse(database(), { publicUrl: 'http://localhost' });
    const lena = await house.person('lena');
    const rows = addressRows();
    paths.addresses = `/imports/${await addImport(database(), { by: lena, rows: rows.slice(0, 18), emptyRows: 1 })}`;
    paths.long = `/imports/${await addImport(database(), { by: lena, rows })}`;
    paths.employees = `/imports/${await addImport(database(), {
      by: lena,
      fileName: 'Export från lönesystemet 2026-11-21.csv',
      template: 'employees',
      fields: fieldKeys,
      rows: employeeRows(),
    })}`;
    paths.campaign = `/campaigns/${await addCampaign(database(), lena)}`;
  });
  afterAll(async () => {
    await house.stop();
    await browser.stop();
  });

  /** Opens a personal link and presses its button. */
  async function entered(page: Page, path: LogPath | undefined, platformId: string): Promise<void> {
    if (!path) throw new Error('There is no such log');
    await page.goto(await house.link(path, platformId));
    await page.getByRole('button').click();
    await page.waitForURL(`${house.base}${path}`);
  }

  async function readsWell(page: Page, name: string): Promise<void> {
    expect(await page.locator('h1').count()).toBe(1);
    expect(await overflows(page), name).toBe(false);
    expect(await violationsOf(page), name).toEqual([]);
    await screenshot(page, `log-${name}`);
  }

  test.each([
    { language: 'sv', reader: 'lena', phone: false, dark: false },
    { language: 'sv', reader: 'lena', phone: true, dark: true },
    { language: 'en', reader: 'erik', phone: true, dark: false },
    { language: 'en', reader: 'erik', phone: false, dark: true },
  ] as const)(
    'every page reads well: $language, phone $phone, dark $dark',
    async ({ language, reader, phone, dark }) => {
      const name = [language, phone ? 'phone' : 'desktop', dark ? 'dark' : 'light'].join('-');
      const page = await browser.page({ phone, locale: language === 'sv' ? 'sv-SE' : 'en-GB' });
      await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
      await page.goto(await house.link('/imports/1', reader));
      await readsWell(page, `ticket-${name}`);
      for (const log of ['addresses', 'employees', 'campaign'] as const) {
        await entered(page, paths[log], reader);
        await readsWell(page, `${log}-${name}`);
      }
      await page.goto(`${house.base}${paths.addresses}?outcome=rejected`);
      await readsWell(page, `rejected-${name}`);
      await page.goto(`${house.base}${paths.addresses}?search=nobody`);
      await readsWell(page, `nothing-${name}`);
      expect(complaintsOf(page)).toEqual([]);
    },
  );

  test('the pages for those who may not read say what to do', async () => {
    for (const phone of [false, true]) {
      const page = await browser.page({ phone });
      await page.goto(`${house.base}${paths.addresses}`);
      await readsWell(page, `closed${phone ? '-phone' : ''}`);
      await page.goto(`${house.base}/log/${'A'.repeat(43)}`);
      await readsWell(page, `ended${phone ? '-phone' : ''}`);
      await page.goto(await house.link('/imports/999', 'anna'));
      await page.getByRole('button', { name: 'Öppna loggen' }).click();
      await page.getByRole('heading', { name: 'Loggen finns inte' }).waitFor();
      await readsWell(page, `missing${phone ? '-phone' : ''}`);
    }
  });

  test('A4 a person opens the link, presses the button and reads, without any script', async () => {
    const page = await browser.page();
    const link = await house.link(paths.addresses ?? '/imports/1');
    await page.goto(link);
    await page.getByRole('button', { name: 'Öppna loggen' }).click();
    await page.getByRole('heading', { name: 'adresser.csv' }).waitFor();
    const cookies = await page.context().cookies();
    expect(cookies).toMatchObject([{ name: 'vc_log', httpOnly: true, sameSite: 'Lax', path: '/' }]);
    const other = await browser.page();
    await other.goto(page.url());
    await other.getByRole('heading', { name: 'Öppna loggen från chatten' }).waitFor();
    await other.goto(link);
    await other.getByRole('heading', { name: 'Länken gäller inte längre' }).waitFor();
  });

  test('I7 a person filters, searches, jumps to a row, turns pages and downloads the rejected rows', async () => {
    const page = await browser.page();
    await entered(page, paths.long, 'lena');
    const firstRow = () => page.getByRole('rowheader').first().textContent();
    await page.getByRole('link', { name: /^Avvisad/ }).click();
    expect(await firstRow()).toBe('4');
    await page.getByRole('link', { name: 'E-postadressen är inte giltig' }).click();
    expect(await page.locator('[aria-current]').textContent()).toContain('E-postadressen är inte giltig');
    await page.getByRole('link', { name: 'Alla' }).click();
    await page.getByRole('searchbox', { name: 'Sök' }).fill('ÖBERG');
    await page.getByRole('button', { name: 'Visa' }).click();
    expect(await firstRow()).toBe('3');
    expect(await page.getByRole('searchbox', { name: 'Sök' }).inputValue()).toBe('ÖBERG');
    await page.getByRole('searchbox', { name: 'Sök' }).fill('');
    await page.getByRole('textbox', { name: 'Från rad' }).fill('120');
    await page.keyboard.press('Enter');
    await page.waitForURL(/from=120/);
    expect(await firstRow()).toBe('120');
    await page.getByRole('link', { name: 'Föregående' }).click();
    expect(await firstRow()).toBe('20');
    await page.getByRole('link', { name: 'Nästa' }).click();
    expect(await firstRow()).toBe('120');
    await page.getByRole('link', { name: 'Första' }).click();
    expect(await firstRow()).toBe('2');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Ladda ner de avvisade raderna' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('adresser-avvisade.csv');
    expect(complaintsOf(page)).toEqual([]);
  });
});

function addressRows(): GivenRow[] {
  const letters = 'uuankeuduxtuyounim';
  return Array.from({ length: 260 }, (_, i) => {
    const name = people[i % people.length] ?? '';
    return {
      letter: letters.charAt(i % letters.length),
      values: {
        userId: String(1000 + i),
        employmentNumber: `00${i}`,
        connectEmail: i % 3 === 0 ? '' : `${name.toLowerCase().replaceAll(' ', '.')}@verksamheten.company.se`,
      },
      ...(i % 7 === 0 ? { note: 'differs:name department' } : {}),
      ...(i % 11 === 2 ? { hints: [{ kind: 'damaged' as const, field: 'employmentNumber' as const }] } : {}),
    };
  });
}

function employeeRows(): GivenRow[] {
  return Array.from({ length: 8 }, (_, i) => {
    const name = people[i % people.length] ?? '';
    return {
      letter: 'cufnkwm'.charAt(i % 7),
      values: {
        userId: String(1000 + i),
        employmentNumber: `00${i}`,
        name,
        company: 'Företaget AB',
        department: i % 2 ? 'Ekonomi & Lön' : 'Forskning, utveckling och kvalitetssäkring',
        office: 'Göteborg',
        email: `${name.toLowerCase().replaceAll(' ', '.')}@company.se`,
        connectEmail: `${name.toLowerCase().replaceAll(' ', '.')}@company.se`,
        activated: 'Ja',
        aliasUserId: i === 3 ? `alias${'x'.repeat(200)}` : '',
        language: 'Svenska',
        employedFrom: '2026-01-01',
      },
    };
  });
}

async function addCampaign(database: Database, createdBy: number): Promise<number> {
  const users = await Promise.all(people.map((name) => addUser(database, { name })));
  const sentAt = new Date('2025-12-31T10:00:00Z');
  const state = (['sent', 'failed', 'skipped', 'waiting', 'sent'] as const).map((one) => ({ state: one }));
  const { id } = await database.prisma.campaign.create({
    data: {
      state: 'running',
      filter: { ...emptyFilter(), companies: ['Företaget AB'], departments: ['Ekonomi & Lön'] },
      createdBy,
      place: {},
      recipients: {
        create: users.map((userId, i) => ({
          position: i + 1,
          userId,
          address: `p${i}@company.se`,
          ...state[i],
          ...(i === 1
            ? { words: '550 5.1.1 <p1@company.se>: Recipient address rejected: User unknown' }
            : {}),
          ...(i === 2 ? { reason: 'no_address' } : {}),
          ...(i === 0 ? { sentAt } : {}),
        })),
      },
    },
  });
  return id;
}
