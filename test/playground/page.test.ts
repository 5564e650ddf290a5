import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Block, Form, GalleryItem } from '../../src/playground/wire.ts';
import {
  type Browser,
  complaintsOf,
  overflows,
  type Page,
  type PageOptions,
  screenshot,
  startBrowser,
  violationsOf,
} from '../support/browser.ts';
import { until } from '../support/until.ts';
import { openStage, type Stage } from './stage.ts';

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
const rich = (...elements: object[]): Block => ({
  type: 'rich_text',
  block_id: 'rich',
  elements: [{ type: 'rich_text_section', elements }],
});
const button = (label: string, more: object = {}) => ({
  type: 'button',
  action_id: `press-${label}`,
  text: plain(label),
  ...more,
});

const preview: Block[] = [
  { type: 'header', block_id: 'head', text: plain('adresser.csv') },
  rich(
    { type: 'emoji', name: 'white_check_mark' },
    { type: 'text', text: ' Inget är sparat ännu. ' },
    { type: 'text', text: '/vc help', style: { code: true } },
  ),
  {
    type: 'section',
    block_id: 'row',
    text: plain('Anna Svensson\n14 · väntar'),
    accessory: button('Visa', { accessibility_label: 'Visa: Anna Svensson' }),
  },
  {
    type: 'actions',
    block_id: 'actions',
    elements: [
      button('Bekräfta', { style: 'primary' }),
      button('Ta bort', {
        style: 'danger',
        confirm: {
          title: plain('Ta bort?'),
          text: plain('Det går inte att ångra.'),
          confirm: plain('Ta bort adressen'),
          deny: plain('Behåll'),
          style: 'danger',
        },
      }),
    ],
  },
];

const input = (name: string, label: string, element: object, more: object = {}): Block => ({
  type: 'input',
  block_id: name,
  label: plain(label),
  element: { action_id: name, ...element },
  ...more,
});

const option = (value: string, text: string) => ({ value, text: plain(text) });

const form: Form = {
  id: 'V1',
  title: plain('Verifiera konto'),
  submit: plain('Skicka'),
  close: plain('Avbryt'),
  blocks: [
    rich({ type: 'text', text: 'Adressen sparas och får ett mejl.' }),
    input('user', 'Användare', { type: 'external_select', min_query_length: 1, placeholder: plain('Sök') }),
    input('email', 'E-post', { type: 'email_text_input', initial_value: 'anna@company.se' }),
    input('confirm', 'Bekräfta e-post', { type: 'plain_text_input' }, { hint: plain('En gång till.') }),
    input('language', 'Språk', {
      type: 'static_select',
      options: [option('sv', 'Svenska'), option('en', 'Engelska')],
      initial_option: option('sv', 'Svenska'),
    }),
    input(
      'more',
      'Mer',
      { type: 'checkboxes', options: [option('a', 'Påminn'), option('b', 'Kopia')] },
      { optional: true },
    ),
    input('when', 'När', {
      type: 'radio_buttons',
      options: [option('now', 'Nu'), option('later', 'Senare')],
      initial_option: option('now', 'Nu'),
    }),
  ],
};

const card = { title: '', card: { type: 'AdaptiveCard', body: [] } } as const;
const teams = { sv: card, en: card };
const gallery: GalleryItem[] = [
  { name: 'import: preview', drawn: { sv: { blocks: preview }, en: { blocks: preview } }, teams },
  { name: 'verification: form', drawn: { sv: { form }, en: { form } }, teams },
];

