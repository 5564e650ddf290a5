import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { inspect, type RowValues, readRows, surveyFile, type WorkbookShape } from '../../src/csv/index.ts';
import { Refusal } from '../../src/errors.ts';
import { clean } from '../../src/rules/text.ts';
import { writeWorkbook } from '../../src/xlsx/index.ts';
import { drop, written } from '../csv/dropped.ts';
import { workbook } from '../support/workbook.ts';

const fields = ['userId', 'employmentNumber', 'name', 'connectEmail'] as const;
const shape: WorkbookShape = { sheet: 'Adresser', others: [], hiddenRows: 0, merged: 0 };

async function rowsOf(bytes: Uint8Array): Promise<RowValues[]> {
  const path = drop(bytes);
  const { shape, header } = await inspect(path, await surveyFile(path, 10_000_000));
  const rows: RowValues[] = [];
  for await (const batch of readRows(path, shape, header))
    rows.push(...batch.rows.map(({ values }) => values));
  return rows;
}

const rejected = (values: readonly RowValues[]) =>
  written(
    shape,
    { fields, language: 'sv' },
    values.map((one) => ({ values: one, reason: 'Adressen används av en annan användare.' })),
  );

describe('I7 the rejected rows of a workbook come back as a workbook', () => {
  const values = { userId: '014', employmentNumber: '0014', name: '=1+1', connectEmail: 'Åsa & <Bo>@x' };

  test('of text cells, with the reason last, ready to be dropped again', async () => {
    const bytes = await rejected([values]);
    expect(await rowsOf(bytes)).toEqual([values]);
    const sheet = Buffer.from(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? []).toString();
    expect(sheet).not.toContain('<f>');
    expect(sheet.match(/<c [^>]*>/g)?.every((cell) => cell.includes('t="inlineStr"'))).toBe(true);
    expect(sheet).toContain('>Fel<');
    expect(sheet).toContain('>Adressen används av en annan användare.<');
    expect(sheet).toContain('ySplit="1"');
  });

  test('of the same bytes each time', async () => {
    expect((await rejected([values])).equals(await rejected([values]))).toBe(true);
  });
});

describe('any', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom('=', '+', "'", ';', '"', '\n', '_x000D_', '_x', '&lt;', 'å', '0', '\0', '\ud800'),
        { maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  );

  test('rows, written as a workbook, read back the same', async () => {
    const row = fc.tuple(
      texts.filter((text) => clean(text) !== ''),
      texts,
      texts,
      texts,
    );
    const property = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (table) => {
      const values = table.map(([userId, employmentNumber, name, connectEmail]) => ({
        userId: clean(userId),
        employmentNumber: clean(employmentNumber),
        name: clean(name),
        connectEmail: clean(connectEmail),
      }));
      expect(await rowsOf(await rejected(values))).toEqual(values);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  test('bytes in the place of some, or some of them missing, end in rows or in one sentence', async () => {
    const good = workbook({
      sheets: [
        {
          rows: [
            ['Användar-id', 'Anställningsnummer'],
            ['14', 14],
            ['<c t="s"><v>0</v></c>', true],
          ],
        },
      ],
      strings: ['15'],
    });
    const change = fc.tuple(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 6 }));
    const property = fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(good.length)),
      async (changes, end) => {
        const bytes = Buffer.from(good);
        for (const [at, some] of changes) bytes.set(some.subarray(0, bytes.length - at), at);
        const outcome: unknown = await rowsOf(bytes.subarray(0, end ?? undefined)).catch(
          (error: unknown) => error,
        );
        expect(Array.isArray(outcome) || outcome instanceof Refusal).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  test('XML in the place of a sheet ends in rows or in one sentence', async () => {
    const words = [
      ...[
        '<row r="1">',
        '<row>',
        '</row>',
        '<c r="A1" t="s">',
        '<c t="inlineStr">',
        '<c>',
        '</c>',
        '<v>',
        '</v>',
      ],
      ...[
        '<is>',
        '</is>',
        '<t>',
        '</t>',
        '<f>',
        '</f>',
        '<rPh>',
        '</rPh>',
        '0',
        '14',
        'Användar-id',
        '&amp;',
        '&x;',
      ],
      ...['<!-- -->', '<![CDATA[x]]>', '<c r="B7"><v>1e400</v></c>', '<c s="9"><v>-1</v></c>'],
    ];
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom(...words), { maxLength: 30 }),
      async (parts) => {
        const bytes = workbook({ sheets: [{ data: `<sheetData>${parts.join('')}</sheetData>` }] });
        const outcome: unknown = await rowsOf(bytes).catch((error: unknown) => error);
        expect(Array.isArray(outcome) || outcome instanceof Refusal).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});

test('a sheet is named as Excel lets one be', async () => {
  const parts: Uint8Array[] = [];
  const sheet = {
    name: "'[A]/B: en avdelning med ett mycket långt namn'",
    widths: [20],
    header: ['x'],
    rows: [],
  };
  for await (const part of writeWorkbook(sheet)) parts.push(part);
  const book = Buffer.from(unzipSync(Buffer.concat(parts))['xl/workbook.xml'] ?? []).toString();
  expect(/<sheet name="([^"]*)"/.exec(book)?.[1]).toBe('A  B  en avdelning med ett myck');
});
