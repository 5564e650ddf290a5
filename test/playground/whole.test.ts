import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Store, storeAt } from '../scenarios/harness/store.ts';
import { type Browser, complaintsOf, startBrowser } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { until } from '../support/until.ts';

let dataDir: string;
let program: Program;
let browser: Browser;
let page: Page;
let store: Store;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vc-bot-tour-'));
  [program, browser] = await Promise.all([startProgram({ dataDir, patience: 90_000 }), startBrowser()]);
  store = storeAt({ url: undefined, dataDir });
  page = await browser.page();
  page.setDefaultTimeout(40_000);
  await page.goto(program.url);
});
afterAll(async () => {
  await browser?.stop();
  await program?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const log = () => page.getByRole('region', { name: 'Meddelanden' });
async function says(words: string | RegExp): Promise<void> {
  try {
    await log().getByText(words).last().waitFor();
  } catch {
    throw new Error(`Nobody says ${words} in:\n${await log().innerText()}`);
  }
}
const button = (name: string | RegExp) => log().getByRole('button', { name });

async function goTo(room: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Samtal' }).getByRole('link', { name: room }).click();
}

async function types(line: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^Skriv till/ });
  await composer.fill(line);
  await page.getByRole('button', { name: 'Skicka', exact: true }).click();
}

/** Opens the newest mail to somebody, by its subject; the letter as it stands in its frame. */
async function opensMail(to: string, subject: RegExp): Promise<FrameLocator> {
  const mailbox = page.getByRole('region', { name: 'Företagets mejl' });
  const back = mailbox.getByRole('button', { name: 'Alla mejl' });
  if (await back.isVisible()) await back.click();
  await mailbox.getByRole('button').filter({ hasText: to }).filter({ hasText: subject }).first().click();
  return page.frameLocator('iframe');
}

async function follows(link: { click(): Promise<void> }): Promise<Page> {
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await opened.waitForLoadState();
  return opened;
}

const count = async (where: string): Promise<number> => {
  const [row] = await store.query(`select count(*)::int as count from "user" where ${where}`);
  return Number((row as { count: number }).count);
};

/** Drops one of the files that the page offers, and confirms what it would do. */
async function drops(file: string, confirm: string): Promise<void> {
  await page.getByRole('button', { name: 'Bifoga en fil' }).click();
  await page.getByRole('button', { name: new RegExp(`^${file}`) }).click();
  await button(confirm).last().click();
}

/** How many rows of the newest import had each outcome, as the store has it. */
async function outcomes(): Promise<Record<string, number>> {
  const [row] = await store.query('select counts from import order by id desc limit 1');
  return (row as { counts: Record<string, number> }).counts;
}

