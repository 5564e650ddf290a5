import { expect, test } from 'vitest';
import { createLog, redact } from '../src/log.ts';

test.each([
  ['550 5.1.1 <anna@company.se>: no such user', '550 5.1.1 <…@company.se>: no such user'],
  ['{"address":"anna.svensson@företaget.se"}', '{"address":"…@företaget.se"}'],
  ["550 <o'brien@company.se>, anna@[192.0.2.1], bo@", '550 <…@company.se>, …@[192.0.2.1], …@'],
  ['GET /verify/q3Nn0m2x7Hc5vYk1s8Lw4Tz9Rb6Jd_AeFgPuQiXoMtE', 'GET /verify/[secret]'],
  ['token xoxb-123-456-abc', 'token [secret]'],
  ['nothing to hide', 'nothing to hide'],
])('A5 the log turns %j into %j', (given, logged) => {
  expect(redact(given)).toBe(logged);
});

test.each([
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u200b',
  '\ufeff',
  ';',
  '|',
  '/',
  '\\',
  '[',
  ']',
  '{',
  '}',
  '!',
  '?',
  '*',
])('A5 two addresses with %j between are two', (between) => {
  expect(redact(`anna@company.se${between}bo@company.se`)).not.toMatch(/anna|bo/);
});

test('A5 a word of a million letters is no harder than a million words', () => {
  const word = `${'%'.repeat(1_000_000)}@`;
  expect(redact(word)).toBe('…@');
  expect(redact(word.replace('@', ' '))).toBe(word.replace('@', ' '));
});

test('A5 a line stays JSON, whatever stands beside what is masked', () => {
  const lines: string[] = [];
  const log = createLog('info', (line) => lines.push(line));
  const words = '550 no\nanna@company.se\t"bo@company.se" \\cia@company.se';
  log.warn({ err: new Error(words), words: [words] }, words);
  expect(lines.join('')).toMatch(/^[^\n]*\n$/);
  const masked = '550 no\n…@company.se\t"…@company.se" …@company.se';
  expect(JSON.parse(lines.join(''))).toMatchObject({
    msg: masked,
    words: [masked],
    err: { message: masked, name: 'Error' },
  });
});
