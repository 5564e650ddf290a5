import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { inspect, type RowValues, readRows, surveyFile, writeRows } from '../../src/csv/index.ts';
import { Refusal } from '../../src/errors.ts';
import { canDelimit } from '../../src/rules/delimiters.ts';
import { type FieldKey, fieldKeys } from '../../src/rules/fields.ts';
import { matching } from '../../src/rules/template-match.ts';
import {
  type ExportTemplate,
  exportTemplates,
  type ImportTemplate,
  templateEncodings,
  templates,
} from '../../src/rules/templates.ts';
import { clean } from '../../src/rules/text.ts';
import { drop } from './dropped.ts';

const name = { sv: 'Vår', en: 'Ours' };
const ours: ImportTemplate = { ...matching(exportTemplates.toFlex), key: 'own:1', name };

async function bytesOf(template: ExportTemplate, rows: readonly RowValues[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of writeRows(template, 'sv', rows)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function look(content: string | Uint8Array, template?: ImportTemplate) {
  const path = drop(content);
  return { path, ...(await inspect(path, await surveyFile(path, 1e6), template)) };
}

async function readBy(content: string | Uint8Array, template: ImportTemplate) {
  const { path, shape, header } = await look(content, template);
  const rows = [];
  for await (const batch of readRows(path, shape, header)) rows.push(...batch.rows);
  return { shape, header, rows, values: rows.map(({ values }) => values) };
}

const refused = async (content: string | Uint8Array, template: ImportTemplate) => {
  const outcome: unknown = await readBy(content, template).catch((error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error('it was read');
  return outcome;
};

describe('I2 by position', () => {
  test('cells are taken in the order of the template, whatever the columns are called', async () => {
    const { values, header } = await readBy('Id\tNr\tAdress\tLön\n14\t0014\ta@x.se\t7\n', ours);
    expect(values).toEqual([{ userId: '14', employmentNumber: '0014', connectEmail: 'a@x.se' }]);
    expect(header).toMatchObject({ ignored: ['Lön'], row: 1 });
  });

  test('a header row that disagrees stops the import and shows both orders', async () => {
    const { code, text } = await refused('Anställningsnummer\tAnvändar-id\tMejl\n0014\t14\ta@x.se\n', ours);
    expect(code).toBe('template_order');
    expect(text.sv).toContain('Anställningsnummer, Användar-id, Mejl');
    expect(text.sv).toContain('Användar-id, Anställningsnummer och E-post Visma Connect');
    expect(text.en).toContain('User-ID, Employment number and Email Visma Connect');
  });

  test('also where the template expects no header row', async () => {
    const bare = { ...ours, header: false };
    expect((await refused('Employment number\tUser-ID\n0014\t14\n', bare)).code).toBe('template_order');
  });

  test('fewer columns than the template has are another order', async () => {
    expect((await refused('Användar-id\tAnställningsnummer\n14\t0014\n', ours)).code).toBe('template_order');
  });

  test('without a header row the first row is a user; one that names the fields is a header all the same', async () => {
    const bare = { ...ours, header: false };
    const users = '14\t0014\ta@x.se\n15\t0015\t\n';
    expect((await readBy(users, bare)).rows.map(({ row }) => row)).toEqual([1, 2]);
    const named = `User-ID\tEmployment number\tEmail Visma Connect\tError\n${users}`;
    expect((await readBy(named, bare)).rows.map(({ row }) => row)).toEqual([2, 3]);
  });

  test('a user where the header should be stops the import: nobody is left out unseen', async () => {
    expect((await refused('14\t0014\ta@x.se\n15\t0015\tb@x.se\n', ours)).code).toBe(
      'template_header_missing',
    );
    expect((await refused('anna\tA1\ta@x.se\n', ours)).code).toBe('template_header_missing');
  });

  test('the wrong number of columns stops the import', async () => {
    const bare = { ...ours, header: false };
    expect((await refused('14;0014;a@x.se\n', bare)).code).toBe('template_width');
    expect((await refused('14\t0014\ta@x.se\tIT\n', bare)).code).toBe('template_width');
  });

  test('rows are skipped, and numbered as in the spreadsheet', async () => {
    const skipping = { ...ours, skipRows: 2 };
    const { rows, header } = await readBy('Lista 2026\n\nId\tNr\tAdress\n14\t0014\ta@x.se\n', skipping);
    expect(header.row).toBe(3);
    expect(rows.map(({ row, values }) => [row, values.userId])).toEqual([[4, '14']]);
    const bare = await readBy('Lista 2026\n\n14\t0014\ta@x.se\n', { ...skipping, header: false });
    expect(bare.rows.map(({ row }) => row)).toEqual([3]);
  });
});

describe('I2 by header', () => {
  const byHeader: ImportTemplate = {
    ...ours,
    byHeader: true,
    delimiter: null,
    fields: ['userId', 'employmentNumber', 'office'],
    does: 'change',
  };

  test('its fields are read, in any order; others are named as ignored', async () => {
    const { values, header } = await readBy(
      'Namn;Kontor;User-ID;Skor;Anställningsnummer\nAnna;Malmö;14;38;0014\n',
      byHeader,
    );
    expect(values).toEqual([{ office: 'Malmö', userId: '14', employmentNumber: '0014' }]);
    expect(header).toMatchObject({ ignored: ['Skor', 'Namn'], fits: ['employees'] });
  });

  test('a field that the file lacks stops the import', async () => {
    const { code, text } = await refused('User-ID;Employment number\n14;0014\n', byHeader);
    expect([code, text.en]).toEqual(['header_missing', expect.stringMatching(/"Ours".*Office/)]);
  });
});

describe('I1 what a template says of the file is so', () => {
  test('the delimiter, where looking at the file finds another', async () => {
    const template: ImportTemplate = { ...ours, delimiter: '|' };
    const { values } = await readBy('Id;a;b|Nr|Adress\n1;4|0014|a@x.se\n', template);
    expect(values).toEqual([{ userId: '1;4', employmentNumber: '0014', connectEmail: 'a@x.se' }]);
    expect((await refused('Id;Nr;Adress\n14;0014;a@x.se\n', template)).code).toBe('template_order');
  });

  test('the encoding, where looking at the file finds another', async () => {
    const text = 'Id\tNr\tAdress\nÅsa\t1\ta@x.se\n';
    const dos = await readBy(iconv.encode(text, 'IBM437'), { ...ours, encoding: 'IBM437' });
    expect(dos.values[0]?.userId).toBe('Åsa');
    for (const encoding of ['UTF-8', 'UTF-16'] as const) {
      const { code, text: said } = await refused(iconv.encode(text, 'Windows-1252'), { ...ours, encoding });
      expect([code, said.en]).toEqual(['file_not_encoding', expect.stringContaining(encoding)]);
    }
  });

  test('nothing said: found as for the built-in templates', async () => {
    const found: ImportTemplate = { ...ours, delimiter: null, encoding: null };
    const { shape } = await readBy(
      iconv.encode('sep=,\r\nId,Nr,Adress\r\nÅsa,1,\r\n', 'Windows-1252'),
      found,
    );
    expect(shape).toMatchObject({ encoding: 'Windows-1252', delimiter: ',', sepLine: true });
  });
});

/** Templates of every kind, with the fields that a user is found by. */
const exported: fc.Arbitrary<ExportTemplate> = fc.record({
  key: fc.constant('own:1'),
  purpose: fc.constant('export' as const),
  name: fc.constant(name),
  fields: fc
    .shuffledSubarray([...fieldKeys], { minLength: 0 })
    .map((some) => [...new Set<FieldKey>([...some, 'userId', 'employmentNumber'])]),
  delimiter: fc
    .nat(127)
    .map((code) => String.fromCharCode(code))
    .filter(canDelimit),
  encoding: fc.constantFrom(...templateEncodings),
  header: fc.boolean(),
});

const among = '\'=+-@,;"\t|\r\n ＝＋aÖé1'.split('');
const texts = fc
  .array(fc.oneof(fc.constantFrom(...among), fc.string(), fc.string({ unit: 'grapheme' })), { maxLength: 10 })
  .map((parts) => clean(parts.join('')));

describe('any rows, written in any template, are read back the same', () => {
  const rowsFor = ({ fields }: ExportTemplate) =>
    fc.array(
      fc.tuple(...fields.map((field) => (field === 'userId' ? texts.map((text) => text || 'x') : texts))),
      { minLength: 1, maxLength: 5 },
    );
  const files = exported.chain((template) => fc.tuple(fc.constant(template), rowsFor(template)));

  test('I1 I2 by the template that is made to match, and by its header', async () => {
    const property = fc.asyncProperty(files, async ([template, cells]) => {
      const rows = cells.map(
        (row): RowValues => Object.fromEntries(template.fields.map((field, i) => [field, row[i]])),
      );
      const bytes = await bytesOf(template, rows);
      const imported: ImportTemplate = { ...matching(template), key: 'own:2', name };
      const back = await readBy(bytes, imported);
      expect(back.rows.filter(({ fault }) => fault)).toEqual([]);
      expect(back.rows.map(({ row }) => row)).toEqual(rows.map((_, i) => i + (template.header ? 2 : 1)));
      if (template.encoding.startsWith('UTF')) expect(back.values).toEqual(rows);
      // What one encoding lacks is made plainer once: written again, it is the same file.
      expect(await bytesOf(template, back.values)).toEqual(bytes);
      if (template.header)
        expect((await readBy(bytes, { ...imported, byHeader: true })).values).toEqual(back.values);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  test('I2 names as people in Sweden have them survive in every encoding', async () => {
    const rows = [{ userId: 'Åsa Öberg-Näslund', employmentNumber: '0014', connectEmail: 'åsa@företag.se' }];
    for (const encoding of templateEncodings) {
      const template: ExportTemplate = { ...exportTemplates.toFlex, encoding };
      expect(
        (await readBy(await bytesOf(template, rows), { ...matching(template), key: 'own:2', name })).values,
      ).toEqual(rows);
    }
  });
});

describe('any bytes at all end in rows or one sentence', () => {
  const imported: fc.Arbitrary<ImportTemplate> = exported.chain((template) =>
    fc.record({
      ...Object.fromEntries(
        Object.entries(matching(template)).map(([key, value]) => [key, fc.constant(value)]),
      ),
      key: fc.constant('own:2'),
      name: fc.constant(name),
      byHeader: template.header ? fc.boolean() : fc.constant(false),
      skipRows: fc.nat(3),
      delimiter: fc.option(fc.constant(template.delimiter)),
      encoding: fc.option(fc.constant(template.encoding)),
    }),
  ) as fc.Arbitrary<ImportTemplate>;
  const pieces = fc.constantFrom(
    ...[
      'Användar-id',
      'Anställningsnummer',
      'E-post Visma Connect',
      ';',
      '\t',
      ',',
      '|',
      '"',
      '\r\n',
      '\n',
      '\r',
      '\0',
      'sep=;',
    ],
    ...['ÿþ', 'þÿ', 'ï»¿', 'PK\x03\x04', '14', '0014', 'a@x.se', "'", '='],
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .array(fc.oneof(pieces, fc.string()), { maxLength: 60 })
      .map((parts) => Buffer.from(parts.join(''), 'latin1')),
    fc
      .array(pieces, { maxLength: 60 })
      .map((parts) => iconv.encode(parts.join(''), 'utf-16', { addBOM: true })),
  );
  const any = fc.oneof(imported, fc.constantFrom<ImportTemplate>(...Object.values(templates)));

  test('I1 I4 by any template', async () => {
    const property = fc.asyncProperty(bytes, any, async (content, template) => {
      try {
        for (const { row, values } of (await readBy(content, template)).rows) {
          expect(row).toBeGreaterThan(template.skipRows);
          for (const value of Object.values(values)) expect(value).toBe(clean(value ?? ''));
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        for (const sentence of Object.values(error.text)) expect(sentence).toMatch(/^\S.*\.$/s);
      }
    });
    await fc.assert(property, { numRuns: 400 });
  });
});
