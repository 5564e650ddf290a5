import { beforeEach, describe, expect, test } from 'vitest';
import { employeeCommand } from '../../src/commands/employee.ts';
import { verifyCommand } from '../../src/commands/verify.ts';
import { administrator, nobody } from '../../src/core/access.ts';
import type { Command, Person, Request, Values } from '../../src/core/command.ts';
import type { View } from '../../src/core/view.ts';
import type { Language } from '../../src/rules/language.ts';
import { tokenize } from '../../src/rules/line.ts';
import { createUsers } from '../../src/services/users.ts';
import { userCard } from '../../src/views/user/card.ts';
import { type Setting, settingOn } from '../services/verifications/setting.ts';
import { testDatabase } from '../support/database.ts';
import type { Given } from '../support/users.ts';

const counter = { contact: 'hr@company.se', loginUrl: 'https://login.company.se/' };
const database = testDatabase();
let setting: Setting;
let verify: Command;
let employee: Command;
let concerned: string[];

beforeEach(async () => {
  setting = await settingOn(database());
  const { verifications, now } = setting;
  verify = verifyCommand({ users: createUsers(database(), now), verifications, counter, now });
  employee = employeeCommand(verifications, counter, now);
  concerned = [];
});

interface Asking {
  access?: Person['access'];
  kind?: 'direct' | 'channel';
  language?: Language;
  userId?: number;
  press?: string;
}

function request(asking: Asking = {}): Request {
  const { access = administrator, kind = 'channel', language = 'sv', userId, press } = asking;
  return {
    person: { id: setting.lena.personId, name: 'Lena', access, ...(userId ? { userId } : {}) },
    place: { surface: 'slack', tenant: 'T1', id: 'C1', kind },
    language,
    say: (text) => text[language],
    concerns: (subject) => concerned.push(subject),
    ...(press ? { press } : {}),
  };
}

const type = (line: string, asking?: Asking) => verify.run(request(asking), tokenize(line));
const submit = (values: Values, asking?: Asking) =>
  verify.submit?.(request(asking), [], values) ?? Promise.resolve([]);

/** A form as name → what it begins with. */
function fieldsOf(view: View | undefined): Record<string, unknown> {
  if (view?.kind !== 'form') throw new Error(`No form: ${JSON.stringify(view)}`);
  return Object.fromEntries(view.fields.map((field) => [field.name, field.value]));
}

const textOf = (view: View | undefined): string => (view?.kind === 'note' ? view.text : JSON.stringify(view));

describe('/vc verify ADDRESS', () => {
  test.each([
    'anna@company.se',
    'ANNA@Company.SE',
    'mailto:anna@company.se',
    '<mailto:anna@company.se|anna@company.se>',
    'Anna Svensson <anna@company.se>',
  ])('U4 %s is held by one user: the mail goes out at once', async (line) => {
    const { id } = await setting.user({ name: 'Anna Svensson', connect: 'anna@company.se' });
    const [answer, ...others] = await type(line);
    expect(others).toEqual([]);
    expect(textOf(answer?.view)).toContain('Mejlet är på väg till anna@company.se (Anna Svensson).');
    expect(await setting.sendings()).toBe(1);
    expect(concerned).toEqual([(await setting.row(id)).subject]);
  });

  test('in the direct conversation the live message is the whole answer', async () => {
    await setting.user({ connect: 'anna@company.se' });
    expect(await type('anna@company.se', { kind: 'direct' })).toEqual([]);
    expect(await database().prisma.liveMessage.count()).toBe(1);
  });

  test('U4 an address that nobody holds opens the form with it filled in, and the confirmation empty', async () => {
    const [answer] = await type('ny@company.se');
    expect(fieldsOf(answer?.view)).toEqual({ user: undefined, email: 'ny@company.se', confirm: undefined });
    expect(await setting.sendings()).toBe(0);
  });

  test('A2 U8 the holder must be reached: otherwise the address is as good as free', async () => {
    await setting.user({ connect: 'anna@company.se', protected: true });
    const access = { permissions: new Set(['verify'] as const), companies: 'all' as const };
    const [answer] = await type('anna@company.se', { access });
    expect(fieldsOf(answer?.view)).toMatchObject({ email: 'anna@company.se' });
  });

  test('U4 without an address the empty form opens', async () => {
    const [answer] = await type('', { language: 'en' });
    expect(fieldsOf(answer?.view)).toEqual({ user: undefined, email: undefined, confirm: undefined });
    expect(answer?.view).toMatchObject({
      title: 'Verify account',
      fields: [{ label: 'User' }, { label: 'Email' }, { label: 'Confirm email' }],
    });
  });

  test.each<[string, Given | undefined]>([
    ['ny@company.se', undefined],
    ['', undefined],
    ['user:"14"', { connect: null }],
    ['user:"14"', { connect: 'a@company.se', bouncedAt: new Date() }],
    ['user:"14" new-address', { connect: 'a@company.se' }],
  ])('U4 the form that "%s" opens is opened again by its own line', async (line, given) => {
    if (given) await setting.user({ ...given, userId: '14' });
    const [answer] = await type(line);
    if (answer?.view.kind !== 'form') throw new Error('No form');
    const [again] = await type(answer.view.line.replace(/^verify ?/, ''));
    expect(again).toEqual(answer);
  });

  test.each([
    ['anna', 'invalid_address'],
    ['anna@company', 'invalid_address'],
    ['anna@company.se erik@company.se', 'invalid_address'],
    ['company:X', 'verify_one'],
    ['företag:X avdelning:Y', 'verify_one'],
    ['user:1 user:2', 'verify_one'],
    ['all', 'verify_one'],
    ['alla', 'verify_one'],
    ['user:nobody', 'user_not_found'],
    ['användare:"Nobody Here"', 'user_not_found'],
  ])('"%s" is refused: %s', async (line, code) => {
    await expect(type(line)).rejects.toMatchObject({ code });
  });
});

