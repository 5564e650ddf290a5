import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { administrator } from '../../../src/core/access.ts';
import { inspectFile, readRows } from '../../../src/csv/index.ts';
import { emptyFilter } from '../../../src/rules/filter.ts';
import { testDatabase } from '../../support/database.ts';
import { addImport } from '../../support/imports.ts';
import { addUser } from '../../support/users.ts';
import { type House, openHouse } from './house.ts';

const createdAt = new Date('2026-11-21T13:02:00Z');

/** What stands in the page, as text, without what it is drawn with. */
const textOf = (html: string) =>
  html
    .replace(/<(head)>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/[\s\u00a0]+/g, ' ');

describe('the log pages', () => {
  const database = testDatabase();
  let house: House;
  let lena: number;
  let cookie: string;
  beforeAll(async () => {
    house = await openHouse(database());
    lena = await house.person('lena');
  });
  beforeEach(async () => {
    cookie = await house.cookie();
  });
  afterAll(() => house.stop());

  const html = async (path: string, by = cookie) => {
    const response = await house.get(path, by);
    expect(response.status).toBe(200);
    return response.text();
  };
  const text = async (path: string, by = cookie) => textOf(await html(path, by));
  /** The numbers of the rows on a page. */
  const rows = async (path: string) =>
    [...(await html(path)).matchAll(/<th scope="row">(\d+)<\/th>/g)].map((found) => Number(found[1]));
  /** Where a link of the page leads, by its text. */
  const follow = async (path: string, label: string) => {
    const found = new RegExp(`<a[^>]*href="([^"]*)"[^>]*>${label}`).exec(await html(path));
    if (!found) throw new Error(`No link "${label}" on ${path}`);
    return new URL((found[1] ?? '').replaceAll('&amp;', '&'), `http://x${path}`).href.slice(
      'http://x'.length,
    );
  };

  describe('of an import', () => {
    let id: number;
    beforeAll(async () => {
      id = await addImport(database(), {
        by: lena,
        createdAt,
        emptyRows: 3,
        rows: Array.from({ length: 1150 }, (_, i) => ({
          letter: { 4: 'a', 300: 'd', 301: 'a' }[i] ?? (i % 2 ? 'u' : 'n'),
          values: { userId: `u${i}`, employmentNumber: `00${i}`, connectEmail: `person${i}@company.se` },
        })),
      });
    });

    test('I7 it says what was imported, when and by whom, and counts by outcome', async () => {
      const page = await text(`/imports/${id}`);
      expect(page).toContain(`Import #${id}: adresser.csv`);
      expect(page).toContain(
        'Filen släpptes den 21 november kl. 14.02 av Lena Berg. Mall: E-post Visma Connect. 3 tomma rader räknas inte.',
      );
      expect(page).toContain('Alla 1 150 Uppdaterad 574 Oförändrad 573 Avvisad 3');
    });

    test('I7 a row has its number, what it said, its outcome and the reason', async () => {
      const page = await text(`/imports/${id}?outcome=rejected`);
      expect(page).toContain(
        '6 Avvisad E-postadressen är inte giltig. Rätta den. u4 004 person4@company.se 302 Avvisad',
      );
      expect(page).toContain('Rad Utfall Användar-id Anställningsnummer E-post Visma Connect');
    });

    test('I7 the outcomes are filters, and the reasons of what was rejected narrow them', async () => {
      const path = `/imports/${id}`;
      const rejected = await follow(path, 'Avvisad');
      expect(await rows(rejected)).toEqual([6, 302, 303]);
      const invalid = await follow(rejected, 'E-postadressen är inte giltig');
      expect(invalid).toBe(`/imports/${id}?outcome=invalid_email`);
      expect(await rows(invalid)).toEqual([6, 303]);
      expect(await html(invalid)).toMatch(/aria-current="true">E-postadressen är inte giltig <b>2<\/b>/);
      expect(await rows(await follow(invalid, 'Alla'))).toHaveLength(100);
    });

    test('I7 what the preview counts besides outcomes can be looked at, and the pages and a search keep to it', async () => {
      const moving = await addImport(database(), {
        by: lena,
        template: 'employees',
        rows: Array.from({ length: 700 }, (_, i) => ({
          letter: i % 7 === 0 ? 'n' : 'u',
          values: { userId: `u${i}`, employmentNumber: `00${i}` },
          ...(i % 2 === 0 ? { note: i % 4 === 0 ? 'moved;replaces:x@company.se' : 'moved' } : {}),
          ...(i === 1 ? { hints: [{ kind: 'slip' as const, field: 'connectEmail' as const }] } : {}),
        })),
      });
      const path = `/imports/${moving}`;
      expect(await text(path)).toContain(
        'Värt att titta på Byter avdelning eller kontor 350 Domänen kan vara felskriven 1 Byter ut en adress 175',
      );
      const moved = await follow(path, 'Byter avdelning');
      expect(moved).toBe(`${path}?about=moved`);
      expect((await rows(moved)).slice(0, 3)).toEqual([2, 4, 6]);
      expect(await text(moved)).toContain('350 rader. Här visas rad 2 till 200.');
      expect(await html(moved)).toMatch(/aria-current="true">Byter avdelning/);
      expect(await html(moved)).not.toMatch(/aria-current="true">Alla/);
      expect((await rows(await follow(moved, 'Nästa')))[0]).toBe(202);
      expect(await rows(await follow(path, 'Domänen kan vara'))).toEqual([3]);
      expect(await rows(`${path}?about=replaces&search=u690`)).toEqual([]);
      expect(await rows(`${path}?about=moved&search=u690`)).toEqual([692]);
      expect((await rows(`${path}?about=moved&outcome=unchanged`)).slice(0, 2)).toEqual([2, 16]);
      expect((await rows(`${path}?about=nonsense`))[0]).toBe(2);
      expect(await text(`/imports/${id}`)).not.toContain('Värt att titta på');
    });

    test('I7 pages are turned forwards and back', async () => {
      const path = `/imports/${id}`;
      const second = await follow(path, 'Nästa');
      expect([await rows(path), await rows(second)].map((page) => [page[0], page.at(-1)])).toEqual([
        [2, 101],
        [102, 201],
      ]);
      expect(await text(second)).toContain('1 150 rader. Här visas rad 102 till 201.');
      expect((await rows(await follow(second, 'Föregående')))[0]).toBe(2);
      expect(await follow(second, 'Första')).toBe(`${path}?`);
      const last = await rows(`${path}?from=1100`);
      expect([last[0], last.at(-1)]).toEqual([1100, 1151]);
      expect(await html(`${path}?from=1100`)).not.toContain('Nästa');
      expect(await html(path)).not.toContain('Föregående');
    });

    test('I7 a search keeps to the outcome, and the pages keep to the search', async () => {
      const path = `/imports/${id}?search=PERSON30&outcome=updated`;
      expect(await rows(path)).toEqual([305, 307, 309, 311]);
      expect(await html(path)).toContain('value="PERSON30"');
      expect(await text(path)).toContain(' 4 rader. ');
      expect(await follow(path, 'Alla')).toBe(`/imports/${id}?search=PERSON30`);
      expect(await follow(`/imports/${id}?search=person`, 'Nästa')).toBe(
        `/imports/${id}?search=person&from=102`,
      );
      const nothing = `/imports/${id}?search=finns+inte`;
      expect(await text(nothing)).toContain('Inga rader att visa här.');
      expect(await rows(await follow(nothing, 'Visa alla rader'))).toHaveLength(100);
    });

    test('I7 what makes no sense in the address is as if it were not there', async () => {
      for (const query of [
        'outcome=nonsense',
        'from=abc&before=-3',
        'search[]=x',
        'search=&from=',
        'from=0',
      ]) {
        expect((await rows(`/imports/${id}?${query}`))[0], query).toBe(2);
      }
    });

    test('a row beyond the last shows that there is none, however far it is', async () => {
      for (const from of ['1152', '99999999999999999999'])
        expect(await text(`/imports/${id}?from=${from}`)).toContain('Inga rader att visa här.');
    });

    test('an administrator who reads English reads it in English', async () => {
      const page = await text(`/imports/${id}?outcome=rejected`, await house.cookie('erik'));
      expect(page).toContain('The file was dropped on 21 November, 14:02 by Lena Berg.');
      expect(page).toContain('All 1,150 Updated 574 Unchanged 573 Rejected 3');
      expect(page).toContain('Row Outcome User-ID Employment number Email Visma Connect');
      expect(page).not.toMatch(/[åäöÅÄÖ](?!retaget)/);
    });

    test('I5 before it is confirmed, the page says that nothing is saved; while it runs, how far it has come', async () => {
      const previewed = await addImport(database(), { by: lena, state: 'previewed', rows: [{}], applied: 0 });
      expect(await text(`/imports/${previewed}`)).toContain(
        'Inget är sparat ännu. Så här blir det om importen bekräftas.',
      );
      const applying = await addImport(database(), {
        by: lena,
        state: 'applying',
        rows: [{}, {}, {}],
        applied: 2,
      });
      expect(await text(`/imports/${applying}`)).toContain('Importen pågår: 66 % är klart.');
    });

    test('I8 of an import that came to nothing, the page says why', async () => {
      const failed = await addImport(database(), {
        by: lena,
        state: 'failed',
        fault: { code: 'file_empty', text: { sv: 'Filen är tom.', en: 'The file is empty.' } },
      });
      expect(await text(`/imports/${failed}`)).toContain('Importen misslyckades. Filen är tom.');
      const expired = await addImport(database(), { by: lena, state: 'expired' });
      expect(await text(`/imports/${expired}`)).toContain('Importen bekräftades inte inom ett dygn.');
      const finishedAt = new Date('2026-08-21T13:00:00Z');
      const old = await addImport(database(), { by: lena, finishedAt });
      expect(await text(`/imports/${old}`)).toContain('Raderna sparas i 90 dagar och är nu borttagna.');
    });

    test('how an import is undone, where that can be', async () => {
      const said = 'Adresserna kan sättas tillbaka: skriv /vc importera ångra #';
      const rows = [{ letter: 'u', values: { userId: 'u1', employmentNumber: '1', connectEmail: 'a@x.se' } }];
      const of = await addImport(database(), { by: lena, rows });
      expect(await text(`/imports/${of}`)).not.toContain(said);
      await database().prisma.importBlock.updateMany({
        where: { importId: of },
        data: { earlier: { 0: [1, null] } },
      });
      expect(await text(`/imports/${of}`)).toContain(`${said}${of}.`);
    });

    test('I4 what is worth knowing of a row stands beside it', async () => {
      const of = await addImport(database(), {
        by: lena,
        template: 'connectEmail',
        rows: [
          { letter: 'u', note: 'differs:name office' },
          { letter: 'x', hints: [{ kind: 'damaged', field: 'employmentNumber' }] },
          { letter: 'k' },
        ],
      });
      const page = await text(`/imports/${of}`);
      expect(page).toContain('Filen säger något annat än registret: Namn och Kontor. Bara adressen sparas.');
      expect(page).toContain(
        'Anställningsnummer: Excel har ändrat numret. Formatera kolumnen som Text och fyll i det igen.',
      );
      expect(page).toContain('Hoppades över: redan kopplad');
      const whole = await addImport(database(), {
        by: lena,
        template: 'employees',
        rows: [
          { letter: 'a', values: { connectEmail: 'åsa.fors@company.se' } },
          { letter: 'f', note: 'differs:name;still_connected;kept' },
          { letter: 'c', hints: [{ kind: 'unreadable', field: 'language' }] },
        ],
      });
      const other = await text(`/imports/${whole}`);
      expect(other).toContain('E-post Visma Connect: Före @ fungerar bara a–z');
      expect(other).toContain('Användaren får ytterligare en anställning.');
      expect(other).toContain('En tidigare rad om samma användare säger något annat och gäller: Namn.');
      expect(other).toContain('Användaren inaktiveras men är fortfarande kopplad.');
      expect(other).toContain('Adressen ändras inte: användaren är redan kopplad.');
      expect(other).toContain(
        'Språk: cellen går inte att läsa och sparas inte. Skriv svenska eller engelska.',
      );
    });

    test('I4 a row with a cell that is too long names it and the limit, and no number of columns', async () => {
      const of = await addImport(database(), {
        by: lena,
        shape: { encoding: 'UTF-8' },
        rows: [{ letter: 'w', hints: [{ kind: 'too_long', field: 'office' }] }, { letter: 'w' }],
      });
      const path = `/imports/${of}?outcome=rejected`;
      const tooLong =
        'Kontor: cellen har fler än 250 tecken. Korta texten. Står det flera rader i cellen saknas troligen ett citattecken.';
      const columns =
        'Raden har inte lika många kolumner som rubrikraden. Kontrollera avgränsare och citattecken.';
      const page = await text(path);
      expect(page).toContain(`2 Avvisad ${tooLong}`);
      expect(page).toContain(`3 Avvisad ${columns}`);
      expect(page.split(columns)).toHaveLength(2);
      expect(page).toContain('Raden har fel antal kolumner eller en för lång cell 2');
      const file = await (await house.get(`/imports/${of}/rejected`, cookie)).text();
      expect(file.split('\r\n').map((line) => line.split(';').at(-1))).toEqual(['Fel', tooLong, columns, '']);
    });

    test('A7 whatever a file says is text', async () => {
      const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;';
      const of = await addImport(database(), {
        by: lena,
        fileName: `${evil}.csv`,
        fields: ['userId', 'name'],
        rows: [{ values: { userId: evil, name: '[a](javascript:1) {{x}} <!channel>' } }],
      });
      const page = await html(`/imports/${of}?search=${encodeURIComponent('<script>')}`);
      expect(page).not.toMatch(/<(script|img|!channel)/);
      expect(page).toContain('&lt;script>alert(1)&lt;/script>');
      expect(page).toContain('[a](javascript:1) {{x}} &lt;!channel>');
      expect(page).toContain('value="&lt;script>"');
    });

    describe('the rejected rows', () => {
      let dir: string;
      beforeAll(async () => {
        dir = await mkdtemp(join(tmpdir(), 'vc-bot-rejected-'));
      });
      afterAll(() => rm(dir, { recursive: true }));

      test('I7 come back in the file’s own format, and can be corrected and dropped again', async () => {
        const of = await addImport(database(), {
          by: lena,
          fileName: 'E-post från kollegor.CSV',
          rows: [
            { values: { userId: 'å1', employmentNumber: '007', connectEmail: 'fel"adress' }, letter: 'a' },
            { values: { userId: 'u2' }, letter: 'u' },
            {
              values: { userId: 'u3', employmentNumber: '1,5E+05', connectEmail: 'u3@company.se' },
              letter: 'x',
              hints: [{ kind: 'damaged', field: 'employmentNumber' }],
            },
          ],
        });
        const response = await house.get(
          await follow(`/imports/${of}`, 'Ladda ner de avvisade raderna').then(local),
          cookie,
        );
        expect(response.headers.get('content-type')).toBe('text/csv');
        expect(response.headers.get('content-disposition')).toContain(
          "filename*=UTF-8''E-post%20fr%C3%A5n%20kollegor-avvisade.CSV",
        );
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(bytes.toString('latin1').split('\r\n')).toEqual([
          'Användar-id;Anställningsnummer;E-post Visma Connect;Fel',
          'å1;007;"fel""adress";E-postadressen är inte giltig. E-post Visma Connect: Adressen saknar @. Skriv den så här: anna@company.se.',
          'u3;1,5E+05;u3@company.se;Det finns ingen användare med det användar-id:t. Kontrollera det mot listan över användare. ' +
            'Anställningsnummer: Excel har ändrat numret. Formatera kolumnen som Text och fyll i det igen.',
          '',
        ]);
        const file = join(dir, 'again.csv');
        await writeFile(file, bytes);
        const { shape, header } = await inspectFile(file);
        const read = [];
        for await (const batch of readRows(file, shape, header)) read.push(...batch.rows);
        expect(header).toMatchObject({ fields: ['userId', 'employmentNumber', 'connectEmail'], ignored: [] });
        expect(read.map(({ values, fault }) => [values.userId, values.connectEmail, fault])).toEqual([
          ['å1', 'fel"adress', null],
          ['u3', 'u3@company.se', null],
        ]);
      });

      test('I7 where there are none, there is nothing to download', async () => {
        const of = await addImport(database(), { by: lena, rows: [{ letter: 'u' }] });
        expect(await html(`/imports/${of}`)).not.toContain('Ladda ner');
        expect((await house.get(`/imports/${of}/rejected`, cookie)).status).toBe(404);
        const old = await addImport(database(), {
          by: lena,
          rows: [{ letter: 'a' }],
          finishedAt: new Date('2026-08-01T12:00:00Z'),
        });
        await database().prisma.importBlock.deleteMany({ where: { importId: old } });
        expect(await html(`/imports/${old}`)).not.toContain('Ladda ner');
        expect((await house.get(`/imports/${old}/rejected`, cookie)).status).toBe(404);
      });

      /** The path without PUBLIC_URL's own, as a proxy hands it on. */
      const local = (path: string) => path.replace(/^\/vc/, '');
    });
  });

  describe('of a campaign', () => {
    const names = ['Anna Svensson', 'Bo <b>Ek</b>', 'Åsa Öberg', 'Dag Hidden'];
    let id: number;
    beforeAll(async () => {
      const users = await Promise.all(
        names.map((name, i) =>
          addUser(database(), {
            name,
            userId: `c${i}`,
            connect: `c${i}@company.se`,
            connection: i === 0 ? 'connected' : 'pending',
            protected: i === 3,
          }),
        ),
      );
      const sentAt = new Date('2025-12-31T10:00:00Z');
      const created = await database().prisma.campaign.create({
        data: {
          state: 'done',
          filter: { ...emptyFilter(), departments: ['Ekonomi & Lön'], users: ['c3'] },
          createdBy: lena,
          createdAt,
          place: {},
          recipients: {
            create: [
              { position: 1, userId: users[0], address: 'c0@company.se', state: 'sent', sentAt },
              {
                position: 2,
                userId: users[1],
                address: 'c1@company.se',
                state: 'failed',
                words: '550 No <such> user',
              },
              { position: 3, userId: users[2], address: null, state: 'skipped', reason: 'no_address' },
              { position: 4, userId: users[3], address: 'c3@company.se', state: 'sent', sentAt },
            ],
          },
        },
      });
      id = created.id;
    });

    test('B3 it says to whom, when and by whom, and counts by outcome', async () => {
      const page = await text(`/campaigns/${id}`);
      expect(page).toContain(`Utskick #${id}`);
      expect(page).toContain(
        'Förbereddes den 21 november kl. 14.02 av Lena Berg. Urval: avdelning:"Ekonomi & Lön" användare:c3',
      );
      expect(page).toContain('Läge: klart.');
      expect(page).toContain('Alla 4 Skickat 2 Gick inte att skicka 1 Hoppades över 1');
    });

    test('B3 a recipient has a number, a name, an address, an outcome and the reason', async () => {
      const page = await text(`/campaigns/${id}`);
      expect(page).toContain(
        '1 Skickat Anna Svensson c0 c0@company.se den 31 december 2025 kl. 11.00 den 1 januari kl. 13.00',
      );
      expect(page).toContain(
        '2 Gick inte att skicka Mejlservern svarade: 550 No &lt;such> user Bo &lt;b>Ek&lt;/b> c1',
      );
      expect(page).toContain('3 Hoppades över Adress saknas. Lägg till en. Åsa Öberg c2');
    });

    test('B3 it is filtered, searched and paged as an import is', async () => {
      expect(await rows(await follow(`/campaigns/${id}`, 'Gick inte att skicka'))).toEqual([2]);
      expect(await rows(`/campaigns/${id}?search=ÖBERG`)).toEqual([3]);
      expect(await rows(`/campaigns/${id}?from=3`)).toEqual([3, 4]);
      expect(await rows(`/campaigns/${id}?from=3&outcome=sent`)).toEqual([4]);
      expect(await rows(`/campaigns/${id}?before=3`)).toEqual([1, 2, 3, 4]);
      const many = await manyRecipients();
      const second = await follow(`/campaigns/${many}`, 'Nästa');
      expect((await rows(second))[0]).toBe(101);
      expect((await rows(await follow(second, 'Nästa'))).length).toBe(5);
      expect((await rows(await follow(second, 'Föregående')))[0]).toBe(1);
      expect(await rows(`/campaigns/${many}?before=150`)).toEqual(
        Array.from({ length: 100 }, (_, i) => i + 50),
      );
    });

    async function manyRecipients(): Promise<number> {
      const users = await Promise.all(Array.from({ length: 205 }, () => addUser(database())));
      const { id: many } = await database().prisma.campaign.create({
        data: {
          filter: { ...emptyFilter(), all: true },
          createdBy: lena,
          place: {},
          recipients: { create: users.map((userId, i) => ({ position: i + 1, userId })) },
        },
      });
      return many;
    }
  });

  describe('for a reader without the permission for protected identities', () => {
    /** Roles that lack a permission come from the store one day; the pages ask only what the reader may. */
    const access = {
      ...administrator,
      permissions: new Set([...administrator.permissions].filter((one) => one !== 'protected')),
    };

    test('U8 they are neither named nor counted, not by a filter either', async () => {
      const reader = await openHouse(database(), {}, access);
      const by = await reader.cookie();
      const hidden = await addUser(database(), { name: 'Dold Person', userId: 'dold', protected: true });
      const shown = await addUser(database(), { name: 'Synlig Person', userId: 'synlig' });
      const { id: campaign } = await database().prisma.campaign.create({
        data: {
          filter: { ...emptyFilter(), users: ['dold'], words: ['Dold'] },
          createdBy: lena,
          place: {},
          recipients: { create: [hidden, shown].map((userId, i) => ({ position: i + 1, userId })) },
        },
      });
      const imported = await addImport(database(), {
        by: lena,
        rows: [
          { letter: 'A', values: { userId: 'dold' } },
          { letter: 'u', values: { userId: 'synlig' } },
        ],
      });
      for (const path of [`/campaigns/${campaign}`, `/imports/${imported}`]) {
        const page = textOf(await (await reader.get(path, by)).text());
        expect(page).toContain('synlig');
        expect(page).not.toMatch(/dold/i);
        expect(page).toContain('Alla 1 ');
      }
      const download = await reader.get(`/imports/${imported}/rejected`, by);
      expect(await download.text()).not.toContain('dold');
      await reader.stop();
    });
  });

  test('nothing went wrong unexpectedly', () => expect(house.reported).toEqual([]));
});
