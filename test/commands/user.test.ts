import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { userCommand } from '../../src/commands/user.ts';
import { tokenize } from '../../src/rules/line.ts';
import { createAccounts } from '../../src/services/accounts.ts';
import { createConnections } from '../../src/services/connections.ts';
import { createFilters } from '../../src/services/filter.ts';
import { createMessages } from '../../src/services/messages.ts';
import { createUsers } from '../../src/services/users.ts';
import { beginVerification } from '../../src/services/verifications/links.ts';
import { eachStore } from '../support/database.ts';
import { accessTo, requestWith } from '../support/request.ts';
import { buttonOf, createTalk, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

eachStore('/vc user', (database) => {
  let talk: Talk;
  const types = (line: string) => talk.as('lena').types(line);
  const stored = (userId = '14') => database().prisma.user.findUniqueOrThrow({ where: { userKey: userId } });

  beforeEach(async () => {
    await database().prisma.user.deleteMany();
    await database().prisma.allowedDomain.deleteMany();
    talk = createTalk(database());
  });
  afterEach(() => talk.audit.flush());

  describe('who is meant', () => {
    beforeEach(async () => {
      await addUser(database(), { userId: '14', name: 'Anna Svensson', connect: 'anna@company.se' });
      await addUser(database(), { userId: '15', name: 'Anna Svensson-Berg', connect: 'joanna@company.se' });
      await addUser(database(), { userId: 'Bo-1', name: 'Bo', connect: null, email: 'bo@company.se' });
      await addUser(database(), { userId: '140', name: 'Cia', connect: null });
    });

    test.each([
      ['user 14', '14'],
      ['visa 14', '14'],
      ['användarkort 14', '14'],
      ['user user:"14"', '14'],
      ['user användare:14', '14'],
      ['user BO-1', 'Bo-1'],
      ['user anna@company.se', '14'],
      ['user bo@company.se', 'Bo-1'],
      ['user anna svensson', '14'],
      ['user "Anna Svensson"', '14'],
      ['user cia', '140'],
      ['user joanna', '15'],
    ])('"%s" is %s', async (line, userId) => {
      expect((await types(line)).text).toMatch(new RegExp(`(User-ID|Användar-id): ${userId}\n`));
    });

    it('several are listed, each with a button', async () => {
      const list = await types('user anna');
      expect(list.text).toContain('2 users');
      expect((await talk.as('lena').presses('Show', list)).text).toContain('User-ID: 14');
    });

    test.each([
      ['user', 'Which user?'],
      ['user 1440', 'I can\'t find a user with the User-ID "1440". Did you mean `/vc user 140`?'],
      ['user 4711', 'I can\'t find a user with the User-ID "4711". Search with `/vc users`.'],
      ['user user:41', 'There is no user with the User-ID "41".'],
      ['user nobody at all', "I can't find"],
      ['visa 1440', 'Menade du `/vc visa 140`?'],
    ])('"%s" is refused: %s', async (line, sentence) => {
      expect((await types(line)).text).toContain(sentence);
    });

    it('two users with the same ordinary address are listed', async () => {
      await addUser(database(), { userId: '16', name: 'Dan', connect: null, email: 'bo@company.se' });
      expect((await types('user bo@company.se')).text).toContain('2 users');
    });
  });

  describe('the card', () => {
    test.each([
      [
        {},
        ['Not connected to Visma Connect (unverified)', 'Next: send a verification email.'],
        'Verify account,Remove address',
      ],
      [{ connect: null }, ['(no address)', 'Next: enter an address'], 'Verify account'],
      [
        { connection: 'pending' },
        ['(pending)', 'Next: the person confirms'],
        'Verify account,Remove address',
      ],
      [{ connection: 'verified' }, ['The account is being created'], 'Remove address'],
      [
        { connection: 'connected' },
        ['Connected to Visma Connect since 1 January', 'All set.'],
        'Delete connection',
      ],
      [{ active: false }, ['Activated: No', 'deactivated, so no email is sent'], 'Remove address'],
      [
        { active: false, connection: 'connected' },
        ['the connection remains. Delete it'],
        'Delete connection',
      ],
      [
        { bouncedAt: new Date() },
        ['The email bounced on', 'Next: enter the right address'],
        'Verify account,Remove address',
      ],
      [
        { disownedAt: new Date() },
        ['answered "This isn\'t me"', 'Next: enter the right'],
        'Verify account,Remove address',
      ],
      [
        { connection: 'pending', openedAt: new Date() },
        ['perhaps by a security filter'],
        'Verify account,Remove address',
      ],
      [{ employments: [{ from: '2999-01-01' }] }, ['has not started'], 'Remove address'],
      [{ employments: [{ to: '2020-01-01' }] }, ['has ended'], 'Remove address'],
    ] as const)('U1 of a user with %j says %j, and offers %s', async (given, sentences, buttons) => {
      await addUser(database(), { ...structuredClone(given), userId: '14' } as Parameters<typeof addUser>[1]);
      const { text } = await types('user 14');
      for (const sentence of sentences) expect(text).toContain(sentence);
      expect([...text.matchAll(/\[([^\]]*)\]/g)].map(([, label]) => label).join()).toBe(buttons);
    });

    test.each(['unverified', 'pending'] as const)(
      'D1 asks for another address where the domain of one that is %s is not allowed',
      async (connection) => {
        await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
        await addUser(database(), { userId: '16', connect: 'eva@gmail.com', connection });
        expect((await types('visa 16')).text).toContain('Nästa steg: ange en adress i en tillåten domän.');
        expect((await types('user 16')).text).toContain('Next: enter an address in an allowed domain.');
      },
    );

    it('A6 sends once: its button acts', async () => {
      await addUser(database(), { userId: '14', connect: 'anna@company.se', connection: 'pending' });
      const { replies, text } = await types('user 14');
      const press = await talk.presses.find(buttonOf({ replies, text }, 'Verify account'));
      expect(press).toMatchObject({ line: 'verify user:"14"', acting: true });
    });

    it('U1 says that a link has run out', async () => {
      const id = await addUser(database(), { userId: '14', connect: 'anna@company.se' });
      const now = new Date();
      await database().transaction(async (tx) => {
        await beginVerification(tx, { id, address: 'anna@company.se' }, { requestedBy: null, now });
        await tx.verification.updateMany({ data: { sentAt: now } });
      });
      const { text } = await types('user 14');
      expect(text).toContain('The link has expired.');
      expect(text).toContain('Next: send a verification email.');
    });

    it('U3 shows every employment, with its number as text', async () => {
      const employments = [
        {
          company: 'Företaget AB',
          number: '0042',
          department: 'Ekonomi & Lön',
          office: 'Örebro',
          from: '2020-01-01',
        },
        { company: 'Dotter AB', number: '7', to: '2099-12-31' },
      ];
      await addUser(database(), { userId: '14', employments });
      const { text } = await types('visa 14');
      expect(text).toContain('Anställning: Dotter AB, nr 7, till och med den 31 december 2099\n');
      expect(text).toContain(
        'Anställning: Företaget AB, nr 0042, Ekonomi & Lön, Örebro, från den 1 januari 2020\n',
      );
    });
  });

  describe('within reach', () => {
    const subjects: string[] = [];
    const run = async (line: string, ...access: Parameters<typeof accessTo>) => {
      const command = userCommand({
        users: createUsers(database()),
        filters: createFilters(database()),
        connections: createConnections({ database: database(), messages: createMessages() }),
        accounts: createAccounts({ database: database(), messages: createMessages(), language: 'sv' }),
      });
      const [answer] = await command.run(requestWith(accessTo(...access), 'en', subjects), tokenize(line));
      return JSON.stringify(answer?.view);
    };

    it('A2 shows no employment in another company, and offers only what is permitted', async () => {
      const employments = [{ company: 'Företaget AB' }, { company: 'Dotter AB' }];
      await addUser(database(), { userId: '14', employments });
      const card = await run('14', ['users.view'], ['dotter ab']);
      expect(card).toContain('Dotter AB');
      expect(card).not.toContain('Företaget AB');
      expect(card).toContain('"actions":[]');
      expect(await run('14', ['users.view', 'verify'])).toContain('Verify account');
      expect(await run('14', ['users.view', 'users.edit'])).not.toContain('Verify account');
    });

    it('A2 knows nobody in another company', async () => {
      await addUser(database(), {
        userId: '14',
        connect: 'anna@company.se',
        employments: [{ company: 'Dotter AB' }],
      });
      for (const who of ['14', 'user:14', 'anna@company.se'])
        await expect(run(who, ['users.view'], ['företaget ab'])).rejects.toThrow(
          /can't find a user|There is no user/,
        );
    });

    it('A2 suggests nobody out of reach', async () => {
      await addUser(database(), { userId: '1400', employments: [{ company: 'Dotter AB' }] });
      const asked = run('14000', ['users.view'], ['företaget ab']);
      await expect(asked).rejects.toThrow(/Search with/);
    });

    it('U8 knows nobody with protected identity without the permission', async () => {
      await addUser(database(), { userId: '14', protected: true });
      await expect(run('14', ['users.view'])).rejects.toThrow(/I can't find/);
      expect(await run('14', ['users.view', 'protected'])).toContain('Protected identity');
    });

    it('A5 tells the trail whom it is about', async () => {
      subjects.length = 0;
      await addUser(database(), { userId: '14' });
      await run('14', ['users.view']);
      await run('remove-address 14', ['users.edit']);
      const { subject } = await stored();
      expect(new Set(subjects)).toEqual(new Set([subject]));
    });

    it('A2 needs more to change than to look', () => {
      const { permission, action } = talk.commands.find('user') ?? {};
      const asked = [
        'user 14',
        'user remove-address 14',
        'visa ta-bort-adressen 14',
        'visa ta-bort-koppling 14',
      ];
      const args = asked.map((line) => tokenize(line).slice(1));
      expect(args.map((one) => permission?.(one))).toEqual([
        'users.view',
        'users.edit',
        'users.edit',
        'users.edit',
      ]);
      expect(args.map((one) => action?.(one))).toEqual([
        undefined,
        'remove-address',
        'remove-address',
        'delete-connection',
      ]);
    });
  });

  describe('removing an address', () => {
    it('U4 works with one press on the card, and answers with the new card in its place', async () => {
      await addUser(database(), { userId: '14', connect: 'anna@company.se', connection: 'pending' });
      const card = await types('user 14');
      const done = await talk.as('lena').presses('Remove address', card);
      expect(done.text).toContain('Done. The address is removed.');
      expect(done.text).toContain('(no address)');
      expect(done.replies[0]?.replace).toBe(true);
      expect(await stored()).toMatchObject({ connection: 'none', connectEmail: null, connectAddress: null });
      expect((await talk.as('lena').presses('Remove address', card)).text).toContain('already done');
    });

    it('U5 revokes what is outstanding', async () => {
      const id = await addUser(database(), { userId: '14', connect: 'anna@company.se' });
      await database().transaction((tx) =>
        beginVerification(tx, { id, address: 'anna@company.se' }, { requestedBy: null, now: new Date() }),
      );
      await talk.as('lena').presses('Remove address', await types('user 14'));
      expect(await database().prisma.verification.findMany()).toMatchObject([
        { revokedWhy: 'address_changed' },
      ]);
    });

    it('asks first where it is typed', async () => {
      await addUser(database(), { userId: '14', name: 'Anna', connect: 'anna@company.se' });
      const question = await types('user remove-address user:"14"');
      expect(question.text).toContain('Remove the address?\nAnna, 14. Links already sent stop working.');
      expect(await stored()).toMatchObject({ connection: 'unverified' });
      const card = await talk.as('lena').presses('Cancel', question);
      expect(card.text).toContain('User-ID: 14');
      expect(card.replies[0]?.replace).toBe(true);
      expect((await talk.as('lena').presses('Confirm', question)).text).toContain('The address is removed.');
    });

    it('U5 is refused once the user is connected', async () => {
      const id = await addUser(database(), { userId: '14', connect: 'anna@company.se' });
      const card = await types('user 14');
      await database().prisma.user.update({ where: { id }, data: { connection: 'connected' } });
      expect((await talk.as('lena').presses('Remove address', card)).text).toContain('already connected');
      expect(await stored()).toMatchObject({ connectEmail: 'anna@company.se' });
    });

    it('takes a User-ID and nothing vaguer', async () => {
      await addUser(database(), { userId: '14', name: 'Anna' });
      expect((await types('user remove-address anna')).text).toContain('with the User-ID "anna"');
      expect((await types('user remove-address')).text).toContain('Which user?');
    });
  });

  describe('deleting a connection', () => {
    beforeEach(async () => {
      await addUser(database(), { userId: '14', connect: 'anna@company.se', connection: 'connected' });
    });

    it('U6 asks first, keeps the address, and says that the account remains', async () => {
      const card = await types('visa 14');
      const { view } = card.replies[0] ?? {};
      const actions = view?.kind === 'facts' ? view.actions : [];
      expect(actions).toMatchObject([{ label: 'Ta bort koppling', ask: { title: 'Ta bort kopplingen?' } }]);
      const done = await talk.as('lena').presses('Ta bort koppling', card);
      expect(done.text).toContain('Kopplingen är borttagen. Visma Connect-kontot finns kvar.');
      expect(done.text).toContain('Inte kopplad till Visma Connect (overifierad)');
      expect(await stored()).toMatchObject({
        connection: 'unverified',
        connectEmail: 'anna@company.se',
        connectedAt: null,
      });
    });

    it('U6 works once, pressed twice at the same time', async () => {
      const card = await types('user 14');
      const both = await Promise.all([1, 2].map(() => talk.as('lena').presses('Delete connection', card)));
      expect(both.filter(({ text }) => text.includes('is deleted'))).toHaveLength(1);
      expect(both.filter(({ text }) => text.includes('already done'))).toHaveLength(1);
    });

    it('U6 asks first where it is typed', async () => {
      const question = await types('user delete-connection 14');
      expect(question.text).toContain('Delete the connection?');
      expect(await stored()).toMatchObject({ connection: 'connected' });
      expect((await talk.as('lena').presses('Confirm', question)).text).toContain(
        'The connection is deleted.',
      );
    });

    it('says where there is none to delete', async () => {
      const card = await types('user 14');
      await database().prisma.user.updateMany({ data: { connection: 'unverified' } });
      expect((await talk.as('lena').presses('Delete connection', card)).text).toContain(
        'no connection to delete',
      );
    });
  });

  describe('V4 an account that is not there yet', () => {
    beforeEach(async () => {
      await addUser(database(), { userId: '14', connect: 'anna@company.se', connection: 'verified' });
    });
    const fails = () =>
      database().prisma.user.updateMany({
        data: { accountFault: 'refused', accountWords: '401 The token has expired' },
      });

    it('says that it is being created, and offers nothing to press', async () => {
      const card = await types('user 14');
      expect(card.text).toContain('The address is verified. The account is being created.');
      expect(card.text).not.toContain('Try again');
    });

    it('says why it could not be created, and tries again', async () => {
      await fails();
      const card = await types('visa 14');
      expect(card.text).toContain('Adressen är verifierad, men kontot kunde inte skapas.');
      expect(card.text).toContain('Visma Connect svarade: 401 The token has expired');
      expect(card.text).toContain('Det beror inte på personen.');
      const again = await talk.as('lena').presses('Försök igen', card);
      expect(again.text).toContain('Nu görs ett nytt försök att skapa kontot.');
      expect(again.text).toContain('Adressen är verifierad. Kontot skapas.');
      expect(await stored()).toMatchObject({ connection: 'verified', accountFault: null });
    });

    it('tries again where that is typed', async () => {
      await fails();
      expect((await types('user create-account 14')).text).toContain('Trying again');
      await database().prisma.user.updateMany({ data: { connection: 'unverified' } });
      expect((await types('visa skapa-kontot 14')).text).toContain('Adressen är inte verifierad');
    });

    it('A2 is for those who may verify', async () => {
      await fails();
      const [users, filters] = [createUsers(database()), createFilters(database())];
      const parts = { database: database(), messages: createMessages() };
      const accounts = createAccounts({ ...parts, language: 'sv' });
      const command = userCommand({ users, filters, connections: createConnections(parts), accounts });
      expect(command.permission(tokenize('create-account 14'))).toBe('verify');
      const shown = async (...access: Parameters<typeof accessTo>) =>
        JSON.stringify(await command.run(requestWith(accessTo(...access), 'en', []), tokenize('14')));
      expect(await shown(['users.view', 'verify'])).toContain('Try again');
      expect(await shown(['users.view', 'users.edit'])).not.toContain('Try again');
    });
  });
});