describe('the playground in a browser', () => {
  let folder: string;
  let browser: Browser;
  let stage: Stage;
  const open: Page[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vc-bot-page-'));
    const { bundlePage } = (await import(new URL('../../scripts/bundle.mjs', import.meta.url).href)) as {
      bundlePage(folder: string): Promise<void>;
    };
    [browser] = await Promise.all([startBrowser(), bundlePage(folder)]);
  });
  afterAll(async () => {
    await browser.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    stage = await openStage(pathToFileURL(`${folder}/`), { gallery });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.context().close()));
    await stage.stop();
  });

  async function visit(hash = '', options: PageOptions = {}): Promise<Page> {
    const page = await browser.page(options);
    open.push(page);
    await page.goto(`${stage.base}/${hash}`);
    await page.getByRole('textbox', { name: /^(Skriv till|Message)/ }).waitFor();
    return page;
  }

  const composer = (page: Page) => page.getByRole('textbox', { name: /^(Skriv till|Message)/ });
  const acts = () => stage.acts.map(({ handle, act }) => ({ handle, ...act }));

  async function type(page: Page, text: string): Promise<void> {
    await composer(page).fill(text);
    await composer(page).press('Enter');
  }

  test.each([
    { name: 'light', phone: false, dark: false },
    { name: 'dark', phone: false, dark: true },
    { name: 'phone', phone: true, dark: false },
    { name: 'phone-dark', phone: true, dark: true },
  ])('everything reads well: $name', async ({ name, phone, dark }) => {
    const readsWell = async (page: Page, what: string) => {
      expect(await violationsOf(page), what).toEqual([]);
      expect(await overflows(page), what).toBe(false);
      await screenshot(page, `playground-${what}-${name}`);
    };
    stage.say({ room: 'C1', by: { name: 'Lena Berg', bot: false }, text: 'God morgon!' });
    stage.say({
      room: 'C1',
      blocks: preview,
      onlyYou: true,
      files: [{ id: 'F1', name: 'a.csv', bytes: 2048 }],
    });
    stage.say({ room: 'C1', blocks: preview, edited: true });
    stage.fault('A header holds at most 150 characters');
    stage.send({
      to: 'anna@company.se',
      subject: 'Bekräfta',
      html: '<p>Hej <a href="https://a.se">du</a></p>',
    });
    stage.send({ to: 'bo@company.se', subject: 'Bekräfta' });
    const page = await visit('', { phone });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    await page.getByText('Inget är sparat ännu.').first().waitFor();
    await page.getByRole('group', { name: 'Vad Slack inte hade godtagit' }).waitFor();
    await composer(page).fill('/vc');
    await composer(page).press('ArrowDown');
    await readsWell(page, 'chat');
    await composer(page).fill('');
    await page.getByRole('button', { name: 'Bifoga en fil' }).click();
    if (phone) await page.getByRole('button', { name: /^Mejl/ }).click();
    await page.getByRole('button', { name: /anna@company.se/ }).waitFor();
    await readsWell(page, 'mail');
    await page.getByRole('button', { name: /anna@company.se/ }).click();
    await page.frameLocator('iframe').getByText('Hej').waitFor();
    await readsWell(page, 'letter');
    stage.answer.search = async () => ({ choices: [{ text: 'Anna Svensson, 14', value: '14' }] });
    stage.show(form);
    await page.getByRole('dialog').getByRole('button', { name: 'Skicka' }).click();
    await page.getByText('Fyll i det här fältet.').first().waitFor();
    await page.getByRole('combobox', { name: 'Användare' }).fill('an');
    await page.getByRole('option', { name: 'Anna Svensson, 14' }).waitFor();
    await readsWell(page, 'form');
    await page.goto(`${stage.base}/playground/gallery`);
    await page.getByRole('heading', { name: 'verification: form' }).waitFor();
    await readsWell(page, 'gallery');
    expect(complaintsOf(page)).toEqual([]);
  });

  test('what is typed is sent to the room; a draft waits while one is somebody else', async () => {
    const page = await visit();
    await type(page, '/vc help');
    await composer(page).fill('inte klar');
    await page.getByRole('radio', { name: /Anna/ }).check();
    await page.waitForURL(/#\/anna/);
    await until(async () => (await composer(page).inputValue()) === '');
    await page.getByRole('link', { name: 'vc-bot' }).click();
    await page.getByRole('heading', { name: 'vc-bot', level: 2 }).waitFor();
    await composer(page).fill('jag kan inte');
    await composer(page).press('Shift+Enter');
    await composer(page).pressSequentially('logga in');
    await composer(page).press('Enter');
    await page.goBack();
    await page.goBack();
    await until(async () => (await composer(page).inputValue()) === 'inte klar');
    await until(() => acts().length > 1);
    expect(acts()).toEqual([
      { handle: 'lena', act: 'command', room: 'C1', line: '/vc help' },
      { handle: 'anna', act: 'write', room: 'D-anna', text: 'jag kan inte\nlogga in' },
    ]);
  });

  test('commands are suggested, and taken by the keyboard', async () => {
    const page = await visit();
    await composer(page).fill('/vc ver');
    await page.getByRole('option', { name: /verifiera/ }).waitFor();
    await composer(page).press('ArrowDown');
    await composer(page).press('Enter');
    expect(await composer(page).inputValue()).toBe('/vc verifiera ');
    expect(acts()).toEqual([]);
  });

  test('an error of the chat is told, and what was typed is kept', async () => {
    stage.answer.command = async () => ({ error: '/vc failed with the error "operation_timeout"' });
    const page = await visit();
    await type(page, '/vc help');
    await page.getByRole('alert').getByText('operation_timeout').waitFor();
    expect(await composer(page).inputValue()).toBe('/vc help');
  });

  test('a button presses, asks first where it should, and names what it is about', async () => {
    const { id } = stage.say({ room: 'C1', blocks: preview });
    const page = await visit();
    const at = { room: 'C1', message: id };
    await page.getByRole('button', { name: 'Bekräfta' }).click();
    await page.getByRole('button', { name: 'Visa: Anna Svensson' }).click();
    await page.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByRole('dialog', { name: 'Ta bort?' }).getByRole('button', { name: 'Behåll' }).click();
    await page.getByRole('button', { name: 'Ta bort' }).click();
    await page.getByRole('button', { name: 'Ta bort adressen' }).click();
    await until(() => stage.acts.length === 3);
    expect(acts()).toEqual([
      { handle: 'lena', act: 'press', at: { ...at, block: 'actions', action: 'press-Bekräfta' } },
      { handle: 'lena', act: 'press', at: { ...at, block: 'row', action: 'press-Visa' } },
      { handle: 'lena', act: 'press', at: { ...at, block: 'actions', action: 'press-Ta bort' } },
    ]);
  });

  test('a form is filled in by the keyboard; its faults stand at their fields', async () => {
    const page = await visit();
    stage.answer.search = async (act) => ({
      choices: 'text' in act && act.text === 'anna' ? [{ text: 'Anna Svensson, 14', value: '14' }] : [],
    });
    stage.answer.submit = async () => ({ errors: { confirm: 'Adresserna är inte lika.' } });
    stage.show(form);
    const dialog = page.getByRole('dialog', { name: 'Verifiera konto' });
    const user = dialog.getByRole('combobox', { name: 'Användare' });
    await dialog.locator('[role=combobox]:focus').waitFor();
    await dialog.getByRole('textbox', { name: 'E-post', exact: true }).press('Enter');
    expect(await dialog.getByText('Fyll i det här fältet.').count()).toBe(2);
    expect(stage.acts).toEqual([]);
    await user.pressSequentially('anna');
    await dialog.getByRole('option', { name: 'Anna Svensson, 14' }).waitFor();
    await user.press('Enter');
    const confirm = dialog.getByRole('textbox', { name: 'Bekräfta e-post' });
    await confirm.fill('anna@company.se');
    await dialog.getByRole('combobox', { name: 'Språk' }).selectOption('Engelska');
    await dialog.getByRole('checkbox', { name: 'Kopia' }).check();
    await dialog.getByRole('radio', { name: 'Senare' }).check();
    await confirm.press('Enter');
    await dialog.getByText('Adresserna är inte lika.').waitFor();
    await dialog.locator('[data-block=confirm] input:focus').waitFor();
    expect(await confirm.getAttribute('aria-describedby')).toMatch(/error.*hint/);
    expect(acts().at(-1)).toEqual({
      handle: 'lena',
      act: 'submit',
      values: {
        user: { user: '14' },
        email: { email: 'anna@company.se' },
        confirm: { confirm: 'anna@company.se' },
        language: { language: 'en' },
        more: { more: ['b'] },
        when: { when: 'later' },
      },
    });
    await page.keyboard.press('Escape');
    await until(() => acts().at(-1)?.act === 'close');
    stage.show(null);
    await dialog.waitFor({ state: 'detached' });
  });

  test('a file is dropped anywhere on the chat, chosen by the paperclip, or taken from the samples', async () => {
    const page = await visit('#/anna/vc-bot');
    const files = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['a;b\n'], 'släppt.csv'));
      return transfer;
    });
    await page
      .getByRole('region', { name: 'Meddelanden' })
      .dispatchEvent('dragover', { dataTransfer: files });
    await page.getByText('Släpp filen i vc-bot').waitFor();
    await page.getByRole('region', { name: 'Meddelanden' }).dispatchEvent('drop', { dataTransfer: files });
    await until(() => stage.files.length === 1);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Bifoga en fil' }).press('Enter');
    await page.locator(':focus', { hasText: 'Välj en fil' }).waitFor();
    await page.keyboard.press('Enter');
    await (await choosing).setFiles({
      name: 'vald.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('a;b;c\n'),
    });
    await until(() => stage.files.length === 2);
    await page.getByRole('button', { name: 'Bifoga en fil' }).click();
    await page.getByRole('button', { name: /adresser med fel.csv/ }).click();
    await until(() => stage.files.length === 3);
    expect(stage.files).toEqual([
      { handle: 'anna', room: 'D-anna', name: 'släppt.csv', bytes: 4 },
      { handle: 'anna', room: 'D-anna', name: 'vald.csv', bytes: 6 },
      { handle: 'anna', room: 'D-anna', name: 'adresser med fel.csv', bytes: 41 },
    ]);
  });

  test('a file that a message brings is downloaded', async () => {
    stage.say({ room: 'D-lena', files: [{ id: 'F1', name: 'avvisade.csv', bytes: 3 }] });
    const page = await visit('#/lena/vc-bot');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /avvisade\.csv/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('avvisade.csv');
    expect(await readFile(await download.path(), 'utf8')).toBe('a;b');
  });

  test('messages come and change by themselves, and are said to whoever listens', async () => {
    const page = await visit();
    const { id } = stage.say({ room: 'C1', text: 'Halvvägs' });
    await page.getByText('Halvvägs', { exact: true }).waitFor();
    await page.locator('[aria-live=polite]', { hasText: 'vc-bot: Halvvägs' }).waitFor({ state: 'attached' });
    stage.change(id, { text: 'Klart', edited: true });
    await page.getByRole('article').getByText('Klart').waitFor();
    await page.getByText('(redigerat)').waitFor();
    stage.say({ room: 'D-lena', text: 'Psst' });
    await page.getByRole('link', { name: 'vc-bot (oläst)' }).click();
    await page.getByRole('article').getByText('Psst').waitFor();
    await page.getByRole('link', { name: 'vc-bot', exact: true }).waitFor();
  });

  test('a lost program is said quietly, and found again', async () => {
    const page = await visit();
    stage.tour.help = true;
    await page.getByText('1 av 5').waitFor();
    const port = Number(new URL(stage.base).port);
    await stage.stop();
    await page.getByText('Ansluter igen …').waitFor();
    await page.getByRole('button', { name: 'Släpp filen' }).click();
    await page.getByRole('alert').getByText('Programmet svarade inte.').waitFor();
    stage = await openStage(pathToFileURL(`${folder}/`), { port });
    stage.say({ room: 'D-lena', text: 'Tillbaka' });
    await page.getByRole('article').getByText('Tillbaka').waitFor();
    await page.getByText('Ansluter igen …').waitFor({ state: 'detached' });
    expect(complaintsOf(page).filter((complaint) => complaint.startsWith('The program answered'))).toEqual(
      [],
    );
  });

  test('samples that could not be fetched are there once the program is found again', async () => {
    const page = await browser.page();
    open.push(page);
    await page.route('**/playground/samples', (route) => route.abort(), { times: 1 });
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/samples'));
    await page.goto(stage.base);
    await composer(page).waitFor();
    await failed;
    const port = Number(new URL(stage.base).port);
    await stage.stop();
    await page.getByText('Ansluter igen …').waitFor();
    stage = await openStage(pathToFileURL(`${folder}/`), { port });
    await page.getByText('Ansluter igen …').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Bifoga en fil' }).click();
    await page.getByRole('button', { name: /adresser med fel.csv/ }).click();
    await until(() => stage.files.length === 1);
  });

  test('what the browser remembers is forgotten when the store is another, in every tab', async () => {
    stage.send({ to: 'anna@company.se', subject: 'Hej', text: 'Hej' });
    const page = await visit();
    const second = await page.context().newPage();
    stage.tour.help = true;
    await page.getByText('1 av 5').waitFor();
    await page.getByRole('button', { name: /^Oläst: anna/ }).click();
    await page.getByRole('button', { name: 'Alla mejl' }).click();
    await composer(page).fill('inte klar');
    await second.goto(stage.base);
    await second.getByText('1 av 5').waitFor();
    const port = Number(new URL(stage.base).port);
    await stage.stop();
    stage = await openStage(pathToFileURL(`${folder}/`), { port, world: 'second' });
    stage.send({ to: 'anna@company.se', subject: 'Hej', text: 'Hej' });
    for (const tab of [page, second]) {
      await tab.getByText('0 av 5').waitFor();
      await tab.getByRole('button', { name: /^Oläst: anna/ }).waitFor();
      expect(await composer(tab).inputValue()).toBe('');
    }
    await page.reload();
    await page.getByRole('button', { name: /^Oläst: anna/ }).waitFor();
  });

  test('A7 text is drawn as it stands, and runs nothing', async () => {
    const text = '*a* _b_ `c` <!channel> &amp; :tada: <b>d</b> a@b.se';
    stage.say({
      room: 'C1',
      blocks: [
        { type: 'header', block_id: 'h', text: plain(`H ${text}`) },
        { type: 'section', block_id: 's', text: plain(`S ${text}`) },
        rich({ type: 'text', text: `R ${text}` }),
      ],
    });
    stage.say({
      room: 'C1',
      by: { name: 'Erik Holm', bot: false },
      text: 'T &lt;!channel&gt; &lt;b&gt; &amp;amp;',
    });
    const page = await visit();
    for (const letter of ['H', 'S', 'R'])
      await page.getByText(`${letter} ${text}`, { exact: true }).waitFor();
    const said = await page.getByRole('article').last().innerText();
    expect(said.replaceAll('\u2060', '').replace(/\s+/g, ' ')).toContain('T <!channel> <b> &amp;');
    expect(await page.locator('.said a, .said strong, .said em, .slack_broadcast').count()).toBe(0);
  });

  test('mail is found by recipient, opened without scripts, and its links open beside the page', async () => {
    stage.send({
      to: 'anna@company.se',
      subject: 'Bekräfta din adress',
      html: `<!doctype html><html><head></head><body onload="parent.document.title = 'taken'"><script>top.location = '/'</script>
        <p style="color: red">Hej Anna</p><a href="${stage.base}/connect/">Bekräfta</a></body></html>`,
    });
    stage.send({ to: 'bo@company.se', subject: 'Ren text', text: 'Hej <Bo>\nhttps://a.se' });
    const page = await visit();
    const heads = page.getByRole('listitem').filter({ hasText: '@company.se' });
    await heads.nth(1).waitFor();
    expect(await heads.allInnerTexts()).toEqual([
      expect.stringContaining('bo@company.se'),
      expect.stringContaining('anna@company.se'),
    ]);
    await page.getByRole('searchbox', { name: 'Sök mottagare' }).fill('ANNA');
    await until(async () => (await heads.count()) === 1);
    await page.getByRole('button', { name: /^Oläst: anna/ }).click();
    const letter = page.frameLocator('iframe');
    await letter.getByText('Hej Anna').waitFor();
    expect(await letter.locator('html').evaluate(() => document.compatMode)).toBe('CSS1Compat');
    const [beside] = await Promise.all([
      page.context().waitForEvent('page'),
      letter.getByRole('link', { name: 'Bekräfta' }).click(),
    ]);
    await beside.getByRole('heading', { name: 'Login' }).waitFor();
    expect(await page.title()).toBe('vc-bot playground');
    await page.getByRole('button', { name: 'Alla mejl' }).click();
    await page.getByRole('button', { name: /^anna/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Sök mottagare' }).fill('');
    await page.getByRole('button', { name: /bo@company.se/ }).click();
    await letter.getByText('Hej <Bo>').waitFor();
  });

  test('the tour types and drops', async () => {
    const page = await visit('#/anna/random');
    await page.getByRole('button', { name: 'Skriv det åt mig' }).click();
    await page.waitForURL(/#\/lena\/hr/);
    await until(async () => (await composer(page).inputValue()) === '/vc hjälp');
    await composer(page).press('Enter');
    await until(() => stage.acts.length === 1);
    expect(acts()).toEqual([{ handle: 'lena', act: 'command', room: 'C1', line: '/vc hjälp' }]);
    expect(await page.getByText('0 av 5').count()).toBe(1);
    stage.tour.help = true;
    await page.getByRole('button', { name: 'Släpp filen' }).click();
    await until(() => stage.files.length === 1);
    expect(stage.files).toEqual([{ handle: 'lena', room: 'D-lena', name: 'adresser.csv', bytes: 41 }]);
    stage.tour.import = true;
    await page.getByText('2 av 5').waitFor();
    await page.getByRole('button', { name: 'Öppna Annas mejl' }).click();
    expect(await page.getByRole('searchbox', { name: 'Sök mottagare' }).inputValue()).toBe('anna@company.se');
    stage.send({ to: 'anna@company.se', subject: 'Först' });
    stage.send({ to: 'anna@company.se', subject: 'Sedan' });
    stage.send({ to: 'bo@company.se', subject: 'Till Bo' });
    await page.getByRole('button', { name: /Sedan/ }).waitFor();
    for (const subject of ['Sedan', 'Först']) {
      await page.getByRole('button', { name: 'Öppna Annas mejl' }).click();
      await page.getByRole('heading', { name: subject }).waitFor();
    }
    await page.getByRole('button', { name: 'Alla mejl (1 olästa)' }).click();
    await page.getByRole('button', { name: /Till Bo/ }).waitFor();
    await page.getByRole('button', { name: 'Dölj' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Visa', exact: true }).waitFor();
    expect(await page.getByText('Verifiera många på en gång').count()).toBe(0);
  });

  test('who reads English begins as an administrator who does, and takes the tour in English', async () => {
    const page = await visit('', { locale: 'en-GB' });
    await page.getByRole('radio', { name: /Grace/, checked: true }).waitFor();
    await page.getByRole('button', { name: 'Type it for me' }).click();
    await page.waitForURL(/#\/grace\/vc-bot/);
    await until(async () => (await composer(page).inputValue()) === '/vc help');
    stage.tour.help = true;
    stage.tour.import = true;
    await page.getByRole('button', { name: "Open Erik's mail" }).click();
    expect(await page.getByRole('searchbox').inputValue()).toBe('erik@company.se');
  });

  test('nothing is said of the tour before it is known what has been done', async () => {
    const page = await browser.page();
    open.push(page);
    await page.route('**/playground/tour', (route) => route.abort());
    await page.goto(stage.base);
    await composer(page).waitFor();
    expect(await page.getByText('0 av 5').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Skriv det åt mig' }).count()).toBe(0);
    await page.unroute('**/playground/tour');
    await page.getByText('0 av 5').waitFor();
  });

  test('starting over is asked about first, and then begins the page anew', async () => {
    const page = await visit('#/anna/vc-bot');
    await page.getByRole('button', { name: 'Börja om' }).click();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Avbryt' }).click();
    expect(stage.startedOver()).toBe(0);
    await page.getByRole('button', { name: 'Börja om' }).click();
    const cameBack = page.waitForRequest(/\/changes$/);
    await page.getByRole('dialog').getByRole('button', { name: 'Börja om' }).click();
    // The program that goes away may answer once more: that is not the new one yet.
    await cameBack;
    await page.waitForResponse(/\/scene\?/);
    await page.getByText('Lägger tillbaka allt').waitFor();
    expect(page.url()).toContain('#/anna/vc-bot');
    expect(stage.startedOver()).toBe(1);
    const { port } = new URL(stage.base);
    await stage.stop();
    stage = await openStage(pathToFileURL(`${folder}/`), { port: Number(port), world: 'second' });
    await page.waitForURL(/#\/lena\/$/);
    await page.getByRole('radio', { name: /Lena/, checked: true }).waitFor();
  });

  test('whoever looks among many mails is told that only the latest are there', async () => {
    for (let n = 0; n < 500; n++) stage.send({ to: `nr${n}@company.se` });
    const page = await visit();
    await page.getByRole('button', { name: /nr499@/ }).waitFor();
    await page.getByText('Här finns bara de 500 senaste mejlen.').waitFor();
    await page.getByRole('searchbox', { name: 'Sök mottagare' }).fill('anna');
    await page.getByText('Inget mejl till den mottagaren än.').waitFor();
    await page.getByText('Här finns bara de 500 senaste mejlen.').waitFor();
  });

  test('the page speaks the language of whoever acts, and shows each their own rooms', async () => {
    const page = await visit('#/erik/random');
    await page.getByRole('heading', { name: "The company's mail" }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('radio', { name: /Gustav/ }).check();
    await page.getByRole('heading', { name: 'Företagets mejl' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('sv');
    expect(await page.getByRole('link', { name: 'random' }).count()).toBe(0);
    await page.getByRole('heading', { name: '#hr' }).waitFor();
    await page.goto(`${stage.base}/#/nobody/hr`);
    await page.getByRole('radio', { name: /Lena/, checked: true }).waitFor();
  });

  test('what one person sees is gone as soon as one is another', async () => {
    stage.say({ room: 'C1', text: 'Bara för Lena' });
    const page = await visit('#/lena/hr');
    await page.getByText('Bara för Lena').waitFor();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route(/scene\?as=anna/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('radio', { name: /Anna/ }).check();
    await page.getByText('Hämtar …').waitFor();
    expect(await page.getByText('Bara för Lena').count()).toBe(0);
    goOn();
    await page.getByRole('region', { name: 'Meddelanden' }).waitFor();
  });

  test('on a phone the chat and the mail take turns', async () => {
    stage.send({ to: 'anna@company.se', subject: 'Hej' });
    const page = await visit('', { phone: true });
    const search = page.getByRole('searchbox', { name: 'Sök mottagare' });
    expect(await search.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Mejl 1' }).tap();
    await search.waitFor();
    expect(await composer(page).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Skriv det åt mig' }).tap();
    await composer(page).waitFor();
  });
});
