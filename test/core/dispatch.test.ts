import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Answer, Command } from '../../src/core/command.ts';
import type { Database } from '../../src/database/database.ts';
import { refuse } from '../../src/errors.ts';
import { eachStore } from '../support/database.ts';
import { channel, directWith } from '../support/platform.ts';
import { renameCommand } from '../support/rename.ts';
import { buttonOf, createTalk, formOf, type Talk, type TalkOptions } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

const day = 24 * 60 * 60 * 1000;

eachStore('dispatch', (database) => {
  let at = 0;
  const talks: Talk[] = [];
  function talk(options: TalkOptions = {}): Talk {
    const one = createTalk(database(), { now: () => new Date(at), commands: testCommands, ...options });
    talks.push(one);
    return one;
  }

  beforeEach(async () => {
    at = Date.parse('2026-11-21T12:00:00Z');
    const { prisma } = database();
    await prisma.person.deleteMany();
    await prisma.user.deleteMany();
    await prisma.allowedDomain.deleteMany();
    await prisma.audit.deleteMany();
    await prisma.press.deleteMany();
  });
  afterEach(async () => {
    for (const { audit } of talks.splice(0)) await audit.flush();
  });

  describe('permissions', () => {
    test.each(['users', 'user 14', 'domains', 'domains allow company.se', 'status', 'rename 14'])(
      'A2 "%s" is refused without the permission that it names',
      async (line) => {
        const { as, trail } = talk();
        expect((await as('anna').types(line)).text).toContain('Only people with permission');
        expect(await trail()).toEqual([expect.stringMatching(/^anna C1: .* → no_permission$/)]);
      },
    );

    test.each(['help', 'whoami'])('A2 "%s" is for everybody', async (line) => {
      expect((await talk().as('anna').types(line)).text).not.toContain('Only people with permission');
    });

    it('A2 a button is refused to whoever has lost the permission meanwhile', async () => {
      const list = await talk().as('lena').types('users all');
      await addUser(database());
      const question = await talk().as('lena').types('domains allow company.se');
      const { as, trail } = talk({ admins: [] });
      expect((await as('lena').presses('Confirm', question)).text).toContain('Only people with permission');
      expect(await database().prisma.allowedDomain.count()).toBe(0);
      expect(list.replies).toHaveLength(1);
      expect(await trail()).toContain('lena C1: domains allow → no_permission');
    });
  });

  describe('the audit trail', () => {
    it('A5 holds every attempt, refused ones too', async () => {
      await addUser(database(), { userId: '14' });
      const { as, trail } = talk({
        people: {
          lena: { name: 'Lena', address: 'lena@company.se', language: 'en' },
          guest: { name: 'Gustav', refused: 'guest' },
        },
      });
      const lena = as('lena');
      await lena.types('status');
      await lena.types('domains tillåt nope');
      await lena.types('user 14');
      await lena.types('user remove-address user:"14"');
      await lena.types('statsu now');
      await lena.types('users "Anna');
      await lena.types('break');
      await lena.pressesId('forged');
      await lena.writes('I cannot log in');
      await as('guest').types('domains allow evil.se');
      await as('guest').writes('hello there');
      await as('guest').pressesId('forged');
      expect(await trail()).toEqual([
        'lena C1: status → done',
        'lena C1: domains allow → invalid_domain',
        'lena C1: user → done',
        'lena C1: user remove-address → done',
        'lena C1: line → unknown_verb',
        'lena C1: users → unbalanced_quote',
        'lena C1: break → unexpected',
        'lena C1: press → press_expired',
        'lena D-lena: mine → done',
        'guest C1: domains → person_refused',
        'guest D-guest: message → person_refused',
        'guest C1: press → person_refused',
      ]);
    });

    it('A5 names whom something is done to by the subject alone, and holds no free text', async () => {
      const id = await addUser(database(), { userId: 'secret-id', name: 'Secret Name' });
      const { subject } = await database().prisma.user.findUniqueOrThrow({ where: { id } });
      const { as, submits, audit } = talk();
      const lena = as('lena');
      await lena.types('user "Secret Name"');
      await lena.types('users secret');
      await lena.types('secret verb');
      await lena.writes('my secret is 42');
      const form = await lena.types('rename secret-id');
      await submits('lena', form, { name: 'Secret Other' });
      await audit.flush();
      const rows = await database().prisma.audit.findMany({ orderBy: { id: 'asc' } });
      expect(rows.map((row) => [row.what, row.subject])).toEqual([
        ['user', subject],
        ['users', null],
        ['line', null],
        ['mine', null],
        ['rename', null],
        ['rename submit', subject],
      ]);
      const { id: _, at: __, ...words } = rows[0] ?? {};
      expect(Object.keys(words).sort()).toEqual(['outcome', 'place', 'subject', 'surface', 'what', 'who']);
      expect(JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? 0 : value))).not.toMatch(
        /secret/i,
      );
    });

    it('says an unexpected error to the log, and something to the caller', async () => {
      const { as, errors } = talk();
      expect((await as('lena').types('break')).text).toContain('Something went wrong on my side');
      expect(errors).toMatchObject([{ message: 'broken' }]);
    });
  });

  describe('buttons', () => {
    const question = (one: Talk) => one.as('lena').types('domains allow company.se');
    const listed = () => database().prisma.allowedDomain.count();

    it('A6 refuses an id that is unknown', async () => {
      expect((await talk().as('lena').pressesId('unknown')).text).toContain('no longer valid');
    });

    it('A6 refuses one that is too old', async () => {
      const one = talk();
      const asked = await question(one);
      at += 7 * day;
      expect((await one.as('lena').presses('Confirm', asked)).text).toContain('no longer valid');
      expect(await listed()).toBe(0);
    });

    it("A6 refuses somebody else's", async () => {
      const one = talk({ admins: ['lena@company.se', 'anna@company.se'] });
      const asked = await question(one);
      expect((await one.as('anna').presses('Confirm', asked)).text).toContain("somebody else's");
      expect(await listed()).toBe(0);
    });

    it('A6 an acting one works once', async () => {
      const one = talk();
      const asked = await question(one);
      expect((await one.as('lena').presses('Confirm', asked)).text).toContain('company.se is allowed');
      expect((await one.as('lena').presses('Confirm', asked)).text).toContain('already done');
      expect(await listed()).toBe(1);
    });

    it('A6 an acting one works once when it is pressed many times at once, in several processes', async () => {
      const asked = await question(talk());
      const presses = Array.from({ length: 8 }, (_, i) =>
        (i % 2 ? talk() : talk()).as('lena').presses('Confirm', asked),
      );
      const texts = (await Promise.all(presses)).map(({ text }) => text);
      expect(texts.filter((text) => text.includes('company.se is allowed'))).toHaveLength(1);
      expect(texts.filter((text) => text.includes('already done'))).toHaveLength(7);
    });

    it('A6 an acting one whose effect failed can be pressed again', async () => {
      const one = talk();
      const asked = await question(one);
      await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
      expect((await one.as('lena').presses('Confirm', asked)).text).toContain('already allowed');
      await database().prisma.allowedDomain.deleteMany();
      expect((await one.as('lena').presses('Confirm', asked)).text).toContain('company.se is allowed');
    });

    it('A6 a viewing one works again and again, for as long as a message is looked at', async () => {
      await addUser(database(), { userId: '14', name: 'Anna' });
      const one = talk();
      const list = await one.as('lena').types('users all');
      for (let i = 0; i < 3; i++) {
        expect((await one.as('lena').presses('Show', list)).text).toContain('User-ID: 14');
        at += 2 * day;
      }
    });

    it('A6 one in a place that others read is for anybody with the permission', async () => {
      const one = talk({ admins: ['lena@company.se', 'anna@company.se'] });
      const [id = ''] = await one.presses.keep([{ line: 'domains', acting: false }], { personId: null });
      expect((await one.as('anna').pressesId(id)).text).toContain('Every domain is allowed');
    });

    it('holds nothing that tells what it does', async () => {
      const said = await question(talk());
      expect(JSON.stringify(said.replies)).not.toContain('domains allow');
      expect(buttonOf(said, 'Confirm')).toMatch(/^[\w-]{22}$/);
    });

    it('keeps what cannot be shown from being lost in silence', async () => {
      const { as } = talk({
        commands: () => [command('odd', () => [{ view: unkeepable } satisfies Answer])],
      });
      expect((await as('lena').types('odd')).text).toContain("I couldn't show the answer");
    });
  });

  describe('forms', () => {
    const nameOf = async () => (await database().prisma.user.findFirstOrThrow()).name;
    beforeEach(async () => {
      await addUser(database(), { userId: '14', name: 'Anna' });
    });

    it('A6 says faults at the field, and takes the mended form', async () => {
      const one = talk();
      const form = await one.as('lena').types('rename 14');
      expect(await one.submits('lena', form, {})).toEqual({
        faults: { name: 'The address is missing. Write it like this: anna@company.se.' },
      });
      expect(await one.submits('lena', form, { name: 'Bo' })).toMatchObject({
        replies: [{ view: { text: 'Done.' } }],
      });
      expect(await nameOf()).toBe('Bo');
    });

    it('A6 works once, submitted twice at once or later', async () => {
      const one = talk();
      const form = await one.as('lena').types('rename 14');
      const names = ['Bo', 'Cia', 'Dan'];
      await Promise.all(names.map((name) => one.submits('lena', form, { name })));
      const { trail } = one;
      const outcomes = (await trail()).filter((line) => line.includes('rename submit'));
      expect(outcomes.filter((line) => line.endsWith('→ done'))).toHaveLength(1);
      expect(outcomes.filter((line) => line.endsWith('→ press_spent'))).toHaveLength(2);
      expect(await one.submits('lena', form, { name: 'Eva' })).toMatchObject({
        replies: [{ view: { tone: 'fault', text: expect.stringContaining('already done') } }],
      });
      expect(names).toContain(await nameOf());
    });

    it('A6 is refused to others, and to whoever has lost the permission', async () => {
      const form = await talk().as('lena').types('rename 14');
      const both = talk({ admins: ['lena@company.se', 'anna@company.se'] });
      expect(await both.submits('anna', form, { name: 'Bo' })).toMatchObject({
        replies: [{ view: { tone: 'fault' } }],
      });
      const started = talk({ admins: [] });
      await started.people.rereadAdmins();
      expect(await started.submits('lena', form, { name: 'Bo' })).toMatchObject({
        replies: [{ view: { text: expect.stringContaining('Only people with permission') } }],
      });
      expect(await nameOf()).toBe('Anna');
    });

    it('A6 searches for its owner alone', async () => {
      const one = talk({ admins: ['lena@company.se', 'anna@company.se'] });
      const id = formOf(await one.as('lena').types('rename 14'));
      const search = (platformId: string) =>
        one.dispatch.search({ place: channel, platformId }, id, 'user', 'An');
      expect(await search('lena')).toEqual([{ value: 'An', label: 'An' }]);
      expect(await search('anna')).toEqual([]);
      expect(await one.trail()).toContain('lena C1: rename search → done');
    });

    it('A6 refuses a submission of what has no form', async () => {
      const one = talk();
      const question = await one.as('lena').types('domains allow company.se');
      const from = { place: channel, platformId: 'lena' };
      expect(await one.dispatch.submit(from, buttonOf(question, 'Confirm'), {})).toMatchObject({
        replies: [{ view: { tone: 'fault' } }],
      });
    });
  });

  describe('languages', () => {
    const sv = 'Tillåtna domäner';
    const en = 'Allowed domains';
    beforeEach(async () => {
      await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    });
    const lena = (language?: 'sv' | 'en') => ({
      lena: { name: 'Lena', address: 'lena@company.se', ...(language ? { language } : {}) },
    });

    test.each([
      ['domains', 'en', 'sv', en],
      ['domains', 'sv', 'en', sv],
      ['domains', undefined, 'sv', sv],
      ['domains', undefined, 'en', en],
      ['domäner', 'en', 'en', sv],
      ['domaner lista', 'en', 'en', sv],
    ] as const)(
      '"%s" by somebody whose profile says %s, in a house of %s',
      async (line, profile, house, title) => {
        const said = await talk({ people: lena(profile), language: house })
          .as('lena')
          .types(line);
        expect(said.text).toContain(title);
      },
    );

    test.each([
      ['users avdelning:Nowhere', 'Jag hittar ingen avdelning'],
      ['verifera företag:X', 'Jag känner inte till'],
      ['users department:Nowhere', 'I find no department'],
      ['verfiy company:X', "I don't know"],
    ])('a refusal of "%s" follows the words', async (line, sentence) => {
      expect(
        (
          await talk({ people: lena('en') })
            .as('lena')
            .types(line)
        ).text,
      ).toContain(sentence);
    });

    it('a button answers in the language of the message that it stands in', async () => {
      const { as } = talk({ people: lena('en') });
      const list = await as('lena').types('domäner');
      const question = await as('lena').presses('Ta bort', list);
      expect(question.text).toContain('Ta bort company.se?');
      expect((await as('lena').presses('Bekräfta', question)).text).toContain('Klart.');
    });

    it("a button in a place that others read answers in the presser's", async () => {
      const { as, presses } = talk({ people: lena('en'), language: 'sv' });
      const [id = ''] = await presses.keep([{ line: 'domains', acting: false }], { personId: null });
      expect((await as('lena').pressesId(id)).text).toContain(en);
    });

    test.each([
      ['Jag kan inte logga in', 'Så står det till'],
      ["I can't log in", 'How your login stands'],
      ['?', 'How your login stands'],
    ])('a message is answered in the language it is written in: %s', async (text, sentence) => {
      expect(
        (
          await talk({ people: lena('en') })
            .as('lena')
            .writes(text)
        ).text,
      ).toContain(sentence);
    });
  });

  describe('dropped files', () => {
    const file = { name: 'users.csv', size: 10, source: {} };
    const drop = (one: Talk, platformId: string, place = channel) =>
      one.dispatch.file({ place, platformId }, file);
    const taking = (work: () => Answer[]) => talk({ commands: () => [dropping(work)] });
    const taken = () => [{ view: note('I have it.') }] satisfies Answer[];

    it('I8 are taken from whoever may import, and answered to them alone', async () => {
      const one = taking(taken);
      expect(await drop(one, 'lena')).toMatchObject([{ view: { text: 'I have it.' } }]);
      expect(await one.trail()).toEqual(['lena C1: take drop → done']);
    });

    it('I8 go unnoticed in a channel by whoever may not import', async () => {
      const one = taking(taken);
      expect(await drop(one, 'anna')).toEqual([]);
      expect(await drop(one, 'stranger')).toEqual([]);
      expect(await one.trail()).toEqual([
        'anna C1: take drop → no_permission',
        'stranger C1: take drop → person_refused',
      ]);
    });

    it('I8 are refused with a sentence in a direct conversation', async () => {
      const replies = await drop(taking(taken), 'anna', directWith('anna'));
      expect(replies).toMatchObject([
        { view: { text: expect.stringContaining('Only people with permission') } },
      ]);
    });

    it('I8 go unnoticed in a channel where they do not fit', async () => {
      const one = taking(() => {
        throw refuse('file_empty');
      });
      expect(await drop(one, 'lena')).toEqual([]);
      expect(await drop(one, 'lena', directWith('lena'))).toMatchObject([{ view: { tone: 'fault' } }]);
    });

    it('come again in a channel where the fault may have passed the next time', async () => {
      const broken = taking(() => {
        throw new Error('the database is gone');
      });
      await expect(drop(broken, 'lena')).rejects.toMatchObject({ code: 'unexpected' });
      const away = taking(taken);
      away.platform.away = new Error('503');
      await expect(drop(away, 'lena')).rejects.toMatchObject({ code: 'lookup_failed' });
    });

    it('are nothing to a house that takes none', async () => {
      expect(await drop(talk(), 'lena')).toEqual([]);
    });
  });
});

const note = (text: string) => ({ kind: 'note', tone: 'plain', text }) as const;

/** A button whose line the store cannot keep. */
const unkeepable = { ...note('Look'), actions: [{ label: 'Look', line: 'a\u0000b', acting: false }] };

function command(
  name: string,
  run: (...asked: Parameters<Command['run']>) => Answer[],
  more: Partial<Command> = {},
): Command {
  return {
    name,
    swedish: [],
    summary: { sv: name, en: name },
    usage: [{ sv: name, en: name }],
    examples: [],
    permission: () => 'users.edit',
    run: async (request, args) => run(request, args),
    ...more,
  };
}

const dropping = (work: () => Answer[]): Command =>
  command('take', () => [], { permission: () => 'import', drop: async () => work() });

/** Commands for what no command of the bot's does alone. */
function testCommands(database: Database): Command[] {
  return [
    command('break', () => {
      throw new Error('broken');
    }),
    renameCommand(database),
  ];
}