describe('/vc verify user:', () => {
  test.each<[string, Given]>([
    ['without an address', { connect: null }],
    ['with one', { connect: 'a@company.se' }],
    ['whose mail came back', { connect: 'a@company.se', bouncedAt: new Date() }],
    ['whose address is marked wrong', { connect: 'a@company.se', disownedAt: new Date() }],
    ['whose domain is not allowed', { connect: 'a@gmail.com' }],
  ])(
    'the button on the card of a user %s opens a form where it says so, and nowhere else',
    async (_, given) => {
      await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
      await setting.user({ ...given, userId: '14' });
      const { now } = setting;
      const card = await createUsers(database(), now).card('14', { companies: 'all', protected: true });
      if (!card) throw new Error('No user');
      const { actions = [] } = userCard(card, { language: 'sv', may: () => true, now: now() });
      const button = actions.find((action) => 'line' in action && action.label === 'Verifiera konto');
      if (!button || !('line' in button)) throw new Error('No button');
      const [answer] = await type(button.line.replace(/^verify /, ''));
      expect(answer?.view.kind === 'form').toBe(button.opensForm === true);
    },
  );

  test.each(['user:"14 B"', 'användare:"14 b"', 'USER: "14 B"'])(
    '%s sends to the saved address',
    async (line) => {
      await setting.user({ userId: '14 B', connect: 'anna@company.se' });
      await type(line);
      expect(await setting.sendings()).toBe(1);
    },
  );

  test.each<[string, string, Given, string | undefined]>([
    ['without an address', 'user:14', { connect: null }, undefined],
    ['whose mail came back', 'user:14', { connect: 'a@company.se', bouncedAt: new Date() }, 'a@company.se'],
    [
      'whose address is marked wrong',
      'user:14',
      { connect: 'a@company.se', disownedAt: new Date() },
      'a@company.se',
    ],
    ['who is to get another address', 'user:14 new-address', { connect: 'a@company.se' }, undefined],
    ['who is to get another address (sv)', 'användare:14 ny-adress', { connect: 'a@company.se' }, undefined],
  ])('U4 for a user %s the form opens', async (_, line, given, email) => {
    await setting.user({ ...given, userId: '14', name: 'Anna Svensson' });
    const [answer] = await type(line);
    expect(fieldsOf(answer?.view)).toEqual({
      user: { value: '14', label: 'Anna Svensson, 14' },
      email,
      confirm: undefined,
    });
    expect(await setting.sendings()).toBe(0);
  });

  test('U1 a connected user gets no mail', async () => {
    await setting.user({ userId: '14', connection: 'connected' });
    await expect(type('user:14')).rejects.toMatchObject({ code: 'already_connected' });
  });
});

