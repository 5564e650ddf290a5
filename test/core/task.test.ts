import { expect, test } from 'vitest';
import { administrator, nobody } from '../../src/core/access.ts';
import type { Command } from '../../src/core/command.ts';
import { registry } from '../../src/core/registry.ts';
import { glance, readMessage, taskOf, taskOfMessage } from '../../src/core/task.ts';
import { tokenText } from '../../src/rules/line.ts';

const command = (name: string, swedish: string, permission: 'users.view' | 'verify' | null): Command => ({
  name,
  swedish: [swedish],
  summary: { sv: '', en: '' },
  usage: [],
  examples: [],
  permission: () => permission,
  run: async () => [],
});
const employee = command('mine', 'min', null);
const commands = registry([
  command('help', 'hjälp', null),
  command('whoami', 'vemärjag', null),
  command('users', 'användare', 'users.view'),
  command('user', 'visa', 'users.view'),
  command('verify', 'verifiera', 'verify'),
  command('bulk-verify', 'massverifiera', 'verify'),
  command('log', 'logg', 'users.view'),
  command('status', 'läge', 'users.view'),
]);
const person = (access = administrator) => ({ id: 1, name: 'Lena', access });

const shown = ({ command: { name }, args }: ReturnType<typeof taskOf>) =>
  [name, ...args.map(tokenText)].join(' ');

test.each([
  ['', 'help'],
  ['   ', 'help'],
  ['help users', 'help users'],
  ['/vc help', 'help'],
  ['/vc', 'help'],
  ['HJÄLP', 'help'],
  ['hjalp', 'help'],
  ['bulkverify all', 'bulk-verify all'],
  ['Massverifiera alla', 'bulk-verify alla'],
  ['vem-är-jag', 'whoami'],
  ['user:"14"', 'user'],
  ['status?', 'status'],
])('the line %j asks for "%s"', (line, expected) => {
  expect(shown(taskOf(line, commands, person()))).toBe(expected);
});

test.each([
  ['verfy anna@company.se', 'verify', administrator],
  ['verifera anna@company.se', 'verifiera', administrator],
  ['statsu', 'status', administrator],
  ['hlep', 'help', nobody],
  ['verfy', undefined, nobody],
  ['users', undefined, nobody],
  ['xyzzy', undefined, administrator],
])(
  'A2 the unknown verb of %j is answered with the nearest that its writer may use: %s',
  (line, near, access) => {
    const missing = line === 'users' ? registry([]) : commands;
    const text = () => taskOf(line, missing, person(access));
    expect(text).toThrow(near ? `Did you mean \`/vc ${near}\`?` : 'Type `/vc help`');
  },
);

test('the nearest verb of "hjlp" is called in each language what it is called there', () => {
  expect(commands.nearest('hjlp', administrator)).toEqual({ sv: 'hjälp', en: 'help' });
});

test.each([
  ['verifiera anna@company.se', 'sv'],
  ['verify avdelning:IT', 'sv'],
  ['users status:väntar', 'sv'],
  ['visa 14', 'sv'],
  ['hjalp', 'sv'],
  ['verifera företag:X', 'sv'],
  ['verify anna@company.se', undefined],
  ['status', undefined],
  ['users status:pending', undefined],
  ['users "alla"', undefined],
  ['hjälp "', 'sv'],
  ['users "', undefined],
])('the line %j tells the language %s', (line, language) => {
  expect(glance(line, commands).language).toBe(language);
});

test.each([
  // Lines.
  ['status', 'status'],
  ['Status?', 'status'],
  ['hjälp!', 'help'],
  ['users svensson', 'users svensson'],
  ['users My Svensson', 'users My Svensson'],
  ['users department:"I och för sig" status:pending', 'users department:I och för sig status:pending'],
  ['users Åberg', 'users Åberg'],
  ['visa 14', 'user 14'],
  ['verify anna@company.se', 'verify anna@company.se'],
  ['massverifiera alla', 'bulk-verify alla'],
  ['log #42', 'log #42'],
  ['  help   users ', 'help users'],
  // With "/vc" whatever follows is a line.
  ['/vc status', 'status'],
  ["/vc log in doesn't work", "log in doesn't work"],
  ['/VC', 'help'],
  // Sentences.
  ["log in doesn't work", 'mine'],
  ['log in', 'mine'],
  ['help me', 'mine'],
  ['help, I cannot log in', 'mine'],
  ['Hjälp, jag kommer inte in', 'mine'],
  ['status på Anna?', 'mine'],
  ['user 14 can’t log in', 'mine'],
  ['verifiera mitt konto tack', 'mine'],
  ['verify my account please', 'mine'],
  ['I cannot log in', 'mine'],
  ['/vcx', 'mine'],
  ['', 'mine'],
])('what an administrator writes: %j is understood as "%s"', (text, expected) => {
  expect(shown(taskOfMessage(readMessage(text, commands), commands, employee, person()))).toBe(expected);
});

test.each([
  ['verfy anna@company.se', 'verify'],
  ['stauts', 'status'],
  ['massverifera avdelning:IT', 'massverifiera'],
  ['vissa 14', 'visa'],
])('an administrator who writes %j is told of %s', (text, near) => {
  const answer = () => taskOfMessage(readMessage(text, commands), commands, employee, person());
  expect(answer).toThrow(`Did you mean \`/vc ${near}\`?`);
});

test('nobody is told of a verb that they may not use, nor for a word that is none', () => {
  const understood = (text: string, access = administrator) =>
    shown(taskOfMessage(readMessage(text, commands), commands, employee, person(access)));
  for (const text of ['stauts', 'verfy anna@company.se']) expect(understood(text, nobody)).toBe('mine');
  for (const text of ['tack', 'Anna', 'logga', 'hallå', '14', 'inloggning', 'hello'])
    expect(understood(text)).toBe('mine');
});

test.each([
  ['whoami', 'whoami'],
  ['help', 'help'],
  ['status', 'mine'],
  ['verify "anna', 'mine'],
  ['/vc status', 'status'],
])('what an employee writes: %j is understood as "%s"', (text, expected) => {
  expect(shown(taskOfMessage(readMessage(text, commands), commands, employee, person(nobody)))).toBe(
    expected,
  );
});

test.each([
  ['jag kan inte logga in', 'sv'],
  ["I can't log in", 'en'],
  ['visa 14', 'sv'],
  ['14', undefined],
])('the message %j tells the language %s', (text, language) => {
  expect(readMessage(text, commands).language).toBe(language);
});

test('two commands cannot share a verb, however it is written', () => {
  expect(() => registry([command('log', 'logg', null), command('list', 'LÖGG', null)])).toThrow(
    '"logg" means both log and list',
  );
});

test('a line or a message that is too long is not read, and its writer is told so', () => {
  const longest = 'users '.padEnd(4000, 'a');
  expect(shown(taskOf(longest, commands, person()))).toBe(longest);
  const longer = `${longest}a`;
  const refusal = 'That is longer than 4,000 characters';
  expect(() => taskOf(longer, commands, person())).toThrow(refusal);
  expect(() => taskOfMessage(readMessage(longer, commands), commands, employee, person(nobody))).toThrow(
    refusal,
  );
  expect(glance(longer, commands)).toEqual({});
});
