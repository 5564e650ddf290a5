import { beforeEach, expect, test } from 'vitest';
import { fillCommand } from '../../../src/commands/fill.ts';
import type { Reach } from '../../../src/core/access.ts';
import type { Place } from '../../../src/core/command.ts';
import { plain } from '../../../src/core/plain.ts';
import { parseFilter } from '../../../src/rules/filter.ts';
import { tokenize } from '../../../src/rules/line.ts';
import { templates } from '../../../src/rules/templates.ts';
import { createFilters } from '../../../src/services/filter.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import { eachStore } from '../../support/database.ts';
import { channel, createPlatform, directWith } from '../../support/platform.ts';
import { accessTo, requestWith } from '../../support/request.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, everything, openHouse, people } from './house.ts';
import { addresses } from './workbench.ts';

const lenas = directWith('lena');

eachStore('filling in addresses', (database) => {
  let house: ReturnType<typeof openHouse>;
  let lena: number;

  beforeEach(async () => {
    const { prisma, place } = database();
    for (const table of ['press', 'live_message', 'import', 'person', '"user"', 'allowed_domain'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await database().pool.query('delete from graphile_worker._private_jobs');
    lena = await addPerson(database());
    house = openHouse({ database: database(), dataDir: place.dataDir, platform: createPlatform(people) });
  });

  const by = (reach: Reach = everything, place: Place = lenas) =>
    ({ personId: lena, place, language: 'sv', reach }) as const;

  /** Begins a fill, and brings it to its preview. */
  async function preview(filter: string, reach?: Reach): Promise<number> {
    const id = (await house.fills.begin(parseFilter(tokenize(filter)), by(reach))) ?? 0;
    await house.run('import-read', { importId: id });
    return id;
  }

  async function confirm(id: number, reach: Reach = everything): Promise<void> {
    await house.imports.confirm(id, { personId: lena, reach });
    await house.run('import-apply', { importId: id });
  }

  /** Each row of the log, as User-ID and outcome or reason. */
  async function rows(id: number, reach: Reach = everything): Promise<string[]> {
    const log = await createImportLogs(database()).log(id, { limit: 100 }, reach);
    return (log?.rows ?? []).map(
      ({ values, verdict }) => `${values.userId}: ${verdict.reason ?? verdict.outcome}`,
    );
  }

  async function shown(id: number, audience: 'caller' | 'place' = 'caller'): Promise<string> {
    const status = await house.imports.status(id);
    if (!status) throw new Error('there is no such import');
    return plain(importMessage(status, { language: 'sv', audience }), 'sv').replaceAll('\u00a0', ' ');
  }

  test('every user gets the outcome that the rules say, previewed and applied alike', async () => {
    await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    const given: [string, string | undefined, string | null, object?][] = [
      ['ordinary', 'Ordinary@Company.se', null],
      ['has-one', 'has@company.se', 'other@company.se'],
      ['connected', 'connected@company.se', 'connected@company.se', { connection: 'connected' }],
      ['no-email', undefined, null],
      ['inactive', 'inactive@company.se', null, { active: false }],
      ['elsewhere', 'anna@evilcompany.se', null],
      ['shares-a', 'both@company.se', null],
      ['shares-b', 'both@company.se', null],
      ['came-back', 'back@company.se', null],
      ['left', 'back@company.se', null, { active: false }],
      ['taken', 'taken@company.se', null],
      ['holder', 'holder@company.se', 'taken@company.se'],
    ];
    for (const [userId, email, connect, more] of given)
      await addUser(database(), { userId, ...(email ? { email } : {}), connect, ...more });
    await database().prisma.user.update({
      where: { userKey: 'no-email' },
      data: { email: 'not an address', emailKey: 'not an address' },
    });
    await addUser(database(), { userId: 'empty', connect: null });
    const before = await addresses(database());
    const expected = [
      'ordinary: updated',
      'has-one: skipped_filled',
      'connected: skipped_filled',
      'no-email: invalid_email',
      'inactive: skipped_inactive',
      'elsewhere: domain_not_allowed',
      'shares-a: shared_email',
      'shares-b: shared_email',
      'came-back: updated',
      'left: skipped_inactive',
      'taken: address_taken',
      'holder: skipped_filled',
      'empty: skipped_no_email',
    ];

    const id = await preview('all');
    expect(await rows(id)).toEqual(expected);
    expect(await addresses(database())).toEqual(before);
    expect(await shown(id)).toContain(
      '13 användare: 2 får sin vanliga e-postadress som adress för inloggningen, 6 hoppas över, 5 kan inte fyllas i.',
    );
    await confirm(id);
    expect(await rows(id)).toEqual(expected);
    expect(await shown(id)).toContain('Klart: 2 ifyllda, 6 överhoppade, 5 avvisade.');
    const { saved } = (await house.imports.status(id)) ?? {};
    expect(saved).toBe(true);
    const changed = (await addresses(database())).filter((line) => !before.includes(line));
    expect(changed).toEqual([
      'came-back: back@company.se (unverified)',
      expect.stringMatching(/^ordinary: Ordinary@company\.se \(unverified\)$/i),
    ]);
  });

  test('I5 the plan is made again when it is applied: what changed since is left as it is', async () => {
    for (const userId of ['moved', 'got-one', 'left', 'fine'])
      await addUser(database(), { userId, email: `${userId}@company.se`, connect: null });
    const id = await preview('all');
    const { prisma } = database();
    const set = (userKey: string, data: object) => prisma.user.update({ where: { userKey }, data });
    await set('moved', { email: 'new@company.se', emailKey: 'new@company.se' });
    await set('got-one', { connectEmail: 'a@x.se', connectAddress: 'a@x.se', connection: 'pending' });
    await set('left', { active: false });
    await confirm(id);
    expect(await rows(id)).toEqual([
      'moved: skipped_changed',
      'got-one: skipped_filled',
      'left: skipped_inactive',
      'fine: updated',
    ]);
    expect(await addresses(database())).toEqual([
      'fine: fine@company.se (unverified)',
      'got-one: a@x.se (pending)',
      'left: – (none)',
      'moved: – (none)',
    ]);
  });

  test('A2 U8 who is out of reach is not there at all, and who comes to be is not filled in', async () => {
    const here = { companies: ['företaget ab'], protected: false };
    const employments = [{ company: 'Dotter AB' }];
    await addUser(database(), { userId: 'here', email: 'here@x.se', connect: null });
    await addUser(database(), { userId: 'leaving', email: 'leaving@x.se', connect: null });
    await addUser(database(), { userId: 'hidden', email: 'h@x.se', connect: null, protected: true });
    await addUser(database(), { userId: 'there', email: 'there@x.se', connect: null, employments });
    const id = await preview('all', here);
    expect(await rows(id)).toEqual(['here: updated', 'leaving: updated']);
    await database().pool.query(
      `update employment set company = 'Dotter AB', company_key = 'dotter ab'
       where user_id = (select id from "user" where user_key = 'leaving')`,
    );
    await confirm(id, here);
    expect(await rows(id)).toEqual(['here: updated', 'leaving: no_permission']);
  });

  test('A3 U8 where others read: no search words and no user, and counts without protected identities', async () => {
    await addUser(database(), { userId: 'open', email: 'open@x.se', connect: null });
    await addUser(database(), { userId: 'hidden', email: 'hidden@x.se', connect: null, protected: true });
    const id = await preview('user:open user:hidden');
    expect(await shown(id)).toContain('2 användare: 2 får');
    expect(await shown(id)).toContain('användare:open användare:hidden');
    const told = await shown(id, 'place');
    expect(told).toContain('1 användare: 1 får');
    expect(told).toContain('användare:…');
    expect(told).not.toContain('hidden');
  });

  test('I7 those who could not be filled in come back as a file that can be dropped', async () => {
    await addUser(database(), { userId: 'a', email: 'both@x.se', connect: null, name: 'Åsa' });
    await addUser(database(), { userId: 'b', email: 'both@x.se', connect: null, name: 'Örjan' });
    const id = await preview('all');
    await confirm(id).catch(() => {});
    const file = await createImportLogs(database()).rejectedFile(id, everything, 'sv');
    const text = Buffer.concat((await file?.bytes().toArray()) ?? []).toString();
    expect(file?.name).toBe('e-post-avvisade.csv');
    expect(text.split('\r\n')[0]).toBe(
      '\ufeffAnvändar-id;Anställningsnummer;Namn;E-post;E-post Visma Connect;Fel',
    );
    expect(text).toMatch(/a;\S+;Åsa;both@x\.se;both@x\.se;Flera aktiva användare/);
  });

  test('the line: for whom has to be said, and nobody is nobody', async () => {
    const { prisma } = database();
    const command = fillCommand({ fills: house.fills, filters: createFilters(database()) });
    const says = (line: string, place = lenas) => {
      const request = requestWith(accessTo(['import', 'protected']), 'sv');
      return command.run({ ...request, place, person: { ...request.person, id: lena } }, tokenize(line));
    };
    await expect(says('')).rejects.toMatchObject({ code: 'fill_for_whom' });
    await expect(says('anna')).rejects.toMatchObject({ code: 'fill_words' });
    expect(await says('alla')).toMatchObject([
      { view: { text: expect.stringContaining('Ingen användare') } },
    ]);
    await addUser(database(), { userId: 'a', email: 'a@x.se', connect: null });
    expect(await says('alla')).toEqual([]);
    expect(await says('alla', channel)).toHaveLength(1);
    expect(await prisma.import.count()).toBe(2);
    const { id } = await prisma.import.findFirstOrThrow();
    await house.run('import-read', { importId: id });
    await expect(
      house.imports.choose(id, templates.employees, { personId: lena, reach: everything }),
    ).rejects.toMatchObject({ code: 'import_no_file' });
  });
});