describe('the form', () => {
  test('U4 saves, sends, and answers', async () => {
    const { id } = await setting.user({ userId: '14', connect: null });
    const typed = { user: '14', email: 'anna@company.se', confirm: 'anna@company.se' };
    expect(await submit(typed, { kind: 'direct' })).toEqual([]);
    expect(await setting.row(id)).toMatchObject({ connection: 'pending', connectEmail: 'anna@company.se' });
    expect(concerned).toEqual([(await setting.row(id)).subject]);
  });

  test.each<[string, string, Values]>([
    ['user_missing', 'user', { email: 'a@company.se', confirm: 'a@company.se' }],
    ['user_not_found', 'user', { user: '99', email: 'a@company.se', confirm: 'a@company.se' }],
    ['invalid_address', 'email', { user: '14', confirm: 'a@company.se' }],
    ['addresses_differ', 'confirm', { user: '14', email: 'a@company.se', confirm: 'b@company.se' }],
    ['address_taken', 'email', { user: '14', email: 'taken@company.se', confirm: 'taken@company.se' }],
  ])('U4 %s is shown at the field %s', async (code, field, values) => {
    await setting.user({ userId: '14', connect: null });
    await setting.user({ connect: 'taken@company.se' });
    await expect(submit(values)).rejects.toMatchObject({ code, field });
    expect(await setting.sendings()).toBe(0);
  });

  test('A2 the user is searched within reach', async () => {
    await setting.user({ userId: '14', name: 'Anna Svensson', employments: [{ company: 'X' }] });
    await setting.user({ userId: '15', name: 'Anna Protected', protected: true });
    const search = (access: Person['access']) => verify.search?.(request({ access }), [], 'user', 'anna');
    expect(await search(administrator)).toHaveLength(2);
    const some = { permissions: new Set(['verify'] as const), companies: 'all' as const };
    expect(await search(some)).toEqual([{ value: '14', label: 'Anna Svensson, 14, X' }]);
    expect(await search(nobody)).toEqual([]);
  });
});

describe('/vc verify me', () => {
  test.each(['me', 'mig', 'MIG'])('V1 "%s" needs no permission and sends to oneself', async (line) => {
    expect(verify.permission(tokenize(line))).toBeNull();
    const { id } = await setting.user({ connect: 'anna@company.se' });
    const [answer] = await type(line, { access: nobody, userId: id });
    expect(textOf(answer?.view)).toBe(
      'En ny länk är på väg till a…@company.se. Den gäller i fem dagar. Titta även i skräpposten.',
    );
    expect(answer?.replace).toBe(true);
    expect(await setting.sendings()).toBe(1);
  });

  test('everything else does', () => {
    for (const line of ['', 'anna@company.se', 'user:14', 'me user:14', 'me anna@company.se']) {
      expect(verify.permission(tokenize(line))).toBe('verify');
    }
  });

  test('A6 the button works once', async () => {
    const { id } = await setting.user();
    const asking = { access: nobody, userId: id, press: await setting.press() };
    await type('me', asking);
    await expect(type('me', asking)).rejects.toMatchObject({ code: 'press_spent' });
  });
});

describe('an employee who writes something', () => {
  const write = async (asking: Asking) => (await employee.run(request(asking), []))[0]?.view;

  test('V5 hears about their own login, with a button that does the next step', async () => {
    const { id } = await setting.user({ connect: 'anna@company.se' });
    await setting.user({ connect: 'erik@company.se' });
    const view = await write({ access: nobody, userId: id, kind: 'direct' });
    expect(textOf(view)).toContain('a…@company.se');
    expect(JSON.stringify(view)).not.toContain('erik');
    expect(view).toMatchObject({
      actions: [{ label: 'Skicka en länk till mig', line: 'verify me', acting: true }],
    });
  });

  test('is led to the login page once connected', async () => {
    const { id } = await setting.user({ connect: 'anna@company.se', connection: 'connected' });
    const view = await write({ access: nobody, userId: id, language: 'en' });
    expect(view).toMatchObject({
      tone: 'good',
      text: 'All set. Log in with a…@company.se, not with your User-ID.',
      actions: [{ label: 'Open the login page', url: 'https://login.company.se/' }],
    });
  });

  test('is told whom to ask where nobody but HR can help', async () => {
    const { id } = await setting.user({ connect: null });
    expect(await write({ access: nobody, userId: id })).toMatchObject({
      text: 'Vi har ingen e-postadress till dig ännu.',
      lines: ['Frågor? Kontakta hr@company.se.'],
    });
  });

  test('hears of the commands as well, if there are any to use', async () => {
    expect(JSON.stringify(await write({ access: administrator }))).toContain('/vc hjälp');
    expect(JSON.stringify(await write({ access: nobody }))).not.toContain('/vc');
  });

  test('needs no permission', () => {
    expect(employee.permission([])).toBeNull();
  });
});
