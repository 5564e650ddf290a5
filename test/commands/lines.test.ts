import { expect, test } from 'vitest';
import { createCommands } from '../../src/commands/index.ts';
import { readMessage } from '../../src/core/task.ts';

// They are only looked at, never run, so they get nothing to work with.
const { commands } = createCommands({} as Parameters<typeof createCommands>[0]);

test.each([
  'exportera avdelning:IT som it.csv',
  'exportera alla som it.csv',
  'exportera alla som login.csv',
  'exportera alla som login',
  'exportera som lista för chefer på IT.csv',
  'exportera Lista för chefer som lista.csv',
  'exportera Lista för chefer avdelning:IT',
  'exportera till flex hrm',
  'exportera till flex hrm sedan sist som it',
  'exportera avdelnign:it som it.csv',
  'export all as login.csv',
  'export to flex hrm company:"Not a company" as it.csv',
  'export department: it per department',
  'importera blad #32 Personal i Lund',
  'import sheet 32 Not this one',
  'importera mall #32 Lista för HR',
  'mallar visa lista för chefer',
  'mallar ta bort det som var',
  'templates copy to flex hrm',
  'domäner tillåt it.se',
  'domains allow login.company.se',
  'domäner ta bort i.se',
  'användare avdelning:Ekonomi och Lön',
  'användare avdelning: it',
  'users status:pending department: login',
  'massverifiera kontor: i företag:X',
  'fyll avdelning: it',
])('%s is that command in a direct message, whatever words its values hold', (text) => {
  const verb = text.split(' ')[0] ?? '';
  expect(readMessage(text, commands)).toMatchObject({ line: text, verb: commands.find(verb)?.name });
});

test.each([
  'exportera funkar inte',
  'exportera alla som inte kan logga in',
  'exportera till mig, tack',
  "export doesn't work",
  'export: status är fel',
  'importera går inte',
  'importera mall för mig',
  'mallar funkar inte',
  'mall för inloggning',
  'domäner är fel',
  'domains do not work.',
  'domäner tillåt mig att logga in',
  'användare kan inte logga in',
  'fyll i min adress',
  'user 14 can’t log in',
  'status på Anna?',
  'log in',
])('%s is a sentence, though it begins with a verb', (text) => {
  expect(readMessage(text, commands).line).toBeUndefined();
});
