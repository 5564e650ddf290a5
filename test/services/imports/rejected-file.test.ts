import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Encoding, FileHeader } from '../../../src/csv/types.ts';
import { rejectedFile } from '../../../src/services/imports/rejected-file.ts';

const header: FileHeader = {
  columns: ['userId'],
  fields: ['userId'],
  ignored: [],
  language: 'sv',
  row: 1,
  fits: [],
  leastCells: 1,
};

test.each<[Encoding, boolean, RegExp]>([
  ['UTF-8', false, /^\ufeffAnvändar-id;Fel\r\nåsa;/],
  ['UTF-8', true, /^\ufeffAnvändar-id;Fel\r\nåsa;/],
  ['Windows-1252', false, /^Anv/],
])('I7 Excel opens the rows of a file in %s (marked: %s) with å, ä and ö', async (encoding, bom, start) => {
  const file = rejectedFile(
    {
      fileName: 'lista.csv',
      shape: { encoding, bom, delimiter: ';', lineEnd: '\r\n', sepLine: false },
      header,
      several: false,
      count: 1,
      async *rows() {
        yield { place: { row: 2 }, values: { userId: 'åsa' }, reason: 'unknown_user', hints: [], notes: [] };
      },
    },
    'sv',
  );
  expect((await buffer(file.bytes())).toString()).toMatch(start);
});
