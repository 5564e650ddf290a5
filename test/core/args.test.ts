import { expect, test } from 'vitest';
import { actionReader, numbered, pageOf } from '../../src/core/args.ts';
import { tokenize, tokenText } from '../../src/rules/line.ts';

const actionOf = actionReader({ confirm: ['confirm', 'bekräfta'], remove: ['remove-address', 'ta-bort'] });

test.each([
  ['confirm #42', 'confirm', '#42'],
  ['BEKRÄFTA 42', 'confirm', '42'],
  ['bekrafta', 'confirm', ''],
  ['tabort 14', 'remove', '14'],
  ['ta bort 14', 'remove', '14'],
  ['Ta bort', 'remove', ''],
  ['remove address 14 15', 'remove', '14 15'],
])('%j asks for "%s" of %j', (line, action, rest) => {
  const asked = actionOf(tokenize(line));
  expect(asked?.action).toBe(action);
  expect(asked?.rest.map(tokenText).join(' ')).toBe(rest);
});

test.each(['"confirm"', 'confirm:42', 'svensson confirm', 'ta', 'ta "bort"', 'con firm', ''])(
  '%j asks for nothing in particular',
  (line) => {
    expect(actionOf(tokenize(line))).toBeUndefined();
  },
);

test('a word that means two actions stops the program at its start', () => {
  expect(() => actionReader({ allow: ['add'], remove: ['Add'] })).toThrow(
    '"add" means both allow and remove',
  );
});

test.each([
  ['#42', { id: 42, rest: '', asked: false }],
  ['42', { id: 42, rest: '', asked: false }],
  ['# 42', { id: 42, rest: '', asked: false }],
  ['#42 connect e-mail', { id: 42, rest: 'connect e-mail', asked: false }],
  ['#42 asked', { id: 42, rest: '', asked: true }],
  ['#42x', undefined],
  ['#1234567890', undefined],
  ['-1', undefined],
  ['', undefined],
])('%j names %j', (line, found) => {
  expect(numbered(tokenize(line))).toEqual(found);
});

test.each([
  ['', 1],
  ['svensson', 1],
  ['page:2', 2],
  ['Sida: 3 svensson', 3],
  ['page:2 page:4', 4],
])('%j asks for page %i', (line, page) => {
  expect(pageOf(tokenize(line))).toBe(page);
});

test.each(['page:två', 'page:-1', 'page:1234567', 'sida:'])('%j asks for no page', (line) => {
  expect(() => pageOf(tokenize(line))).toThrow(expect.objectContaining({ code: 'not_a_page' }));
});
