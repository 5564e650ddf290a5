import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  inspect,
  type RowValues,
  readRows,
  surveyFile,
  writeRows,
  writeRowsInWorkbook,
} from '../../src/csv/index.ts';
import type { FieldKey } from '../../src/rules/fields.ts';
import { matching } from '../../src/rules/template-match.ts';
import { type ExportTemplate, type TemplateEncoding, templateEncodings } from '../../src/rules/templates.ts';
import { clean } from '../../src/rules/text.ts';
import { type Errand, hasCalc, openAndSave } from './calc/calc.ts';

const installed = hasCalc();
if (!installed)
  process.stderr.write('LibreOffice Calc is not installed: what it does to files is not tested.\n');

const fields: readonly FieldKey[] = ['userId', 'employmentNumber', 'name', 'department', 'connectEmail'];
const row = (...cells: [string, string, string, string, string]): RowValues =>
  Object.fromEntries(fields.map((field, index) => [field, cells[index] ?? '']));

/** What a spreadsheet is good at spoiling: zeros, numbers, dates, formulas, quotes, delimiters and line breaks. */
const rows: readonly RowValues[] = [
  row('14', '0014', 'Åsa Öberg', 'Ekonomi & Lön', 'asa.oberg@company.se'),
  row('0015', '198503121234', 'Zoë "Zo" Ähl', 'IT', ''),
  row('16', '1-5', '=1+1', '-minus', '+46@company.se'),
  row('1E5', '2026-05-01', "'citat", '@hem', 'a,b;c@company.se'),
  row('18', '0,5', 'Två\nrader', 'Försäljning; Norden\tSyd, Öst|Väst', 'bo@company.se'),
  row('19', '00', ' ', 'ja', 'TRUE'),
];

/** Numbers of the character sets in Calc's filter options. */
const characterSets: Readonly<Record<TemplateEncoding, number>> = {
  'UTF-8': 76,
  'UTF-8 BOM': 76,
  'Windows-1252': 1,
  'UTF-16': 65535,
  IBM437: 3,
};
const delimiters = ['\t', ';', ',', '|'] as const;
const formats = templateEncodings.flatMap((encoding) =>
  delimiters.map((delimiter) => [encoding, delimiter] as const),
);
type Format = (typeof formats)[number];

describe.skipIf(!installed)(
  'I1 what is exported, and opened and saved in LibreOffice Calc, comes back unchanged',
  () => {
    let folder: string;
    const exportedTo = (name: string) => join(folder, 'exported', name);
    const savedTo = (name: string) => join(folder, 'saved', name);

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'vc-bot-calc-'));
      await Promise.all([mkdir(exportedTo('')), mkdir(savedTo(''))]);
      const texts = formats.flatMap((format) => both(format).map((template) => exported(template)));
      await openAndSave(folder, await Promise.all([...texts, exportedWorkbook()]));
    });
    afterAll(async () => {
      await rm(folder, { recursive: true, force: true });
    });

    /** A file as text, opened and saved by a person who takes every column for text and keeps the format. */
    async function exported(template: ExportTemplate): Promise<Errand> {
      const parts: Buffer[] = [];
      for await (const part of writeRows(template, 'sv', rows)) parts.push(part as Buffer);
      const name = 'Text - txt - csv (StarCalc)';
      const how = `${template.delimiter.charCodeAt(0)},34,${characterSets[template.encoding]}`;
      const asText = fields.map((_, index) => `${index + 1}/2`).join('/');
      return {
        from: await written(nameOf(template), parts),
        opened: { name, options: `${how},1,${asText}` },
        to: savedTo(nameOf(template)),
        saved: { name, options: `${how},1,,0,false,true` },
      };
    }

    async function exportedWorkbook(): Promise<Errand> {
      const parts: Uint8Array[] = [];
      const listed = async function* () {
        yield* rows;
      };
      for await (const part of writeRowsInWorkbook({ fields }, 'sv', 'IT', listed()))
        parts.push(part as Uint8Array);
      const from = await written(workbook, parts);
      return { from, to: savedTo(workbook), saved: { name: 'Calc MS Excel 2007 XML' } };
    }

    async function written(name: string, parts: readonly Uint8Array[]): Promise<string> {
      await writeFile(exportedTo(name), Buffer.concat(parts));
      return exportedTo(name);
    }

    async function readAgain(path: string, template?: ExportTemplate): Promise<RowValues[]> {
      const by = template && { ...matching(template), key: 'own:1', name: { sv: 'Vår', en: 'Ours' } };
      const { shape, header } = await inspect(path, await surveyFile(path, 1e6), by);
      const found: RowValues[] = [];
      for await (const batch of readRows(path, shape, header))
        found.push(...batch.rows.map(({ values }) => values));
      return found;
    }

    test.each(formats)('%s with %j, with and without a header', async (...format) => {
      for (const template of both(format))
        expect(await readAgain(savedTo(nameOf(template)), template)).toEqual(expected);
    });

    test('a workbook, all of it text', async () => {
      expect((await readFile(savedTo(workbook))).equals(await readFile(exportedTo(workbook)))).toBe(false);
      expect(await readAgain(savedTo(workbook))).toEqual(expected);
    });
  },
);

const workbook = 'it.xlsx';

/** The templates of a format: with a header, and without. */
function both([encoding, delimiter]: Format): ExportTemplate[] {
  const name = { sv: 'Vår', en: 'Ours' };
  return [true, false].map((header) => ({
    key: 'own:2',
    purpose: 'export',
    name,
    fields,
    header,
    delimiter,
    encoding,
  }));
}

function nameOf({ encoding, delimiter, header }: ExportTemplate): string {
  return `${encoding}-${delimiter.charCodeAt(0)}-${header ? 'header' : 'bare'}.csv`;
}

/** As the file that nobody opened is read: a line break or a tab in a cell is a space. */
const expected = rows.map((values) =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, clean(value)])),
);
