import { existsSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type FileRow, inspect, readRows, surveyFile, type WorkbookShape } from '../../src/csv/index.ts';
import { isWorkbook } from '../../src/csv/types.ts';
import { Refusal } from '../../src/errors.ts';
import { stageRow } from '../../src/services/imports/stage.ts';
import { besides, tablePath } from '../../src/xlsx/index.ts';
import { drop } from '../csv/dropped.ts';
import { type GivenWorkbook, workbook } from '../support/workbook.ts';

const header = ['Användar-id', 'Anställningsnummer', 'E-post Visma Connect'];
const anna = ['14', '0014', 'anna@company.se'];

/** How a workbook is read, by the sheet that is asked for if one is. */
async function reading(given: GivenWorkbook | Buffer, asked?: string) {
  const path = drop(Buffer.isBuffer(given) ? given : workbook(given));
  const { shape, header } = await inspect(path, await surveyFile(path, 10_000_000, { sheet: asked }));
  if (!isWorkbook(shape)) throw new Error('it is read as text');
  const rows: FileRow[] = [];
  let emptyRows = 0;
  for await (const batch of readRows(path, shape, header)) {
    rows.push(...batch.rows);
    emptyRows += batch.emptyRows;
  }
  return { shape: shape as WorkbookShape, header, rows, emptyRows };
}

const refused = async (given: GivenWorkbook | Buffer, asked?: string): Promise<string> => {
  const outcome: unknown = await reading(given, asked).catch((error: unknown) => error);
  if (outcome instanceof Refusal) return outcome.code;
  throw outcome instanceof Error ? outcome : new Error('it was read');
};

/** What one cell in the third column of a row of its own is read as. */
async function cell(xml: string | number | boolean, more: Omit<GivenWorkbook, 'sheets'> = {}) {
  const { rows } = await reading({ ...more, sheets: [{ rows: [header, ['14', '0014', xml]] }] });
  return { text: rows[0]?.values.connectEmail, mark: rows[0]?.marks?.connectEmail ?? null };
}

