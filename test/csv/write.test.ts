import { Readable } from 'node:stream';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { cleanCell, guard } from '../../src/csv/cell.ts';
import { inspectFile, type RowValues, readRows, type TextShape, writeRejected } from '../../src/csv/index.ts';
import type { FieldKey } from '../../src/rules/fields.ts';
import { clean } from '../../src/rules/text.ts';
import { soon } from '../support/until.ts';
import { drop, read, written } from './dropped.ts';

const fields: readonly FieldKey[] = ['userId', 'employmentNumber', 'name', 'connectEmail'];
const excel: TextShape = { encoding: 'UTF-8', bom: true, delimiter: ';', lineEnd: '\r\n', sepLine: false };
const sv = { fields, language: 'sv' } as const;

const row = (userId: string, employmentNumber: string, name: string, connectEmail: string): RowValues => ({
  userId,
  employmentNumber,
  name,
  connectEmail,
});

describe("I7 rejected rows come back in the file's own format", () => {
  test('with the reason last, quoted where needed', async () => {
    const bytes = await written(excel, sv, [
      {
        values: row('14', '0012', 'Berg; "Ankan" Anna', ''),
        reason: 'Adressen används av en annan användare.',
      },
    ]);
    expect(bytes.toString()).toBe(
      '\ufeffAnvändar-id;Anställningsnummer;Namn;E-post Visma Connect;Fel\r\n' +
        '14;0012;"Berg; ""Ankan"" Anna";;Adressen används av en annan användare.\r\n',
    );
  });

  test('in English where the header was', async () => {
    const bytes = await written(
      { ...excel, bom: false, delimiter: ',', lineEnd: '\n' },
      { fields, language: 'en' },
      [{ values: row('14', '1', 'Anna', 'a@x.se'), reason: 'Another user has this address.' }],
    );
    expect(bytes.toString()).toBe(
      'User-ID,Employment number,Name,Email Visma Connect,Error\n14,1,Anna,a@x.se,Another user has this address.\n',
    );
  });

  test('those of several files with the file first, which is known, and left alone on the way back', async () => {
    const bytes = await written(excel, { ...sv, several: true }, [
      { file: '=IT; "Malmö".xlsx', values: row('14', '0012', 'Anna', ''), reason: 'Fel.' },
    ]);
    const again = await read(drop(bytes));
    expect(bytes.toString()).toMatch(/^\ufeffFil;Användar-id;.*;Fel\r\n"'=IT; ""Malmö"".xlsx";14;0012;/);
    expect(again.header).toMatchObject({ fields, ignored: [], several: true });
    expect(again.rows.map(({ values }) => values)).toEqual([row('14', '0012', 'Anna', '')]);
  });

  test.each<TextShape>([
    excel,
    { ...excel, bom: false, delimiter: ',', lineEnd: '\n' },
    { ...excel, sepLine: true },
    { ...excel, bom: false, sepLine: true, delimiter: ',', lineEnd: '\n' },
    { ...excel, encoding: 'UTF-16LE', delimiter: '\t' },
    { ...excel, encoding: 'UTF-16BE', delimiter: '\t' },
    { ...excel, encoding: 'UTF-16LE', bom: false },
    { ...excel, encoding: 'Windows-1252', bom: false },
    { ...excel, encoding: 'Windows-1252', bom: false, lineEnd: '\r' },
    { ...excel, encoding: 'IBM437', bom: false, delimiter: '\t' },
  ])('%j, ready to drop again', async (shape) => {
    const values = [
      row('åsa', '0012', 'Åsa "Ö" Ähl, Café', '+46 70'),
      row('14', '', "'-", ''),
      row('', '', '', 'x'),
    ];
    const rejected = values.map((value) => ({
      values: value,
      reason: 'Rätta ”adressen” – den är inte giltig.',
    }));
    const again = await read(drop(await written(shape, sv, rejected)));
    expect(again.shape).toEqual(shape);
    expect(again.header).toMatchObject({ fields, language: 'sv', ignored: [], row: 1 });
    expect(again.rows.map((found) => found.values)).toEqual(values);
    expect(again.rows.map((found) => found.fault)).toEqual([null, null, null]);
  });

  test('no rejected rows: the header alone', async () => {
    expect((await written(excel, sv, [])).toString()).toBe(
      '\ufeffAnvändar-id;Anställningsnummer;Namn;E-post Visma Connect;Fel\r\n',
    );
  });

  test('a reason is written with what the encoding has', async () => {
    const shape: TextShape = { ...excel, encoding: 'IBM437', bom: false };
    const bytes = await written(shape, sv, [{ values: {}, reason: '”åäö” – vänta… ł Łódź 🙂' }]);
    expect(iconv.decode(bytes, 'IBM437')).toContain(';;;;"""åäö"" - vänta... ? ?ódz ?"');
  });

  test('every character that the encoding has comes back', async () => {
    for (const encoding of ['Windows-1252', 'IBM437'] as const) {
      const letters = iconv.decode(Buffer.from(Array.from({ length: 128 }, (_, i) => i + 128)), encoding);
      const name = clean(letters.replaceAll('\ufffd', ''));
      const shape: TextShape = { ...excel, encoding, bom: false };
      const bytes = await written(shape, sv, [{ values: { name }, reason: 'x' }]);
      expect(iconv.decode(bytes, encoding)).toContain(`;;${name};;x`);
    }
  });

  test('rows are fetched as they are written, and a fault in fetching them ends the file with it', async () => {
    const rows = async function* () {
      yield { values: row('1', '1', 'A', ''), reason: 'x' };
      throw new Error('the database is gone');
    };
    await expect(written(excel, sv, rows())).rejects.toThrow('the database is gone');
  });

  test('a reader that goes away ends the fetching', async () => {
    let fetching = true;
    const rows = async function* () {
      try {
        for (;;) yield { values: row('1', '1', 'A', ''), reason: 'x' };
      } finally {
        fetching = false;
      }
    };
    const file = writeRejected(excel, sv, rows());
    expect(file).toBeInstanceOf(Readable);
    for await (const _part of file) break;
    await expect.poll(() => fetching, soon).toBe(false);
  });
});

