import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LinkActions, LinkPage } from '../../../src/services/verifications/index.ts';
import { listen, type RunningServer, secured } from '../../../src/web/server.ts';
import { styleSheet } from '../../../src/web/style-sheet.ts';
import type { VerifySite } from '../../../src/web/verify/parts.tsx';
import { verifyRouter } from '../../../src/web/verify/router.ts';
import { day, type Setting, settingOn } from '../../services/verifications/setting.ts';
import {
  type Browser,
  complaintsOf,
  overflows,
  screenshot,
  startBrowser,
  violationsOf,
} from '../../support/browser.ts';
import { testDatabase } from '../../support/database.ts';
import { stopsAfterAll } from '../../support/lifetime.ts';

const site: VerifySite = {
  organisation: 'Företaget',
  contact: 'hr@company.se',
  language: 'sv',
  publicUrl: 'https://bot.company.se',
  loginUrl: 'https://login.company.se/',
};
const unknown = 'A'.repeat(43);

/** The pages on a port of their own, over whatever answers. */
async function serve(
  actions: LinkActions,
  reported: unknown[] = [],
): Promise<RunningServer & { base: string }> {
  const app = secured();
  app.get('/style.css', styleSheet);
  app.use(verifyRouter({ actions, site, report: (error) => reported.push(error) }));
  const server = await listen(app, 0, '127.0.0.1', pino({ level: 'silent' }));
  return { ...server, base: `http://127.0.0.1:${server.port}` };
}

const press = (url: string, answer: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ answer }), headers });

const heading = async (response: Response) => /<h1>(.*?)<\/h1>/.exec(await response.text())?.[1];

