import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { FILE_LIMITS, inspectFile, requireRowLimit } from '../../src/csv/index.ts';
import { Refusal } from '../../src/errors.ts';
import { drop, read, refusal } from './dropped.ts';

const head = 'Användar-id;Anställningsnummer;Namn\r\n';

describe('I1 a file that is no table is refused by name', () => {
  test.each<readonly [string, string | Buffer, string]>([
    ['an empty file', '', 'file_empty'],
    ['blank lines', '\r\n\r\n  \r\n', 'file_blank'],
    ['a byte order mark alone', '\ufeff', 'file_blank'],
    ['delimiters alone', ';;;\r\n;;;\r\n', 'file_blank'],
    ['a header alone', head, 'file_without_rows'],
    ['a header and empty rows', `${head};;\r\n\r\n`, 'file_without_rows'],
    ['a renamed .xlsx', zip('[Content_Types].xml'), 'workbook_broken'],
    ['a renamed .ods', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'), 'workbook_other'],
    ['a renamed .numbers', zip('Index/Document.iwa'), 'workbook_other'],
    ['a renamed .xls', Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(500)}`, 'hex'), 'workbook_old'],
    ['an .xls of HTML', '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', 'file_spreadsheet'],
    [
      'an .xls of XML',
      '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      'file_spreadsheet',
    ],
    ['a zipped CSV', zip('anstallda.csv'), 'file_zip'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'file_pdf'],
    ['a login page', '\r\n<!DOCTYPE html>\n<html><title>Logga in</title>', 'file_web_page'],
    ['a login page with a mark', '\ufeff<html lang="sv"><body>', 'file_web_page'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file_binary'],
    ['compressed bytes', Buffer.from('1f8b0800000000000003010203040506', 'hex'), 'file_binary'],
    ['UTF-32', Buffer.from('fffe00004100000042000000', 'hex'), 'file_binary'],
    ['everything in one column', '"Användar-id;Anställningsnummer"\r\n"14;1"\r\n', 'file_one_column'],
    ['a delimiter of its own', 'Användar-id|Anställningsnummer\r\n14|1\r\n', 'file_other_delimiter'],
    ['a named delimiter of its own', 'sep=|\r\nAnvändar-id|Anställningsnummer\r\n14|1\r\n', 'file_delimiter'],
    ['a file cut inside a quote', `${head}14;1;"Anna\r\n15;2;Bo`, 'file_cut'],
    ['a header cut inside a quote', 'Användar-id;"Anställnings', 'file_cut'],
    [
      'UTF-8 with a piece of Windows-1252 in it',
      Buffer.concat([Buffer.from(`${head}14;1;Åsa\r\n`), iconv.encode('15;2;Örjan\r\n', 'Windows-1252')]),
      'file_mixed_encoding',
    ],
    [
      'UTF-8 with a mark and a piece of Windows-1252 in it',
      Buffer.concat([Buffer.from('\ufeffUser-ID;Employment number\r\n'), Buffer.from([0xe5, 0x3b, 0x31])]),
      'file_mixed_encoding',
    ],
  ])('%s', async (_name, content, code) => {
    const { code: found, text } = await refusal(drop(content));
    expect(found).toBe(code);
    expect(text.sv).not.toBe(text.en);
  });

  test('an old workbook says how to save it anew', async () => {
    const { text } = await refusal(drop(Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(500)}`, 'hex')));
    expect(text.sv).toContain('Spara som > Excel-arbetsbok (.xlsx)');
    expect(text.en).toContain('Save As > Excel Workbook (.xlsx)');
  });

  test('a cut file names the row where the quote opens, as the spreadsheet counts', async () => {
    const path = drop(`${head}\r\n14;1;"Anna\r\nBerg"\r\n15;2;"Bo\r\n16;3;Cia\r\n17;4;Dan\r\n`);
    const { code, text } = await refusal(path);
    expect(code).toBe('file_cut');
    expect(text.en).toContain('row 4 ');
  });

  test('rows before the cut are read, and then the fault told', async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => `${i};${i};Anna\r\n`).join('');
    const { text } = await refusal(drop(`${head}${rows}x;y;"Bo`));
    expect(text.en).toContain('row 12002 ');
  });

  test('a quote left open in a long file is found before it fills the memory', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i};${i};Anna Svensson\r\n`).join('');
    const { code, text } = await refusal(drop(`${head}14;1;Bo\r\n15;2;"Cia\r\n${rows}`));
    expect(code).toBe('file_row_too_long');
    expect(text.sv).toContain('Rad 3 ');
  });
});