describe('I7 nothing runs as a formula, and every value comes back', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '=',
        '+',
        '-',
        '@',
        ',',
        ';',
        '"',
        '\t',
        '\r',
        '\n',
        ' ',
        '＝',
        '＋',
        'a',
        'Ö',
        '1',
      ),
      fc.string(),
    ),
    { maxLength: 12 },
  );
  const texts = words.map((parts) => clean(parts.join('')));
  const shapes: fc.Arbitrary<TextShape> = fc.record({
    encoding: fc.constantFrom('UTF-8', 'UTF-16LE', 'UTF-16BE'),
    bom: fc.constant(true),
    delimiter: fc.constantFrom('\t', ';', ','),
    lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
    sepLine: fc.boolean(),
  });
  const tables = fc.array(fc.tuple(texts, texts, texts, texts), { minLength: 1, maxLength: 5 });

  test.each([
    ['=1+1', "'=1+1"],
    ['+46 70 123 45 67', "'+46 70 123 45 67"],
    ['-', "'-"],
    ['@anna', "'@anna"],
    ["'=1", "''=1"],
    ["''-1", "'''-1"],
    ['a;=1+1', "a;'=1+1"],
    ['"=1+1"', '"\'=1+1"'],
    ['＝1+1', "'＝1+1"],
    ["O'Brien", "O'Brien"],
    ["'t Hooft", "'t Hooft"],
    ['anna+vc@x.se', 'anna+vc@x.se'],
    ['2026-11-23', '2026-11-23'],
    ['', ''],
  ])('%s is written %s', (value, expected) => {
    expect(guard(value)).toBe(expected);
    expect(cleanCell(expected)).toBe(value);
  });

  test('a cell that needs no care is read as one that does', () => {
    const cells = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      words.map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(cells, (cell) => {
        const bare = cell.replaceAll("'", '');
        expect(cleanCell(bare)).toBe(clean(bare.replaceAll('\r\n', '\n')));
      }),
      { numRuns: 2000 },
    );
  });

  test('any value at all comes back', () => {
    fc.assert(
      fc.property(texts, (value) => {
        expect(cleanCell(guard(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  test('any file comes back, whatever its values, and has no cell that runs wherever it is cut', async () => {
    const property = fc.asyncProperty(shapes, tables, async (shape, cells) => {
      const values = cells.map(([a, b, c, d]) => row(a, b, c, d));
      const bytes = await written(
        shape,
        sv,
        values.map((value) => ({ values: value, reason: '=x' })),
      );
      const text = iconv.decode(bytes, shape.encoding);
      expect(text).not.toMatch(/(^|[\t\r\n,;"])[=+\-@＝＋－＠]/m);
      const again = await read(drop(bytes));
      expect(again.shape).toEqual(shape);
      expect(again.rows.map((found) => found.values)).toEqual(values);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('twice there and back is as once', async () => {
    const values = [row("'=1", "''+1", "'''", "';'=1")];
    const first = await written(excel, sv, [{ values: values[0] ?? {}, reason: 'x' }]);
    const path = drop(first);
    const { shape, header } = await inspectFile(path);
    for await (const { rows } of readRows(path, shape, header)) {
      const second = await written(
        shape,
        header,
        rows.map((found) => ({ values: found.values, reason: 'x' })),
      );
      expect(second.equals(first)).toBe(true);
    }
  });
});
