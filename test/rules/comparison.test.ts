import { describe, expect, test } from 'vitest';
import { differenceText, isWrittenAs, likeness } from '../../src/rules/comparison.ts';
import type { FieldKey } from '../../src/rules/fields.ts';

const written: FieldKey[] = ['userId', 'employmentNumber', 'name', 'connectEmail'];

describe('the columns of a file that came from an export', () => {
  test.each<[string, (FieldKey | null)[], boolean]>([
    ['are the same', written, true],
    [
      'may have others between them',
      ['userId', null, 'employmentNumber', 'name', 'connectEmail', null],
      true,
    ],
    ['do not come in another order', ['employmentNumber', 'userId', 'name', 'connectEmail'], false],
    ['lack none', ['userId', 'employmentNumber', 'connectEmail'], false],
    ['have no known one more', [...written, 'email'], false],
  ])('%s', (_, columns, is) => expect(isWrittenAs(columns, written)).toBe(is));
});

describe('how like a file is to an export', () => {
  test.each<[string, number, number, number, number | undefined]>([
    ['the whole of it', 400, 400, 400, 1],
    ['a department of it', 10, 400, 10, 10 / 400],
    ['the whole, and some more', 100, 90, 90, 0.9],
    ['too little of the file is there', 100, 90, 79, undefined],
    ['nothing in common', 10, 400, 0, undefined],
    ['an empty file', 0, 400, 0, undefined],
  ])('%s', (_, inFile, inExport, common, like) => expect(likeness(inFile, inExport, common)).toBe(like));
});

describe('a difference is told by its number and some rows', () => {
  test.each([
    [
      'zeros',
      6,
      [14, 15, 31],
      '6 rader har förlorat inledande nollor, troligen i Excel, och läses som i exporten. Till exempel rad 14, 15 och 31.',
    ],
    [
      'zeros',
      1,
      [14],
      '1 rad har förlorat inledande nollor, troligen i Excel, och läses som i exporten. Rad 14.',
    ],
    [
      'swapped',
      2,
      [2, 3],
      '2 rader har användar-id och anställningsnummer på varandras plats. Byt plats på dem. Rad 2 och 3.',
    ],
    ['number', 1, [], '1 rad har ett annat anställningsnummer än i exporten.'],
    ['user', 1, [], '1 rad har ett annat användar-id än i exporten.'],
    ['added', 2, [], '2 rader fanns inte i exporten.'],
  ] as const)('%s', (kind, count, rows, text) => {
    const places = rows.map((row) => ({ row }));
    expect(differenceText(kind, count, places, 'sv')).toBe(text);
  });

  test('in English', () => {
    expect(differenceText('swapped', 1, [{ row: 7 }], 'en')).toBe(
      "1 row has User-ID and employment number in each other's place. Swap them. Row 7.",
    );
    expect(differenceText('added', 4, [{ row: 7 }, { row: 8, file: 'IT.xlsx' }], 'en')).toBe(
      '4 rows are not in the export. For example rows 7 and 8 of IT.xlsx.',
    );
    expect(differenceText('added', 1, [], 'en')).toBe('1 row is not in the export.');
  });
});
