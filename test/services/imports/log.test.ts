import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { administrator, type Reach } from '../../../src/core/access.ts';
import { createImportLogs, type ImportLogQuery, type ImportLogs } from '../../../src/services/imports/log.ts';
import { eachStore } from '../../support/database.ts';
import { addImport, type GivenRow } from '../../support/imports.ts';
import { addUser } from '../../support/users.ts';
import { addPerson } from '../campaigns/house.ts';

const everything: Reach = { companies: administrator.companies, protected: true };
const open: Reach = { companies: 'all', protected: false };

/** Two empty rows lie above the data row of place 600, so its number in the spreadsheet is 604. */
const rowOf = (place: number) => place + 2 + (place >= 600 ? 2 : 0);

/** 1,000 rows in four blocks: rejected at the very beginning and end of blocks, and in one block not at all. */
function thousand(): GivenRow[] {
  const rejected = new Map([
    [0, 'a'],
    [249, 'd'],
    [250, 'a'],
    [999, 'y'],
  ]);
  return Array.from({ length: 1000 }, (_, place) => ({
    row: rowOf(place),
    letter: rejected.get(place) ?? (place % 2 === 0 ? 'u' : 'n'),
    values: {
      userId: `u${place}`,
      employmentNumber: String(place).padStart(5, '0'),
      connectEmail: `u${place}@company.se`,
    },
  }));
}

