import { createWriteStream, existsSync, readdirSync, readlinkSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { inspectFile, readRows } from '../../src/csv/index.ts';
import { soon } from '../support/until.ts';
import { drop, read } from './dropped.ts';

const head = 'User-ID;Employment number;Name\r\n';
const rowNumbers = async (text: string) => (await read(drop(text))).rows.map(({ row }) => row);

describe("I1 row numbers are the spreadsheet's", () => {
  test('the header is row 1', async () => {
    expect(await rowNumbers(`${head}anna;1;A\r\nbo;2;B\r\n`)).toEqual([2, 3]);
  });

  test('empty rows count', async () => {
    expect(await rowNumbers(`${head}anna;1;A\r\n\r\n;;\r\nbo;2;B\r\n`)).toEqual([2, 5]);
  });

  test('line breaks inside quotes do not', async () => {
    const { rows } = await read(drop(`${head}anna;1;"A\r\nB\nC"\r\nbo;2;B\r\n`));
    expect(rows.map(({ row, values }) => [row, values.name])).toEqual([
      [2, 'A B C'],
      [3, 'B'],
    ]);
  });

  test('a `sep=` line does not: Excel takes it as an instruction and does not show it', async () => {
    expect(await rowNumbers(`sep=;\r\n${head}anna;1;A\r\n`)).toEqual([2]);
  });

  test('line ends of all kinds end a row each', async () => {
    expect(await rowNumbers('User-ID;Employment number\r\na;1\nb;2\rc;3\r\n\nd;4')).toEqual([2, 3, 4, 6]);
  });
});

describe('I1 empty rows', () => {
  test('wholly empty rows are ignored and counted, those of blanks and delimiters too', async () => {
    const { rows, emptyRows } = await read(
      drop(`${head}\r\n;;\r\n ; ;\u00a0\r\n"";"";""\r\n\u200b;;\r\nanna;1;A\r\n\r\n`),
    );
    expect(rows).toHaveLength(1);
    expect(emptyRows).toBe(6);
  });

  test('a row with something in an unknown column is not empty', async () => {
    const { rows } = await read(drop('User-ID;Employment number;Lön\r\n;;45000\r\n'));
    expect(rows).toEqual([{ row: 2, values: { userId: '', employmentNumber: '' }, fault: null }]);
  });
});

describe('I4 wrong_columns', () => {
  test('a cell is missing where an address has slid into the column before, and not where the last ones are', async () => {
    const columns = 'Användar-id;Anställningsnummer;Namn;Avdelning;E-post Visma Connect';
    const { rows } = await read(
      drop(
        `${columns}\nanna;1;A;anna@x.se\nbo;2;B;Ekonomi\ncia;3;C\ndan;4;D @ IT;IT\neva;5;E;e@x.se;eva@x.se\n`,
      ),
    );
    expect(rows.map(({ fault }) => fault)).toEqual(['wrong_columns', null, null, null, null]);
  });

  test.each([
    ['a single cell', 'anna', 'wrong_columns'],
    ['too many cells', 'anna;1;A;x', 'wrong_columns'],
    ['too many cells further out', 'anna;1;A;;x', 'wrong_columns'],
    ['empty cells beyond the header', 'anna;1;A;; ;', null],
    ['as many as the header', 'anna;1;', null],
  ])('%s', async (_name, line, fault) => {
    const { rows } = await read(drop(`${head}${line}\r\nbo;2;B\r\n`));
    expect(rows.map((row) => row.fault)).toEqual([fault, null]);
    expect(rows[0]?.values.userId).toBe('anna');
  });

  test('a file cut in the middle of a row', async () => {
    const { rows } = await read(drop(`${head}anna;1;A\r\nbo`));
    expect(rows.map(({ row, fault }) => [row, fault])).toEqual([
      [2, null],
      [3, 'wrong_columns'],
    ]);
  });
});

describe('I1 Excel may leave out the empty cells at the end of a row', () => {
  const wide = 'Namn;Användar-id;Anställningsnummer;E-post Visma Connect;Lönegrupp;Skyddad identitet;Fel\r\n';
  const whole = {
    name: 'Anna',
    userId: 'anna',
    employmentNumber: '1',
    connectEmail: '',
    protectedIdentity: '',
  };

  test.each([
    ['the last one', `Anna;anna;1;a@x.se;7;\r\n`, { connectEmail: 'a@x.se' }],
    ['all that may be empty', 'Anna;anna;1\r\n', {}],
    ['in a last row without a line end', 'Anna;anna;1;a@x.se', { connectEmail: 'a@x.se' }],
  ])('%s', async (_name, line, said) => {
    const { rows } = await read(drop(wide + line));
    expect(rows).toEqual([{ row: 2, values: { ...whole, ...said }, fault: null }]);
  });

  test.each([
    ['what every row needs is missing', 'Anna;anna\r\n'],
    ['what every row needs is missing at the end of the file', 'Anna;anna'],
  ])('but not where %s', async (_name, line) => {
    const { rows } = await read(drop(wide + line));
    expect(rows.map(({ fault }) => fault)).toEqual(['wrong_columns']);
  });
});

describe('I1 cells', () => {
  const name = async (cell: string) => (await read(drop(`${head}anna;1;${cell}\r\n`))).rows[0]?.values.name;

  test.each([
    ['quoted', '"Berg; Anna"', 'Berg; Anna'],
    ['with doubled quotes', '"Anna ""Ankan"" Berg"', 'Anna "Ankan" Berg'],
    ['with quotes in the middle', 'Anna "Ankan" Berg', 'Anna "Ankan" Berg'],
    ['with text behind its quotes', '"Anna" Berg', '"Anna" Berg'],
    ['with an inch sign', '5" skärm', '5" skärm'],
    ['with spaces around', '  Anna  ', 'Anna'],
    ['with no-break spaces', '\u00a0Anna\u00a0Berg', 'Anna Berg'],
    ['with invisible characters', 'An\u200bna\u00ad\u0007', 'Anna'],
    ['with å in two parts', 'A\u030asa', 'Åsa'],
    ['with leading zeros', '007', '007'],
    ['with an apostrophe', "O'Brien", "O'Brien"],
    ['beginning with an apostrophe', "'t Hooft", "'t Hooft"],
    ['kept from running as a formula', "'+46 70 123", '+46 70 123'],
    ['that would run as one', '=1+1', '=1+1'],
    ['beyond the basic plane', '𝒜nna 🙂', '𝒜nna 🙂'],
  ])('%s', async (_name, cell, meant) => {
    expect(await name(cell)).toBe(meant);
  });

  test('two rows in two chunks of the file are read alike', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `u${i};${i};"Åsa, Öberg ${i}"\r\n`).join('');
    const { rows: found } = await read(drop(head + rows));
    expect(found.map(({ values }) => values.name)).toEqual(
      Array.from({ length: 20_000 }, (_, i) => `Åsa, Öberg ${i}`),
    );
  });
});

