import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../../src/rules/text.ts';
import { gramsIn, gramsOf } from '../../../src/services/imports/grams.ts';

const cellsOf = (...rows: string[][]) => rows.map((row, i) => JSON.stringify([i + 2, ...row])).join('\n');

const has = (grams: Buffer, word: string) =>
  gramsOf(fold(word)).every((bit) => ((grams[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0);

test('I7 a block has the grams of every piece of its cells, in any case', () => {
  const cell = fc.stringMatching(/^[a-zåäöA-ZÅÄÖ0-9 ."\\,@-]{0,30}$/);
  const piece = fc.tuple(fc.array(cell, { minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(), fc.boolean());
  fc.assert(
    fc.property(piece, ([cells, from, length, isLoud]) => {
      const all = cells[from % cells.length] ?? '';
      const start = from % (all.length + 1);
      const word = all.slice(start, start + (length % 12));
      expect(has(gramsIn(cellsOf(cells)), isLoud ? word.toUpperCase() : word)).toBe(true);
    }),
  );
});

test('I7 a word over several spaces is found as with one', () => {
  expect(has(gramsIn(cellsOf(['Anna  Andersson'])), 'anna andersson')).toBe(true);
});

test('I7 a block without a word lacks some of its grams, mostly', () => {
  const rows = (from: number) =>
    Array.from({ length: 250 }, (_, i) => [`u${from + i}`, `anna.${from + i}@company.se`]);
  const blocks = [0, 250, 500, 40_000, 71_250, 99_750].map((from) => gramsIn(cellsOf(...rows(from))));
  expect(blocks.map((block) => has(block, 'u71301'))).toEqual([false, false, false, false, true, false]);
  expect(blocks.map((block) => has(block, 'anna.99751@'))).toEqual([false, false, false, false, false, true]);
});

test('I7 of a word with fewer than four letters in a row nothing is known', () => {
  for (const word of ['', 'abc', 'å ä ö', 'dr "x"']) expect(gramsOf(word)).toEqual([]);
  expect(gramsOf('abcd')).toHaveLength(1);
});
