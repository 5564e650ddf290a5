import { describe, expect, test } from 'vitest';
import { inspectFile } from '../../src/csv/index.ts';
import { fieldKeys, fieldNames } from '../../src/rules/fields.ts';
import { drop, read, refusal } from './dropped.ts';

const header = async (line: string) => (await inspectFile(drop(`${line}\r\n1;2;3;4;5\r\n`))).header;

describe('I2 columns by header', () => {
  test.each(['sv', 'en'] as const)('every name in %s, in any order', async (language) => {
    const backwards = fieldKeys.toReversed();
    const found = await header(backwards.map((field) => fieldNames[field][language]).join(';'));
    expect(found).toMatchObject({ columns: backwards, fields: backwards, language, ignored: [], row: 1 });
  });

  test('case, surrounding spaces and invisible characters count for nothing', async () => {
    const found = await header(' användar-ID ;\u200bANSTÄLLNINGSNUMMER;\u00a0e-post visma connect');
    expect(found.columns).toEqual(['userId', 'employmentNumber', 'connectEmail']);
  });

  test('hyphens, dots, underscores and accents do not either, and common names will do', async () => {
    const found = await header('Anvandar_ID;Anst.nr;Connect e-post');
    expect(found).toMatchObject({ columns: ['userId', 'employmentNumber', 'connectEmail'], ignored: [] });
  });

  test('languages may be mixed; the header has the one of most names', async () => {
    expect((await header('User-ID;Anställningsnummer;Email')).language).toBe('en');
    expect((await header('User-ID;Anställningsnummer')).language).toBe('sv');
  });

  test('unknown columns are named as ignored and never stored', async () => {
    const path = drop('Lön;Användar-id;Skostorlek;Anställningsnummer\r\n45000;anna;38;1\r\n');
    const { header: found, rows } = await read(path);
    expect(found).toMatchObject({
      columns: [null, 'userId', null, 'employmentNumber'],
      ignored: ['Lön', 'Skostorlek'],
    });
    expect(rows[0]?.values).toEqual({ userId: 'anna', employmentNumber: '1' });
  });

  test('a column without a name is ignored', async () => {
    const found = await header('Användar-id;;Anställningsnummer;;');
    expect(found).toMatchObject({ columns: ['userId', null, 'employmentNumber'], ignored: [] });
  });

  test('a column that is nearly known stops the import and shows both names', async () => {
    const { code, text } = await refusal(drop('Användar-id;Anstälningsnummer;E-psot\r\n1;2;3\r\n'));
    expect(code).toBe('header_nearly');
    expect(text.sv).toMatch(/”Anstälningsnummer”.*”Anställningsnummer”/);
    expect(text.en).toMatch(/"Anstälningsnummer".*"Anställningsnummer"/);
  });

  test('every column that is nearly known is told at once, with what is missing beside them', async () => {
    const { code, text } = await refusal(drop('Uesr ID;Work number;Mail\r\n1;2;3\r\n'));
    expect(code).toBe('header_nearly');
    expect(text.en).toBe(
      'The column name "Uesr ID" is nearly "User-ID". The column name "Mail" is nearly "Email". Rename them to those, or to something else entirely. If it is the address for logging in, the column is called "Email Visma Connect". The template "Employees" also needs Employment number. Then drop the file again.',
    );
    const swedish = await refusal(drop('Anv id;Lönegrupp;E-psot\r\n1;2;3\r\n'));
    expect(swedish.text.sv).toBe(
      'Kolumnen ”E-psot” heter nästan ”E-post”. Döp om den till det, eller till något helt annat. Är det adressen för inloggningen heter kolumnen ”E-post Visma Connect”. Mallen ”Anställda” behöver också Användar-id och Anställningsnummer. Släpp sedan filen igen.',
    );
  });

  test('nothing is missing where the columns that are nearly known are all that is needed', async () => {
    const { text } = await refusal(drop('Anvädnar-id;Anställningsnummer;Avdlening\r\n1;2;3\r\n'));
    expect(text.sv).toContain('”Anvädnar-id”');
    expect(text.sv).not.toContain('behöver');
  });

  test.each([
    ['the same name twice', 'Användar-id;Anställningsnummer;användar-id', 'Användar-id', 'användar-id'],
    ['by another name', 'Användar-id;Anst.nr;Anställningsnummer', 'Anst.nr', 'Anställningsnummer'],
    ['in both languages', 'User-ID;Anställningsnummer;Användar-id', 'User-ID', 'Användar-id'],
  ])('a field twice stops the import: %s', async (_name, line, first, second) => {
    const { code, text } = await refusal(drop(`${line}\r\n1;2;3\r\n`));
    expect(code).toBe('header_twice');
    expect(text.sv).toContain(`”${first}” och ”${second}”`);
  });

  test('no known name stops the import and shows the row and what is expected', async () => {
    const { code, text } = await refusal(
      drop('14;0012;anna@company.se;a;b;c\r\n15;0013;bo@company.se;a;b;c\r\n'),
    );
    expect(code).toBe('header_unknown');
    expect(text.sv).toContain('14, 0012, anna@company.se, a, b, …');
    expect(text.sv).toContain('Användar-id, Anställningsnummer och E-post Visma Connect');
    expect(text.en).toContain('User-ID, Employment number and Email Visma Connect');
  });

  test('a row of somebody’s in its place is shown without their personal identity number', async () => {
    const { text } = await refusal(drop('14;811218-9876;anna@company.se\r\n'));
    expect(text.sv).toContain('14, 811218-****, anna@company.se');
  });

  test('the header is the first row that holds something', async () => {
    const {
      header: found,
      rows,
      emptyRows,
    } = await read(drop('\r\n;;\r\nUser-ID;Employment number\r\nanna;1\r\n'));
    expect(found.row).toBe(3);
    expect(rows.map(({ row }) => row)).toEqual([4]);
    expect(emptyRows).toBe(2);
  });
});

