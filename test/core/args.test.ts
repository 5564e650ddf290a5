import { expect, test } from 'vitest';
import { actionReader, numbered, pageOf } from '../../src/core/args.ts';
import { tokenize } from '../../src/rules/line.ts';

const actionOf = actionReader({ confirm: ['confirm', 'bekräfta'], remove: ['remove-address', 'ta-bort'] });

test.each([
  ['confirm #42', 'confirm'],
  ['BEKRÄFTA 42', 'confirm'],
  ['bekrafta', 'confirm'],
  ['tabort 14', 'remove'],
  ['"confirm"', undefined],
  ['confirm:42', undefined],
  ['svensson confirm', undefined],
  ['', undefined],
])('%j asks for %j', (line, action) => {
  expect(actionOf(tokenize(line))).toBe(action);
});

test('a word that means two actions stops the program at its start', () => {
  expect(() => actionReader({ allow: ['add'], remove: ['Add'] })).toThrow(
    '"add" means both allow and remove',
  );
});

test.each([
  ['#42', { id: 42, rest: '' }],
  ['42', { id: 42, rest: '' }],
  ['# 42', { id: 42, rest: '' }],
  ['#42 connect e-mail', { id: 42, rest: 'connect e-mail' }],
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
