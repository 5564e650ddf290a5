import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Store, storeAt } from '../scenarios/harness/store.ts';
import { type Browser, complaintsOf, startBrowser, whileAway } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { until } from '../support/until.ts';
import { countUsers, outcomesOf, walkOn } from './walk.ts';

let dataDir: string;
let program: Program;
let browser: Browser;
let page: Page;
let store: Store;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vc-bot-tour-'));
  [program, browser] = await Promise.all([startProgram({ dataDir, patience: 150_000 }), startBrowser()]);
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

const { log, says, button, goTo, types, drops, opensMail, follows, leaves, confirms } = walkOn(() => page);

const ticks = (steps: number, where = page) => where.getByText(`${steps} av 5`).waitFor();

const count = (where: string) => countUsers(store, where);

describe('the tour, from an empty directory to Anna logged in', () => {
  test('the page is what the program prints, and holds the organisation', async () => {
    await program.says(/The playground is open at http:\/\/localhost:\d+/);
    await page.getByRole('heading', { name: '#hr' }).waitFor();
    expect(await count('true')).toBe(120);
  });

  test('1: /vc help', async () => {
    await types('/vc help');
    await says('Det här kan jag göra');
    await ticks(1);
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
    await ticks(2);
  });

  test("3: Anna's mail, the page behind its link, and the message that says so, over two kills", async () => {
    await types('/vc verify anna@company.se');
    await page.getByRole('button', { name: /anna@company.se/ }).waitFor();
    await whileAway(page, async () => {
      for (let kill = 0; kill < 2; kill++) {
        await program.kill('SIGKILL');
        await program.restart();
      }
      await page.reload();
    });
    await confirms('anna@company.se');
    await says(/adressen bekräftades/);
    await until(async () => (await count(`user_id = '14' and connection = 'connected'`)) === 1, {
      what: 'Anna is connected',
    });
    await ticks(3);
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
    await reset.getByText('Lösenordet är sparat').waitFor();
    await leaves(reset);
    await login.goto(`${program.url}/connect/`);
    await login.getByLabel('E-postadress').fill('anna@company.se');
    await login.getByLabel('Lösenord').fill('korrekt häst batteri');
    await login.getByRole('button', { name: 'Logga in' }).click();
    await login.getByText('Anna Svensson').waitFor();
    await leaves(login);
    await ticks(4);
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
    await leaves(logPage);
    await ticks(5);
  });

  test('another browser is told the same of the tour', async () => {
    const other = await browser.page();
    await other.goto(program.url);
    await ticks(5, other);
    await other.context().close();
  });

  test('the browser had nothing to complain about, and Slack would have taken everything', async () => {
    expect(complaintsOf(page)).toEqual([]);
    expect(await page.getByRole('alert').allTextContents()).toEqual(['']);
    for (const handle of ['lena', 'anna', 'erik', 'gustav']) {
      const scene = await program.get(`/playground/slack/scene?as=${handle}`);
      expect(await scene.json()).toMatchObject({ faults: [] });
    }
  });
});

describe('the other sample files', () => {
  test('the faulty one: every row has its outcome, and the page says what the store holds', async () => {
    await drops('adresser-med-fel.csv', 'Bekräfta');
    await says(/^\s*Klart: 1 sparad, 1 oförändrad, 2 överhoppade, 12 avvisade/);
    // updated, unchanged, skipped because connected, skipped because empty
    expect(await outcomesOf(store)).toMatchObject({ u: 1, n: 1, k: 1, e: 1 });
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
    await ticks(5);
    await opensMail('anna@company.se', /lösenord/);
    expect(await count('true')).toBe(160);
  });

  test('"Start over" asks first, and then has the organisation as it was', async () => {
    await page.getByRole('button', { name: 'Börja om' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Börja om' }).click();
    await page.getByText('Inget mejl än').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await ticks(0);
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
