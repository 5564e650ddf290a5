import { beforeEach, expect, test } from 'vitest';
import { importCommand } from '../../../src/commands/import.ts';
import type { MessageView, Pressable, View } from '../../../src/core/view.ts';
import { createPurgeJob } from '../../../src/jobs/purge.ts';
import { tokenize } from '../../../src/rules/line.ts';
import { templates } from '../../../src/rules/templates.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { createPresses } from '../../../src/services/presses.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { createUsers } from '../../../src/services/users.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import { eachStore } from '../../support/database.ts';
import { createPlatform, directWith, seen } from '../../support/platform.ts';
import { accessTo, requestWith } from '../../support/request.ts';
import { addUser, type Given } from '../../support/users.ts';
import { addPerson, everything, openHouse } from './house.ts';

const day = 24 * 60 * 60 * 1000;
const all = accessTo(['import', 'protected', 'users.view']);

/** A view with its buttons, and with plain spaces in numbers. */
const said = (view?: View) => seen(view as MessageView<Pressable>, 'sv').replaceAll('\u00a0', ' ');

eachStore('who is missing from the HR system’s list', (database) => {
  let house: ReturnType<typeof openHouse>;
  let clock: Date;
  let text: string;
  let lena: number;

  beforeEach(async () => {
    const { prisma, place } = database();
    for (const table of ['press', 'live_message', 'import', 'person', '"user"'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    clock = new Date('2026-11-21T12:00:00Z');
    lena = await addPerson(database());
    const download = async () =>
      (async function* () {
        yield Buffer.from(text);
      })();
    const now = () => clock;
    house = openHouse({
      database: database(),
      dataDir: place.dataDir,
      platform: createPlatform(),
      download,
      now,
    });
  });

  /** Somebody of a company, `x` unless told. */
  const worker = (userId: string, company = 'X', more: Given = {}) =>
    addUser(database(), {
      userId,
      employments: [{ company, number: userId, department: 'HR', office: 'Umeå' }],
      ...more,
    });

  /** Drops a list of everybody, and lets it be read. */
  async function drop(rows: readonly string[], reach = everything): Promise<number> {
    text = ['Användar-id;Anställningsnummer;Företag;Avdelning;Kontor', ...rows].join('\n');
    await house.imports.begin(
      { name: 'lista.csv', source: { at: text } },
      { personId: lena, place: directWith('lena'), language: 'sv', reach },
    );
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await house.run('import-read', { importId: id });
    const status = await house.imports.status(id);
    if (status?.template?.key === 'connectEmail') throw new Error('it is not read as a list');
    return id;
  }

  async function confirm(id: number): Promise<void> {
    await house.imports.confirm(id, { personId: lena, reach: everything });
    await house.run('import-apply', { importId: id });
  }

  const rowOf = (userId: string, company = 'X', department = 'HR') =>
    `${userId};${userId};${company};${department};Umeå`;

  async function shown(id: number, audience: 'caller' | 'place' = 'caller'): Promise<string> {
    const status = await house.imports.status(id);
    if (!status) throw new Error('it is gone');
    return said(importMessage(status, { language: 'sv', audience }, clock));
  }

  const command = () =>
    importCommand({
      undos: house.undos,
      imports: house.imports,
      importLogs: createImportLogs(database()),
      templates: createTemplates({ database: database() }),
      users: createUsers(database()),
      placeFacts: async () => ({ canPost: true, shared: false, takesFiles: true }),
    });

  async function types(line: string, access = all): Promise<string> {
    const [answer] = await command().run(requestWith(access, 'sv'), tokenize(line));
    return said(answer?.view);
  }

  async function presses(line: string, access = all): Promise<string> {
    const [press = ''] = await createPresses(database()).keep([{ line, acting: true }], { personId: null });
    const [answer] = await command().run({ ...requestWith(access, 'sv'), press }, tokenize(line.slice(7)));
    return said(answer?.view);
  }

  const active = async () =>
    (await database().prisma.user.findMany({ where: { active: true }, orderBy: { userKey: 'asc' } })).map(
      ({ userId }) => userId,
    );

  test('I4 U7 whoever has left is told of, listed, and deactivated by a confirmation of its own', async () => {
    for (const id of ['1', '2', '3', '4']) await worker(id);
    await worker('5', 'X', { connection: 'connected', name: 'Karin Öberg' });
    await worker('6', 'X', { connection: 'pending' });
    await worker('7', 'X', { active: false });
    const id = await drop([rowOf('1'), rowOf('2', 'X', 'IT'), rowOf('3'), rowOf('4'), rowOf('8')]);
    const preview = await shown(id);
    expect(preview).toContain('1 användare skapas, 1 ändras, 3 är oförändrade.');
    expect(preview).toContain('1 rad flyttar någon till en annan avdelning eller ett annat kontor.');
    expect(preview).toContain('2 aktiva användare i filens företag saknas i filen.');
    expect(preview).toContain('[Visa vilka som saknas]');
    await expect(presses(`import deactivate #${id}`)).rejects.toMatchObject({ code: 'missing_early' });
    await expect(types(`inaktivera #${id}`)).rejects.toMatchObject({ code: 'missing_early' });
    const early = await types(`missing #${id}`);
    expect(early).toContain('kan du inaktivera dem när importen är klar');
    expect(early).not.toContain('[Inaktivera');

    await confirm(id);
    expect(await shown(id)).toContain('2 aktiva användare i filens företag saknas i filen. Har de slutat');
    expect(await active()).toEqual(['1', '2', '3', '4', '5', '6', '8']);
    const list = await types(`missing #${id}`);
    expect(list).toContain('2 aktiva användare saknas i filen');
    expect(list).toContain('Karin Öberg');
    expect(list).toContain('[Inaktivera 2 användare]');
    const question = await types(`inaktivera #${id}`);
    expect(question).toContain('Inaktivera 2 användare?');
    expect(question).toContain('1 av dem är kopplad till Visma Connect.');
    expect(await active()).toHaveLength(7);

    const done = await presses(`import deactivate #${id}`);
    expect(done).toContain('2 användare är inaktiverade.');
    expect(done).toContain('[Visa inaktiva som är kopplade]');
    expect(await active()).toEqual(['1', '2', '3', '4', '8']);
    const { prisma } = database();
    expect(await prisma.user.findUnique({ where: { userKey: '5' } })).toMatchObject({
      connection: 'connected',
    });
    expect(await prisma.user.findUnique({ where: { userKey: '6' } })).toMatchObject({
      connection: 'unverified',
    });
    expect(await shown(id)).not.toContain('saknas');
    await expect(presses(`import deactivate #${id}`)).rejects.toMatchObject({ code: 'missing_nobody' });
  });

  test('A5 whom a list deactivated stays known, and so does who was not', async () => {
    const { prisma } = database();
    for (const id of ['1', '2', '3', '4']) await worker(id);
    for (const id of ['5', '6', '7']) await worker(id, 'X', { name: `Person ${id}` });
    await worker('8', 'X', { protected: true, name: 'Person 8' });
    const id = await drop([rowOf('1', 'X', 'IT'), rowOf('2'), rowOf('3'), rowOf('4')]);
    await confirm(id);
    await prisma.user.update({ where: { userKey: '7' }, data: { active: false } });
    const open = accessTo(['import']);
    expect(await presses(`import deactivate #${id}`, open)).toContain('[Visa vilka som inaktiverades]');
    await prisma.user.update({ where: { userKey: '6' }, data: { active: true } });

    expect(await shown(id)).toContain('2 användare som saknades i filen inaktiverades.');
    expect(await shown(id, 'place')).toContain('2 användare som saknades i filen inaktiverades.');
    const list = await types(`missing #${id}`);
    expect(list).toContain(`4 användare saknades i filen till import #${id}`);
    expect(list).toContain('2 användare som saknades i filen inaktiverades. 2 är aktiva.');
    expect(list).toMatch(/Person 5.*den 21 november kl\. 13\.00(?!, aktiv)/);
    expect(list).toMatch(/Person 6.*den 21 november kl\. 13\.00, aktiv igen/);
    expect(list).toMatch(/Person 7.*inaktiverades på annat sätt/);
    expect(list).toMatch(/Person 8.*inte inaktiverad, fortfarande aktiv/);
    expect(await types(`missing #${id}`, open)).not.toContain('Person 8');
  });

  test('A5 whom a list deactivated stays known when it is read anew, and after it has ended', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    const id = await drop([rowOf('1'), rowOf('2')]);
    await presses(`import deactivate #${id}`);
    const by = { personId: lena, reach: everything };
    await house.imports.choose(id, { ...templates.employees, key: 'own:1' }, by);
    await house.run('import-read', { importId: id });
    expect(await shown(id)).toContain('1 användare som saknades i filen inaktiverades.');
    await house.imports.cancel(id, by);
    await createPurgeJob({
      database: database(),
      messages: createMessages(),
      dataDir: database().place.dataDir,
    }).run({}, { signal: new AbortController().signal });
    expect(await shown(id)).toContain('1 användare som saknades i filen inaktiverades.');
    expect(await types(`missing #${id}`)).toContain('den 21 november kl. 13.00');
  });

  test('A3 the list takes the place of another page of its own alone, not of a message that others read', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    const id = await drop([rowOf('1'), rowOf('2')]);
    const run = async (line: string) => (await command().run(requestWith(all, 'sv'), tokenize(line)))[0];
    expect((await run(`missing #${id}`))?.replace).toBe(false);
    expect((await run(`missing #${id} page:1`))?.replace).toBe(true);
  });

  test.each([
    ['ångra', 'importera ångra #42', 'import undo #42'],
    ['blad', 'importera blad #42 Blad2', 'import sheet #42 Sheet2'],
    ['mall', 'importera mall #42 anställda', 'import template #42 employees'],
    ['inaktivera x', 'importera inaktivera #42', 'import deactivate #42'],
    ['hej', 'importera bekräfta #42', 'import confirm #42'],
  ])('"importera %s" without a number is answered with an example of just that', async (line, sv, en) => {
    const text = { sv: expect.stringContaining(`/vc ${sv}`), en: expect.stringContaining(`/vc ${en}`) };
    await expect(types(line)).rejects.toMatchObject({ code: 'import_no_number', text });
  });

  test('U5 deactivating ends what was open for them', async () => {
    for (const id of ['1', '2']) await worker(id);
    const gone = await worker('3', 'X', { connection: 'pending' });
    const { prisma } = database();
    await prisma.verification.create({
      data: { userId: gone, address: '3@company.se' },
    });
    const id = await drop([rowOf('1'), rowOf('2', 'X', 'IT')]);
    await confirm(id);
    await presses(`import deactivate #${id}`);
    expect(await prisma.verification.findFirst()).toMatchObject({
      revokedWhy: 'deactivated',
      revokedAt: clock,
    });
  });

  test('a list that changes nothing tells who is missing all the same', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    const id = await drop([rowOf('1'), rowOf('2')]);
    expect(await shown(id)).toContain('Allt är redan på plats.');
    expect(await shown(id)).toContain('1 aktiv användare i filens företag saknas');
    await presses(`import deactivate #${id}`);
    expect(await active()).toEqual(['1', '2']);
  });

  test.each<[string, readonly [string, string, Given?][], readonly string[], readonly string[]]>([
    [
      'nobody of a company of which few are named',
      [
        ['1', 'X'],
        ['2', 'X'],
        ['3', 'X'],
      ],
      [rowOf('1'), rowOf('9')],
      [],
    ],
    [
      'whoever is in a listed company alone',
      [
        ['1', 'X'],
        ['2', 'X'],
        ['3', 'Y'],
      ],
      [rowOf('1')],
      ['2'],
    ],
    [
      'nobody who works elsewhere too',
      [
        ['1', 'X'],
        [
          '2',
          'X',
          {
            employments: [
              { company: 'X', number: '2' },
              { company: 'Y', number: '2' },
            ],
          },
        ],
      ],
      [rowOf('1')],
      [],
    ],
    [
      'nobody without an employment',
      [
        ['1', 'X'],
        ['2', 'X', { employments: [] }],
      ],
      [rowOf('1')],
      [],
    ],
    [
      'nobody whose number is there under a User-ID that is wrong',
      [
        ['1', 'X'],
        ['2', 'X'],
        ['007', 'X'],
      ],
      [rowOf('1'), rowOf('2'), '7;007;X;HR;Umeå'],
      [],
    ],
    [
      'nobody on a row with an error',
      [
        ['1', 'X'],
        ['2', 'X'],
        ['3', 'X'],
      ],
      [rowOf('1'), rowOf('2'), '3;99;Y;;'],
      [],
    ],
  ])('missing is %s', async (_, people, rows, expected) => {
    for (const [userId, company, more] of people) await worker(userId, company, more);
    const id = await drop(rows);
    const { users } = await createUsers(database()).missing(id, everything, 1, 10);
    expect(users.map(({ userId }) => userId)).toEqual(expected);
  });

  test('rows that do not say whom they are about make it uncertain, so nobody is deactivated', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    const id = await drop([rowOf('1'), rowOf('2', 'X', 'IT'), ';3;X;HR;Umeå']);
    await confirm(id);
    expect(await shown(id)).toContain('saknas i filen, om de inte finns på de rader som inte gick att läsa.');
    expect(await shown(id)).not.toContain('[Visa vilka som saknas]');
    const list = await types(`saknas #${id}`);
    expect(list).toContain('Rätta raderna och släpp hela filen igen för att få veta.');
    expect(list).not.toContain('[Inaktivera');
    await expect(presses(`import deactivate #${id}`)).rejects.toMatchObject({ code: 'missing_uncertain' });
  });

  test('a file of addresses lists nobody, but is asked about where it names most of a company', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    text =
      'Användar-id;Anställningsnummer;Företag;E-post Visma Connect\n1;1;X;1@company.se\n2;2;X;b@company.se';
    await house.imports.begin(
      { name: 'lista.csv', source: { at: text } },
      { personId: lena, place: directWith('lena'), language: 'sv', reach: everything },
    );
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await house.run('import-read', { importId: id });
    expect(await shown(id)).toContain('Är det hela listan från HR-systemet?');
    expect(await shown(id)).not.toContain('[Visa vilka som saknas]');
    await confirm(id);
    await expect(presses(`import deactivate #${id}`)).rejects.toMatchObject({ code: 'missing_not_listed' });
    await expect(types(`missing #${id}`)).rejects.toMatchObject({ code: 'missing_not_listed' });
  });

  test('a day later a newer list has to say', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    const id = await drop([rowOf('1'), rowOf('2')]);
    clock = new Date(clock.getTime() + day + 1);
    await expect(presses(`import deactivate #${id}`)).rejects.toMatchObject({ code: 'missing_late' });
  });

  test('a newer list applies', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    const older = await drop([rowOf('1'), rowOf('2')]);
    const newer = await drop([rowOf('1'), rowOf('2'), rowOf('3', 'X', 'IT')]);
    await confirm(newer);
    await house.run('import-read', { importId: older });
    await expect(presses(`import deactivate #${older}`)).rejects.toMatchObject({ code: 'missing_newer' });
    expect(await active()).toEqual(['1', '2', '3']);
  });

  test('A2 U8 who is out of reach is neither counted, listed nor deactivated', async () => {
    for (const id of ['1', '2', '3']) await worker(id);
    await worker('4', 'X', { protected: true });
    const id = await drop([rowOf('1'), rowOf('2'), rowOf('5')]);
    expect(await shown(id)).toContain('2 aktiva användare i filens företag saknas i filen.');
    expect(await shown(id, 'place')).toContain('1 aktiv användare i filens företag saknas i filen.');
    await confirm(id);
    const open = accessTo(['import']);
    expect(await types(`missing #${id}`, open)).toContain('1 aktiv användare saknas i filen');
    await expect(types(`missing #${id}`, accessTo(['import'], ['y']))).rejects.toMatchObject({
      code: 'import_unknown',
    });
    expect(await presses(`import deactivate #${id}`, open)).toContain('1 användare är inaktiverad.');
    expect(await active()).toEqual(['1', '2', '4', '5']);
  });
});
