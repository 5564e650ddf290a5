import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importCommand } from '../../../src/commands/import.ts';
import type { Reach } from '../../../src/core/access.ts';
import type { Place } from '../../../src/core/command.ts';
import { refuse } from '../../../src/errors.ts';
import type { Runner } from '../../../src/jobs/runner.ts';
import { tokenize } from '../../../src/rules/line.ts';
import { templates } from '../../../src/rules/templates.ts';
import { countOf, type VerdictCounts } from '../../../src/rules/verdict.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { createPresses } from '../../../src/services/presses.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { createUsers } from '../../../src/services/users.ts';
import { eachStore } from '../../support/database.ts';
import { connectFile, hrExport } from '../../support/files.ts';
import { channel, createPlatform, directWith, type Platform, seen } from '../../support/platform.ts';
import { accessTo, requestWith } from '../../support/request.ts';
import { soon } from '../../support/until.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, type Download, everything, openHouse, people } from './house.ts';

const lenas = directWith('lena');

eachStore('imports', (database) => {
  let platform: Platform;
  let house: ReturnType<typeof openHouse>;
  let runner: Runner | undefined;
  let lena: number;
  let lenasReach: Reach;
  let clock: Date;
  /** What happens whenever the job that applies asks what time it is: before each chunk, and at its end. */
  let tick: () => void;
  /** What was dropped, by name; a function stands for a platform that misbehaves. */
  let files: Map<string, Buffer | Download>;

  beforeEach(async () => {
    const { prisma, pool, place } = database();
    for (const table of [
      'press',
      'live_message',
      'import',
      'import_asked',
      'person',
      '"user"',
      'allowed_domain',
    ])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await pool.query('delete from graphile_worker._private_jobs');
    clock = new Date('2026-11-21T12:00:00Z');
    tick = () => {};
    files = new Map();
    platform = createPlatform(people);
    lena = await addPerson(database());
    lenasReach = everything;
    const download: Download = async (source, limit) => {
      const file = files.get((source as { file: string }).file);
      if (typeof file === 'function') return file(source, limit);
      return (async function* () {
        if (file) yield file;
      })();
    };
    const now = () => clock;
    const applyClock = () => {
      tick();
      return clock;
    };
    const { dataDir } = place;
    house = openHouse({ database: database(), dataDir, platform, download, now, applyClock });
  });
  afterEach(async () => {
    await runner?.stop();
    runner = undefined;
  });

  async function drop(bytes: Buffer | Download, place: Place = lenas, name = 'file.csv'): Promise<void> {
    const file = `${name}-${files.size}`;
    files.set(file, bytes);
    runner ??= await house.start();
    await again(file, place, name);
  }

  /** The same file is announced. */
  const again = (file: string, place: Place = lenas, name = 'file.csv') =>
    house.imports.begin(
      { name, size: 100, source: { file } },
      { personId: lena, place, language: 'sv', reach: lenasReach },
    );

  const decide = { personId: 0, reach: everything };
  const latest = async () =>
    (await database().prisma.import.findMany({ orderBy: { id: 'desc' } }))[0]?.id ?? 0;

  /** What a message shows, with plain spaces in numbers. */
  function shown(index: number): string {
    const view = platform.posted.at(index)?.view;
    return view ? seen(view, 'sv').replaceAll('\u00a0', ' ') : 'nothing was posted';
  }

  /** Waits until the newest message shows this. */
  const shows = (text: string) => vi.waitFor(() => expect(shown(-1)).toContain(text), soon);

  const commandFor = () =>
    importCommand({
      imports: house.imports,
      undos: house.undos,
      importLogs: createImportLogs(database()),
      templates: createTemplates({ database: database() }),
      users: createUsers(database()),
      placeFacts: platform.outbox.placeFacts,
    });

  /** The jobs of a kind that are not done, nor tried for the last time. */
  async function waiting(name: string) {
    const { rows } = await database().pool.query<{ key: string; attempts: number }>(
      'select key, attempts from graphile_worker.jobs where task_identifier = $1 and attempts < max_attempts',
      [name],
    );
    return rows;
  }

  async function stopRunner(): Promise<void> {
    await runner?.stop();
    runner = undefined;
  }

  test('I5 I7 an export of new users: preview, nothing saved, confirmed, done', async () => {
    const { bytes, rows, name } = hrExport(1000);
    await drop(bytes, lenas, name);
    await shows('Inget är sparat ännu. 1 040 rader: 1 000 användare skapas, 40 anställningar läggs till.');
    const preview = shown(0);
    expect(preview).toContain('40 med ytterligare en anställning');
    expect(preview).toContain('Mall: Anställda. Teckenkodning: Windows-1252. Avgränsare: semikolon.');
    expect(preview).toContain('Kolumner som ignoreras: Lönegrupp och Närmaste chef.');
    expect(preview).toContain('[Bekräfta och skapa 1 000 användare]');
    expect(await database().prisma.user.count()).toBe(0);

    await house.imports.confirm(await latest(), decide);
    await shows('Klart: 1 000 skapade, 40 anställningar tillagda.');
    expect(await database().prisma.user.count()).toBe(1000);
    expect(await database().prisma.employment.count()).toBe(rows.length);
    expect(await database().prisma.importChunk.count()).toBe(0);
    expect(platform.posted).toHaveLength(1);
    expect(shown(0)).toContain('[Skicka verifieringsmejl] [Visa logg]');
    expect(await readdir(join(database().place.dataDir, 'incoming'))).toEqual([]);
  });

  test.each([
    ['utf16le', '\t', 'UTF-16LE med BOM. Avgränsare: tabb.'],
    ['cp437', ';', 'IBM437. Avgränsare: semikolon.'],
    ['utf8-bom', ',', 'UTF-8 med BOM. Avgränsare: komma.'],
  ] as const)('I1 a file in %s is read as it is written', async (encoding, delimiter, said) => {
    const { bytes, rows } = hrExport(8, { encoding, delimiter });
    await drop(bytes);
    await shows(`Teckenkodning: ${said}`);
    await house.imports.confirm(await latest(), decide);
    await shows('Klart: 8 skapade.');
    const users = await database().prisma.user.findMany();
    expect(users.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  test('I6 a file that is known says when and by whom, and finds everything in place', async () => {
    const { bytes } = hrExport(30);
    await drop(bytes);
    await shows('Inget är sparat ännu');
    await house.imports.confirm(await latest(), decide);
    await shows('Klart:');
    clock = new Date('2026-11-23T12:00:00Z');
    await drop(bytes);
    await shows('Allt är redan på plats.');
    const preview = shown(1);
    expect(preview).toContain('Filen lästes in den 21 november av Lena Berg.');
    expect(preview).not.toContain('Bekräfta');
  });

  test('I2 most users known: Connect e-mail, and the other template one press away', async () => {
    await drop(hrExport(30).bytes);
    await shows('Inget är sparat ännu');
    await house.imports.confirm(await latest(), decide);
    await shows('Klart:');
    const moved = hrExport(30).rows.map((one) => ({ ...one, connectEmail: `x.${one.userId}@company.se` }));
    await drop(connectFile(moved));
    await shows('31 rader: 30 adresser sparas, 1 är oförändrad.');
    const id = await latest();
    expect(shown(1)).toContain('[Läs som Anställda i stället]');
    await house.imports.choose(id, templates.employees, decide);
    await shows('Mall: Anställda');
    await house.imports.choose(id, templates.connectEmail, decide);
    await shows('Mall: E-post Visma Connect');
    await house.imports.confirm(id, decide);
    await shows('Klart: 30 sparade, 1 oförändrad.');
  });

  test('I2 most users unknown, and no company to create them in: Connect e-mail, which says what the file lacks', async () => {
    const { rows } = hrExport(3);
    const filled = rows.map((row) => ({ ...row, connectEmail: `${row.userId}@company.se` }));
    await drop(connectFile(filled));
    await shows('Det finns inget att spara. 3 rader: 3 har fel.');
    expect(shown(0)).toContain('3 med okänt användar-id');
    expect(shown(0)).toContain('Mall: E-post Visma Connect.');
    const lacks =
      'Filen saknar kolumnen Företag. Den behövs för att skapa användare som inte finns i registret.';
    expect(shown(0)).toContain(lacks);
    await drop(Buffer.from('Användar-id;Anställningsnummer;Namn\n1;1;Anna\n'));
    await shows('1 där användar-id, nummer eller företag saknas');
    expect(shown(1)).toContain(lacks);
  });

  test('I5 U8 companies that are new are named, but for those of protected identities where others read', async () => {
    await addUser(database(), { employments: [{ company: 'Gamla AB' }] });
    const file = Buffer.from(
      [
        'Användar-id;Anställningsnummer;Företag;Skyddad identitet',
        '1;1;gamla ab;',
        '2;2;Nya AB;',
        '3;3;Hemliga AB;ja',
        '4;4;NYA AB;',
        '5;;Avvisade AB;',
        '6;6;Östra & Söner;',
        '7;7;Blandade AB;ja',
        '8;8;Blandade AB;',
      ].join('\n'),
    );
    await drop(file);
    await shows('4 nya företag: Nya AB, Hemliga AB, Östra & Söner och Blandade AB.');
    await drop(file, channel);
    await shows('3 nya företag: Nya AB, Östra & Söner och Blandade AB.');
    await house.imports.confirm(await latest(), decide);
    await shows('Klart: 5 skapade, 1 avvisad.');
    await drop(file);
    await shows('7 oförändrade');
    expect(shown(-1)).not.toContain('nya företag');
    const many = Array.from({ length: 40 }, (_, i) => `n${i};x${i};F${i};`).join('\n');
    await drop(Buffer.from(`Användar-id;Anställningsnummer;Företag;Namn\n${many}\n`));
    await shows('40 nya företag: F0, F1, F2, F3, F4 och 35 till.');
  });

  test('I2 a typed choice of template is answered; a press, which the message itself answers, works once', async () => {
    await drop(hrExport(3).bytes);
    await shows('[Läs som');
    const id = await latest();
    const command = commandFor();
    const typed = requestWith(accessTo(['import', 'protected']));
    const args = tokenize(`template #${id} connect-email`);
    const [answer] = await command.run(typed, args);
    expect(answer?.view).toMatchObject({
      kind: 'note',
      text: expect.stringContaining('by the other template'),
    });
    await shows('Mall: E-post Visma Connect');
    const [press = ''] = await createPresses(database()).keep(
      [{ line: `import template #${id} employees`, acting: true }],
      { personId: null },
    );
    expect(await command.run({ ...typed, press }, tokenize(`template #${id} employees`))).toEqual([]);
    await shows('Mall: Anställda');
    await expect(command.run({ ...typed, press }, args)).rejects.toMatchObject({ code: 'press_spent' });
  });

  test('an import that is asked for where files do not reach the bot is told of there, as counts, once it is dropped', async () => {
    platform.outbox.placeFacts = async ({ kind }) => ({
      canPost: true,
      shared: false,
      takesFiles: kind === 'direct',
      directUrl: 'https://chat.example/',
    });
    const command = commandFor();
    const asking = { ...requestWith(accessTo(['import']), 'sv'), place: channel };
    const asker = { ...asking, person: { ...asking.person, id: lena } };
    const [answer, ...others] = await command.run(asker, []);
    expect(others).toEqual([]);
    const actions = (label: string) => ({ actions: [{ label, url: 'https://chat.example/' }] });
    expect(answer?.view).toMatchObject(actions('Öppna chatten'));
    expect(answer?.open?.('en')).toMatchObject(actions('Open the chat'));
    const inChannel = () => platform.posted.filter(({ place }) => place.id === channel.id);
    await drop(hrExport(3).bytes);
    await shows('[Bekräfta och skapa 3 användare]');
    await vi.waitFor(() => expect(inChannel()).toHaveLength(1), soon);
    await house.imports.confirm(await latest(), decide);
    await vi.waitFor(() => expect(inChannel()[0]?.shown.at(-1)).toContain('Klart: 3 skapade.'), soon);
    expect(inChannel()[0]?.shown.join()).not.toMatch(/Anna|file\.csv/);

    // Once for the asking; and not later than an hour after it.
    await drop(hrExport(4).bytes);
    await shows('Förhandsvisning');
    await command.run(asker, []);
    clock = new Date(clock.getTime() + 61 * 60_000);
    await drop(hrExport(5).bytes);
    await vi.waitFor(
      async () => expect(await database().prisma.import.count({ where: { state: 'previewed' } })).toBe(2),
      soon,
    );
    expect(inChannel()).toHaveLength(1);
    expect(await command.run({ ...asker, place: lenas }, [])).toMatchObject([{ view: { kind: 'help' } }]);
  });

  test('I5 a typed confirmation that creates users asks what its button asks, and its answer replaces the question', async () => {
    await drop(hrExport(3).bytes, lenas, 'anställda.csv');
    await shows('[Bekräfta och skapa 3 användare]');
    const id = await latest();
    const command = commandFor();
    const typed = requestWith(accessTo(['import', 'protected']), 'sv');
    for (const line of [`bekräfta #${id}`, `confirm ${id}`, `confirm #${id} asked`]) {
      const [answer] = await command.run(typed, tokenize(line));
      if (answer?.view.kind !== 'confirm') throw new Error(`No question after ${line}`);
      expect(answer.view.title).toBe('Skapa 3 användare?');
      expect(answer.view.text).toContain(`Import #${id}: anställda.csv`);
      expect(answer.view.actions).toMatchObject([
        { label: 'Bekräfta och skapa 3 användare', line: `import confirm #${id} asked`, acting: true },
        { label: 'Avbryt importen', line: `import cancel #${id} asked`, acting: true },
        { label: 'Visa logg' },
      ]);
      expect(answer.view.actions?.every((action) => !('ask' in action))).toBe(true);
    }
    expect(await database().prisma.import.findFirst()).toMatchObject({ state: 'previewed' });
    const narrow = requestWith(accessTo(['import'], ['x']));
    await expect(command.run(narrow, tokenize(`confirm #${id}`))).rejects.toMatchObject({
      code: 'import_unknown',
    });
    await expect(command.run(typed, tokenize(`confirm #${id} nu`))).rejects.toMatchObject({
      code: 'import_no_number',
    });

    const [press = ''] = await createPresses(database()).keep(
      [{ line: `import confirm #${id} asked`, acting: true }],
      { personId: null },
    );
    const pressed = await command.run({ ...typed, press }, tokenize(`confirm #${id} asked`));
    expect(pressed).toMatchObject([
      { view: { text: `Import #${id} har börjat. Mitt meddelande om den visar läget.` }, replace: true },
    ]);
    await shows('Klart: 3 skapade.');
    await expect(command.run(typed, tokenize(`confirm #${id}`))).rejects.toMatchObject({
      code: 'import_over',
    });
  });

  test('I5 a typed confirmation that only saves addresses needs no question: its button has none', async () => {
    await drop(hrExport(3).bytes);
    await shows('Inget är sparat ännu');
    await house.imports.confirm(await latest(), decide);
    await shows('Klart:');
    await drop(connectFile(hrExport(3).rows.map((row) => ({ ...row, connectEmail: `${row.userId}@x.se` }))));
    await shows('3 adresser sparas');
    const typed = requestWith(accessTo(['import', 'protected']), 'sv');
    const line = tokenize(`bekräfta #${await latest()}`);
    expect(await commandFor().run(typed, line)).toMatchObject([
      { view: { kind: 'note', text: expect.stringContaining('har börjat') } },
    ]);
    await shows('Klart: 3 sparade.');
  });

  test('I2 a template that the file does not fit is refused', async () => {
    await drop(Buffer.from('Användar-id;Anställningsnummer;Företag\n1;1;X\n'));
    await shows('Inget är sparat ännu');
    await expect(house.imports.choose(await latest(), templates.connectEmail, decide)).rejects.toThrow(
      'The file lacks what the template "Connect e-mail" needs: Email Visma Connect.',
    );
  });

  test('I8 a drop is done once, however many events announce it; in another place it is another', async () => {
    const { bytes } = hrExport(3);
    await drop(bytes);
    await Promise.all([again('file.csv-0'), again('file.csv-0')]);
    await shows('Inget är sparat ännu');
    await again('file.csv-0');
    expect(await database().prisma.import.count()).toBe(1);
    await again('file.csv-0', channel);
    const [first = { id: 0 }, ...others] = await database().prisma.import.findMany({
      orderBy: { id: 'asc' },
    });
    expect(others.map(({ id }) => id - first.id)).toEqual([1]);
  });

  test('I8 A3 in a channel: counts in the organisation’s language, and a private word that members can read the file', async () => {
    await drop(hrExport(3).bytes, channel, 'Anna och Bo.csv');
    await shows('Inget är sparat ännu. 3 rader: 3 användare skapas.');
    expect(platform.posted.map(({ place }) => place)).toEqual([channel]);
    expect(platform.posted.flatMap((message) => message.shown).join()).not.toContain('Anna');
    await vi.waitFor(() => expect(house.whispered).not.toEqual([]), soon);
    expect(house.whispered).toEqual([
      {
        place: channel,
        platformId: 'lena',
        text: expect.stringContaining('Alla i kanalen kan läsa filen'),
      },
    ]);
  });

  test('I8 the private word waits for a platform that does not answer, and fails no file', async () => {
    await drop(hrExport(3).bytes, channel);
    await shows('Inget är sparat ännu');
    await vi.waitFor(() => expect(house.whispered).toHaveLength(1), soon);
    house.whispered.length = 0;
    await stopRunner();
    const importId = await latest();
    platform.away = new Error('Slack answered 503');
    await expect(house.run('import-warn', { importId })).rejects.toThrow('503');
    platform.away = undefined;
    await house.run('import-warn', { importId });
    expect(house.whispered).toHaveLength(1);
    expect(await database().prisma.import.findFirst()).toMatchObject({ state: 'previewed', failures: 0 });
  });

  test('U8 protected identities are not counted in a channel', async () => {
    const line = (id: number, secret: string) => `${id};${id};X;${secret}\n`;
    const rows = [line(1, 'nej'), line(2, 'ja'), line(3, '')];
    await drop(
      Buffer.from(`Användar-id;Anställningsnummer;Företag;Skyddad identitet\n${rows.join('')}`),
      channel,
    );
    await shows('2 rader: 2 användare skapas.');
    await house.imports.confirm(await latest(), decide);
    await shows('Klart: 2 skapade.');
    expect(await database().prisma.user.count()).toBe(3);
  });

  test.each([
    ['a header that fits no template', Buffer.from('Produkt;Pris\nBil;5\n')],
    ['an empty file', Buffer.alloc(0)],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])],
  ])('I8 in a channel nothing is said of %s', async (_, bytes) => {
    await drop(bytes, channel);
    const { prisma } = database();
    await vi.waitFor(async () => expect((await prisma.import.findFirst())?.state).toBe('failed'), soon);
    expect(platform.posted).toEqual([]);
    expect(house.whispered).toEqual([]);
    expect(await prisma.liveMessage.count()).toBe(0);
  });

  test.each<[string, Buffer | Download, string]>([
    ['an empty file', Buffer.alloc(0), 'Filen är tom.'],
    ['no rows', Buffer.from('Användar-id;Anställningsnummer\n'), 'inga rader under den'],
    [
      'a workbook that is cut off',
      Buffer.from('PK\x03\x04[Content_Types].xml xl/workbook.xml'),
      'skadad eller avklippt',
    ],
    ['an open quote', Buffer.from('Användar-id;Anställningsnummer\n1;1\n2;"2\n'), 'rad 3'],
    ['unknown columns', Buffer.from('Produkt;Pris\nBil;5\n'), 'Jag känner inte igen'],
    ['a file that is gone', () => Promise.reject(refuse('file_gone')), 'finns inte kvar'],
  ])('I2 in the direct conversation %s is named, with the next step', async (_, bytes, sentence) => {
    await drop(bytes);
    await shows(sentence);
    const { prisma } = database();
    expect(await prisma.importBlock.count({ where: { NOT: { verdicts: '' } } })).toBe(0);
    await expect(house.imports.confirm(await latest(), decide)).rejects.toMatchObject({
      code: 'import_over',
      text: { sv: expect.stringContaining('misslyckades'), en: expect.stringContaining('failed') },
    });
  });

  test('A5 where a file was fetched is forgotten once it is decided on, cannot be read or is cancelled', async () => {
    const source = async () =>
      (await database().prisma.import.findFirst({ orderBy: { id: 'desc' } }))?.source;
    await drop(hrExport(3).bytes);
    await shows('Inget är sparat ännu');
    await house.imports.confirm(await latest(), decide);
    expect(await source()).toEqual({});
    await shows('Klart:');
    await drop(async () => {
      throw refuse('file_gone');
    });
    await vi.waitFor(async () => expect(await source()).toEqual({}), soon);
    await stopRunner();
    await again('never read');
    expect(await source()).toEqual({ file: 'never read' });
    await house.imports.cancel(await latest(), decide);
    expect(await source()).toEqual({});
  });

  test('what the platform fails to hand out is asked for again', async () => {
    const { bytes } = hrExport(3);
    let calls = 0;
    await drop(async () => {
      calls += 1;
      if (calls === 1) throw new Error('Slack answered 503');
      return (async function* () {
        yield bytes;
      })();
    });
    await shows('Inget är sparat ännu');
    expect(calls).toBe(2);
  });

  test('I6 a program that stops while it reads a file goes on at the next start, with the same job', async () => {
    const { bytes } = hrExport(1950);
    let goOn = () => {};
    const half = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let calls = 0;
    await drop(async () => {
      calls += 1;
      const isFirst = calls === 1;
      return (async function* () {
        yield bytes.subarray(0, bytes.length / 2);
        if (isFirst) await half;
        yield bytes.subarray(bytes.length / 2);
      })();
    });
    await vi.waitFor(() => expect(calls).toBe(1), soon);
    const stopped = stopRunner();
    goOn();
    await stopped;
    expect(await waiting('import-read')).toEqual([{ key: `import-read:${await latest()}`, attempts: 0 }]);
    runner = await house.start();
    await shows('2 028 rader: 1 950 användare skapas');
    expect(await waiting('import-read')).toEqual([]);
  });

  test('I6 a program that stops while it applies an import goes on at the next start, with the same job', async () => {
    await drop(hrExport(1950).bytes);
    await shows('2 028 rader');
    await stopRunner();
    const id = await latest();
    await house.imports.confirm(id, decide);
    const { pool } = database();
    await pool.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour'");
    runner = await house.start();
    let stopped: Promise<void> | undefined;
    tick = () => {
      stopped ??= stopRunner();
    };
    await pool.query('update graphile_worker._private_jobs set run_at = now()');
    await vi.waitFor(() => expect(stopped).toBeDefined(), soon);
    await stopped;
    const { applied, state } = await database().prisma.import.findUniqueOrThrow({ where: { id } });
    expect({ applied, state }).toEqual({ applied: 2000, state: 'applying' });
    expect(await waiting('import-apply')).toEqual([{ key: `import-apply:${id}`, attempts: 0 }]);
    runner = await house.start();
    await shows('Klart: 1 950 skapade, 78 anställningar tillagda.');
    expect(await database().prisma.user.count()).toBe(1950);
    expect(await waiting('import-apply')).toEqual([]);
  });

  test('I6 an import that cannot be applied to its end is given up: what was applied stays, and the rest can be dropped again', async () => {
    const { prisma } = database();
    const { bytes, rows } = hrExport(1950);
    await drop(bytes);
    await shows('2 028 rader');
    await stopRunner();
    const importId = await latest();
    await prisma.import.update({ where: { id: importId }, data: { failures: 4 } });
    await house.imports.confirm(importId, decide);
    const last = rows.at(-1)?.number ?? '';
    await prisma.$executeRawUnsafe(
      `alter table employment add constraint broken check (number <> '${last}')`,
    );
    try {
      for (const failures of [1, 2, 3, 4]) {
        await expect(house.run('import-apply', { importId })).rejects.toThrow('broken');
        const found = await prisma.import.findUniqueOrThrow({ where: { id: importId } });
        expect(found).toMatchObject({ state: 'applying', applied: 2000, failures });
      }
      await house.run('import-apply', { importId });
    } finally {
      await prisma.$executeRawUnsafe('alter table employment drop constraint broken');
    }
    const { state, counts } = await prisma.import.findUniqueOrThrow({ where: { id: importId } });
    expect(state).toBe('failed');
    expect(countOf(counts as VerdictCounts, undefined, true)).toBe(2000);
    expect(await prisma.importChunk.count()).toBe(0);
    const blocks = await prisma.importBlock.findMany({ orderBy: { block: 'asc' } });
    expect(blocks.map(({ verdicts }) => verdicts.trim().length).filter(Boolean)).toEqual(
      Array.from({ length: 8 }, () => 250),
    );
    runner = await house.start();
    await shows('Importen bröts av ett fel hos mig.');
    expect(shown(0)).toMatch(/1 924 nya användare\n[\s\S]*\[Skicka verifieringsmejl\] \[Visa logg\]/);
    await drop(bytes);
    await shows('2 028 rader: 26 användare skapas, 2 anställningar läggs till, 2 000 är oförändrade.');
  });

  test('I6 an import whose job is gone, or was tried for the last time, gets another', async () => {
    const { prisma } = database();
    await drop(hrExport(3).bytes);
    await shows('3 rader');
    const id = await latest();
    await stopRunner();
    await house.imports.confirm(id, decide);
    await prisma.$executeRawUnsafe('update graphile_worker._private_jobs set attempts = 3');
    await house.run('import-tend');
    expect(await waiting('import-apply')).toEqual([{ key: `import-apply:${id}`, attempts: 3 }]);
    await prisma.$executeRawUnsafe('update graphile_worker._private_jobs set attempts = max_attempts');
    await house.run('import-tend');
    expect(await waiting('import-apply')).toEqual([{ key: `import-apply:${id}`, attempts: 0 }]);
    await prisma.$executeRawUnsafe('delete from graphile_worker._private_jobs');
    await house.run('import-tend');
    runner = await house.start();
    await shows('Klart: 3 skapade.');
    await drop(hrExport(5).bytes);
    await shows('5 rader');
    await stopRunner();
    const reading = await latest();
    await house.imports.choose(reading, templates.employees, decide);
    await prisma.$executeRawUnsafe('delete from graphile_worker._private_jobs');
    await house.run('import-tend');
    expect(await waiting('import-read')).toEqual([{ key: `import-read:${reading}`, attempts: 0 }]);
    expect(await waiting('import-apply')).toEqual([]);
  });

  test('I5 a confirmation counts once, and not after a day', async () => {
    await drop(hrExport(3).bytes);
    await shows('Inget är sparat ännu');
    const id = await latest();
    const twice = await Promise.allSettled([
      house.imports.confirm(id, decide),
      house.imports.confirm(id, decide),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await shows('Klart: 3 skapade.');
    await expect(house.imports.confirm(id, decide)).rejects.toMatchObject({
      code: 'import_over',
      text: { sv: expect.stringContaining('är redan klar'), en: expect.stringContaining('is already done') },
    });

    await drop(hrExport(10).bytes);
    await shows('Inget är sparat ännu');
    clock = new Date(clock.getTime() + 24 * 60 * 60 * 1000 + 1);
    await expect(house.imports.confirm(await latest(), decide)).rejects.toMatchObject({
      code: 'import_late',
    });
    await database().prisma.import.update({ where: { id: await latest() }, data: { state: 'expired' } });
    for (const attempt of [house.imports.confirm, house.imports.cancel])
      await expect(attempt(await latest(), decide)).rejects.toMatchObject({ code: 'import_late' });
    expect(await database().prisma.user.count()).toBe(3);
  });

  test('I5 an import that is cancelled saves nothing', async () => {
    await drop(hrExport(3).bytes);
    await shows('Inget är sparat ännu');
    const id = await latest();
    await house.imports.cancel(id, decide);
    await shows('Importen är avbruten. Inget är sparat.');
    for (const attempt of [house.imports.confirm, house.imports.cancel])
      await expect(attempt(id, decide)).rejects.toMatchObject({
        code: 'import_over',
        text: {
          sv: expect.stringContaining('redan avbruten'),
          en: expect.stringContaining('already cancelled'),
        },
      });
    expect(await database().prisma.user.count()).toBe(0);
  });

  test('I5 reading ends soon after it is cancelled, however long the rest would take', async () => {
    let hasBegun = false;
    await drop(async () =>
      (async function* () {
        for (; ; await pause(10)) {
          yield Buffer.from('14;0014;anna@company.se\n');
          hasBegun = true;
        }
      })(),
    );
    await vi.waitFor(() => expect(hasBegun).toBe(true), soon);
    await house.imports.cancel(await latest(), decide);
    await vi.waitFor(async () => expect(await waiting('import-read')).toEqual([]), soon);
    await shows('Importen är avbruten. Inget är sparat.');
  });

  test('an import that does not exist is unknown', async () => {
    await expect(house.imports.confirm(4711, decide)).rejects.toMatchObject({ code: 'import_unknown' });
    expect(await house.imports.status(4711)).toBeUndefined();
  });

  test('A2 an import is decided on by those alone who reach as far as whoever dropped it', async () => {
    lenasReach = { companies: ['x', 'y'], protected: false };
    await drop(Buffer.from('Användar-id;Anställningsnummer;Företag\n1;1;X\n2;2;Y\n3;3;Z\n'));
    await shows('3 rader: 2 användare skapas, 1 har fel.');
    const id = await latest();
    const { imports } = house;
    for (const companies of [[], ['x'], ['x', 'z']]) {
      const narrow = { personId: lena, reach: { companies, protected: true } };
      for (const attempt of [imports.confirm, imports.cancel])
        await expect(attempt(id, narrow)).rejects.toMatchObject({ code: 'import_unknown' });
      await expect(imports.choose(id, templates.employees, narrow)).rejects.toMatchObject({
        code: 'import_unknown',
      });
    }
    await imports.confirm(id, { personId: lena, reach: { companies: ['x', 'y', 'z'], protected: true } });
    await shows('Klart: 2 skapade, 1 avvisad.');
    expect(await database().prisma.user.count()).toBe(2);
  });

  test('A2 U8 whoever confirms writes no more than they reach', async () => {
    await drop(
      Buffer.from('Användar-id;Anställningsnummer;Företag;Skyddad identitet\n1;1;X;nej\n2;2;X;ja\n'),
    );
    await shows('2 rader: 2 användare skapas.');
    await house.imports.confirm(await latest(), {
      personId: lena,
      reach: { companies: 'all', protected: false },
    });
    await shows('Klart: 1 skapad.');
    const users = await database().prisma.user.findMany();
    expect(users.map(({ userId }) => userId)).toEqual(['1']);
  });

  test('a file over the size limit is refused at once', async () => {
    const file = { name: 'a.csv', size: 300 * 1024 * 1024, source: {} };
    await expect(
      house.imports.begin(file, { personId: lena, place: lenas, language: 'sv', reach: everything }),
    ).rejects.toMatchObject({ code: 'file_too_big' });
  });

  test('I4 the counts add up to the rows, empty ones are told', async () => {
    await drop(
      Buffer.from('Användar-id;Anställningsnummer;Företag\n1;1;X\n;;\n2;;X\n\n3;3;\n1;1;X\n1;2;X;9\n'),
    );
    await shows('5 rader: 1 användare skapas, 1 är oförändrad, 3 har fel.');
    const preview = shown(0);
    expect(preview).toContain('1 med fel antal kolumner');
    expect(preview).toContain('2 där användar-id, nummer eller företag saknas');
    expect(preview).toContain('2 tomma rader räknas inte.');
  });
});
