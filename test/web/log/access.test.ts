import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { addImport } from '../../support/imports.ts';
import { type House, openHouse, site } from './house.ts';

const unknown = 'A'.repeat(43);
const press = (link: string, headers: Record<string, string> = {}) =>
  fetch(link, { method: 'POST', redirect: 'manual', headers });
const heading = (html: string) => /<h1>(.*?)<\/h1>/.exec(html)?.[1];

describe('who may read a log', () => {
  const database = testDatabase();
  let house: House;
  let id: number;
  beforeAll(async () => {
    house = await openHouse(database());
    id = await addImport(database(), {
      by: await house.person('lena'),
      fileName: 'hemlig.csv',
      rows: [{ values: { userId: 'u1', connectEmail: 'anna@company.se' }, letter: 'a' }],
    });
  });
  afterAll(() => house.stop());

  test('A4 without a session nothing is shown, whether there is such a log or not', async () => {
    const paths = [
      `/imports/${id}`,
      '/imports/999999',
      '/imports/abc',
      `/imports/${id}/rejected`,
      '/campaigns/7',
    ];
    const answers = await Promise.all(
      [undefined, `vc_log=${unknown}`, 'vc_log=', 'other=1'].flatMap((cookie) =>
        paths.map(async (path) => {
          const response = await house.get(path, cookie);
          return `${response.status} ${await response.text()}`;
        }),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^401 .*<h1>Öppna loggen från chatten<\/h1>/s);
    expect(answers[0]).toContain('Tryck på Visa logg igen, eller skriv /vc logg till boten.');
  });

  test('A4 opening a personal link spends nothing, and tells nothing', async () => {
    const link = await house.link(`/imports/${id}`);
    for (const method of ['GET', 'HEAD', 'GET']) {
      const response = await fetch(link, { method });
      expect(response.status).toBe(200);
      expect(response.headers.get('set-cookie')).toBeNull();
      // The style sheet's version may hold any digits.
      const html = (await response.text()).replace(/\/style\.css\?v=\w+/, '');
      expect(html).not.toMatch(/hemlig|Lena|imports|42/);
      if (method === 'GET') expect(heading(html)).toBe('Öppna loggen');
    }
    expect((await press(link)).status).toBe(303);
  });

  test('A4 its button spends it, once, begins a session and leads to the log', async () => {
    const link = await house.link(`/imports/${id}`);
    const response = await press(link);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/vc/imports/${id}`);
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    const html = await (await house.get(`/imports/${id}`, cookie)).text();
    expect(heading(html)).toBe(`Import #${id}: hemlig.csv`);
    for (const again of [await press(link), await fetch(link)]) {
      expect(again.status).toBe(410);
      expect(again.headers.get('set-cookie')).toBeNull();
      expect(heading(await again.text())).toBe('Länken gäller inte längre');
    }
  });

  test('A4 a used, an expired and an unknown link are answered alike', async () => {
    const used = await house.link(`/imports/${id}`);
    await press(used);
    const expired = await house.link(`/imports/${id}`, 'erik');
    house.pass(10);
    const answers = await Promise.all(
      [used, expired, `${house.base}/log/${unknown}`, `${house.base}/log/x`].flatMap((link) =>
        [fetch(link), press(link)].map(
          async (answer) => `${(await answer).status} ${await (await answer).text()}`,
        ),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^410 /);
  });

  test('A4 the cookie is for this program alone, and for an hour', async () => {
    const cookie = (await press(await house.link(`/imports/${id}`))).headers.get('set-cookie') ?? '';
    const [pair, ...flags] = cookie.split('; ');
    expect(pair).toMatch(/^vc_log=[\w-]{43}$/);
    expect(flags.filter((flag) => !flag.startsWith('Expires')).sort()).toEqual([
      'HttpOnly',
      'Max-Age=3600',
      'Path=/vc/',
      'SameSite=Lax',
      'Secure',
    ]);
  });

  test('A4 where the program is reached without TLS, the cookie is too', async () => {
    const plain = await openHouse(database(), { publicUrl: 'http://localhost:3000' });
    const cookie = (await press(await plain.link(`/imports/${id}`))).headers.get('set-cookie') ?? '';
    expect(cookie).not.toContain('Secure');
    expect(cookie).toContain('Path=/;');
    await plain.stop();
  });

  test('A4 a session ends after 60 minutes', async () => {
    const cookie = await house.cookie();
    house.pass(59);
    expect((await house.get(`/imports/${id}`, cookie)).status).toBe(200);
    house.pass(1);
    expect((await house.get(`/imports/${id}`, cookie)).status).toBe(401);
  });

  test('A4 without the permission, a log is answered as one that is not there', async () => {
    const reader = await house.cookie('anna');
    const allowed = await house.cookie('lena');
    const answer = async (path: string, cookie: string) => {
      const response = await house.get(path, cookie);
      return `${response.status} ${await response.text()}`;
    };
    const missing = await answer('/imports/999999', allowed);
    expect(missing).toMatch(/^404 .*<h1>Loggen finns inte<\/h1>/s);
    for (const path of [
      `/imports/${id}`,
      '/imports/999999',
      '/imports/x',
      `/imports/${id}/rejected`,
      '/campaigns/1',
    ]) {
      expect(await answer(path, reader)).toBe(missing);
    }
    for (const path of [
      '/imports/0',
      '/imports/-1',
      '/imports/1e3',
      '/imports/99999999999',
      `/campaigns/${id}`,
    ]) {
      expect(await answer(path, allowed)).toBe(missing);
    }
  });

  test('A4 whoever loses the permission loses the page; whoever is let in no longer, the session', async () => {
    const other = await openHouse(database());
    const cookie = await other.cookie('erik');
    expect((await other.get(`/imports/${id}`, cookie)).status).toBe(200);
    await other.dismissAdmins();
    expect((await other.get(`/imports/${id}`, cookie)).status).toBe(404);
    expect((await other.get(`/imports/${id}/rejected`, cookie)).status).toBe(404);
    other.platform.people.set('erik', { name: 'Erik Holm', refused: 'gone' });
    other.pass(10);
    expect((await other.get(`/imports/${id}`, cookie)).status).toBe(401);
    await other.stop();
  });

  test('A1 where it cannot be checked who somebody is, nothing is shown', async () => {
    const other = await openHouse(database());
    const cookie = await other.cookie('anna');
    other.platform.away = new Error('The platform is down');
    other.pass(10);
    const response = await other.get(`/imports/${id}`, cookie);
    expect(response.status).toBe(503);
    expect(heading(await response.text())).toBe('Försök igen om en stund');
    await other.stop();
  });

  test('A4 another site cannot press the button in somebody’s name', async () => {
    const link = await house.link(`/imports/${id}`);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.se' }] as Record<
      string,
      string
    >[]) {
      expect((await press(link, headers)).status).toBe(403);
    }
    expect((await press(link, { origin: new URL(site.publicUrl).origin })).status).toBe(303);
  });

  test('the pages are kept, indexed, framed and run by nobody', async () => {
    const { headers } = await house.get(`/imports/${id}`, await house.cookie());
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('A5 opening, reading and downloading are written down, refused ones too, and no search', async () => {
    const other = await openHouse(database());
    const cookie = (await press(await other.link(`/imports/${id}`))).headers.get('set-cookie')?.split(';')[0];
    await other.get(`/imports/${id}?search=anna`, cookie);
    await other.get(`/imports/${id}/rejected`, cookie);
    await other.get('/imports/999999', cookie);
    await other.get('/imports/anna@company.se', cookie);
    await other.get(`/imports/${id}`, await other.cookie('anna'));
    await other.get(`/imports/${id}`);
    await press(`${other.base}/log/${unknown}`);
    expect(other.attempts.map(({ who, what, place, outcome }) => [who, what, place, outcome])).toEqual([
      ['lena', 'log open', `/imports/${id}`, 'done'],
      ['lena', 'log read', `/imports/${id}`, 'done'],
      ['lena', 'log download', `/imports/${id}/rejected`, 'done'],
      ['lena', 'log read', '/imports/999999', 'log_unknown'],
      ['lena', 'log read', '/log', 'log_unknown'],
      ['anna', 'log read', `/imports/${id}`, 'no_permission'],
    ]);
    await other.stop();
  });

  test('nothing went wrong unexpectedly', () => expect(house.reported).toEqual([]));
});