eachStore('the row log of an import', (database) => {
  let logs: ImportLogs;
  let lena: number;
  let id: number;
  beforeAll(async () => {
    logs = createImportLogs(database());
    lena = await addPerson(database());
    id = await addImport(database(), { by: lena, rows: thousand(), emptyRows: 2 });
  });

  const read = async (query: Partial<ImportLogQuery> = {}, reach = everything, of = id) => {
    const log = await logs.log(of, { limit: 100, ...query }, reach);
    if (!log) throw new Error('There is no such log');
    return log;
  };
  const numbers = ({ rows }: { rows: { row: number }[] }) => rows.map(({ row }) => row);

  test('I7 it tells whose file it is, and counts by outcome and reason', async () => {
    const log = await read();
    expect(log).toMatchObject({
      id,
      fileName: 'adresser.csv',
      state: 'done',
      by: 'Lena Berg',
      template: { key: 'connectEmail' },
      fields: ['userId', 'employmentNumber', 'connectEmail'],
      emptyRows: 2,
      found: 1000,
    });
    expect(log.counts).toMatchObject({
      rejected: 4,
      invalid_email: 2,
      domain_not_allowed: 1,
      address_taken: 1,
    });
    expect((log.counts.updated ?? 0) + (log.counts.unchanged ?? 0)).toBe(996);
  });

  test('I7 rows come in file order, with their number and what they said', async () => {
    const { rows } = await read({ limit: 2 });
    expect(rows).toMatchObject([
      {
        row: 2,
        values: { userId: 'u0', employmentNumber: '00000', connectEmail: 'u0@company.se' },
        verdict: { outcome: 'rejected', reason: 'invalid_email' },
      },
      { row: 3, verdict: { outcome: 'unchanged' } },
    ]);
  });

  test('I7 every row is on exactly one page, whichever way the pages are turned', async () => {
    const all = Array.from({ length: 1000 }, (_, place) => rowOf(place));
    const down: number[] = [];
    let from: number | undefined;
    do {
      const page = await read({ from, limit: 70 });
      down.push(...numbers(page));
      from = page.next;
    } while (from !== undefined);
    expect(down).toEqual(all);

    let page = await read({ from: 950, limit: 70 });
    let up = numbers(page).filter((row) => row >= 950);
    while (page.previous !== undefined) {
      page = await read({ before: page.previous, limit: 70 });
      up = [...numbers(page).filter((row) => row < (up[0] ?? 0)), ...up];
    }
    expect(up).toEqual(all);
  });

  test('I7 a page begins at the row that is asked for, empty rows above it or not', async () => {
    for (const row of [2, 3, 251, 252, 253, 601, 602, 603, 604, 605, 760, 1003]) {
      const page = await read({ from: row, limit: 3 });
      expect(page.rows[0]?.row, `from row ${row}`).toBe([602, 603].includes(row) ? 604 : row);
    }
    expect(await read({ from: 5000 })).toMatchObject({ rows: [], next: undefined, previous: 5000 });
  });

  test('I7 the first page has none before it, the last none after it', async () => {
    expect(await read({ limit: 10 })).toMatchObject({ previous: undefined, next: 12 });
    expect(await read({ from: 994, limit: 10 })).toMatchObject({ previous: 994, next: undefined });
    const second = await read({ from: 12, limit: 10 });
    expect(second.previous).toBe(12);
    expect(await read({ before: 12, limit: 10 })).toMatchObject({ previous: undefined, next: 12 });
    expect(numbers(await read({ before: 7, limit: 10 }))[0]).toBe(2);
  });

  test('I7 filters by outcome and by reason, over blocks that have none', async () => {
    const rejected = await read({ group: 'rejected' });
    expect(numbers(rejected)).toEqual([2, 251, 252, 1003]);
    expect(rejected).toMatchObject({ found: 4, next: undefined, previous: undefined });
    expect(numbers(await read({ group: 'invalid_email' }))).toEqual([2, 252]);
    expect(numbers(await read({ group: 'rejected', from: 252 }))).toEqual([252, 1003]);
    expect(await read({ group: 'rejected', limit: 2 })).toMatchObject({ next: 252 });
    expect(numbers(await read({ group: 'rejected', before: 1003, limit: 2 }))).toEqual([251, 252]);
    expect(await read({ group: 'created' })).toMatchObject({ rows: [], found: 0 });
  });

  test('I7 searches what rows said, in any case, å ä ö as well, and with an outcome', async () => {
    const names = ['Åsa Öberg', 'ÅSA ÖBERG', 'Asa Oberg', '"Anna" \\ 100 %', 'O’Brien', "x' or 1=1 --"];
    const of = await addImport(database(), {
      by: lena,
      fields: ['userId', 'name'],
      rows: Array.from({ length: 600 }, (_, i) => ({
        values: { userId: `s${i}`, name: names[i % 100] ?? 'Somebody Else' },
        letter: i < 300 ? 'u' : 'c',
      })),
    });
    const found = async (search: string, query: Partial<ImportLogQuery> = {}) =>
      numbers(await read({ search, ...query }, everything, of));
    const every = (place: number) => [0, 1, 2, 3, 4, 5].map((hundred) => hundred * 100 + place + 2);
    expect(await found('åsa öberg')).toEqual([...every(0), ...every(1)].sort((a, b) => a - b));
    expect(await found('  ÅSA  ')).toEqual([...every(0), ...every(1)].sort((a, b) => a - b));
    expect(await found('åö')).toEqual([]);
    expect(await found('öberg', { group: 'created' })).toEqual([302, 303, 402, 403, 502, 503]);
    expect(await found('"anna" \\ 100 %')).toEqual(every(3));
    expect(await found("x' or 1=1")).toEqual(every(5));
    expect(await found('s599')).toEqual([601]);
    expect(await found('userId')).toEqual([]);
    const page = await read({ search: 'somebody', limit: 10, from: 107 }, everything, of);
    expect(page).toMatchObject({ found: undefined, previous: 108, next: 118 });
    const above = await read({ search: 'somebody', limit: 10, before: 108 }, everything, of);
    expect(numbers(above)).toEqual([92, 93, 94, 95, 96, 97, 98, 99, 100, 101]);
    expect(above.next).toBe(108);
  });

  test('I7 a search finds what lies far below and far above', async () => {
    const of = await addImport(database(), {
      by: lena,
      fields: ['userId'],
      rows: Array.from({ length: 30_000 }, (_, i) => ({
        values: { userId: [3, 29_998].includes(i) ? `needle-${i}` : `u${i}` },
      })),
    });
    expect(numbers(await read({ search: 'NEEDLE' }, everything, of))).toEqual([5, 30_000]);
    expect(numbers(await read({ search: 'needle', from: 6 }, everything, of))).toEqual([30_000]);
    expect(numbers(await read({ search: 'needle', before: 30_000, limit: 1 }, everything, of))).toEqual([5]);
  });

  test('U8 rows about protected identities are neither shown, found, counted nor handed back without the permission', async () => {
    const of = await addImport(database(), {
      by: lena,
      rows: [
        { values: { userId: 'open' }, letter: 'u' },
        { values: { userId: 'hidden' }, letter: 'U' },
        { values: { userId: 'hidden too' }, letter: 'A' },
        { values: { userId: 'wrong' }, letter: 'a' },
      ],
    });
    const seen = await read({}, open, of);
    expect(numbers(seen)).toEqual([2, 5]);
    expect(seen).toMatchObject({ found: 2, counts: { updated: 1, rejected: 1, invalid_email: 1 } });
    expect((await read({ search: 'hidden' }, open, of)).rows).toEqual([]);
    expect(await rejectedIds(of, open)).toEqual(['wrong']);
    expect(await read({}, everything, of)).toMatchObject({ found: 4, counts: { updated: 2, rejected: 2 } });
    expect(await rejectedIds(of, everything)).toEqual(['hidden too', 'wrong']);
  });

  test('U8 of what else is said of rows, too, those about protected identities are neither counted nor shown without the permission', async () => {
    await addUser(database(), { userId: 'later', connect: null, protected: true });
    const of = await addImport(database(), {
      by: lena,
      rows: [
        { values: { userId: 'open' }, letter: 'u', note: 'replaces:a@company.se;moved' },
        { values: { userId: 'hidden' }, letter: 'U', note: 'moved' },
        { values: { userId: 'later' }, letter: 'u', note: 'moved' },
        { values: { userId: 'moved' }, letter: 'u' },
        // The reason tells of the domain already: it is no look of its own.
        {
          values: { userId: 'd' },
          letter: 'd',
          hints: [{ kind: 'slip', field: 'connectEmail', meant: 'company.se' }],
        },
      ],
    });
    const seen = await read({ kind: 'moved' }, open, of);
    expect(numbers(seen)).toEqual([2]);
    expect(seen).toMatchObject({ found: 1, said: { moved: 1, replaces: 1, slip: 0 } });
    const all = await read({ kind: 'moved' }, everything, of);
    expect(numbers(all)).toEqual([2, 3, 4]);
    expect(all).toMatchObject({ found: 3, said: { moved: 3, replaces: 1, slip: 0 } });
    expect(numbers(await read({ kind: 'moved', limit: 1, before: 4 }, everything, of))).toEqual([3]);
    expect((await read({ kind: 'slip' }, everything, of)).rows).toEqual([]);
  });

  test('U8 what is said of rows that were never judged is counted for nobody', async () => {
    const hints: GivenRow['hints'] = [{ kind: 'slip', field: 'connectEmail' }];
    const of = await addImport(database(), { by: lena, rows: [{ hints }, { letter: ' ', hints }] });
    const seen = await read({ kind: 'slip' }, open, of);
    expect(numbers(seen)).toEqual([2]);
    expect(seen).toMatchObject({ found: 1, said: { slip: 1 } });
  });

  test('I7 what is said of few rows is found however far apart they stand, both ways', async () => {
    const last = 32_500;
    const rows = Array.from({ length: last }, (_, place): GivenRow => {
      if ([0, last - 1].includes(place)) return { note: 'kept;moved' };
      return place % 250 === 7 ? { note: 'moved', letter: 'n' } : {};
    });
    const of = await addImport(database(), { by: lena, rows });
    const wanted = { kind: 'moved', group: 'updated' } as const;
    expect(numbers(await read(wanted, everything, of))).toEqual([2, last + 1]);
    expect(numbers(await read({ ...wanted, from: 3 }, everything, of))).toEqual([last + 1]);
    expect(await read({ ...wanted, limit: 1 }, everything, of)).toMatchObject({ next: last + 1 });
    const above = { ...wanted, limit: 1, before: last + 1 };
    expect(numbers(await read(above, everything, of))).toEqual([2]);
    expect((await read({ kind: 'replaces' }, everything, of)).rows).toEqual([]);
    expect((await read({ kind: 'moved', limit: 200 }, everything, of)).rows).toHaveLength(132);
  });

  test('rows of one kind are found in logs that were kept before blocks knew their kinds', async () => {
    const rows: GivenRow[] = [
      { note: 'differs:name office;moved' },
      {
        hints: [{ kind: 'slip', field: 'connectEmail', meant: 'gmail.com' }],
        note: 'replaces:bo@företaget.se',
      },
      { hints: [{ kind: 'wrapped', field: 'email' }] },
    ];
    const of = await addImport(database(), { by: lena, rows: [...rows, ...Array<GivenRow>(300).fill({})] });
    const kinds = async () =>
      (
        await database().prisma.importBlock.findMany({ where: { importId: of }, orderBy: { block: 'asc' } })
      ).map(({ hintKinds, noteKinds }) => [hintKinds, noteKinds].map((some) => some?.split(';').sort()));
    const kept = await kinds();
    expect(kept[0]).toEqual([
      ['', '', 'slip', 'wrapped'],
      ['', '', 'differs', 'moved', 'replaces'],
    ]);
    await database().prisma.importBlock.updateMany({ data: { hintKinds: null, noteKinds: null } });
    const migration = await readFile(
      new URL('../../../prisma/migrations/20261129072000_block_kinds/migration.sql', import.meta.url),
      'utf8',
    );
    await database().pool.query(migration.slice(migration.indexOf('UPDATE')));
    expect(await kinds()).toEqual(kept);
  });

  test('U8 whoever was marked protected later is gone from older logs without the permission', async () => {
    const { prisma } = database();
    for (const userId of ['Åsa "1"', 'Åsa', 'bo'])
      await addUser(database(), { userId, connect: null, protected: userId !== 'bo' });
    const of = await addImport(database(), {
      by: lena,
      rows: Array.from({ length: 600 }, (_, place) => {
        const userId = { 0: 'åsa "1"', 1: 'ÅSA', 2: 'Åsa 2', 251: 'Bo', 300: 'Åsa', 301: 'ÅSA "1"' }[place];
        return { values: { userId: userId ?? `u${place}` }, letter: [1, 2, 300].includes(place) ? 'a' : 'u' };
      }),
    });
    const hidden = [2, 3, 302, 303];
    const seen = await read({ limit: 700 }, open, of);
    expect(seen.rows).toHaveLength(596);
    expect(numbers(seen).filter((row) => hidden.includes(row))).toEqual([]);
    expect(seen).toMatchObject({ found: 596, counts: { updated: 595, rejected: 1, invalid_email: 1 } });
    expect(numbers(await read({ limit: 2, from: 300 }, open, of))).toEqual([300, 301]);
    expect(await read({ limit: 2, from: 301 }, open, of)).toMatchObject({ next: 305 });
    expect(numbers(await read({ limit: 2, before: 304 }, open, of))).toEqual([300, 301]);
    expect((await read({ search: 'åsa' }, open, of)).rows.map(({ row }) => row)).toEqual([4]);
    expect(await rejectedIds(of, open)).toEqual(['Åsa 2']);
    expect(await read({ limit: 700 }, everything, of)).toMatchObject({ found: 600, counts: { rejected: 3 } });
    expect(await rejectedIds(of, everything)).toEqual(['ÅSA', 'Åsa 2', 'Åsa']);

    await prisma.user.updateMany({ data: { protectedIdentity: false } });
    expect(await read({}, open, of)).toMatchObject({ found: 600 });
  });

  test('A2 an import made within more companies than the reader reaches is not there', async () => {
    const reach: Reach = { companies: ['x', 'y'], protected: false };
    const of = await addImport(database(), { by: lena, reach });
    const mayRead = async (companies: Reach['companies']) =>
      (await logs.log(of, { limit: 1 }, { companies, protected: true })) !== undefined;
    expect(await mayRead('all')).toBe(true);
    expect(await mayRead(['y', 'x', 'z'])).toBe(true);
    expect(await mayRead(['x'])).toBe(false);
    expect(await mayRead([])).toBe(false);
    expect(await logs.log(id, { limit: 1 }, { companies: ['x'], protected: true })).toBeUndefined();
    expect(await logs.rejected(id, { companies: ['x'], protected: true })).toBeUndefined();
  });

  test('I7 an unknown number, and a file that has not been looked at, are no fault', async () => {
    expect(await logs.log(999_999_999, { limit: 1 }, everything)).toBeUndefined();
    expect(await logs.rejected(999_999_999, everything)).toBeUndefined();
    const of = await addImport(database(), {
      by: lena,
      rows: [{ letter: ' ' }, { letter: ' ' }],
      state: 'reading',
    });
    expect(await read({}, everything, of)).toMatchObject({ rows: [], found: 0 });
  });

  test('I4 what else is to be said of a row stands beside it', async () => {
    const of = await addImport(database(), {
      by: lena,
      rows: [
        {},
        { letter: 'f', note: 'differs:name office;kept', hints: [{ kind: 'damaged', field: 'userId' }] },
      ],
    });
    expect((await read({}, everything, of)).rows).toMatchObject([
      { hints: [], notes: [] },
      {
        verdict: { outcome: 'updated', further: true },
        hints: [{ kind: 'damaged', field: 'userId' }],
        notes: ['differs:name office', 'kept'],
      },
    ]);
  });

  describe('the rejected rows', () => {
    test('I7 are handed back in file order, with what they said and why', async () => {
      const rejected = await logs.rejected(id, everything);
      const rows = [];
      for await (const row of rejected?.rows() ?? []) rows.push(row);
      expect(rows.map(({ values, reason }) => [values.userId, reason])).toEqual([
        ['u0', 'invalid_email'],
        ['u249', 'domain_not_allowed'],
        ['u250', 'invalid_email'],
        ['u999', 'address_taken'],
      ]);
      expect(rejected).toMatchObject({ fileName: 'adresser.csv', shape: { delimiter: ';' }, count: 4 });
    });

    test('I7 are a file in the reader’s language, made anew as often as it is read', async () => {
      const file = await logs.rejectedFile(id, everything, 'en');
      expect(file).toMatchObject({ name: 'adresser-rejected.csv', count: 4 });
      const read = async () => (await text(file?.bytes() ?? Readable.from([]))).split('\r\n');
      expect(await read()).toHaveLength(6);
      expect((await read())[1]).toMatch(/^u0;.*;The email address is not valid/);
      expect(await logs.rejectedFile(999_999_999, everything, 'en')).toBeUndefined();
    });

    test('I7 come without those of people who were not in the department’s file: dropped again they would pass', async () => {
      const row = (userId: string, letter: string): GivenRow => ({ values: { userId }, letter });
      const of = await addImport(database(), {
        by: lena,
        rows: [row('anna', 'a'), row('bo', 'l'), row('eva', 'L')],
      });
      expect((await logs.rejected(of, everything))?.count).toBe(1);
      expect(await rejectedIds(of, everything)).toEqual(['anna']);
      const apart = await addImport(database(), { by: lena, rows: [row('bo', 'l')] });
      await expect(logs.rejected(apart, everything)).rejects.toMatchObject({ code: 'import_rejected_apart' });
    });

    test('I8 that are not there are refused by what they are: none, not known yet, or gone', async () => {
      const refuses = async (of: number, code: string, reach = everything) =>
        expect(logs.rejected(of, reach)).rejects.toMatchObject({ code });
      await refuses(await addImport(database(), { by: lena, rows: [{}] }), 'import_none_rejected');
      const hidden = await addImport(database(), { by: lena, rows: [{ letter: 'A' }] });
      await refuses(hidden, 'import_none_rejected', { companies: 'all', protected: false });
      await refuses(
        await addImport(database(), { by: lena, shape: null, state: 'failed' }),
        'import_none_rejected',
      );
      const rows = [{ letter: 'a' }];
      await refuses(await addImport(database(), { by: lena, rows, state: 'reading' }), 'import_reading');
      const old = await addImport(database(), { by: lena, rows });
      await database().prisma.importBlock.deleteMany({ where: { importId: old } });
      await refuses(old, 'import_rows_gone');
    });
  });

  async function rejectedIds(of: number, reach: Reach): Promise<(string | undefined)[]> {
    const ids: (string | undefined)[] = [];
    for await (const { values } of (await logs.rejected(of, reach))?.rows() ?? []) ids.push(values.userId);
    return ids;
  }
});
