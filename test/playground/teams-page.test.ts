import { describe, expect, test } from 'vitest';
import type { Card, TeamsDialog } from '../../src/playground/wire.ts';
import { complaintsOf, overflows, type Page, screenshot, violationsOf } from '../support/browser.ts';
import { until } from '../support/until.ts';
import { composer, testVisits } from './visits.ts';

const line = (text: string, look: object = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...look }],
});

const column = (width: string, ...items: object[]) => ({ type: 'Column', width, items });

/** A preview with a button of each kind. */
const preview: Card = {
  type: 'AdaptiveCard',
  body: [
    line('adresser.csv', { size: 'large', weight: 'bolder' }),
    { type: 'Container', style: 'good', items: [line('Inget är sparat ännu.')] },
    { type: 'Container', style: 'warning', items: [line('2 rader har fel')] },
    { type: 'Container', style: 'attention', items: [line('Filen är gammal')] },
    line('/vc hjälp', { fontType: 'monospace' }),
    {
      type: 'ColumnSet',
      separator: true,
      columns: [
        column(
          'stretch',
          line('Anna Svensson', { weight: 'bolder' }),
          line('14 · väntar', { isSubtle: true }),
        ),
        column('auto', {
          type: 'ActionSet',
          actions: [
            {
              type: 'Action.Execute',
              id: 'show',
              title: 'Visa',
              tooltip: 'Visa: Anna Svensson',
              verb: 'press',
            },
          ],
        }),
      ],
    },
  ],
  actions: [
    { type: 'Action.Execute', id: 'confirm', title: 'Bekräfta', style: 'positive', verb: 'press' },
    {
      type: 'Action.ShowCard',
      title: 'Ta bort',
      style: 'destructive',
      card: {
        type: 'AdaptiveCard',
        body: [line('Det går inte att ångra.')],
        actions: [{ type: 'Action.Execute', id: 'remove', title: 'Ta bort adressen', verb: 'press' }],
      },
    },
    { type: 'Action.Submit', id: 'form', title: 'Ny adress', data: { msteams: { type: 'task/fetch' } } },
    { type: 'Action.OpenUrl', id: 'chat', title: 'Öppna chatten', url: chatUrl() },
  ],
};

function chatUrl(): string {
  return 'https://teams.microsoft.com/l/chat/0/0?users=28:8d7d3f1c-5f0b-4c55-9a0e-2f6b1c9a7e10';
}

const fault = (text: string) => (text ? [line(text, { color: 'attention' })] : []);

/** A dialog, as the bot draws it with what was filled in and what is wrong with it. */
const dialogWith = (email: string, wrong = ''): TeamsDialog => ({
  id: 'd1',
  title: 'Verifiera konto',
  message: null,
  card: {
    type: 'AdaptiveCard',
    body: [
      line('Adressen sparas och får ett mejl.'),
      {
        type: 'Input.ChoiceSet',
        id: 'user',
        label: 'Användare',
        placeholder: 'Sök',
        style: 'compact',
        choices: [{ title: 'Sök', value: ' ' }],
        'choices.data': { type: 'Data.Query', dataset: 'verify/user' },
      },
      { type: 'Input.Text', id: 'email', label: 'E-post', value: email },
      ...fault(wrong),
      {
        type: 'Input.ChoiceSet',
        id: 'language',
        label: 'Språk',
        style: 'compact',
        value: 'sv',
        choices: [
          { title: 'Svenska', value: 'sv' },
          { title: 'Engelska', value: 'en' },
        ],
      },
    ],
    actions: [
      { type: 'Action.Submit', id: 'send', title: 'Skicka', style: 'positive', data: { form: 'verify' } },
    ],
  },
});

const examples = { sv: { card: preview, summary: '' }, en: { card: preview, summary: '' } };
const visits = testVisits({
  gallery: [
    {
      name: 'import: preview',
      drawn: { sv: { blocks: [] }, en: { blocks: [] } },
      teams: examples,
    },
  ],
});
const { visit } = visits;
const acts = () => visits.stage().teamsActs.map(({ handle, act }) => ({ handle, ...act }));