describe('I1 a workbook', () => {
  test('has formats of its own, of which only as much is looked at as Excel has', async () => {
    const styles = `<numFmts><numFmt numFmtId="164" formatCode="${'['.repeat(500_000)}"/></numFmts>`;
    expect(await cell(14, { styles })).toMatchObject({ text: '14' });
  });

  test('is read as the same rows as a CSV file, with the spreadsheet’s row numbers', async () => {
    const rows = [header, anna, [], [null, null, '  '], ['15', '0015', '']];
    const read = await reading({ sheets: [{ name: 'Adresser', rows }] });
    expect(read.rows).toEqual([
      {
        row: 2,
        fault: null,
        values: { userId: '14', employmentNumber: '0014', connectEmail: 'anna@company.se' },
      },
      { row: 5, fault: null, values: { userId: '15', employmentNumber: '0015', connectEmail: '' } },
    ]);
    expect(read.emptyRows).toBe(2);
    expect(read.header).toMatchObject({ row: 1, fits: ['connectEmail', 'employees'], ignored: [] });
    expect(read.shape).toEqual({ sheet: 'Adresser', others: [], further: [], hiddenRows: 0, merged: 0 });
  });

  test.each<[string, string | number | boolean, string, string | null]>([
    ['a number', 14, '14', 'number'],
    ['a number with a fraction', '<c><v>0.1</v></c>', '0.1', 'number'],
    ['the noise of a binary fraction', '<c><v>0.30000000000000004</v></c>', '0.3', 'number'],
    ['a large number', '<c><v>1.98503E+11</v></c>', '198503000000', 'number'],
    ['a number that Excel has rounded', '<c><v>1.98503012345678E+15</v></c>', '1985030123456780', 'rounded'],
    ['yes', true, 'Ja', null],
    ['no', false, 'Nej', null],
    ['a day', '<c s="1"><v>46354</v></c>', '2026-11-28', 'date'],
    ['a day of 1900', '<c s="1"><v>1</v></c>', '1900-01-01', 'date'],
    ['a moment', '<c s="2"><v>46354.5</v></c>', '2026-11-28 12:00', 'date'],
    ['a midnight', '<c s="2"><v>46354</v></c>', '2026-11-28', 'date'],
    ['a time of day', '<c s="3"><v>0.584722222222222</v></c>', '14:02', 'date'],
    ['a day in ISO form', '<c t="d"><v>2026-11-28T00:00:00</v></c>', '2026-11-28', 'date'],
    ['zeros that the cell shows', '<c s="4"><v>14</v></c>', '0014', null],
    ['a Swedish day', '<c s="5"><v>46354</v></c>', '2026-11-28', 'date'],
    ['a shared text', '<c t="s"><v>0</v></c>', 'anna@company.se', null],
    ['a rich text, without how it is pronounced', '<c t="s"><v>1</v></c>', 'bo@company.se', null],
    ['an escaped line break', '<c t="s"><v>2</v></c>', 'rad ett rad två', null],
    ['a formula', '<c t="str"><f>A2&amp;"@x.se"</f><v>14@x.se</v></c>', '14@x.se', 'formula'],
    ['a formula with a number', '<c><f>7*2</f><v>14</v></c>', '14', 'formula'],
    ['a formula without a value', '<c><f>A2</f></c>', '', 'no_value'],
    ['a formula with an empty value, as openpyxl writes it', '<c><f>A2</f><v></v></c>', '', 'no_value'],
    ['a formula with an empty value, written short', '<c><f>A2</f><v/></c>', '', 'no_value'],
    ['a formula that has become an empty text', '<c t="str"><f>IF(A2="","",A2)</f><v></v></c>', '', null],
    ['a formula with an error', '<c t="e"><f>NA()</f><v>#N/A</v></c>', '#N/A', 'formula'],
    ['an apostrophe before what would run in CSV', "'=1+1", '=1+1', null],
    ['what would run in CSV', '=1+1', '=1+1', null],
    ['a type that nobody knows', '<c t="x"><v>14</v></c>', '14', null],
  ])('reads %s', async (_name, xml, text, mark) => {
    const read = await cell(xml, {
      strings: [
        'anna@company.se',
        '<si><r><t>bo@</t></r><r><rPr><b/></rPr><t>company.se</t></r><rPh><t>BOO</t></rPh></si>',
        'rad ett_x000A_rad två',
      ],
      styles:
        '<numFmts><numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="[$-41D]d\\ mmmm\\ yyyy;@"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>',
    });
    expect(read).toEqual({ text, mark });
  });

  test('counts days from 1904 where it says so', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const { text } = await cell('<c s="0"><v>44892</v></c>', { styles, is1904: true });
    expect(text).toBe('2026-11-28');
  });

  test('is read with prefixes, without references, in UTF-16 and by capital names', async () => {
    const data = `<x:row><x:c t="inlineStr"><x:is><x:t>Användar-id</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>Anställningsnummer</x:t></x:is></x:c></x:row><x:row><x:c><x:v>14</x:v></x:c><x:c><x:v>7</x:v></x:c></x:row>`;
    const sheet = `<x:worksheet xmlns:x="m"><x:sheetData>${data}</x:sheetData></x:worksheet>`;
    const read = await reading({
      sheets: [{}],
      members: { 'xl/worksheets/sheet1.xml': null, 'xl/worksheets/Sheet1.xml': sheet },
    });
    expect(read.rows[0]).toMatchObject({ row: 2, values: { userId: '14', employmentNumber: '7' } });
  });

  test('needs no shared texts and no styles', async () => {
    const members = { 'xl/sharedStrings.xml': null, 'xl/styles.xml': null };
    expect((await reading({ sheets: [{ rows: [header, anna] }], members })).rows).toHaveLength(1);
  });

  test('has rows of any width: what stands beside the named columns is left out', async () => {
    const rows = [header, ['14'], [...anna, null, 'en anteckning']];
    const read = await reading({ sheets: [{ rows }] });
    expect(read.rows.map(({ fault }) => fault)).toEqual([null, null]);
    expect(stageRow(read.rows[0] as FileRow).row.faults).toBe(2);
  });

  test('says how many rows are hidden, and that cells are merged', async () => {
    const named = header.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('');
    const data = `<sheetData><row r="1">${named}</row><row r="2" hidden="1"><c><v>14</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>`;
    expect((await reading({ sheets: [{ data }] })).shape).toMatchObject({ hiddenRows: 1, merged: 1 });
  });
});

