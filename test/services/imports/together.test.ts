import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Place } from '../../../src/core/command.ts';
import { plain } from '../../../src/core/plain.ts';
import { Refusal } from '../../../src/errors.ts';
import { templates } from '../../../src/rules/templates.ts';
import { writePairs } from '../../../src/services/exports/pairs.ts';
import { filesOf } from '../../../src/services/imports/files.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import { eachStore } from '../../support/database.ts';
import { addExport } from '../../support/exports.ts';
import { channel, createPlatform, directWith } from '../../support/platform.ts';
import { until } from '../../support/until.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, everything, openHouse, people } from './house.ts';

const head = 'Användar-id;Anställningsnummer;Namn;Företag;Avdelning;E-post Visma Connect';
const line = (userId: string, address = `u${userId}@company.se`) => `${userId};00${userId};;;;${address}`;
/** Who is in which department's file, from file 0 on. */
const departments = [
  ['10', '11', '12'],
  ['20', '21', '22'],
  ['30', '31', '32'],
] as const;
const filled = (file: number) => (departments[file] ?? []).map((userId) => line(userId));

eachStore("departments' files that come back", (database) => {
  const texts = new Map<string, string>();
  let house: ReturnType<typeof openHouse>;
  let personId: number;
  let exportId: number;
  let moments: number;
  /** The running read is cut short, as by a kill, when its clock is looked at for this time. */
  let cutAt: number | undefined;
  let cut: AbortController;

  beforeEach(async () => {
    const { prisma, pool } = database();
    for (const table of ['live_message', 'import', 'export', 'person', '"user"', 'allowed_domain'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await pool.query('delete from graphile_worker._private_jobs');
    texts.clear();
    cutAt = undefined;
    house = openHouse({
      database: database(),
      dataDir: database().place.dataDir,
      platform: createPlatform(people),
      download: async (source) =>
        Readable.from([Buffer.from(texts.get((source as { file: string }).file) ?? '')]),
      now: () => {
        moments++;
        if (moments === cutAt) cut.abort();
        return new Date();
      },
    });
    personId = await addPerson(database());
    exportId = await exported();
    for (const userId of departments.flat())
      await addUser(database(), { userId, connect: null, employments: [{ number: `00${userId}` }] });
  });

  async function exported(minutesAgo = 5): Promise<number> {
    const finishedAt = new Date(Date.now() - minutesAgo * 60_000);
    const id = await addExport(database(), { by: personId, finishedAt });
    await database().prisma.export.update({ where: { id }, data: { perDepartment: true, files: 8 } });
    for (const [file, users] of departments.entries()) {
      const rows = users.map((userId) => ({ userId, employmentNumber: `00${userId}` }));
      await writePairs(database().pool, id, { page: file, file, rows });
    }
    return id;
  }

  /** Begins to read a file of these lines, and answers the import's number. */
  async function drop(
    name: string,
    lines: readonly string[],
    {
      place = directWith('lena'),
      by = personId,
      of = head,
    }: { place?: Place; by?: number; of?: string } = {},
  ): Promise<number> {
    const file = String(texts.size);
    texts.set(file, `${[of, ...lines].join('\n')}\n`);
    await house.imports.begin(
      { name, size: 100, source: { file } },
      { personId: by, place, language: 'sv', reach: everything },
    );
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    return id;
  }

  async function read(importId: number, cutShortAt?: number): Promise<void> {
    moments = 0;
    cutAt = cutShortAt;
    cut = new AbortController();
    await house.run('import-read', { importId }, cut);
    cutAt = undefined;
  }

  async function dropped(...given: Parameters<typeof drop>): Promise<number> {
    const id = await drop(...given);
    await read(id);
    return id;
  }

  async function says(id: number, audience: 'caller' | 'place' = 'caller'): Promise<string> {
    const status = await house.imports.status(id);
    if (!status) throw new Error(`There is no import ${id}`);
    return plain(importMessage(status, { language: 'sv', audience }), 'sv').replaceAll('\u00a0', ' ');
  }

  const stateOf = async (id: number) =>
    (await database().prisma.import.findUniqueOrThrow({ where: { id } })).state;
  const by = () => ({ personId, reach: everything });
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => (error instanceof Refusal ? error.code : error),
    );

  async function apply(id: number): Promise<void> {
    await house.imports.confirm(id, by());
    await house.run('import-apply', { importId: id });
  }

  async function addressOf(userId: string): Promise<string | null> {
    const user = await database().prisma.user.findUniqueOrThrow({ where: { userKey: userId } });
    return user.connectEmail;
  }

  /** Every row of an import, as its log shows it. */
  async function rowsOf(id: number): Promise<string[]> {
    const log = await createImportLogs(database()).log(id, { limit: 100 }, everything);
    return (log?.rows ?? []).map(
      ({ place, values, verdict }) =>
        `${place.file} ${place.row}: ${values.userId} ${verdict.reason ?? verdict.outcome}`,
    );
  }

  test('are one preview, one confirmation, one log and one undo', async () => {
    const [first, second] = [await dropped('Ekonomi.csv', filled(0)), await dropped('IT.csv', filled(1))];
    const last = await dropped('Lager.csv', [
      line('30'),
      line('31', 'u31@company,se'),
      line('32'),
      line('10', 'annan@company.se'),
      line('11', 'u30@company.se'),
    ]);
    expect(await says(last)).toContain(`Förhandsvisning av import #${last}: 3 filer`);
    expect(await says(last)).toContain('11 rader: 8 adresser sparas, 3 har fel.');
    expect(await says(last)).toContain(
      '3 av exportens 8 filer läses tillsammans: Ekonomi.csv (3 rader), IT.csv (3 rader) och Lager.csv (5 rader).',
    );
    expect(await says(last)).toContain('rad 3 i Lager.csv (u31@company,se');
    expect(await says(last)).toContain(`Filerna kommer från export #${exportId}: 9 av 9 rader.`);
    expect(await says(last, 'place')).toContain('3 av exportens 8 filer läses tillsammans.');
    expect(await says(last, 'place')).not.toMatch(/Ekonomi|IT\.csv|Lager|@/);
    for (const [id, name] of [
      [first, 'Ekonomi.csv'],
      [second, 'IT.csv'],
    ] as const) {
      expect(await stateOf(id)).toBe('joined');
      expect(await says(id)).toBe(
        `Import #${id}: ${name} ingår i import #${last} tillsammans med andra avdelningars filer.`,
      );
    }
    const rows = [
      'Ekonomi.csv 2: 10 updated',
      'Ekonomi.csv 3: 11 updated',
      'Ekonomi.csv 4: 12 updated',
      'IT.csv 2: 20 updated',
      'IT.csv 3: 21 updated',
      'IT.csv 4: 22 updated',
      'Lager.csv 2: 30 updated',
      'Lager.csv 3: 31 invalid_email',
      'Lager.csv 4: 32 updated',
      'Lager.csv 5: 10 other_department',
      'Lager.csv 6: 11 other_department',
    ];
    expect(await rowsOf(last)).toEqual(rows);
    await apply(last);
    expect(await says(last)).toContain('Klart: 8 sparade, 3 avvisade.');
    expect(await rowsOf(last)).toEqual(rows);
    expect(await addressOf('20')).toBe('u20@company.se');
    const undo = await house.undos.begin(last, { ...by(), place: directWith('lena'), language: 'sv' });
    await read(undo);
    await apply(undo);
    for (const userId of departments.flat()) expect(await addressOf(userId)).toBeNull();
  });

  test('the rejected rows of several files are one file that says which, and can be dropped again', async () => {
    await dropped('Ekonomi.csv', [line('10', 'fel'), line('11'), line('12')]);
    const last = await dropped('IT.csv', [line('20'), line('21', 'fel'), line('22')]);
    const file = await createImportLogs(database()).rejectedFile(last, everything, 'sv');
    const text = Buffer.concat(await (file as NonNullable<typeof file>).bytes().toArray()).toString();
    expect(file?.name).toBe('avdelningar-avvisade.csv');
    const [header, ...rows] = text.trim().split('\n');
    expect(header).toMatch(/^Fil;Användar-id;.*;Fel$/);
    expect(rows.map((row) => row.split(';').slice(0, 2))).toEqual([
      ['Ekonomi.csv', '10'],
      ['IT.csv', '21'],
    ]);
    await apply(last);
    const mended = rows.map((row) =>
      row.replace(';fel;', ';mended.10@company.se;').replace(/^IT(.*)10@/, 'IT$121@'),
    );
    const again = await dropped('avdelningar-avvisade.csv', mended, { of: header ?? '' });
    expect(await says(again)).toContain('2 rader: 2 adresser sparas.');
    expect(await says(again)).not.toContain('Kolumner som ignoreras');
    await apply(again);
    expect(await addressOf('10')).toBe('mended.10@company.se');
    expect(await addressOf('21')).toBe('mended.21@company.se');
  });

  test('I7 the rejected rows of a file that waits do not take its place', async () => {
    const waits = await dropped('Ekonomi.csv', [line('10'), line('11'), line('12', 'fel')]);
    const file = await createImportLogs(database()).rejectedFile(waits, everything, 'sv');
    const text = Buffer.concat(await (file as NonNullable<typeof file>).bytes().toArray()).toString();
    const [header = '', ...rows] = text.trim().split('\n');
    const mended = rows.map((row) => row.replace(';fel;', ';mended@company.se;'));
    const again = await dropped('Ekonomi-avvisade.csv', mended, { of: header });
    expect(await stateOf(waits)).toBe('previewed');
    expect(await says(again)).toContain('1 rad: 1 adress sparas.');
    await apply(waits);
    await house.run('import-read', { importId: again });
    await apply(again);
    expect([await addressOf('10'), await addressOf('12')]).toEqual(['u10@company.se', 'mended@company.se']);
  });

  test("I6 I8 the same department's file once more takes the place of the earlier", async () => {
    const first = await dropped('Ekonomi.csv', filled(0));
    const second = await dropped('IT.csv', filled(1));
    const third = await dropped('Ekonomi ny.csv', [line('10', 'ny10@company.se'), line('11')]);
    expect(await says(third)).toContain('5 rader: 5 adresser sparas.');
    expect(await says(third)).toContain('den senaste gäller: Ekonomi ny.csv.');
    expect(await says(first)).toContain('har släppts igen, och den senaste filen gäller.');
    expect(await says(second)).toContain(`ingår i import #${third}`);
    const fourth = await dropped('Ekonomi ny.csv', [line('10', 'nyare@company.se')]);
    expect(await rowsOf(fourth)).toEqual([
      'IT.csv 2: 20 updated',
      'IT.csv 3: 21 updated',
      'IT.csv 4: 22 updated',
      'Ekonomi ny.csv 2: 10 updated',
    ]);
    await apply(fourth);
    expect(await addressOf('10')).toBe('nyare@company.se');
    const known = await dropped('IT.csv', filled(1));
    expect(await says(known)).toContain('Filen lästes in');
    const never = await dropped('Ekonomi.csv', filled(0));
    expect(await says(never)).toContain('IT.csv lästes in');
    expect(await says(never)).not.toContain('Ekonomi.csv lästes in');
  });

  test("the same department's file alone is read alone, and says so", async () => {
    const first = await dropped('Ekonomi.csv', filled(0));
    const second = await dropped('Ekonomi.csv', filled(0).slice(0, 2));
    expect(await stateOf(first)).toBe('joined');
    expect(await says(second)).toContain(`Förhandsvisning av import #${second}: Ekonomi.csv`);
    expect(await says(second)).toContain('2 rader: 2 adresser sparas.');
    expect(await says(second)).toContain('har släppts mer än en gång');
  });

  test('decisions about one that is part of another are refused with the number of that', async () => {
    const first = await dropped('Ekonomi.csv', filled(0));
    const last = await dropped('IT.csv', filled(1));
    const place = directWith('lena');
    expect(await refusal(house.imports.confirm(first, by()))).toBe('import_joined');
    expect(await refusal(house.imports.cancel(first, by()))).toBe('import_joined');
    expect(await refusal(house.imports.choose(first, templates.employees, by()))).toBe('import_joined');
    expect(await refusal(house.undos.begin(first, { ...by(), place, language: 'sv' }))).toBe('import_joined');
    expect(await refusal(createImportLogs(database()).rejected(first, everything))).toBe('import_joined');
    expect(await refusal(house.imports.choose(last, templates.employees, by()))).toBe('import_together');
    expect(await refusal(house.imports.chooseSheet(last, 'Blad', by()))).toBe('import_together');
    await house.imports.cancel(last, by());
    expect(await says(last)).toContain('avbruten');
    expect(await stateOf(first)).toBe('joined');
  });

  test('are apart from what somebody else, or in another place, dropped, and from files of another export', async () => {
    const alone = async (id: number) => {
      expect(await says(id)).toContain('3 rader: 3 adresser sparas.');
      expect(await stateOf(id)).toBe('previewed');
    };
    const ids = [
      await dropped('Ekonomi.csv', filled(0)),
      await dropped('IT.csv', filled(1), { place: channel }),
      await dropped('Lager.csv', filled(2), { by: await addPerson(database(), 'erik') }),
      await dropped(
        'andra.csv',
        ['40', '41', '42'].map((id) => line(id)),
      ),
    ];
    for (const id of ids.slice(0, 3)) await alone(id);
    expect(await stateOf(ids[3] ?? 0)).toBe('previewed');
    await database().prisma.export.update({ where: { id: exportId }, data: { state: 'failed' } });
    await exported(1);
    await alone(await dropped('IT.csv', filled(1)));
    await alone(ids[0] ?? 0);
  });

  test('are apart where their columns are others, or where one was confirmed, cancelled or let be for a day', async () => {
    const first = await dropped('Ekonomi.csv', filled(0));
    const [of = '', ...rows] = [head, ...filled(1)].map((text) => text.split(';').toSpliced(2, 1).join(';'));
    const second = await dropped('IT.csv', rows, { of });
    expect([await stateOf(first), await stateOf(second)]).toEqual(['previewed', 'previewed']);
    await house.imports.cancel(second, by());
    await database().prisma.import.update({
      where: { id: first },
      data: { createdAt: new Date(Date.now() - 25 * 60 * 60_000) },
    });
    const third = await dropped('IT.csv', filled(1));
    expect(await stateOf(first)).toBe('previewed');
    await apply(third);
    const fourth = await dropped('Lager.csv', filled(2));
    expect(await says(fourth)).toContain('3 rader: 3 adresser sparas.');
    expect(await stateOf(third)).toBe('done');
  });

  describe('read by a process that dies', () => {
    test.each([1, 2, 3])('at moment %i: nothing is lost, and no row is there twice', async (moment) => {
      const first = await dropped('Ekonomi.csv', filled(0));
      const last = await drop('IT.csv', filled(1));
      await read(last, moment);
      if ((await stateOf(last)) === 'reading') expect(await stateOf(first)).toBe('previewed');
      await read(last);
      expect(await stateOf(first)).toBe('joined');
      expect(await rowsOf(last)).toHaveLength(6);
      await apply(last);
      expect(await says(last)).toContain('Klart: 6 sparade.');
    });

    /** The last moment but one: the rows of both are in the store, and nothing is decided. */
    async function staged(): Promise<[number, number]> {
      const first = await dropped('Ekonomi.csv', filled(0));
      const last = await drop('IT.csv', filled(1));
      for (let moment = 1; ; moment++) {
        await read(last, moment);
        const { state, stagedAt, files } = await database().prisma.import.findUniqueOrThrow({
          where: { id: last },
        });
        if (state !== 'reading') throw new Error('It was not cut short');
        if (stagedAt && filesOf({ files }).length === 2) return [first, last];
      }
    }

    test('one that was confirmed meanwhile keeps its rows, and the other is read apart', async () => {
      const [first, last] = await staged();
      await apply(first);
      await read(last);
      expect(await stateOf(first)).toBe('done');
      expect(await says(last)).toContain(`import #${last}: IT.csv`);
      expect(await says(last)).toContain('3 rader: 3 adresser sparas.');
      await apply(last);
      expect(await says(first)).toContain('Klart: 3 sparade.');
      expect(await says(last)).toContain('Klart: 3 sparade.');
    });

    test('one that was cancelled meanwhile stays so', async () => {
      const [first, last] = await staged();
      await house.imports.cancel(first, by());
      await read(last);
      expect(await stateOf(first)).toBe('cancelled');
      expect(await says(last)).toContain('3 rader: 3 adresser sparas.');
    });

    test('where the later one is cancelled meanwhile, the earlier can be confirmed', async () => {
      const [first, last] = await staged();
      await house.imports.cancel(last, by());
      await read(last);
      await apply(first);
      expect(await says(first)).toContain('Klart: 3 sparade.');
      expect(await addressOf('20')).toBeNull();
    });
  });

  test('dropped all at once are one preview in the end', async () => {
    const runner = await house.start();
    try {
      const ids: number[] = [];
      for (const file of [0, 1, 2]) ids.push(await drop(`${file}.csv`, filled(file)));
      const whole = () => database().prisma.import.findFirst({ where: { state: 'previewed', rowCount: 9 } });
      await until(whole, { what: 'one preview of all' });
      expect(await database().prisma.import.count({ where: { state: 'joined' } })).toBe(2);
    } finally {
      await runner.stop();
    }
  });
});
