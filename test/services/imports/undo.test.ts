import { beforeEach, expect, test } from 'vitest';
import type { Reach } from '../../../src/core/access.ts';
import type { Place } from '../../../src/core/command.ts';
import { plain } from '../../../src/core/plain.ts';
import { parseFilter } from '../../../src/rules/filter.ts';
import { tokenize } from '../../../src/rules/line.ts';
import { type TemplateKey, templates } from '../../../src/rules/templates.ts';
import { countRows } from '../../../src/services/imports/counting.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { templateColumns } from '../../../src/services/imports/template-column.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import { eachStore } from '../../support/database.ts';
import { createPlatform, directWith } from '../../support/platform.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, everything, openHouse, people } from './house.ts';
import { addresses, type Line, stage } from './workbench.ts';

const lenas = directWith('lena');

eachStore('putting addresses back', (database) => {
  let house: ReturnType<typeof openHouse>;
  let lena: number;
  let clock: Date;

  beforeEach(async () => {
    const { prisma, pool, place } = database();
    for (const table of ['press', 'live_message', 'import', 'person', '"user"', 'allowed_domain'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await pool.query('delete from graphile_worker._private_jobs');
    lena = await addPerson(database());
    clock = new Date('2026-11-21T13:00:00Z');
    const now = () => clock;
    house = openHouse({
      database: database(),
      dataDir: place.dataDir,
      platform: createPlatform(people),
      now,
    });
  });

  /** A user with employment number `n-ID`. */
  const add = (userId: string, connect: string | null, more: object = {}) =>
    addUser(database(), { userId, connect, employments: [{ number: `n-${userId}` }], ...more });

  /** Rows that give users an address, by User-ID; as one imported file. Returns its number. */
  async function imported(
    given: Readonly<Record<string, string>>,
    template: TemplateKey = 'connectEmail',
    reach: Reach = everything,
  ): Promise<number> {
    const lines = Object.entries(given).map(
      ([userId, connectEmail]): Line => ({
        userId,
        employmentNumber: `n-${userId}`,
        company: 'Företaget AB',
        connectEmail,
      }),
    );
    const staged = await stage(database(), lines, { template, reach });
    await staged.apply();
    const { fields, importId: id } = staged;
    await database().prisma.import.update({
      where: { id },
      data: {
        state: 'done',
        confirmedAt: clock,
        finishedAt: clock,
        header: { row: 1, fields: [...fields], columns: [...fields] },
        ...templateColumns(templates[template]),
        counts: { ...(await countRows(database().pool, id)) },
        rowCount: lines.length,
      },
    });
    return id;
  }

  const by = (reach: Reach = everything, place: Place = lenas) =>
    ({ personId: lena, place, language: 'sv', reach }) as const;

  /** Begins an undo, and brings it to its preview. */
  async function preview(id: number, reach?: Reach): Promise<number> {
    const undo = await house.undos.begin(id, by(reach));
    await house.run('import-read', { importId: undo });
    return undo;
  }

  async function confirm(id: number, reach: Reach = everything): Promise<void> {
    await house.imports.confirm(id, { personId: lena, reach });
    await house.run('import-apply', { importId: id });
  }

  async function undone(id: number, reach?: Reach): Promise<number> {
    const undo = await preview(id, reach);
    await confirm(undo, reach);
    return undo;
  }

  /** Each row of the log: User-ID, outcome or reason, and notes. */
  async function rows(id: number, reach: Reach = everything): Promise<string[]> {
    const log = await createImportLogs(database()).log(id, { limit: 100 }, reach);
    return (log?.rows ?? []).map(({ values, verdict, notes }) =>
      [`${values.userId}: ${verdict.reason ?? verdict.outcome}`, ...notes].join(' '),
    );
  }

  async function shown(id: number, audience: 'caller' | 'place' = 'caller'): Promise<string> {
    const status = await house.imports.status(id);
    if (!status) throw new Error('there is no such import');
    return plain(importMessage(status, { language: 'sv', audience }), 'sv').replaceAll('\u00a0', ' ');
  }

  const set = (userKey: string, data: object) => database().prisma.user.update({ where: { userKey }, data });
  const address = (key: string, connection: 'unverified' | 'pending' = 'unverified') => ({
    connectEmail: key,
    connectAddress: key,
    connection,
  });

  test('I6 the same file again says that its import was undone, unless the undo was', async () => {
    const { prisma } = database();
    await add('anna', null);
    const id = await imported({ anna: 'anna@new.se' });
    const again = await imported({ anna: 'anna@new.se' });
    await prisma.import.updateMany({ where: { id: { in: [id, again] } }, data: { fileHash: 'same' } });
    expect(await shown(again)).not.toContain('ångrats');
    const undo = await undone(id);
    expect(await shown(again)).toContain('av Lena Berg. Den importen har ångrats sedan dess.');
    await undone(undo);
    expect(await shown(again)).not.toContain('ångrats');
  });

  test('every address that the import changed goes back, or says why it does not', async () => {
    const given: [string, string | null, string?][] = [
      ['had-one', 'Old@company.se'],
      ['had-none', null],
      ['changed', 'changed.old@company.se'],
      ['verified', 'verified.old@company.se'],
      ['connected', 'connected.old@company.se'],
      ['waiting', null],
      ['taken', 'taken.old@company.se'],
      ['elsewhere', 'elsewhere@other.se'],
      ['back-already', 'back@company.se'],
      ['untouched', 'untouched@company.se'],
    ];
    for (const [userId, connect] of given) await add(userId, connect);
    const ids = given.map(([userId]) => userId).filter((userId) => userId !== 'untouched');
    const id = await imported(Object.fromEntries(ids.map((userId) => [userId, `${userId}@new.se`])));
    await set('changed', address('typed@company.se'));
    await set('verified', { connection: 'verified' });
    await set('connected', { connection: 'connected' });
    const waiting = await set('waiting', { connection: 'pending' });
    const verification = await database().prisma.verification.create({
      data: { userId: waiting.id, address: 'waiting@new.se' },
    });
    await add('newcomer', 'taken.old@company.se');
    await set('back-already', address('back@company.se'));
    await database().prisma.allowedDomain.createMany({
      data: [{ entry: 'company.se' }, { entry: 'new.se' }],
    });
    const expected = [
      'had-one: updated',
      'had-none: updated removed',
      'changed: skipped_changed',
      'verified: skipped_verified',
      'connected: skipped_verified',
      'waiting: updated removed link_ends',
      'taken: address_taken',
      'elsewhere: domain_not_allowed',
      'back-already: unchanged',
    ];
    const before = await addresses(database());

    const undo = await preview(id);
    expect(await rows(undo)).toEqual(expected);
    expect(await addresses(database())).toEqual(before);
    const told = await shown(undo);
    expect(told).toContain(
      '9 användare: 1 får tillbaka sin tidigare adress, 2 blir utan adress, 6 ändras inte.',
    );
    expect(told).toContain('En person har ett verifieringsmejl som väntar på svar.');
    await confirm(undo);
    expect(await rows(undo)).toEqual(expected);
    expect(await shown(undo)).toContain(
      'Klart: 1 tidigare adress tillbaka, 2 adresser borttagna, 6 inte ändrade.',
    );
    expect(await addresses(database())).toEqual([
      'back-already: back@company.se (unverified)',
      'changed: typed@company.se (unverified)',
      'connected: connected@new.se (connected)',
      'elsewhere: elsewhere@new.se (unverified)',
      'had-none: – (none)',
      'had-one: Old@company.se (unverified)',
      'newcomer: taken.old@company.se (unverified)',
      'taken: taken@new.se (unverified)',
      'untouched: untouched@company.se (unverified)',
      'verified: verified@new.se (verified)',
      'waiting: – (none)',
    ]);
    // U5: the link to the address that was taken away ends.
    expect(
      await database().prisma.verification.findUniqueOrThrow({ where: { id: verification.id } }),
    ).toMatchObject({ revokedWhy: 'address_changed' });
    expect(await shown(id)).toContain(`Ångrad: se #${undo}.`);
  });

  test('U2 two who swapped their addresses swap them back', async () => {
    await add('a', 'a@company.se');
    await add('b', 'b@company.se');
    const id = await imported({ a: 'b@company.se', b: 'a@company.se' });
    await undone(id);
    expect(await addresses(database())).toEqual([
      'a: a@company.se (unverified)',
      'b: b@company.se (unverified)',
    ]);
  });

  test('users whom the import created remain, without an address, and the preview says so', async () => {
    await add('known', 'known@company.se');
    const id = await imported({ known: 'known@new.se', made: 'made@new.se' }, 'employees');
    const undo = await preview(id);
    expect(await shown(undo)).toContain('Bara adresser sätts tillbaka.');
    expect(await shown(undo)).toContain('Användaren som importen skapade finns kvar.');
    await confirm(undo);
    expect(await addresses(database())).toEqual(['known: known@company.se (unverified)', 'made: – (none)']);
  });

  test('what a later import changed is not put back; the later one undone first, it is', async () => {
    await add('a', 'first@company.se');
    await add('b', 'b@company.se');
    const earlier = await imported({ a: 'second@company.se', b: 'b2@company.se' });
    const later = await imported({ a: 'third@company.se' });
    expect(await rows(await preview(earlier))).toEqual(['a: skipped_changed', 'b: updated']);
    await undone(later);
    await undone(earlier);
    expect(await addresses(database())).toEqual([
      'a: first@company.se (unverified)',
      'b: b@company.se (unverified)',
    ]);
  });

  test('an undo is undone as any import: what it took away is there again', async () => {
    await add('a', 'a@company.se');
    await add('b', null);
    const id = await imported({ a: 'a2@company.se', b: 'b2@company.se' });
    const undo = await undone(id);
    const again = await undone(undo);
    expect(await rows(again)).toEqual(['a: updated', 'b: updated']);
    expect(await addresses(database())).toEqual([
      'a: a2@company.se (unverified)',
      'b: b2@company.se (unverified)',
    ]);
  });

  test('an import whose undo was undone can be undone again, and its message says how it stands', async () => {
    await add('a', 'a@company.se');
    const id = await imported({ a: 'a2@company.se' });
    const undo = await undone(id);
    const log = async (of: number) => createImportLogs(database()).log(of, { limit: 1 }, everything);
    expect(await shown(id)).toContain(`Ångrad: se #${undo}.`);
    expect(await log(id)).toMatchObject({ undoable: false });
    expect(await house.imports.status(undo)).toMatchObject({ undoable: true });
    expect(await log(undo)).toMatchObject({ undoable: true });
    const again = await undone(undo);
    expect(await shown(undo)).toContain(`Ångrad: se #${again}.`);
    expect(await shown(id)).not.toContain('Ångrad');
    expect(await log(id)).toMatchObject({ undoable: true });
    const third = await undone(id);
    expect(await addresses(database())).toEqual(['a: a@company.se (unverified)']);
    await expect(preview(id)).rejects.toMatchObject({
      code: 'import_undone',
      text: { en: expect.stringContaining(`#${third}`) },
    });
  });

  test('a fill is undone too', async () => {
    await add('a', null, { email: 'a@company.se' });
    const id = (await house.fills.begin(parseFilter(tokenize('all')), by())) ?? 0;
    await house.run('import-read', { importId: id });
    await confirm(id);
    expect(await addresses(database())).toEqual(['a: a@company.se (unverified)']);
    await undone(id);
    expect(await addresses(database())).toEqual(['a: – (none)']);
  });

  test('I5 the plan is made again when it is applied: whoever has verified since keeps the address', async () => {
    await add('a', null);
    await add('b', null);
    const undo = await preview(await imported({ a: 'a@company.se', b: 'b@company.se' }));
    await set('a', { connection: 'verified' });
    await confirm(undo);
    expect(await rows(undo)).toEqual(['a: skipped_verified', 'b: updated removed']);
    expect(await addresses(database())).toEqual(['a: a@company.se (verified)', 'b: – (none)']);
  });

  test('an import is undone once, and two previews of it are applied once', async () => {
    await add('a', null);
    const id = await imported({ a: 'a@company.se' });
    const [first, second] = [await preview(id), await preview(id)];
    await confirm(first);
    await house.run('import-read', { importId: second });
    await expect(confirm(second)).rejects.toMatchObject({ code: 'import_undone' });
    await expect(preview(id)).rejects.toMatchObject({ code: 'import_undone' });
    await expect(confirm(first)).rejects.toMatchObject({ code: 'import_over' });
  });

  test('what cannot be undone is said in a sentence', async () => {
    const { prisma } = database();
    await add('a', null);
    const id = await imported({ a: 'a@company.se' });
    const state = (data: object) => prisma.import.update({ where: { id }, data });
    const refused = (code: string, of = id) =>
      expect(house.undos.begin(of, by())).rejects.toMatchObject({ code });
    await refused('import_unknown', 999_999);
    for (const [name, code] of [
      ['previewed', 'import_undo_open'],
      ['reading', 'import_undo_open'],
      ['applying', 'import_undo_running'],
      ['cancelled', 'import_undo_nothing'],
      ['expired', 'import_undo_nothing'],
    ] as const) {
      await state({ state: name });
      await refused(code);
    }
    await state({ state: 'failed', confirmedAt: null });
    await refused('import_undo_nothing');
    await state({ state: 'done', confirmedAt: clock });
    await refused('import_undo_nothing', await imported({ a: 'a@company.se' }));
    clock = new Date(clock.getTime() + 90 * 24 * 60 * 60 * 1000);
    await refused('import_undo_gone');
    await prisma.importBlock.deleteMany({ where: { importId: id } });
    clock = new Date('2026-11-21T13:00:00Z');
    await refused('import_undo_gone');
    expect(await prisma.import.count({ where: { origin: 'undo' } })).toBe(0);
  });

  test('what broke off half-way is undone as far as it came', async () => {
    await add('a', null);
    const id = await imported({ a: 'a@company.se' });
    await database().prisma.import.update({ where: { id }, data: { state: 'failed' } });
    await undone(id);
    expect(await addresses(database())).toEqual(['a: – (none)']);
  });

  test('A2 U8 within reach alone: others’ imports are unknown, protected identities are not told of', async () => {
    const here: Reach = { companies: ['företaget ab'], protected: false };
    await add('open', 'open@company.se');
    await add('hidden', 'hidden@company.se', { protected: true });
    await add('moved', 'moved@company.se');
    const given = { open: 'open@new.se', hidden: 'hidden@new.se', moved: 'moved@new.se' };
    const whole = await imported(given);
    await expect(preview(whole, here)).rejects.toMatchObject({ code: 'import_unknown' });
    await database().prisma.import.update({ where: { id: whole }, data: { reach: { ...here } } });
    await database().pool.query(
      `update employment set company = 'Dotter AB', company_key = 'dotter ab' where number = 'n-moved'`,
    );
    const undo = await undone(whole, here);
    expect(await rows(undo)).toEqual(['open: updated', 'moved: no_permission']);
    expect(await addresses(database())).toEqual([
      'hidden: hidden@new.se (unverified)',
      'moved: moved@new.se (unverified)',
      'open: open@company.se (unverified)',
    ]);
    const log = await createImportLogs(database()).log(undo, { limit: 10 }, here);
    expect(log?.rows.map(({ values }) => values.name)).toEqual([expect.stringMatching(/^User/), '']);
  });

  test('A3 where others read: counts alone, and no file name', async () => {
    await add('a', null);
    const told = await shown(await preview(await imported({ a: 'a@company.se' })), 'place');
    expect(told).toContain('1 användare: 1 blir utan adress.');
    expect(told).not.toContain('file.csv');
  });
});