describe('the page behind a link', () => {
  const { keep } = stopsAfterAll();
  const database = testDatabase();
  let setting: Setting;
  let base: string;

  beforeEach(async () => {
    setting = await settingOn(database());
    ({ base } = keep(await serve(setting.verifications)));
  });

  const at = (token: string) => `${base}/verify/${token}`;

  test('V1 it names the company and the masked address, and has two buttons', async () => {
    const { token } = await setting.started({ connect: 'anna.svensson@company.se' });
    const html = await (await fetch(at(token))).text();
    expect(html).toContain('Är a…@company.se din adress?');
    expect(html).toContain('Företaget');
    expect(html).not.toContain('anna.svensson');
    expect([...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map((found) => found[1])).toEqual([
      'Bekräfta',
      'Det är inte jag',
    ]);
  });

  test('V1 GET, HEAD and prefetch change nothing but "opened"', async () => {
    const { id, token } = await setting.started();
    await fetch(at(token), { method: 'HEAD' });
    await fetch(at(token), { headers: { 'sec-purpose': 'prefetch;prerender' } });
    await fetch(at(token));
    expect(await setting.row(id)).toMatchObject({ connection: 'pending', openedAt: setting.now() });
  });

  test('V4 Confirm connects and says what comes next; pressed again it says that it is done', async () => {
    const { id, token } = await setting.started();
    const response = await press(at(token), 'confirm');
    const html = await response.text();
    expect(html).toContain('<h1>Klart!</h1>');
    expect(html).toContain('välj ”Glömt ditt lösenord?”');
    expect(html).toContain('https://login.company.se/');
    expect(await setting.row(id)).toMatchObject({ connection: 'connected' });
    expect(await heading(await press(at(token), 'confirm'))).toBe('Adressen är redan bekräftad');
    expect(await heading(await fetch(at(token)))).toBe('Adressen är redan bekräftad');
  });

  test('V1 "This isn\'t me" revokes', async () => {
    const { id, token } = await setting.started({ language: 'en' });
    expect(await heading(await press(at(token), 'not-me'))).toBe('Thank you for telling us');
    expect(await setting.row(id)).toMatchObject({ connection: 'unverified', disownedAt: setting.now() });
    expect(await heading(await press(at(token), 'confirm'))).toBe('This link is switched off');
  });

  test('V1 after "This isn\'t me" the page says so, and promises nobody a mail', async () => {
    const { token } = await setting.started();
    await setting.verifications.disown(token);
    await setting.database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    const response = await fetch(at(token));
    expect(response.status).toBe(410);
    const html = await response.text();
    expect(html).toContain('<h1>Länken är avstängd</h1>');
    expect(html).toContain('skickas inga fler länkar hit');
    expect(html).not.toContain('<button');
    expect(await (await press(at(token), 'new-link')).text()).toBe(html);
    expect(await setting.sendings()).toBe(0);
  });

  test('V1 once the address is confirmed a new link is sent only where it is needed, and the page says which', async () => {
    const { id, token } = await setting.started();
    await setting.verifications.confirm(token);
    await setting.database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    expect(await heading(await press(at(token), 'new-link'))).toBe('Ingen ny länk behövs');
    expect(await setting.sendings()).toBe(0);
    await setting.database.prisma.user.update({ where: { id }, data: { connection: 'unverified' } });
    expect(await (await fetch(at(token))).text()).toContain('behöver bekräftas på nytt');
    expect(await heading(await press(at(token), 'new-link'))).toBe('Titta i din inkorg');
    expect(await setting.sendings()).toBe(1);
  });

  test('U5 the page of a link to an earlier address offers nothing, and names no other', async () => {
    const { id, token } = await setting.started({ connect: 'anna@company.se' });
    const data = { connectAddress: 'new@company.se', connectEmail: 'new@company.se' };
    await setting.database.prisma.user.update({ where: { id }, data });
    const html = await (await fetch(at(token))).text();
    expect(html).toContain('används inte längre');
    expect(html).not.toContain('<button');
    expect(html).not.toContain('@company.se din');
    expect(html).not.toContain('new@');
  });

  test('V1 expired, used and revoked links offer a new one', async () => {
    const used = await setting.started();
    await setting.verifications.confirm(used.token);
    const revoked = await setting.started();
    await setting.verifications.start(revoked.userId, setting.lena);
    expect(await (await fetch(at(used.token))).text()).toContain('Skicka en ny länk');
    expect(await (await fetch(at(revoked.token))).text()).toContain('Skicka en ny länk');
    const expired = await setting.started();
    setting.pass(6 * day);
    expect(await (await fetch(at(expired.token))).text()).toContain('Skicka en ny länk');
    const before = await setting.sendings();
    await setting.database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    expect(before).toBeGreaterThan(0);
    expect(await heading(await press(at(expired.token), 'new-link'))).toBe('Titta i din inkorg');
    expect(await setting.sendings()).toBe(1);
  });

  test('V5 an unknown token is answered as an expired one, byte for byte', async () => {
    const { token } = await setting.started();
    setting.pass(6 * day);
    const answer = async (response: Response) => [response.status, await response.text()];
    expect(await answer(await fetch(at(unknown)))).toEqual(await answer(await fetch(at(token))));
    for (const button of ['confirm', 'not-me', 'new-link']) {
      expect(await answer(await press(at(unknown), button))).toEqual(
        await answer(await press(at(token), button)),
      );
    }
    expect((await fetch(at(unknown))).status).toBe(410);
  });

  test('a link that a mail program stretched still works', async () => {
    const { token } = await setting.started();
    expect(await heading(await fetch(`${at(token)}.)`))).toContain('din adress?');
  });

  test('U7 D1 what stands in the way is said, with whom to ask', async () => {
    const { id, token } = await setting.started();
    await setting.database.prisma.user.update({ where: { id }, data: { active: false } });
    const html = await (await press(at(token), 'confirm')).text();
    expect(html).toContain('Din användare i Flex HRM är inaktiverad.');
    expect(html).toContain('hr@company.se');
  });

  test('a press from another site is refused, and nothing happens', async () => {
    const { id, token } = await setting.started();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.se' },
    ] as Record<string, string>[]) {
      expect((await press(at(token), 'confirm', headers)).status).toBe(403);
    }
    expect(await setting.row(id)).toMatchObject({ connection: 'pending' });
    expect((await press(at(token), 'confirm', { origin: 'https://bot.company.se' })).status).toBe(200);
  });

  test('nothing is kept, indexed, framed, run or told to other sites', async () => {
    const { headers } = await fetch(at(unknown));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('a strange body or button acts on nothing', async () => {
    const { id, token } = await setting.started();
    await press(at(token), 'delete');
    await fetch(at(token), { method: 'POST', body: 'answer[]=confirm' });
    await fetch(at(token), {
      method: 'POST',
      body: '{"answer":"confirm"}',
      headers: { 'content-type': 'text/plain' },
    });
    expect(await setting.row(id)).toMatchObject({ connection: 'pending' });
  });
});

describe('the page when things go wrong', () => {
  const { keep } = stopsAfterAll();
  const failing = () => Promise.reject(new Error('no database'));

  test('a fault on our side is reported and said plainly', async () => {
    const reported: unknown[] = [];
    const actions = { look: failing, confirm: failing, disown: failing, sendNew: failing };
    const { base } = keep(await serve(actions, reported));
    const response = await press(`${base}/verify/${unknown}`, 'confirm');
    expect(response.status).toBe(503);
    const html = await response.text();
    expect(html).toContain('Något gick fel hos oss');
    expect(html).not.toContain('no database');
    expect(reported).toHaveLength(1);
  });

  test('V5 a malformed address and a huge body are answered as an unknown link, and not reported', async () => {
    const reported: unknown[] = [];
    const look = async (): Promise<LinkPage> => ({ state: 'ended', language: null });
    const { base } = keep(await serve({ look, confirm: look, disown: look, sendNew: look }, reported));
    const answer = async (response: Response) => [response.status, await response.text()];
    const link = `${base}/verify/${unknown}`;
    const ended = await answer(await fetch(link));
    expect(ended[0]).toBe(410);
    expect(await answer(await fetch(`${base}/verify/${'A'.repeat(20)}%E0%A4${'A'.repeat(20)}`))).toEqual(
      ended,
    );
    expect(await answer(await press(link, 'x'.repeat(2_000)))).toEqual(ended);
    expect(reported).toEqual([]);
  });

  test('a press from another site is told so in a page, in the organisation’s language', async () => {
    const { base } = keep(
      await serve({ look: failing, confirm: failing, disown: failing, sendNew: failing }),
    );
    const response = await press(`${base}/verify/${unknown}`, 'confirm', { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect(await heading(response)).toBe('Det går inte att göra härifrån');
  });

  test('browsers are told to come back by TLS to this host alone', async () => {
    const { base } = keep(
      await serve({ look: failing, confirm: failing, disown: failing, sendNew: failing }),
    );
    const { headers } = await fetch(`${base}/style.css`);
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  const { keep } = stopsAfterAll();

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.stop());

  const states: Record<string, LinkPage> = {
    ask: { state: 'ask', address: 'a…@mycket-langt-foretagsnamn.verksamheten.company.se', language: null },
    confirmed: { state: 'confirmed', connected: true, language: null },
    created: { state: 'confirmed', connected: false, language: null },
    already: { state: 'already', connected: false, language: null },
    needless: { state: 'already', connected: true, asked: true, language: null },
    ended: { state: 'ended', language: null },
    replaced: { state: 'void', why: 'replaced', language: null },
    used: { state: 'void', why: 'used', language: null },
    revoked: { state: 'void', why: 'revoked', language: null },
    wrong: { state: 'wrong', language: null },
    moved: { state: 'moved', language: null },
    resent: { state: 'resent', language: null },
    disowned: { state: 'disowned', language: null },
    hindered: { state: 'hindered', why: 'not_yet', language: null },
  };

  test.each(['sv', 'en'] as const)('every page reads well (%s), on a phone too', async (language) => {
    const look = async (token: string): Promise<LinkPage> =>
      ({ ...(states[token] ?? { state: 'ended' }), language }) as LinkPage;
    const { base } = keep(await serve({ look, confirm: look, disown: look, sendNew: look }));
    for (const phone of [false, true]) {
      const page = await browser.page({ phone, locale: language === 'sv' ? 'sv-SE' : 'en-GB' });
      for (const name of Object.keys(states)) {
        await page.goto(`${base}/verify/${name}`);
        expect(await page.locator('h1').count()).toBe(1);
        expect(await overflows(page)).toBe(false);
        expect(await violationsOf(page)).toEqual([]);
        await screenshot(page, `verify-${name}-${language}${phone ? '-phone' : ''}`);
      }
      expect(complaintsOf(page).filter((complaint) => !complaint.includes('410'))).toEqual([]);
    }
  });

  test('V4 a person presses Confirm, without any script', async () => {
    let confirmed = 0;
    const ask: LinkPage = { state: 'ask', address: 'a…@company.se', language: 'sv' };
    const confirm = async (): Promise<LinkPage> => {
      confirmed += 1;
      return { state: 'confirmed', connected: true, language: 'sv' };
    };
    const look = async () => ask;
    const { base } = keep(await serve({ look, confirm, disown: look, sendNew: look }));
    const page = await browser.page();
    await page.goto(`${base}/verify/${unknown}`);
    expect(confirmed).toBe(0);
    await page.getByRole('button', { name: 'Bekräfta' }).click();
    await page.getByRole('heading', { name: 'Klart!' }).waitFor();
    expect(confirmed).toBe(1);
    expect(complaintsOf(page)).toEqual([]);
  });
});