describe('I1 limits', () => {
  const file = `${head}14;1;A\r\n\r\n15;2;B\r\n16;3;C\r\n`;

  test('too many bytes', async () => {
    const { code, text } = await refusal(drop(file), { ...FILE_LIMITS, bytes: 20 });
    expect(code).toBe('file_too_big');
    expect(text.en).toContain('larger than 20\u00a0B');
  });

  test('too many rows, the header and empty rows not counted', async () => {
    expect((await read(drop(file), { ...FILE_LIMITS, rows: 3 })).rows).toHaveLength(3);
    const { code, text } = await refusal(drop(file), { ...FILE_LIMITS, rows: 2 });
    expect(code).toBe('file_too_many_rows');
    expect(text.sv).toContain('fler än 2 rader');
  });

  test.each([
    ['\n', 'UTF-8'],
    ['\r\n', 'Windows-1252'],
    ['\r', 'UTF-8'],
    ['\r\n', 'UTF-16LE'],
  ] as const)('too many rows are found before any is handed on (%j, %s)', async (end, encoding) => {
    const text = `${head.trim()}\n14;1;"Anna${'\n'.repeat(9)}"\n\n15;2;B\n16;3;"C\nD"\n`.replaceAll(
      '\n',
      end,
    );
    const many = drop(text, encoding, encoding === 'UTF-16LE');
    const inspection = await inspectFile(many);
    await requireRowLimit(many, inspection, { ...FILE_LIMITS, rows: 3 });
    await expect(requireRowLimit(many, inspection, { ...FILE_LIMITS, rows: 2 })).rejects.toMatchObject({
      code: 'file_too_many_rows',
    });
  });

  test('a file with few lines is not read again for it', async () => {
    const inspection = await inspectFile(drop(file));
    await expect(requireRowLimit('/nowhere/at/all.csv', inspection)).resolves.toBeUndefined();
  });

  test('a million rows fit', () => {
    expect(FILE_LIMITS).toEqual({ bytes: 209_715_200, rows: 1_000_000 });
  });

  test('a missing file is no refusal', async () => {
    await expect(read('/nowhere/at/all.csv')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('I1 any bytes at all end in rows or in one refusal', () => {
  const outcome = async (bytes: Uint8Array) => {
    const result: unknown = await read(drop(bytes)).catch((error: unknown) => error);
    if (result instanceof Refusal) return;
    if (result instanceof Error) throw result;
    expect(result).toHaveProperty('rows.length');
  };
  const pieces = fc.constantFrom(
    '"',
    '""',
    ';',
    ',',
    '\t',
    '\r',
    '\n',
    '\r\n',
    "'",
    '=',
    'å',
    '\u001a',
    ' ',
    '14',
    '\ufeff',
  );
  const likeTables = fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 60 });

  test('random bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), outcome), { numRuns: 300 });
  });

  test('random bytes behind a mark or the beginning of a table', async () => {
    const beginnings = [
      'efbbbf',
      'fffe',
      'feff',
      '504b0304',
      Buffer.from(head).toString('hex'),
      iconv.encode(head, 'IBM437').toString('hex'),
    ];
    const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(bytes, ([start, rest]) => outcome(Buffer.concat([Buffer.from(start, 'hex'), rest]))),
      { numRuns: 300 },
    );
  });

  test('quotes, delimiters and line ends in any order', async () => {
    const tables = fc.tuple(fc.constantFrom('', head, `sep=;\n${head}`), likeTables);
    await fc.assert(
      fc.asyncProperty(tables, ([start, rest]) => outcome(Buffer.from(start + rest.join('')))),
      { numRuns: 300 },
    );
  });
});

/** The beginning of a zip archive whose first member has this name. */
function zip(member: string): Buffer {
  return Buffer.concat([
    Buffer.from('504b03041400060008000000210000000000', 'hex'),
    Buffer.from(member),
    Buffer.alloc(200),
  ]);
}