describe('the tour, from an empty directory to Anna logged in', () => {
  test('the page is what the program prints, and holds the organisation', async () => {
    await program.says(/The playground is open at http:\/\/localhost:\d+/);
    await page.getByRole('heading', { name: '#hr' }).waitFor();
    expect(await count('true')).toBe(120);
  });

  test('1: /vc help', async () => {
    await types('/vc help');
    await says('Det här kan jag göra');
  });

  test('2: the good file is previewed, confirmed and in the store', async () => {
    await goTo('vc-bot');
    const without = await count(`connection = 'none' and email is not null`);
    await page.getByRole('button', { name: 'Bifoga en fil' }).click();
    await page.getByRole('button', { name: /nya-adresser\.csv/ }).click();
    await says(`${without} adresser sparas`);
    await button('Bekräfta').last().click();
    await says(`Klart: ${without} sparade`);
    expect(await count(`connection = 'none' and email is not null`)).toBe(0);
  });

  test("3: Anna's mail, the page behind its link, and the message that says so", async () => {
    await types('/vc verify anna@company.se');
    const letter = await opensMail('anna@company.se', /bekräfta/);
    const verify = await follows(letter.getByRole('link', { name: 'Bekräfta min e-postadress' }));
    await verify.getByRole('button', { name: 'Bekräfta' }).click();
    await verify.getByRole('heading', { name: 'Klart!' }).waitFor();
    await verify.close();
    await says(/adressen bekräftades/);
    await until(async () => (await count(`user_id = '14' and connection = 'connected'`)) === 1, {
      what: 'Anna is connected',
    });
  });

  test('4: a password by "Forgot your password?", and logged in', async () => {
    const login = await follows(page.getByRole('link', { name: /Inloggningssidan/ }));
    await login.getByRole('link', { name: 'Glömt ditt lösenord?' }).click();
    await login.getByLabel('E-postadress').fill('anna@company.se');
    await login.getByRole('button').click();
    const letter = await opensMail('anna@company.se', /lösenord/);
    const reset = await follows(letter.getByRole('link').first());
    await reset
      .getByLabel(/lösenord/i)
      .first()
      .fill('korrekt häst batteri');
    await reset.getByRole('button').click();
    await reset.close();
    await login.goto(`${program.url}/connect/`);
    await login.getByLabel('E-postadress').fill('anna@company.se');
    await login.getByLabel('Lösenord').fill('korrekt häst batteri');
    await login.getByRole('button', { name: 'Logga in' }).click();
    await login.getByText('Anna Svensson').waitFor();
    await login.close();
  });

  test('5: many at once, the progress as it changes, and the log', async () => {
    await types('/vc massverifiera företag:Nordlager');
    await says(/personer får mejlet/);
    await button('Bekräfta').last().click();
    await says(/^\s*Klart\. .*mejl skickades/);
    await button('Visa logg').last().click();
    const logPage = await follows(log().getByRole('link', { name: /logg/i }).last());
    await logPage.getByRole('button').click();
    await logPage.getByRole('table').waitFor();
    await logPage.close();
    await page.getByText('5 av 5').waitFor();
  });

  test('the browser had nothing to complain about, and Slack would have taken everything', async () => {
    expect(complaintsOf(page)).toEqual([]);
    expect(await page.getByRole('alert').allTextContents()).toEqual(['']);
    for (const handle of ['lena', 'anna', 'erik', 'gustav']) {
      const scene = await program.get(`/playground/scene?as=${handle}`);
      expect(await scene.json()).toMatchObject({ faults: [] });
    }
  });
});

describe('the other sample files', () => {
  test('the faulty one: every row has its outcome, and the page says what the store holds', async () => {
    await drops('adresser-med-fel.csv', 'Bekräfta');
    await says(/^\s*Klart: 1 sparad, 1 oförändrad, 2 överhoppade, 12 avvisade/);
    // updated, unchanged, skipped because connected, skipped because empty
    expect(await outcomes()).toMatchObject({ u: 1, n: 1, k: 1, e: 1 });
  });

  test('the one saved by a Swedish Excel: å, ä, ö and all', async () => {
    await drops('nyanställda-från-excel.csv', 'Bekräfta');
    await page.getByRole('dialog').getByRole('button', { name: 'Skapa' }).click();
    await says(/^\s*Klart: 40 skapade/);
    expect(await count(`name = 'Åsa Månsson' and user_id = '207' and connection = 'unverified'`)).toBe(1);
    expect(await count('true')).toBe(160);
  });
});

describe('what happened stays', () => {
  test('a killed program has every message, mail and account when it is started again', async () => {
    const before = await log().innerText();
    await program.kill('SIGKILL');
    await program.restart();
    await page.reload();
    await log().getByText('Utskick #2').first().waitFor();
    expect(await log().innerText()).toBe(before);
    await page.getByText('5 av 5').waitFor();
    await opensMail('anna@company.se', /lösenord/);
    expect(await count('true')).toBe(160);
  });

  test('"Start over" asks first, and then has the organisation as it was', async () => {
    await page.getByRole('button', { name: 'Börja om' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Börja om' }).click();
    await page.getByText('Inget mejl än').waitFor();
    expect(await count('true')).toBe(120);
    expect(await count(`user_id = '14' and connection = 'unverified'`)).toBe(1);
    await types('/vc läge');
    await says(/120/);
  });

  test('two who start over at the same time get it once, and a start that finds it half done finishes it', async () => {
    const startOver = () => fetch(`${program.url}/playground/start-over`, { method: 'POST' });
    expect((await Promise.all([startOver(), startOver()])).map(({ status }) => status)).toEqual([200, 200]);
    await until(
      async () =>
        (await program.get('/readyz')).ok &&
        program.lines.filter((line) => line.includes('"ready"')).length >= 4,
      {
        what: 'ready again',
        deadline: 60_000,
      },
    );
    await store.query(`update "user" set name = 'Somebody else' where user_id = '14'`);
    await writeFile(join(dataDir, 'starting-over'), '');
    await program.kill('SIGKILL');
    await program.restart();
    expect(await count(`name = 'Anna Svensson'`)).toBe(1);
  });
});