describe('I2 templates', () => {
  test.each([
    ['User-ID;Employment number', ['employees']],
    ['User-ID;Employment number;Email', ['employees']],
    ['User-ID;Employment number;Email Visma Connect', ['connectEmail', 'employees']],
  ])('%s fits %j', async (line, fits) => {
    expect((await header(line)).fits).toEqual(fits);
  });

  test.each([
    ['Namn;E-post Visma Connect', /”E-post Visma Connect”: Användar-id och Anställningsnummer\./],
    ['Användar-id;E-post Visma Connect', /”E-post Visma Connect”: Anställningsnummer\./],
    ['Användar-id;Namn', /”Anställda”: Anställningsnummer\./],
  ])('%s lacks what is named', async (line, sentence) => {
    const { code, text } = await refusal(drop(`${line}\r\n1;2\r\n`));
    expect(code).toBe('header_missing');
    expect(text.sv).toMatch(sentence);
  });

  test('what is missing is named in the language of the reader', async () => {
    const { text } = await refusal(drop('Användar-id;E-post Visma Connect\r\n1;2\r\n'));
    expect(text.en).toContain('"Connect e-mail" needs: Employment number.');
  });
});

describe('I7 the last column Fel / Error', () => {
  test.each(['Fel', 'error', ' FEL '])('%s is known and ignored', async (name) => {
    const path = drop(`User-ID;Employment number;${name}\r\nanna;1;Adressen finns inte\r\nbo;2;\r\n`);
    const { header: found, rows } = await read(path);
    expect(found).toMatchObject({ columns: ['userId', 'employmentNumber', null], ignored: [] });
    expect(rows.map(({ values }) => values)).toEqual([
      { userId: 'anna', employmentNumber: '1' },
      { userId: 'bo', employmentNumber: '2' },
    ]);
  });

  test('a row added without it is whole', async () => {
    const path = drop('User-ID;Employment number;Fel\r\nanna;1;x\r\nbo;2\r\ncia\r\n');
    expect((await read(path)).rows.map(({ fault }) => fault)).toEqual([null, null, 'wrong_columns']);
  });
});