async function type(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

describe('Teams in the playground', () => {
  test.each([
    { name: 'light', phone: false, dark: false },
    { name: 'dark', phone: false, dark: true },
    { name: 'phone', phone: true, dark: false },
    { name: 'phone-dark', phone: true, dark: true },
  ])('everything reads well: $name', async ({ name, phone, dark }) => {
    const stage = visits.stage();
    const readsWell = async (page: Page, what: string) => {
      expect(await violationsOf(page), what).toEqual([]);
      expect(await overflows(page), what).toBe(false);
      await screenshot(page, `playground-teams-${what}-${name}`);
    };
    const lena = { name: 'Lena Berg', bot: false };
    for (const room of ['a:lena', '19:hr']) {
      const { id } = stage.sayInTeams({
        room,
        by: lena,
        text: '@vc läge',
        files: [{ id: 'F1', name: 'a.csv', bytes: 2 }],
      });
      const thread = room === '19:hr' ? id : null;
      stage.sayInTeams({ room, thread, cards: [preview], edited: true });
      stage.sayInTeams({
        room,
        thread,
        offer: { name: 'avvisade.csv', bytes: 2048, description: '14 rader' },
      });
    }
    const page = await visit('#/teams/lena/vc-bot', { phone });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByRole('button', { name: 'Ta bort adressen' }).waitFor();
    await composer(page).fill('ver');
    await composer(page).press('ArrowDown');
    await readsWell(page, 'chat');
    await composer(page).fill('');
    await page.getByRole('link', { name: /^random/ }).click();
    const add = page.getByRole('button', { name: 'Lägg till boten i teamet' });
    await add.click({ trial: true });
    await readsWell(page, 'without-bot');
    await page.getByRole('link', { name: /^hr/ }).click();
    await page.getByRole('button', { name: 'Svara i tråden' }).click();
    await readsWell(page, 'channel');
    stage.showDialog(dialogWith('anna@', 'Adressen är inte hel.'));
    await page.getByText('Adressen är inte hel.').waitFor();
    stage.answerTeams.search = async () => ({ choices: [{ text: 'Anna Svensson, 14', value: '14' }] });
    await page.getByRole('combobox', { name: 'Användare' }).fill('an');
    await page.getByRole('option', { name: 'Anna Svensson, 14' }).waitFor();
    await readsWell(page, 'dialog');
    await page.goto(`${stage.base}/playground/gallery`);
    await page.locator('[data-surface=teams] button').first().waitFor();
    await readsWell(page, 'gallery');
    expect(complaintsOf(page)).toEqual([]);
  });

  test('one goes from Slack to Teams and back, as oneself, and the address says where one is', async () => {
    const page = await visit('#/anna/hr');
    await page.getByRole('link', { name: 'Teams' }).click();
    await page.waitForURL(/#\/teams\/anna\/hr$/);
    await page.getByRole('button', { name: 'Nämn boten' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Nämn boten' }).waitFor();
    await page.getByRole('radio', { name: /Erik/ }).check();
    await page.waitForURL(/#\/teams\/erik\/hr$/);
    await type(page, '@vc help');
    await page.getByRole('link', { name: 'Slack' }).click();
    await page.getByRole('heading', { name: '#hr' }).waitFor();
    await page.waitForURL(/#\/erik\/hr$/);
    await until(() => acts().length > 0);
    expect(acts()).toEqual([{ handle: 'erik', act: 'write', room: '19:hr', text: '@vc help' }]);
    expect(visits.stage().acts).toEqual([]);
  });

  test('commands are suggested, in a channel after the mention', async () => {
    const page = await visit('#/teams/lena/hr');
    await composer(page).fill('ver');
    expect(await page.getByRole('option').count()).toBe(0);
    await composer(page).fill('');
    await page.getByRole('button', { name: 'Nämn boten' }).click();
    await page.getByRole('option', { name: /@vc verifiera/ }).click();
    expect(await composer(page).inputValue()).toBe('@vc verifiera ');
    await page.getByRole('link', { name: 'vc-bot' }).click();
    await page.getByRole('heading', { name: 'vc-bot', level: 2 }).waitFor();
    await composer(page).fill('ver');
    await page.getByRole('option', { name: /^verifiera/ }).waitFor();
    await composer(page).press('ArrowDown');
    await composer(page).press('Enter');
    expect(await composer(page).inputValue()).toBe('verifiera ');
    await page.getByRole('link', { name: 'hr', exact: true }).click();
    await page.getByRole('heading', { name: 'hr', level: 2 }).waitFor();
    await composer(page).fill('/ver');
    await page.getByRole('option', { name: /^\/verifiera/, selected: true }).waitFor();
    await composer(page).press('Enter');
    expect(await composer(page).inputValue()).toBe('/verifiera ');
    expect(acts()).toEqual([]);
  });

  test('a thread is answered, and what was answered last stands last', async () => {
    const stage = visits.stage();
    const first = stage.sayInTeams({ room: '19:hr', text: 'Först' });
    stage.sayInTeams({ room: '19:hr', text: 'Sedan' });
    const page = await visit('#/teams/lena/hr');
    const threads = page.getByRole('region', { name: 'Tråd' });
    await threads.filter({ hasText: 'Först' }).getByRole('button', { name: 'Svara i tråden' }).click();
    await page.getByText('Du svarar i tråden').waitFor();
    await type(page, '@vc läge');
    await page.getByText('Du svarar i tråden').waitFor({ state: 'detached' });
    expect(acts()).toEqual([
      { handle: 'lena', act: 'write', room: '19:hr', text: '@vc läge', thread: first.id },
    ]);
    stage.sayInTeams({ room: '19:hr', text: 'Svaret', thread: first.id });
    await threads.last().getByText('Svaret').waitFor();
    expect(await threads.last().innerText()).toContain('Först');
  });

  test('buttons press, ask first, and lead to the chat with the bot', async () => {
    const { id } = visits.stage().sayInTeams({ room: '19:hr', cards: [preview] });
    visits.stage().answerTeams.press = async () => ({ notice: 'Det är på väg.' });
    const page = await visit('#/teams/lena/hr');
    await page.getByRole('button', { name: 'Visa: Anna Svensson' }).click();
    await page.getByText('Det är på väg.').waitFor();
    await page.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByText('Det går inte att ångra.').waitFor();
    await page.getByRole('button', { name: 'Ta bort adressen' }).press('Enter');
    await page.getByRole('button', { name: 'Ny adress' }).click();
    await until(() => acts().length === 3);
    const at = { handle: 'lena', act: 'press', room: '19:hr', message: id, values: {} };
    expect(acts()).toEqual(['show', 'remove', 'form'].map((action) => ({ ...at, action })));
    await page
      .getByRole('link', { name: 'Öppna chatten' })
      .or(page.getByRole('button', { name: 'Öppna chatten' }))
      .click();
    await page.waitForURL(/#\/teams\/lena\/vc-bot$/);
  });

  test('a question that opens below what is seen is scrolled to', async () => {
    for (const text of ['a', 'b', 'c']) visits.stage().sayInTeams({ room: 'a:lena', cards: [preview], text });
    const page = await visit('#/teams/lena/vc-bot');
    await page.getByRole('button', { name: 'Ta bort' }).last().click();
    const log = await page.getByRole('region', { name: 'Meddelanden' }).boundingBox();
    const yes = await page.getByRole('button', { name: 'Ta bort adressen' }).boundingBox();
    if (!log || !yes) throw new Error('Nothing is drawn');
    expect(yes.y + yes.height).toBeLessThanOrEqual(log.y + log.height);
  });

  test('a card changes in its place: the focus, an opened question and a draft stay', async () => {
    const { id } = visits
      .stage()
      .sayInTeams({ room: 'a:lena', cards: [preview], summary: 'Förhandsvisning' });
    const page = await visit('#/teams/lena/vc-bot');
    await composer(page).fill('inte klar');
    await page.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByRole('button', { name: 'Bekräfta' }).focus();
    visits.stage().changeInTeams(id, {
      cards: [{ ...preview, body: [line('Nu är det sparat.'), ...preview.body] }],
      edited: true,
    });
    await page.getByText('Nu är det sparat.').waitFor();
    await page.getByText('Det går inte att ångra.').waitFor();
    await page.locator('button:focus', { hasText: 'Bekräfta' }).waitFor();
    expect(await composer(page).inputValue()).toBe('inte klar');
    expect(await page.getByText('Redigerat').count()).toBe(1);
    visits.stage().sayInTeams({ room: 'a:lena', cards: [preview], summary: 'Ännu en' });
    await page.locator('[aria-live=polite]', { hasText: 'vc-bot: Ännu en' }).waitFor({ state: 'attached' });
  });

  test('a dialog is filled in by the keyboard; its faults stand at their fields, and what was typed stays', async () => {
    const stage = visits.stage();
    stage.answerTeams.search = async (act) => ({
      choices: 'text' in act && act.text === 'anna' ? [{ text: 'Anna Svensson, 14', value: '14' }] : [],
    });
    const page = await visit('#/teams/lena/vc-bot');
    stage.showDialog(dialogWith(''));
    const dialog = page.getByRole('dialog', { name: 'Verifiera konto' });
    const user = dialog.getByRole('combobox', { name: 'Användare' });
    const email = dialog.getByRole('textbox', { name: 'E-post' });
    await dialog.locator('[role=combobox]:focus').waitFor();
    await user.pressSequentially('anna');
    await dialog.getByRole('option', { name: 'Anna Svensson, 14' }).waitFor();
    await user.press('Enter');
    await email.pressSequentially('anna@');
    stage.sayInTeams({ room: 'a:lena', text: 'Något annat' });
    await page.getByText('Något annat', { exact: true }).waitFor({ state: 'attached' });
    expect(await email.inputValue()).toBe('anna@');
    stage.answerTeams.submit = async () => {
      stage.showDialog(dialogWith('anna@', 'Adressen är inte hel.'));
      return {};
    };
    await dialog.getByRole('combobox', { name: 'Språk' }).selectOption('Engelska');
    await email.press('Enter');
    await dialog.getByText('Adressen är inte hel.').waitFor();
    await dialog.locator('input:focus[aria-invalid=true]').waitFor();
    expect(await email.inputValue()).toBe('anna@');
    const described = (await email.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`[id="${described}"]`).innerText()).toBe('Adressen är inte hel.');
    expect(acts().at(-1)).toEqual({
      handle: 'lena',
      act: 'submit',
      values: { user: '14', email: 'anna@', language: 'en' },
    });
    await page.keyboard.press('Escape');
    await until(() => acts().at(-1)?.act === 'close');
    stage.showDialog(null);
    await dialog.waitFor({ state: 'detached' });
  });

  test('what Teams holds back, and a sentence in a dialog, are said there', async () => {
    const stage = visits.stage();
    stage.answerTeams.submit = async () => ({ errors: { user: 'Välj ett av alternativen.' } });
    const page = await visit('#/teams/lena/vc-bot');
    stage.showDialog(dialogWith('a'));
    await page.getByRole('dialog').getByRole('button', { name: 'Skicka' }).click();
    await page.getByRole('dialog').getByText('Välj ett av alternativen.').waitFor();
    stage.showDialog({ id: 'd2', title: '', card: null, message: 'Svaret står i vår chatt.' });
    await page.getByRole('dialog').getByText('Svaret står i vår chatt.').waitFor();
    await page.getByRole('button', { name: 'OK' }).click();
    await until(() => acts().at(-1)?.act === 'close');
  });

  test('a file is dropped, one that the bot offers is taken or not, and the bot is added to a team', async () => {
    const stage = visits.stage();
    const { id } = stage.sayInTeams({
      room: 'a:anna',
      offer: { name: 'avvisade.csv', bytes: 2048, description: '14 rader' },
    });
    const page = await visit('#/teams/anna/vc-bot');
    await page.getByRole('button', { name: 'Bifoga en fil' }).click();
    await page.getByRole('button', { name: /adresser med fel.csv/ }).click();
    await until(() => stage.files.length === 1);
    expect(stage.files).toEqual([
      { handle: 'anna', room: 'a:anna', name: 'adresser med fel.csv', bytes: 41 },
    ]);
    await page.getByRole('button', { name: 'Avböj' }).click();
    // The first answer counts until the program has heard it.
    await page.locator('[aria-busy=false]', { hasText: 'Tillåt' }).click();
    await page.getByRole('link', { name: 'random' }).click();
    await page.getByRole('button', { name: 'Lägg till boten i teamet' }).click();
    await until(() => acts().length === 3);
    const consent = { handle: 'anna', act: 'consent', room: 'a:anna', message: id };
    expect(acts()).toEqual([
      { ...consent, accepts: false },
      { ...consent, accepts: true },
      { handle: 'anna', act: 'install', room: '19:random', isThere: true },
    ]);
  });

  test('the tour types and drops where one is', async () => {
    const stage = visits.stage();
    const page = await visit('#/teams/anna/random');
    await page.getByRole('button', { name: 'Skriv det åt mig' }).click();
    await page.waitForURL(/#\/teams\/lena\/vc-bot/);
    await until(async () => (await composer(page).inputValue()) !== '');
    await composer(page).press('Enter');
    await until(() => acts().length === 1);
    expect(acts()).toMatchObject([{ handle: 'lena', act: 'write', room: 'a:lena' }]);
    stage.tour.help = true;
    await page.getByRole('button', { name: 'Släpp filen' }).click();
    await until(() => stage.files.length === 1);
    expect(stage.files).toMatchObject([{ handle: 'lena', room: 'a:lena' }]);
  });

  test('A7 text is drawn as it stands, and runs nothing', async () => {
    const text =
      '*a* _b_ [c](https://d.se) {{DATE(2026-11-22T09:00:00Z)}} <b>e</b> <img src=x onerror=alert(1)>';
    visits.stage().sayInTeams({ room: 'a:lena', text: `T ${text}` });
    visits.stage().sayInTeams({
      room: 'a:lena',
      cards: [{ type: 'AdaptiveCard', body: [line('K *a* [c](https://d.se) <img src=x onerror=alert(1)>')] }],
    });
    const page = await visit('#/teams/lena/vc-bot');
    await page.getByRole('article').getByText(`T ${text}`).waitFor();
    await page
      .getByRole('article')
      .getByText('K *a* [c](https://d.se) <img src=x onerror=alert(1)>')
      .waitFor();
    expect(await page.locator('.messages img, .messages b:not(.by b), .messages a').count()).toBe(0);
    expect(complaintsOf(page)).toEqual([]);
  });
});
