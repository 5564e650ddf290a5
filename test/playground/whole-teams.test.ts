import { mkdtemp, rm } from 'node:fs/promises';
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
  dataDir = await mkdtemp(join(tmpdir(), 'vc-bot-teams-'));
  [program, browser] = await Promise.all([startProgram({ dataDir, patience: 150_000 }), startBrowser()]);
  store = storeAt({ url: undefined, dataDir });
  page = await browser.page();
  page.setDefaultTimeout(40_000);
  await page.goto(`${program.url}/#/teams/lena/vc-bot`);
});
afterAll(async () => {
  await browser?.stop();
  await program?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const { log, says, button, goTo, types, drops, follows, leaves, confirms } = walkOn(() => page);
const count = (where: string) => countUsers(store, where);

describe('the same bot in Teams', () => {
  test('help stands in a card', async () => {
    await types('hjälp');
    await says('Det här kan jag göra');
    await page.getByText('1 av 5').waitFor();
  });

  test('Anna is verified through the dialog, and the card follows what becomes of it', async () => {
    await types('visa 14');
    await says('Inte kopplad till Visma Connect (overifierad)');
    await types('verifiera');
    await says('Tryck på knappen för att öppna formuläret.');
    await button('Verifiera konto').last().click();
    const dialog = page.getByRole('dialog', { name: 'Verifiera konto' });
    await dialog.getByRole('combobox', { name: 'Användare' }).pressSequentially('anna sv');
    await dialog.getByRole('option', { name: /Anna Svensson/ }).click();
    const [first, second] = await dialog.getByRole('textbox').all();
    await first?.fill('anna@company.se');
    await second?.fill('anna@company.es');
    await dialog.getByRole('button').last().click();
    const faulty = dialog.locator('[aria-invalid=true]');
    await faulty.first().waitFor();
    expect(await first?.inputValue()).toBe('anna@company.se');
    await faulty.first().fill('anna@company.se');
    await dialog.getByRole('button').last().click();
    await dialog.waitFor({ state: 'detached' });
    await says(/Nu väntar vi på att adressen bekräftas/);
    await confirms('anna@company.se');
    await says(/adressen bekräftades/);
    await until(async () => (await count(`user_id = '14' and connection = 'connected'`)) === 1, {
      what: 'Anna is connected',
    });
  });

  test('a file is dropped, previewed, confirmed and in the store, and its log is opened', async () => {
    const without = await count(`connection = 'none' and email is not null`);
    await drops('nya-adresser.csv', 'Bekräfta');
    await says(`Klart: ${without} sparade`);
    expect(await count(`connection = 'none' and email is not null`)).toBe(0);
    expect(await outcomesOf(store)).toMatchObject({ u: without });
    await button('Visa logg').last().click();
    const logPage = await follows(
      button('Öppna loggen')
        .or(log().getByRole('link', { name: 'Öppna loggen' }))
        .last(),
    );
    await logPage.getByRole('button').click();
    await logPage.getByRole('table').waitFor();
    await leaves(logPage);
  });

  test('A3 in a channel the bot hears what mentions it, and answers by name nowhere but in the chat', async () => {
    await goTo('hr');
    await types('visa 14');
    await types('@vc visa 14');
    await says('Jag har svarat i vår chatt.');
    expect(await log().innerText()).not.toContain('Anna');
    await button('Öppna chatten')
      .or(log().getByRole('link', { name: 'Öppna chatten' }))
      .click();
    await page.waitForURL(/vc-bot$/);
    await says('Kopplad till Visma Connect');
  });

  test('A1 an employee asks about themselves, and a guest is refused', async () => {
    await page.getByRole('radio', { name: /Anna/ }).check();
    await page.waitForURL(/teams\/anna/);
    await types('jag kan inte logga in');
    await says(/Logga in med/);
    await page.getByRole('radio', { name: /Gustav/ }).check();
    await page.waitForURL(/teams\/gustav/);
    await types('hjälp');
    await says('Jag svarar bara den som arbetar här');
    await page.getByRole('radio', { name: /Lena/ }).check();
    await page.waitForURL(/teams\/lena/);
    await goTo('vc-bot');
  });

  test('a killed program has every message when it is started again, and goes on', async () => {
    await says('Kopplad till Visma Connect');
    const before = await log().innerText();
    await whileAway(page, async () => {
      await program.kill('SIGKILL');
      await program.restart();
      await page.reload();
    });
    await says('Kopplad till Visma Connect');
    expect(await log().innerText()).toBe(before);
    await types('läge');
    await says(/120/);
  });

  test('the browser had nothing to complain about, and Teams would have taken everything', async () => {
    expect(complaintsOf(page)).toEqual([]);
    for (const handle of ['lena', 'anna', 'erik', 'gustav']) {
      const scene = await program.get(`/playground/teams/scene?as=${handle}`);
      expect(await scene.json()).toMatchObject({ faults: [] });
    }
  });

  test('"Start over" leaves nothing of it', async () => {
    await page.getByRole('button', { name: 'Börja om' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Börja om' }).click();
    await page.getByText('Inget mejl än').waitFor();
    await page.goto(`${program.url}/#/teams/lena/vc-bot`);
    await page.getByText('Här skriver du med boten, bara ni två.').waitFor();
    await types('visa 14');
    await says('Inte kopplad till Visma Connect (overifierad)');
  });
});