describe('the sheet that is read', () => {
  const info = { name: 'Info', rows: [['Så här fyller du i'], ['Skriv adresser']] };
  const list = { name: 'Adresser', rows: [header, anna] };
  const old = { name: 'Förra året', rows: [header, ['15', '0015', 'bo@company.se']] };

  test('is the first, and the others are told', async () => {
    const { shape } = await reading({ sheets: [list, old, { name: 'Tomt' }] });
    expect(shape).toMatchObject({ sheet: 'Adresser', others: [{ name: 'Förra året', fits: true }] });
    expect(shape.passed).toBeUndefined();
  });

  test('is the first whose column names fit, where the first has none', async () => {
    const { shape } = await reading({ sheets: [info, list] });
    expect(shape).toMatchObject({
      sheet: 'Adresser',
      passed: 'Info',
      others: [{ name: 'Info', fits: false }],
    });
  });

  test('is the one that is asked for, in any case, hidden ones too', async () => {
    const sheets = [list, old, { ...old, name: 'Dolt', state: 'hidden' as const }];
    expect((await reading({ sheets }, 'förra året')).rows[0]?.values.userId).toBe('15');
    expect((await reading({ sheets }, 'Dolt')).shape.sheet).toBe('Dolt');
    expect(await refused({ sheets }, 'Blad9')).toBe('workbook_sheet_unknown');
    expect(await refused({ sheets: [list, { name: 'Tomt' }] }, 'Tomt')).toBe('workbook_sheet_blank');
  });

  test('is never a hidden one that nobody asked for', async () => {
    const hidden = { ...old, state: 'veryHidden' as const };
    expect((await reading({ sheets: [hidden, list] })).shape).toMatchObject({
      sheet: 'Adresser',
      others: [],
    });
    expect(await refused({ sheets: [hidden] })).toBe('workbook_blank');
    expect(await refused({ sheets: [hidden, info] })).toBe('header_unknown');
  });

  test('is another than a damaged one', async () => {
    const { shape } = await reading({ sheets: [{ name: 'Trasigt', data: '<sheetData><row>' }, list] });
    expect(shape.sheet).toBe('Adresser');
  });
});

describe('what a formula left without a value is an outcome at its row', () => {
  const staged = async (cells: (string | number)[]) => {
    const { rows } = await reading({ sheets: [{ rows: [header, cells] }] });
    const { row, hints } = stageRow(rows[0] as FileRow);
    return { faults: row.faults, id: row.user_id, address: row.connect_email, hints };
  };

  test('an error, as a value or as text', async () => {
    const address = {
      faults: 4,
      id: '14',
      address: null,
      hints: [{ kind: 'error_value', field: 'connectEmail' }],
    };
    expect(await staged(['14', '0014', '<c t="e"><f>NA()</f><v>#N/A</v></c>'])).toEqual(address);
    expect(await staged(['14', '0014', '#SAKNAS!'])).toEqual(address);
    expect(await staged(['#REF!', '0014', 'anna@company.se'])).toMatchObject({
      faults: 2,
      id: null,
      hints: [{ kind: 'error_value', field: 'userId' }],
    });
  });

  test('no value', async () => {
    expect(await staged(['14', '0014', '<c><f>A2</f></c>'])).toMatchObject({
      faults: 4,
      hints: [{ kind: 'no_value', field: 'connectEmail' }],
    });
    expect(await staged(['<c><f>B2</f></c>', '0014', ''])).toMatchObject({
      faults: 2,
      hints: [{ kind: 'no_value', field: 'userId' }],
    });
  });

  test('a value is read, and said', async () => {
    expect(await staged(['14', '0014', '<c t="str"><f>"a"</f><v>anna@company.se</v></c>'])).toEqual({
      faults: 0,
      id: '14',
      address: 'anna@company.se',
      hints: [{ kind: 'formula', field: 'connectEmail' }],
    });
  });

  test('numbers and days where a text should be are said', async () => {
    const { rows } = await reading({
      sheets: [{ rows: [header, [14, '<c s="0"><v>46354</v></c>', '']] }],
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
    });
    expect(stageRow(rows[0] as FileRow).hints).toEqual([
      { kind: 'number', field: 'userId' },
      { kind: 'damaged', field: 'employmentNumber' },
    ]);
  });
});

