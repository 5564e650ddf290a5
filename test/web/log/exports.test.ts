import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';
import { addExport } from '../../support/exports.ts';
import { accessTo } from '../../support/request.ts';
import { type House, openHouse } from './house.ts';

const day = 24 * 60;
const finishedAt = new Date('2026-11-21T13:02:00Z');

describe('the page of an export', () => {
  const database = testDatabase();
  const text = '\ufeffAnvändar-id;Namn\r\n14;Åsa\r\n';
  let house: House;
  let id: number;
  beforeAll(async () => {
    house = await openHouse(database());
    const by = await house.person('lena');
    const filter = { users: ['14'], departments: ['<Ekonomi> & Lön'] };
    id = await addExport(database(), { by, fileName: 'å & ä.csv', finishedAt, text, users: 1204, filter });
  });
  afterAll(() => house.stop());

  test('says what it is of, by whom and how much, and until when the file is there', async () => {
    const html = await (await house.get(`/exports/${id}`, await house.cookie())).text();
    expect(html).toContain(`<h1>Export #${id}: å &amp; ä.csv</h1>`);
    expect(html).toContain('av Lena Berg. Mall: E-post Visma Connect. Urval: ');
    expect(html).toContain('&lt;Ekonomi> &amp; Lön');
    expect(html).toContain('Läge: klar. Användare: 1\u00a0204. Rader: 1\u00a0204. Storlek: 31\u00a0B.');
    expect(html).toContain(`href="/vc/exports/${id}/file"`);
    expect(html).toContain('Filen finns kvar till den 22 november kl. 14.02.');
  });

  test('hands the file out, byte for byte', async () => {
    const response = await house.get(`/exports/${id}/file`, await house.cookie());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv');
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(response.headers.get('content-disposition')).toContain(
      "; filename*=UTF-8''%C3%A5%20%26%20%C3%A4.csv",
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe(text);
  });

  test('A4 A5 whoever may not export gets what anybody gets, and it is written down', async () => {
    const cookie = await house.cookie('anna');
    const missing = await (await house.get('/exports/999999', await house.cookie())).text();
    for (const path of [`/exports/${id}`, `/exports/${id}/file`, '/exports/999999/file', '/exports/x/file']) {
      const response = await house.get(path, cookie);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe(missing);
      expect((await house.get(path)).status).toBe(401);
    }
    expect(house.attempts.slice(-4).map(({ what, place, outcome }) => [what, place, outcome])).toEqual([
      ['log read', `/exports/${id}`, 'no_permission'],
      ['log download', `/exports/${id}/file`, 'no_permission'],
      ['log download', '/exports/999999/file', 'no_permission'],
      ['log download', '/log', 'no_permission'],
    ]);
  });

  test('A2 U8 what was made within a wider reach is not there', async () => {
    for (const access of [accessTo(['export']), accessTo(['export', 'protected'], ['x'])]) {
      const other = await openHouse(database(), {}, access);
      const cookie = await other.cookie();
      expect((await other.get(`/exports/${id}`, cookie)).status).toBe(404);
      expect((await other.get(`/exports/${id}/file`, cookie)).status).toBe(404);
      expect(other.attempts.at(-1)).toMatchObject({ what: 'log download', outcome: 'export_unknown' });
      await other.stop();
    }
  });

  test('U8 its filter names nobody to those without the permission', async () => {
    const by = await house.person('lena');
    const reach = { companies: 'all', protected: false } as const;
    const open = await addExport(database(), { by, finishedAt, reach, filter: { users: ['14'] } });
    const other = await openHouse(database(), {}, accessTo(['export']));
    const html = await (await other.get(`/exports/${open}`, await other.cookie())).text();
    expect(html).toContain('Urval: användare:…');
    await other.stop();
  });

  test('after a day the file is gone, and the page offers none', async () => {
    house.pass(day);
    const cookie = await house.cookie();
    expect(await (await house.get(`/exports/${id}`, cookie)).text()).not.toContain('/file');
    expect((await house.get(`/exports/${id}/file`, cookie)).status).toBe(404);
    expect(house.attempts.at(-1)).toMatchObject({ what: 'log download', outcome: 'export_gone' });
    expect(house.reported).toEqual([]);
  });
});
