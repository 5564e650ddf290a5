import { beforeEach, describe, expect, test } from 'vitest';
import type { RowValues } from '../../../src/csv/types.ts';
import type { Doing } from '../../../src/rules/templates.ts';
import { applyChunk } from '../../../src/services/imports/judging.ts';
import { eachStore } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { addresses, type Line, noUsers, stage } from './workbench.ts';

/** A row of the Connect e-mail file. */
const give = (userId: string, connectEmail: string, more: RowValues = {}): RowValues => ({
  userId,
  employmentNumber: `${userId}-1`,
  connectEmail,
  ...more,
});

/** A row of the employees' file. */
const place = (userId: string, more: RowValues = {}): RowValues => ({
  userId,
  employmentNumber: `${userId}-1`,
  company: 'X',
  name: `Name of ${userId}`,
  ...more,
});

eachStore('imports', (database) => {
  /** Somebody with the number that `give` and `place` say. */
  const known = (userId: string, given: Parameters<typeof addUser>[1] = {}) =>
    addUser(database(), {
      userId,
      connect: null,
      name: `Name of ${userId}`,
      employments: [{ company: 'X', number: `${userId}-1` }],
      ...given,
    });

  beforeEach(() => noUsers(database()));

  /** Plans and applies: both must decide the same, as nobody changes anything in between. */
  async function run(lines: readonly Line[], options: Parameters<typeof stage>[2] = {}): Promise<string[]> {
    const file = await stage(database(), lines, options);
    const planned = await file.plan();
    const applied = await file.apply();
    expect(applied).toEqual(planned);
    return applied;
  }

  const connect = (lines: readonly Line[], options = {}) =>
    run(lines, { template: 'connectEmail', ...options });

  describe('Connect e-mail', () => {
    test.each<[string, Line, string]>([
      ['a row of another width', 'wrong_columns', 'wrong_columns'],
      ['no User-ID', { userId: '', employmentNumber: 'anna-1', connectEmail: 'a@x.se' }, 'missing_required'],
      ['no number', { userId: 'anna', employmentNumber: '', connectEmail: 'a@x.se' }, 'missing_required'],
      ['somebody unknown', give('nobody', 'a@x.se'), 'unknown_user'],
      [
        'a number that is not the user’s',
        give('anna', 'a@x.se', { employmentNumber: 'bo-1' }),
        'id_mismatch',
      ],
      [
        'a number without its zeros',
        give('noll', 'a@x.se', { employmentNumber: '14' }),
        'id_mismatch zeros_lost',
      ],
      ['a bad address', give('anna', 'anna'), 'invalid_email'],
      ['a domain that is not allowed', give('anna', 'a@evilx.se'), 'domain_not_allowed'],
      ['an address that somebody holds', give('anna', 'bo@x.se'), 'address_taken'],
      ['a new address', give('anna', 'anna@x.se'), 'updated'],
      [
        'a new address, User-ID in another case',
        give('ANNA', 'anna@x.se', { employmentNumber: 'anna-1' }),
        'updated',
      ],
      ['the address that is saved', give('bo', 'BO@x.se'), 'unchanged'],
      ['no address', give('anna', ''), 'skipped_empty'],
      ['another address for somebody connected', give('cia', 'new@x.se'), 'skipped_connected kept'],
      ['a bad address for somebody connected', give('cia', 'new'), 'invalid_email'],
      ['a taken address for somebody connected', give('cia', 'bo@x.se'), 'skipped_connected kept'],
      ['the same address for somebody connected', give('cia', 'cia@x.se'), 'unchanged'],
      ['two faults: the first counts', give('anna', 'bad', { employmentNumber: 'bo-1' }), 'id_mismatch'],
      ['two faults: the first counts', give('nobody', 'bad'), 'unknown_user'],
    ])('I4 %s: %o → %s', async (_, line, outcome) => {
      await known('anna');
      await known('bo', { connect: 'bo@x.se' });
      await known('cia', { connect: 'cia@x.se', connection: 'connected' });
      await known('noll', { employments: [{ company: 'X', number: '0014' }] });
      await database().prisma.allowedDomain.create({ data: { entry: 'x.se' } });
      expect(await connect([line])).toEqual([outcome]);
    });

    test('I4 conflict_in_file: one user with two addresses; rows that repeat one are not', async () => {
      for (const userId of ['anna', 'bo', 'cia']) await known(userId);
      const lines = [
        give('anna', 'anna@x.se'),
        give('bo', 'bo@x.se'),
        give('Anna', 'other@x.se', { employmentNumber: 'anna-1' }),
        give('BO', 'Bo@x.se', { employmentNumber: 'bo-1' }),
        give('anna', ''),
        give('cia', 'other@x.se'),
      ];
      expect(await connect(lines)).toEqual([
        'conflict_in_file',
        'updated',
        'conflict_in_file',
        'unchanged',
        'skipped_empty',
        'duplicate_in_file',
      ]);
      expect(await addresses(database())).toEqual([
        'anna: – (none)',
        'bo: bo@x.se (unverified)',
        'cia: – (none)',
      ]);
    });

    test('I4 duplicate_in_file: every one of several users but who holds the address already', async () => {
      await known('anna', { connect: 'info@x.se' });
      for (const userId of ['bo', 'cia']) await known(userId);
      expect(
        await connect([give('bo', 'info@x.se'), give('anna', 'INFO@x.se'), give('cia', 'info@x.se')]),
      ).toEqual(['duplicate_in_file', 'unchanged', 'duplicate_in_file']);
    });

    test('I4 two users swap, three pass theirs on in a ring, far apart in the file', async () => {
      for (const userId of ['a', 'b', 'c', 'd', 'e']) await known(userId, { connect: `${userId}@x.se` });
      const filler = Array.from({ length: 6_000 }, (_, i) => give(`nobody ${i}`, `nobody.${i}@x.se`));
      const outcomes = await connect([
        give('a', 'b@x.se'),
        give('c', 'd@x.se'),
        ...filler,
        give('b', 'a@x.se'),
        give('d', 'e@x.se'),
        give('e', 'c@x.se'),
      ]);
      expect(outcomes.filter((outcome) => outcome !== 'unknown_user')).toEqual(
        ['a', 'c', 'b', 'd', 'e'].map((userId) => `updated replaces:${userId}@x.se`),
      );
      expect(await addresses(database())).toEqual([
        'a: b@x.se (unverified)',
        'b: a@x.se (unverified)',
        'c: d@x.se (unverified)',
        'd: e@x.se (unverified)',
        'e: c@x.se (unverified)',
      ]);
    });

    test('I4 address_taken runs along a chain whose last address stays with its holder', async () => {
      for (const userId of ['a', 'b', 'c', 'd']) await known(userId, { connect: `${userId}@x.se` });
      await known('e');
      const outcomes = await connect([
        give('e', 'a@x.se'), // a stays, because b does
        give('a', 'b@x.se'), // b stays
        give('b', 'c@x.se'), // c is not in the file
        give('d', 'free@x.se'),
      ]);
      expect(outcomes).toEqual([
        'address_taken',
        'address_taken',
        'address_taken',
        'updated replaces:d@x.se',
      ]);
    });

    test('I4 an address is free once its holder moves on, and not where the holder is connected', async () => {
      await known('a', { connect: 'a@x.se' });
      await known('b', { connect: 'b@x.se', connection: 'connected' });
      for (const userId of ['c', 'd']) await known(userId);
      expect(
        await connect([
          give('c', 'a@x.se'),
          give('a', 'new@x.se'),
          give('d', 'b@x.se'),
          give('b', 'newer@x.se'),
        ]),
      ).toEqual(['updated', 'updated replaces:a@x.se', 'address_taken', 'skipped_connected kept']);
    });

    test('U2 addresses are the same in any case, and whatever form the domain has', async () => {
      await known('a', { connect: 'Anna@Företag.se' });
      await known('b');
      expect(await connect([give('b', 'anna@xn--fretag-wxa.SE'), give('a', 'ANNA@företag.se')])).toEqual([
        'duplicate_in_file',
        'unchanged',
      ]);
    });

    test.each<[string, string, string]>([
      ['x.se', 'anna@x.se', 'updated'],
      ['x.se', 'anna@sub.x.se', 'domain_not_allowed'],
      ['x.se', 'anna@evilx.se', 'domain_not_allowed'],
      ['*.x.se', 'anna@sub.x.se', 'updated'],
      ['*.x.se', 'anna@a.b.x.se', 'updated'],
      ['*.x.se', 'anna@x.se', 'domain_not_allowed'],
      ['*.x.se', 'anna@evilx.se', 'domain_not_allowed'],
      ['xn--fretag-wxa.se', 'anna@företag.se', 'updated'],
    ])('D1 with %s allowed, %s → %s', async (entry, address, outcome) => {
      await known('anna');
      await database().prisma.allowedDomain.create({ data: { entry } });
      expect(await connect([give('anna', address)])).toEqual([outcome]);
    });

    test('D1 an address that is saved already stays as it is', async () => {
      await known('anna', { connect: 'anna@old.se' });
      await database().prisma.allowedDomain.create({ data: { entry: 'x.se' } });
      expect(await connect([give('anna', 'anna@old.se')])).toEqual(['unchanged']);
    });

    test('U3 User-IDs compare in any case, employment numbers as text, in any of the user’s companies', async () => {
      await known('Åsa', {
        employments: [
          { company: 'X', number: '007' },
          { company: 'Y', number: '12A' },
        ],
      });
      expect(await connect([give('åsa', 'a@x.se', { employmentNumber: '12A' })])).toEqual(['updated']);
      expect(await connect([give('ÅSA', 'b@x.se', { employmentNumber: '7' })])).toEqual([
        'id_mismatch zeros_lost',
      ]);
    });

    test('I4 other columns only warn where they disagree', async () => {
      await known('anna', {
        employments: [
          { company: 'Y', number: 'anna-1', department: 'IT' },
          { company: 'X', number: 'anna-1', department: 'Lön' },
        ],
      });
      const line = give('anna', 'anna@x.se', {
        company: 'x',
        department: 'it',
        name: 'Anna',
        office: 'Malmö',
      });
      expect(await connect([line])).toEqual(['updated differs:name department']);
      const [user] = await database().prisma.user.findMany({ include: { employments: true } });
      expect(user).toMatchObject({ name: 'Name of anna', connectEmail: 'anna@x.se' });
      expect(user?.employments).toHaveLength(2);
    });

    test('U5 a changed address ends what was open, and its facts go', async () => {
      const day = new Date('2026-11-20T12:00:00Z');
      const facts = { lastSentAt: day, openedAt: day, bouncedAt: day, disownedAt: day };
      const anna = await known('anna', { connect: 'old@x.se', connection: 'pending', ...facts });
      const bo = await known('bo', { connect: 'bo@x.se', connection: 'pending', ...facts });
      const { prisma } = database();
      for (const userId of [anna, bo]) await prisma.verification.create({ data: { userId, address: 'x' } });
      expect(await connect([give('anna', 'new@x.se'), give('bo', 'bo@x.se')])).toEqual([
        'updated replaces:old@x.se',
        'unchanged',
      ]);
      const open = await prisma.verification.findMany({ where: { revokedAt: null } });
      expect(open.map(({ userId }) => userId)).toEqual([bo]);
      expect(await prisma.user.findUnique({ where: { id: anna } })).toMatchObject({
        connection: 'unverified',
        lastSentAt: null,
        openedAt: null,
        bouncedAt: null,
        disownedAt: null,
      });
      const [revoked] = await prisma.verification.findMany({ where: { userId: anna } });
      expect(revoked?.revokedWhy).toBe('address_changed');
    });

    test('I5 what happened between preview and confirmation is judged anew, never overwritten', async () => {
      for (const userId of ['anna', 'bo', 'cia']) await known(userId, { connect: `${userId}@x.se` });
      const file = await stage(
        database(),
        [give('anna', 'new@x.se'), give('bo', 'free@x.se'), give('cia', 'mine@x.se')],
        { template: 'connectEmail' },
      );
      expect(await file.plan()).toEqual(
        ['anna', 'bo', 'cia'].map((userId) => `updated replaces:${userId}@x.se`),
      );
      const { prisma } = database();
      await prisma.user.update({ where: { userKey: 'anna' }, data: { connection: 'connected' } });
      await known('dan', { connect: 'free@x.se' });
      await prisma.user.delete({ where: { userKey: 'cia' } });
      expect(await file.apply()).toEqual(['skipped_connected kept', 'address_taken', 'unknown_user']);
      expect(await addresses(database())).toEqual([
        'anna: anna@x.se (connected)',
        'bo: bo@x.se (unverified)',
        'dan: free@x.se (unverified)',
      ]);
    });

    test('A2 rows about users out of reach are rejected, those about protected ones too', async () => {
      await known('anna');
      await known('bo', { employments: [{ company: 'Y', number: 'bo-1' }] });
      await known('cia', { protected: true });
      const reach = { companies: ['x'], protected: false };
      expect(
        await connect([give('anna', 'a@x.se'), give('bo', 'b@x.se'), give('cia', 'c@x.se')], { reach }),
      ).toEqual(['updated', 'no_permission', 'no_permission']);
    });
  });

  describe('Employees', () => {
    test.each<[string, RowValues, Doing, string]>([
      ['somebody new', place('ny', { employedFrom: '2027-13-45' }), 'create', 'unreadable_date'],
      ['somebody known', place('anna', { employedTo: 'snart' }), 'create', 'unreadable_date'],
      ['somebody known', place('anna', { employedTo: 'snart' }), 'change', 'unreadable_date'],
      ['a formula gone wrong', place('ny', { employedFrom: '#SAKNAS!' }), 'create', 'unreadable_date'],
      [
        'a bad address as well',
        place('anna', { employedTo: 'x', connectEmail: 'x' }),
        'change',
        'unreadable_date',
      ],
      ['somebody unknown', place('ny', { employedTo: 'snart' }), 'change', 'unknown_user'],
      ['no date at all', place('ny', { employedFrom: '' }), 'create', 'created'],
      [
        'the address alone',
        place('anna', { employedTo: 'x', connectEmail: 'a@x.se' }),
        'addresses',
        'updated',
      ],
    ])('I4 a date that cannot be read, of %s: %o, to %s → %s', async (_, line, does, outcome) => {
      await known('anna');
      const [said] = await run([line], { does });
      expect(said).toMatch(new RegExp(`^${outcome}\\b`));
    });

    test('I3 users are created with everything that the row says', async () => {
      const line = place('Anna', {
        name: 'Anna Åberg',
        department: 'Ekonomi & Lön',
        office: 'Malmö',
        email: 'Anna@x.se',
        connectEmail: 'anna@x.se',
        activated: 'Nej',
        aliasUserId: 'aa',
        signature: 'AÅ',
        cardTagId: '0001',
        externalReference: 'ref',
        language: 'English',
        protectedIdentity: 'ja',
        employedFrom: '2026-01-02',
        employedTo: '2026-12-31',
      });
      expect(await run([line])).toEqual(['created']);
      const [user] = await database().prisma.user.findMany({ include: { employments: true } });
      expect(user).toMatchObject({
        userId: 'Anna',
        userKey: 'anna',
        nameKey: 'anna åberg',
        email: 'Anna@x.se',
        emailKey: 'anna@x.se',
        connectEmail: 'anna@x.se',
        connection: 'unverified',
        active: false,
        aliasUserId: 'aa',
        signature: 'AÅ',
        cardTagId: '0001',
        externalReference: 'ref',
        language: 'en',
        protectedIdentity: true,
      });
      expect(user?.employments).toMatchObject([
        {
          company: 'X',
          companyKey: 'x',
          number: 'Anna-1',
          departmentKey: 'ekonomi & lön',
          officeKey: 'malmö',
          startsOn: new Date('2026-01-02'),
          endsOn: new Date('2026-12-31'),
        },
      ]);
      expect(await run([line])).toEqual(['unchanged']);
    });

    test.each<[string, Line, string]>([
      ['no company for somebody new', place('new', { company: '' }), 'missing_required'],
      ['no company for somebody known', place('anna', { company: '' }), 'unchanged'],
      [
        'no company and an unknown number',
        place('anna', { company: '', employmentNumber: '9' }),
        'id_mismatch',
      ],
      [
        'somebody new with a number that is taken',
        place('new', { employmentNumber: 'anna-1' }),
        'id_mismatch',
      ],
      ['somebody known with another’s number', place('anna', { employmentNumber: 'bo-1' }), 'id_mismatch'],
      [
        'that number in another company',
        place('anna', { employmentNumber: 'bo-1', company: 'Y' }),
        'further',
      ],
      ['a number that nobody has', place('anna', { employmentNumber: '77' }), 'further'],
      ['a bad ordinary address', place('anna', { email: 'anna' }), 'invalid_email'],
      ['a taken address for somebody new', place('new', { connectEmail: 'bo@x.se' }), 'address_taken'],
      ['another name', place('anna', { name: 'Anna B' }), 'updated renames:Name of anna'],
      ['another department', place('anna', { department: 'IT' }), 'updated changes:department'],
      ['empty cells', place('anna', { name: '', department: '', connectEmail: '' }), 'unchanged'],
      ['an address kept, nothing else', place('bo', { connectEmail: 'new@x.se' }), 'skipped_connected kept'],
      [
        'an address kept, the name changed',
        place('bo', { connectEmail: 'new@x.se', name: 'Bo B' }),
        'updated renames:Name of bo;kept',
      ],
      [
        'somebody connected deactivated',
        place('bo', { activated: 'nej' }),
        'updated deactivates;still_connected',
      ],
    ])('I3 I4 %s: %o → %s', async (_, line, outcome) => {
      await known('anna');
      await known('bo', { connect: 'bo@x.se', connection: 'connected' });
      expect(await run([line])).toEqual([outcome]);
    });

    test('I3 a user’s several rows: created once, each further place apart, a repeated row changes nothing', async () => {
      const rows = [
        place('anna', { connectEmail: '' }),
        place('bo'),
        place('ANNA', { company: 'Y', connectEmail: 'anna@x.se', name: 'Name of anna' }),
        place('anna', { name: 'Another name' }),
      ];
      expect(await run(rows)).toEqual(['created', 'created', 'further', 'unchanged differs:name']);
      expect(await database().prisma.employment.count()).toBe(3);
      expect((await addresses(database()))[0]).toBe('anna: anna@x.se (unverified)');
      expect(await run(rows)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged differs:name']);
    });

    test('I4 a place on several rows: what each says first counts, and what is outvoted is told', async () => {
      const rows = [
        place('anna', { department: '', office: 'Malmö' }),
        place('anna', { department: 'Ekonomi', office: 'Lund' }),
        place('anna', { department: 'Ekonomi' }),
      ];
      const outvoted = 'differs:office';
      expect(await run(rows)).toEqual(['created', `updated ${outvoted}`, 'unchanged']);
      expect(await run(rows)).toEqual(['unchanged', `unchanged ${outvoted}`, 'unchanged']);
      const stored = { departmentKey: 'ekonomi', department: 'Ekonomi', office: 'Malmö' };
      expect(await database().prisma.employment.findMany()).toMatchObject([stored]);
      const moved = [place('anna'), place('anna', { department: 'IT' })];
      expect(await run(moved)).toEqual(['unchanged', 'updated moved:Ekonomi|']);
      expect(await database().prisma.employment.findMany()).toMatchObject([
        { ...stored, department: 'IT', departmentKey: 'it' },
      ]);
      const again = [place('anna', { department: 'R: D;|', office: 'Lund' })];
      expect(await run(again)).toEqual(['updated moved:IT|Malmö']);
      expect(await run(moved.slice(1))).toEqual(['updated moved:R  D,/|']);
    });

    test('I3 the number of two new users: whoever stands higher up in the file has it', async () => {
      const lines = [place('anna', { employmentNumber: '1' }), place('bo', { employmentNumber: '1' })];
      const far = Array.from({ length: 5_000 }, (_, i) => place(`u${i}`));
      const outcomes = await run([lines[0] ?? {}, ...far, lines[1] ?? {}]);
      expect([outcomes[0], outcomes.at(-1)]).toEqual(['created', 'id_mismatch']);
    });

    test('I4 an empty cell clears nothing, and who is not in the file is untouched', async () => {
      await known('anna', {
        connect: 'anna@x.se',
        employments: [{ company: 'X', number: 'anna-1', department: 'IT' }],
      });
      await known('bo');
      const empty = { name: 'New name', department: '', email: '', connectEmail: '', language: '' };
      expect(await run([place('anna', empty)])).toEqual(['updated renames:Name of anna']);
      const users = await database().prisma.user.findMany({
        include: { employments: true },
        orderBy: { userKey: 'asc' },
      });
      expect(users).toMatchObject([
        { name: 'New name', connectEmail: 'anna@x.se', employments: [{ department: 'IT' }] },
        { name: 'Name of bo' },
      ]);
    });

    test('I4 a faulty address rejects the whole row', async () => {
      await known('anna');
      expect(await run([place('anna', { name: 'Anna B', connectEmail: 'anna@' })])).toEqual([
        'invalid_email',
      ]);
      const [user] = await database().prisma.user.findMany();
      expect(user?.name).toBe('Name of anna');
    });

    test('I4 users swap addresses with users who are created', async () => {
      await known('anna', { connect: 'shared@x.se' });
      expect(
        await run([
          place('new', { connectEmail: 'shared@x.se' }),
          place('anna', { connectEmail: 'anna@x.se' }),
        ]),
      ).toEqual(['created', 'updated replaces:shared@x.se']);
    });

    test('I3 whoever gets another name by a further employment is told, by the old one', async () => {
      await known('anna', { name: 'Berg; Anna: d.y.' });
      expect(await run([place('anna', { company: 'Y', name: 'Göran Åkerblom' })])).toEqual([
        'further renames:Berg, Anna  d.y.',
      ]);
    });

    test('I3 a number that has lost its leading zeros is no further employment', async () => {
      await known('anna', { employments: [{ company: 'X', number: '0014' }] });
      expect(await run([place('anna', { employmentNumber: '14' })])).toEqual(['id_mismatch zeros_lost']);
      expect(await run([place('anna', { employmentNumber: '14', company: 'Y' })])).toEqual(['further']);
    });

    test('U5 deactivating ends what was open; the connection of somebody connected remains', async () => {
      const anna = await known('anna', { connect: 'anna@x.se', connection: 'pending' });
      await known('bo', { connect: 'bo@x.se', connection: 'connected' });
      const { prisma } = database();
      await prisma.verification.create({ data: { userId: anna, address: 'anna@x.se' } });
      await run([place('anna', { activated: 'Nej' }), place('bo', { activated: 'Nej' })]);
      const [ended] = await prisma.verification.findMany();
      expect(ended).toMatchObject({ revokedWhy: 'deactivated' });
      expect(await addresses(database())).toEqual([
        'anna: anna@x.se (unverified)',
        'bo: bo@x.se (connected)',
      ]);
    });

    test('A2 a reach in one company: no users, places or changes in another', async () => {
      await known('anna');
      await known('bo', { employments: [{ company: 'Y', number: 'bo-1' }] });
      const reach = { companies: ['x'], protected: false };
      const lines = [
        place('anna', { name: 'A' }),
        place('bo', { company: 'Y', name: 'B' }),
        place('bo', { employmentNumber: '2' }),
        place('anna', { company: 'Y', employmentNumber: '3' }),
        place('new'),
        place('newer', { company: 'Y' }),
        place('secret', { protectedIdentity: 'ja' }),
      ];
      const outcomes = [
        'updated renames:Name of anna',
        'no_permission',
        'no_permission',
        'no_permission',
        'created',
        'no_permission',
        'no_permission',
      ];
      expect(await run(lines, { reach })).toEqual(outcomes);
    });
  });

  describe('A6 what thousands of rows share', () => {
    /** How many rows are judged at a time. */
    const chunkRows = 2_000;
    const rows = (line: (i: number) => RowValues) => Array.from({ length: 5_000 }, (_, i) => line(i));
    /** Outcomes by number of rows, the statements being no larger than elsewhere. */
    async function outcomesOf(lines: readonly Line[]): Promise<Record<string, number>> {
      const file = await stage(database(), lines);
      const chunks = await database().pool.query<{ rows: string }>(
        'select sum(cardinality(array_remove(position, null))) as rows from import_chunk where import_id = $1 group by chunk',
        [file.importId],
      );
      for (const chunk of chunks.rows) expect(Number(chunk.rows)).toBeLessThan(chunkRows + 10);
      const planned = await file.plan();
      const counts = (outcomes: string[]) =>
        Object.fromEntries(
          [...new Set(outcomes)].map((one) => [one, outcomes.filter((it) => it === one).length]),
        );
      expect(await file.apply()).toEqual(planned);
      return counts(planned);
    }

    test('an address is a duplicate on each row but its holder’s', async () => {
      await known('boss', { connect: 'info@x.se' });
      const lines = [...rows((i) => place(`u${i}`, { connectEmail: 'info@x.se' })), place('boss')];
      lines.push(place('boss', { connectEmail: 'info@x.se' }));
      expect(await outcomesOf(lines)).toEqual({ duplicate_in_file: 5_000, unchanged: 2 });
    });

    test('a number is that of whoever stands highest up', async () => {
      expect(await outcomesOf(rows((i) => place(`u${i}`, { employmentNumber: '0' })))).toEqual({
        created: 1,
        id_mismatch: 4_999,
      });
    });

    test('a User-ID is nobody’s on the rows that are too many', async () => {
      const lines = rows((i) => place('-', { employmentNumber: String(i), name: 'x' }));
      const outcomes = await outcomesOf(lines);
      expect(outcomes).toEqual({ created: 1, further: chunkRows - 1, id_mismatch: 5_000 - chunkRows });
    });
  });

  test('U8 a verdict says whether the row is about somebody with protected identity', async () => {
    await known('anna', { protected: true });
    await known('bo');
    const { importId, plan } = await stage(database(), [give('anna', 'a@x.se'), give('bo', 'b@x.se')], {
      template: 'connectEmail',
    });
    await plan();
    const [block] = await database().prisma.importBlock.findMany({ where: { importId } });
    expect(block?.verdicts).toBe('Uu');
  });

  test('U8 one row of several says so: all are about somebody with protected identity', async () => {
    const rows = [place('anna'), place('anna', { company: 'Y', protectedIdentity: 'ja' }), place('bo')];
    const { importId, plan } = await stage(database(), rows);
    await plan();
    const [block] = await database().prisma.importBlock.findMany({ where: { importId } });
    expect(block?.verdicts).toBe('CFc');
    const reach = { companies: 'all' as const, protected: false };
    expect(await run(rows, { reach })).toEqual(['no_permission', 'no_permission', 'created']);
  });

  test('U8 a row of another width may be about anybody, where the file has that column', async () => {
    await known('anna', { protected: true });
    const far = 'x'.repeat(300);
    const lines = [
      place('anna', { office: far }),
      place('bo', { office: far }),
      place('cia', { office: far, protectedIdentity: 'nej' }),
    ];
    const { importId, plan } = await stage(database(), lines);
    await plan();
    const [block] = await database().prisma.importBlock.findMany({ where: { importId } });
    expect(block?.verdicts).toBe('WwW');
  });

  test('I4 which cell is too long is known; an address says so itself', async () => {
    const far = 'x'.repeat(251);
    const lines = [
      place('anna', { office: far, name: 'x'.repeat(250) }),
      place('bo', { name: far, department: far }),
      place('cia', { connectEmail: `${far}@x.se` }),
      place('dan', { office: 'x'.repeat(250) }),
    ];
    const { importId, plan } = await stage(database(), lines);
    expect(await plan()).toEqual(['wrong_columns', 'wrong_columns', 'invalid_email', 'created']);
    const [block] = await database().prisma.importBlock.findMany({ where: { importId } });
    const tooLong = (field: string) => ({ kind: 'too_long', field });
    expect(block?.hints).toEqual({
      0: [tooLong('office')],
      1: [tooLong('name'), tooLong('department')],
    });
    expect(block?.cells.split('\n')[0]).toContain(`"${'x'.repeat(249)}…"`);
    expect(block?.cells.split('\n')[2]).toContain(`"${far}@x.se"`);
    expect(block?.cells.split('\n')[3]).toContain(`"${'x'.repeat(250)}"`);
  });

  test('when somebody came to a company is kept', async () => {
    await known('anna');
    const file = await stage(database(), [place('anna', { employmentNumber: '77' }), place('bo')]);
    await file.apply();
    const { prisma } = database();
    const added = await prisma.employment.findMany({ where: { addedAt: { not: null } } });
    expect(added.map(({ number }) => number).sort()).toEqual(['77', 'bo-1']);
  });

  test('I6 a chunk is applied once, and by nobody once the import has ended', async () => {
    const file = await stage(database(), [place('anna')]);
    const { pool, prisma, embedded } = database();
    const end = { where: { id: file.importId }, data: { state: 'done' as const } };
    await prisma.import.update(end);
    expect(await applyChunk(pool, file, 0, new Date(), !embedded)).toBeUndefined();
    expect(await prisma.user.count()).toBe(0);
    await file.apply();
    await prisma.import.update(end);
    expect(await prisma.user.count()).toBe(1);
  });

  test('B1 an import knows whose addresses it saved', async () => {
    const anna = await known('anna', { connect: 'anna@x.se' });
    const bo = await known('bo');
    const { importId, apply } = await stage(database(), [
      place('anna', { connectEmail: 'anna@x.se', name: 'A' }),
      place('bo', { connectEmail: 'bo@x.se' }),
      place('cia', { connectEmail: 'cia@x.se' }),
      place('dan', { connectEmail: '' }),
    ]);
    await apply();
    const [block] = await database().prisma.importBlock.findMany({ where: { importId } });
    const cia = await database().prisma.user.findUniqueOrThrow({ where: { userKey: 'cia' } });
    expect(block?.saved.sort()).toEqual([bo, cia.id].sort());
    expect(block?.saved).not.toContain(anna);
  });
});