describe('I6 memory stays flat', () => {
  test('over 200,000 rows, however slowly they are taken', async () => {
    const path = drop('');
    const lines = function* () {
      yield head;
      for (let i = 0; i < 200_000; i++)
        yield `user${i};${String(i).padStart(6, '0')};Åsa Öberg-Lindqvist ${i}\r\n`;
    };
    await pipeline(lines, createWriteStream(path));
    const { shape, header } = await inspectFile(path);
    const before = heldBytes();
    const held: number[] = [];
    let rows = 0;
    let batches = 0;
    for await (const batch of readRows(path, shape, header)) {
      rows += batch.rows.length;
      batches += 1;
      for (let i = 0; i < 50; i++) await turn(); // time in which a reader without brakes would run ahead
      if (batches % 4 === 0) held.push(heldBytes() - before);
    }
    expect(rows).toBe(200_000);
    expect(held.length).toBeGreaterThanOrEqual(40);
    expect(Math.max(...held)).toBeLessThan(12 * 1024 * 1024);
  });

  const wide = 30_000;
  /** Twice what may be held, of each of the two cells. */
  const wideRows = 900;
  test.each<[string, (i: number) => string]>([
    ['long cells', (i) => `${'x'.repeat(wide)};${i};${'y'.repeat(wide)}`],
    ['cells with much space around', (i) => `anna;${i};${' '.repeat(2 * wide)}Åsa Öberg-Lindqvist ${i}`],
    ['columns that nobody asked for', (i) => `anna;${i};Åsa${`;${'z'.repeat(wide)}`.repeat(2)}`],
  ])('over hundreds of rows with %s, all of which are kept', async (_, rowOf) => {
    const path = drop('');
    await pipeline(function* () {
      yield 'User-ID;Employment number;Name;A;B\r\n';
      for (let i = 0; i < wideRows; i++) yield `${rowOf(i)}\r\n`;
    }, createWriteStream(path));
    const { shape, header } = await inspectFile(path);
    const before = heldBytes();
    const kept: unknown[] = [];
    let most = 0;
    for await (const { rows } of readRows(path, shape, header)) {
      kept.push(...rows);
      most = Math.max(most, heldBytes() - before);
    }
    expect(kept).toHaveLength(wideRows);
    expect(most).toBeLessThan(12 * 1024 * 1024);
  });

  test('what is too long is cut, and still too long', async () => {
    const far = '🦊'.repeat(20_000);
    const { rows } = await read(drop(`${head}anna;1;${far}\r\nbo;2;${'x'.repeat(1_000)}\r\n`));
    expect(rows.map(({ values }) => values.name)).toEqual([`${'🦊'.repeat(500)}…`, 'x'.repeat(1_000)]);
  });

  test.runIf(existsSync('/proc/self/fd'))('a reader that stops early lets go of the file', async () => {
    const path = drop(head + 'anna;1;A\r\n'.repeat(100_000));
    const { shape, header } = await inspectFile(path);
    for await (const batch of readRows(path, shape, header)) {
      expect(batch.rows.length).toBeLessThan(100_000);
      expect(openFiles()).toContain(path);
      break;
    }
    await expect.poll(openFiles, soon).not.toContain(path);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return []; // closed meanwhile
    }
  });
}