describe('what is no workbook that can be read is refused in a sentence', () => {
  const good: GivenWorkbook = { sheets: [{ rows: [header, anna] }] };
  const sheet = (data: string): GivenWorkbook => ({ sheets: [{ data }] });
  const member = (name: string, text: string | null): GivenWorkbook => ({
    ...good,
    members: { [name]: text },
  });
  const ole = (stream: string) => {
    const file = Buffer.alloc(2048);
    Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
    file.writeUInt16LE(9, 30);
    file.writeUInt32LE(1, 48);
    file.write(stream, 1024, 'utf16le');
    return file;
  };
  const billion = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
  const within = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;

  test.each<[string, GivenWorkbook | Buffer, string]>([
    ['an .xls', ole('Workbook'), 'workbook_old'],
    ['a workbook with a password', ole('EncryptedPackage'), 'workbook_protected'],
    ['a cut file', workbook(good).subarray(0, 900), 'workbook_broken'],
    ['no sheets', { sheets: [] }, 'workbook_blank'],
    ['a sheet of nothing', { sheets: [{}] }, 'workbook_blank'],
    ['no workbook in it', member('_rels/.rels', null), 'workbook_broken'],
    [
      'a document',
      member('_rels/.rels', '<R><Relationship Type="x/officeDocument" Target="word/document.xml"/></R>'),
      'file_document',
    ],
    [
      'an .xlsb',
      member('_rels/.rels', '<R><Relationship Type="x/officeDocument" Target="xl/workbook.bin"/></R>'),
      'workbook_binary',
    ],
    ['XML that ends too early', sheet('<sheetData><row r="1">'), 'workbook_broken'],
    [
      'a text that is not there',
      sheet('<sheetData><row r="1"><c t="s"><v>7</v></c></row></sheetData>'),
      'workbook_broken',
    ],
    [
      'rows out of order',
      sheet('<sheetData><row r="2"><c><v>1</v></c></row><row r="1"/></sheetData>'),
      'workbook_broken',
    ],
    [
      'a cell that stands again',
      sheet('<sheetData><row r="1"><c r="A1"><f/></c><c r="A1"><f/></c></row></sheetData>'),
      'workbook_broken',
    ],
    ['a row that no sheet has', sheet('<sheetData><row r="9999999"/></sheetData>'), 'workbook_broken'],
    [
      'a column that no sheet has',
      sheet('<sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData>'),
      'workbook_broken',
    ],
    [
      'a column far out',
      sheet('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'),
      'workbook_too_wide',
    ],
    [
      'entities of its own',
      member('xl/workbook.xml', `${billion}<workbook>&b;</workbook>`),
      'workbook_broken',
    ],
    [
      'an entity from elsewhere',
      member(
        'xl/sharedStrings.xml',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>',
      ),
      'workbook_broken',
    ],
    ['elements without end', sheet(within(1000)), 'workbook_broken'],
    ['a text without end', sheet(`<sheetData>${'a'.repeat(3_000_000)}</sheetData>`), 'workbook_broken'],
    ['a tag without end', sheet(`<sheetData a="${'a'.repeat(3_000_000)}"></sheetData>`), 'workbook_broken'],
  ])('%s', async (_name, given, code) => {
    expect(await refused(given)).toBe(code);
  });

  test('a changed byte', async () => {
    const bytes = workbook(good);
    const at = bytes.indexOf('xl/worksheets/sheet1.xml') + 60;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    expect(await refused(bytes)).toBe('workbook_broken');
  });

  test('laying a workbook out ends when it is in vain', async () => {
    const cells = '<c><v>14</v></c><c><v>14</v></c>';
    const data = `<sheetData>${`<row>${cells}</row>`.repeat(200_000)}</sheetData>`;
    const path = drop(workbook({ sheets: [{ data }] }));
    const stop = new AbortController();
    const surveyed = surveyFile(path, 10_000_000, { signal: stop.signal });
    const outcome = surveyed.then(
      () => 'it was laid out',
      (error: Error) => error.name,
    );
    await expect
      .poll(() => existsSync(tablePath(path)) && statSync(tablePath(path)).size > 0, { interval: 1 })
      .toBe(true);
    stop.abort();
    expect(await outcome).toBe('AbortError');
    expect(statSync(tablePath(path)).size).toBeLessThan(200_000 * '[1,["14","14"]]'.length);
    expect(besides(path).filter((beside) => existsSync(beside))).toEqual([tablePath(path)]);
  });

  test('rows that refer to one long text again and again are read, few at a time', async () => {
    const cells = '<c t="s"><v>0</v></c>'.repeat(31);
    const far = Array.from(
      { length: 100 },
      (_, i) => `<row r="${i + 2}"><c t="s"><v>1</v></c>${cells}</row>`,
    );
    const names = header.map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`).join('');
    const data = `<sheetData><row r="1">${names}</row>${far.join('')}</sheetData>`;
    const path = drop(workbook({ sheets: [{ data }], strings: ['x'.repeat(32_767), '14'] }));
    const { shape, header: found } = await inspect(path, await surveyFile(path, 10_000_000));
    const lengths: number[] = [];
    const rows: FileRow[] = [];
    for await (const batch of readRows(path, shape, found)) {
      lengths.push(batch.rows.length);
      rows.push(...batch.rows);
    }
    expect(rows).toHaveLength(100);
    expect(Math.max(...lengths)).toBeLessThan(5);
    expect(rows[0]?.values.connectEmail).toHaveLength(1_001);
  });

  test('a cell longer than a cell can be is known to be too long', async () => {
    const { rows } = await reading({ sheets: [{ rows: [header, ['14', 'x'.repeat(100_000), '']] }] });
    expect(stageRow(rows[0] as FileRow).hints).toEqual([{ kind: 'too_long', field: 'employmentNumber' }]);
  });
});
