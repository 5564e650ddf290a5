import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createScimIdentity } from '../../../src/identity/scim.ts';
import {
  type Browser,
  complaintsOf,
  overflows,
  type Page,
  screenshot,
  startBrowser,
  violationsOf,
} from '../../support/browser.ts';
import { type House, openHouse } from './house.ts';

const anna = { address: 'anna@company.se', name: 'Anna Svensson', externalId: '14' };
const password = 'blåbär och mjölk';
const hour = 60 * 60 * 1000;

describe('the login page of the stand-in', () => {
  let house: House;
  let at = new Date();

  beforeEach(async () => {
    at = new Date();
    house = await openHouse({ now: () => at });
  });
  afterEach(() => house.stop());

  const connect = () => createScimIdentity(house.connect.identity).connect(anna);

  async function get(path: string, headers: Record<string, string> = {}) {
    return page(await fetch(`${house.url}${path}`, { headers, redirect: 'manual' }));
  }
  async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(fields);
    return page(await fetch(`${house.url}${path}`, { method: 'POST', body, headers, redirect: 'manual' }));
  }
  async function page(response: Response) {
    const html = await response.text();
    const { status, headers } = response;
    const title = /<h1>(.*?)<\/h1>/.exec(html)?.[1];
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    return { status, html, title, cookie, location: headers.get('location') };
  }
  /** Asks for a link, and gives its path below the login page's. */
  async function asked(count = 1): Promise<string> {
    await post('/forgot', { address: anna.address });
    const mail = await house.smtp.mailTo(anna.address, { count });
    const { url = '' } = mail.links[0] ?? {};
    expect(url.startsWith(`${house.url}/password/`)).toBe(true);
    return url.slice(house.url.length);
  }
  const logIn = (given = password) => post('/', { address: ' Anna@Company.se ', password: given });

  test('from "Forgot your password?" to being logged in', async () => {
    await connect();
    const link = await asked();
    const mail = await house.smtp.mailTo(anna.address);
    expect(mail.subject).toBe('Välj ett lösenord för Visma Connect');
    expect(mail.text).toContain('Hej Anna Svensson!');
    expect(mail.text).toContain(link);
    expect((await get(link)).title).toBe('Välj ett lösenord');
    expect((await get(link)).html).toContain('value="anna@company.se"');
    expect(await post(link, { password })).toMatchObject({ status: 303, location: '/connect/?saved' });
    expect((await get('/?saved')).html).toContain('Lösenordet är sparat');
    const { status, cookie, location } = await logIn();
    expect({ status, location }).toEqual({ status: 303, location: '/connect/' });
    expect((await get('/', { cookie })).title).toBe('Du är inloggad i Visma Connect som Anna Svensson');
    await post('/log-out', {}, { cookie });
    expect((await get('/', { cookie })).title).toBe('Logga in');
  });

  test('a link works once, for an hour, and one that is used ends the others', async () => {
    await connect();
    const [first, second] = [await asked(), await asked(2)];
    expect(await post(first, { password })).toMatchObject({ status: 303 });
    for (const link of [first, second, '/password/x']) {
      expect(await get(link)).toMatchObject({ status: 410, title: 'Länken gäller inte längre' });
      expect(await post(link, { password: 'another one' })).toMatchObject({ status: 410 });
    }
    expect(await logIn('another one')).toMatchObject({ status: 422 });
    const third = await asked(3);
    at = new Date(at.getTime() + hour);
    expect(await get(third)).toMatchObject({ status: 410 });
  });

  test('of two presses at once, one counts', async () => {
    await connect();
    const link = await asked();
    const both = await Promise.all(
      ['first password', 'second password'].map((one) => post(link, { password: one })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([303, 410]);
  });

  test('a short password is not taken, and spends nothing', async () => {
    await connect();
    const link = await asked();
    const short = await post(link, { password: 'sju ttn' });
    expect(short).toMatchObject({ status: 422, title: 'Välj ett lösenord' });
    expect(short.html).toContain('Lösenordet behöver minst 8 tecken.');
    expect(await post(link, { password })).toMatchObject({ status: 303 });
  });

  test('V5 an answer never tells whether an address has an account', async () => {
    await connect();
    await post(await asked(), { password });
    const known = await post('/forgot', { address: anna.address });
    const unknown = await post('/forgot', { address: 'nobody@company.se' });
    expect(unknown).toEqual(known);
    expect(await post('/forgot', { address: 'no address' })).toEqual(known);
    const wrong = await post('/', { address: anna.address, password: 'wrong password' });
    const nobody = await post('/', { address: 'nobody@company.se', password });
    expect(wrong).toMatchObject({ status: 422, title: 'Logga in', cookie: '' });
    expect(nobody.html.replace('nobody@company.se', anna.address)).toBe(wrong.html);
    await house.smtp.mailTo(anna.address, { count: 2 });
    expect([...house.smtp.counts().keys()]).toEqual([anna.address]);
  });

  test('at most three links an hour', async () => {
    await connect();
    for (let count = 1; count <= 3; count += 1) await asked(count);
    await post('/forgot', { address: anna.address });
    at = new Date(at.getTime() + hour);
    await asked(4);
    expect(house.smtp.to(anna.address)).toHaveLength(4);
  });

  test('a suspended account can neither log in nor choose a password', async () => {
    const { accountId } = await connect();
    await post(await asked(), { password });
    const { cookie } = await logIn();
    const link = await asked(2);
    await createScimIdentity(house.connect.identity).suspend(accountId);
    expect((await get('/', { cookie })).title).toBe('Logga in');
    expect(await logIn()).toMatchObject({ status: 422 });
    expect(await get(link)).toMatchObject({ status: 410 });
    await createScimIdentity(house.connect.identity).resume(accountId);
    expect(await logIn()).toMatchObject({ status: 303 });
  });

  test('a new password logs everybody else out', async () => {
    await connect();
    await post(await asked(), { password });
    const { cookie } = await logIn();
    await post(await asked(2), { password: 'another one' });
    expect((await get('/', { cookie })).title).toBe('Logga in');
    expect(await logIn()).toMatchObject({ status: 422 });
    expect(await logIn('another one')).toMatchObject({ status: 303 });
  });

  test('passwords and links survive a restart, and stand nowhere as they are', async () => {
    await connect();
    await post(await asked(), { password });
    const link = await asked(2);
    await house.restarts();
    expect(await logIn()).toMatchObject({ status: 303 });
    expect(await get(link)).toMatchObject({ status: 200 });
    const kept = await readFile(house.journal, 'utf8');
    expect(kept).toContain(anna.address);
    expect(kept).not.toContain(password);
    expect(kept).not.toContain(link.slice('/password/'.length));
    const { identity } = house.connect;
    const Operations = [{ op: 'replace', path: 'password', value: 'from outside' }];
    const id = JSON.parse(kept.split('\n')[0] ?? '').account.id;
    await fetch(`${identity.url}/Users/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${identity.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }),
    });
    expect(await readFile(house.journal, 'utf8')).not.toContain('from outside');
    expect(await logIn('from outside')).toMatchObject({ status: 422 });
  });

  test('the mail server away: the answer is the same, and the next link comes', async () => {
    await connect();
    await house.smtp.goesDown();
    expect((await post('/forgot', { address: anna.address })).title).toBe('Titta i din inkorg');
    await house.smtp.comesBack();
    await asked();
  });

  test('only its own pages can press, and only by this machine’s own name', async () => {
    await connect();
    const link = await asked();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.se' }])
      for (const path of ['/', '/forgot', '/log-out', link])
        expect(await post(path, { address: anna.address, password }, headers)).toMatchObject({ status: 403 });
    expect(await post(link, { password }, { 'sec-fetch-site': 'same-origin' })).toMatchObject({
      status: 303,
    });
  });

  test('in the language that was asked for, and else in the browser’s', async () => {
    await connect();
    expect((await get('/')).title).toBe('Logga in');
    expect((await get('/', { 'accept-language': 'en-GB,sv;q=0.5' })).title).toBe('Log in');
    expect((await get('/', { 'accept-language': 'de' })).title).toBe('Logga in');
    const english = await get('/?language=en', { 'accept-language': 'sv' });
    expect(english.title).toBe('Log in');
    expect(english.html).toContain('/connect/forgot?language=en');
    await post('/forgot?language=en', { address: anna.address });
    const mail = await house.smtp.mailTo(anna.address);
    expect(mail.subject).toBe('Choose a password for Visma Connect');
    const path = mail.links[0]?.url.slice(house.url.length) ?? '';
    expect((await get(path)).title).toBe('Choose a password');
    expect((await post(path, { password })).location).toBe('/connect/?language=en&saved');
  });

  test('A7 what is typed and what SCIM brings is text', async () => {
    const wrong = await post('/', { address: '"><script>x</script>', password });
    expect(wrong.html).not.toContain('<script>');
    expect(await post('/', { address: 'a'.repeat(10_000) })).toMatchObject({ status: 413 });
    expect((await get('/password/%E0%A4%A')).status).toBe(400);
  });
});

describe('the login page in a browser', () => {
  let browser: Browser;
  let house: House;
  beforeAll(async () => {
    browser = await startBrowser();
    house = await openHouse();
    await createScimIdentity(house.connect.identity).connect(anna);
  });
  afterAll(async () => {
    await browser.stop();
    await house.stop();
  });

  async function look(page: Page, name: string, phone: boolean): Promise<void> {
    expect(await overflows(page)).toBe(false);
    if (phone) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violationsOf(page)).toEqual([]);
      await screenshot(page, `connect-${name}-${colorScheme}`);
    }
  }

  test.each([
    ['sv-SE', false],
    ['en-GB', true],
  ] as const)('is walked by keyboard (%s, on a phone: %s)', async (locale, phone) => {
    const page = await browser.page({ locale, phone });
    const say = (sv: string, en: string) => (locale === 'sv-SE' ? sv : en);
    const heading = (text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor();
    const before = house.smtp.to(anna.address).length;

    await page.goto(`${house.url}/`);
    await look(page, 'log-in', phone);
    await page
      .getByRole('link', { name: say('Glömt ditt lösenord?', 'Forgot your password?') })
      .press('Enter');
    await heading(say('Glömt ditt lösenord?', 'Forgot your password?'));
    await look(page, 'forgot', phone);
    await page.getByLabel(say('E-postadress', 'Email address')).fill(anna.address);
    await page.keyboard.press('Enter');
    await heading(say('Titta i din inkorg', 'Check your inbox'));
    await look(page, 'sent', phone);

    const mail = await house.smtp.mailTo(anna.address, { count: before + 1 });
    await page.goto(mail.links[0]?.url ?? '');
    await heading(say('Välj ett lösenord', 'Choose a password'));
    await look(page, 'password', phone);
    await page.getByLabel(say('Nytt lösenord', 'New password')).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    await page.getByLabel(say('E-postadress', 'Email address')).fill(anna.address);
    await page.getByLabel(say('Lösenord', 'Password')).fill('something else');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await look(page, 'wrong', phone);
    await page.getByLabel(say('Lösenord', 'Password')).fill(password);
    await page.keyboard.press('Enter');
    await heading(
      say(
        'Du är inloggad i Visma Connect som Anna Svensson',
        'You are logged in to Visma Connect as Anna Svensson',
      ),
    );
    await look(page, 'inside', phone);
    await page.getByRole('button', { name: say('Logga ut', 'Log out') }).press('Enter');
    await heading(say('Logga in', 'Log in'));

    await page.goto(mail.links[0]?.url ?? '');
    await heading(say('Länken gäller inte längre', 'The link no longer works'));
    await look(page, 'lost', phone);
    await page.getByRole('link', { name: say('English', 'Svenska') }).press('Enter');
    await heading(say('The link no longer works', 'Länken gäller inte längre'));
    // The browser itself remarks on the statuses 410 and 422.
    expect(complaintsOf(page).filter((one) => !/status of 4(10|22)/.test(one))).toEqual([]);
  });
});
