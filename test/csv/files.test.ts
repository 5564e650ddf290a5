import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { FileShape } from '../../src/csv/index.ts';
import { drop, read } from './dropped.ts';

const header = ['Användar-id', 'Anställningsnummer', 'Namn', 'E-post Visma Connect'];
const people = [
  ['14', '0012', 'Åsa Öberg', 'asa@företaget.se'],
  ['anna', '7', 'Jörgen Müller-Ähl', ''],
  ['É', '0', 'Zoë Café', 'zoe@foretaget.se'],
];

function table(delimiter: string, lineEnd: string): string {
  return [header, ...people].map((cells) => cells.join(delimiter) + lineEnd).join('');
}

const values = people.map(([userId, employmentNumber, name, connectEmail]) => ({
  userId,
  employmentNumber,
  name,
  connectEmail,
}));

const saved: readonly (readonly [name: string, bytes: Buffer, shape: FileShape])[] = [
  [
    'CSV UTF-8 of a Swedish Excel',
    iconv.encode(table(';', '\r\n'), 'UTF-8', { addBOM: true }),
    { encoding: 'UTF-8', bom: true, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'CSV (Avgränsad med semikolon) of a Swedish Excel',
    iconv.encode(table(';', '\r\n'), 'Windows-1252'),
    { encoding: 'Windows-1252', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'Unicode-text of Excel',
    iconv.encode(table('\t', '\r\n'), 'UTF-16LE', { addBOM: true }),
    { encoding: 'UTF-16LE', bom: true, delimiter: '\t', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'UTF-16, big end first',
    iconv.encode(table('\t', '\n'), 'UTF-16BE', { addBOM: true }),
    { encoding: 'UTF-16BE', bom: true, delimiter: '\t', lineEnd: '\n', sepLine: false },
  ],
  [
    'UTF-16 without a mark',
    iconv.encode(table(';', '\r\n'), 'UTF-16LE'),
    { encoding: 'UTF-16LE', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'UTF-16, big end first, without a mark',
    iconv.encode(table(';', '\r\n'), 'UTF-16BE'),
    { encoding: 'UTF-16BE', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'Google Sheets',
    Buffer.from(table(',', '\r\n').trimEnd()),
    { encoding: 'UTF-8', bom: false, delimiter: ',', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'an export in IBM437 with tabs',
    iconv.encode(table('\t', '\r\n'), 'IBM437'),
    { encoding: 'IBM437', bom: false, delimiter: '\t', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'an export in IBM437 with the end mark of DOS',
    Buffer.concat([iconv.encode(table(';', '\r\n'), 'IBM437'), Buffer.from([0x1a])]),
    { encoding: 'IBM437', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  ],
  [
    'a Mac of old, with its line ends',
    iconv.encode(table(';', '\r'), 'Windows-1252'),
    { encoding: 'Windows-1252', bom: false, delimiter: ';', lineEnd: '\r', sepLine: false },
  ],
  [
    'a Unix program',
    Buffer.from(table('\t', '\n')),
    { encoding: 'UTF-8', bom: false, delimiter: '\t', lineEnd: '\n', sepLine: false },
  ],
  [
    'a program that names its delimiter',
    Buffer.from(`sep=,\r\n${table(',', '\r\n')}`),
    { encoding: 'UTF-8', bom: false, delimiter: ',', lineEnd: '\r\n', sepLine: true },
  ],
  [
    'the same, saved again',
    iconv.encode(`"sep=;";;;\r\n${table(';', '\r\n')}`, 'UTF-8', { addBOM: true }),
    { encoding: 'UTF-8', bom: true, delimiter: ';', lineEnd: '\r\n', sepLine: true },
  ],
];

describe('I1 what programs save reads right', () => {
  test.each(saved)('%s', async (_name, bytes, shape) => {
    const reading = await read(drop(bytes));
    expect(reading.shape).toEqual(shape);
    expect(reading.header).toMatchObject({ row: 1, language: 'sv', ignored: [] });
    expect(reading.rows).toEqual(values.map((value, i) => ({ row: i + 2, values: value, fault: null })));
  });

  test('plain ASCII is UTF-8', async () => {
    const reading = await read(drop('User-ID;Employment number\nanna;1\n'));
    expect(reading.shape).toMatchObject({ encoding: 'UTF-8', bom: false });
  });

  test('a file with all columns of an employee', async () => {
    const path = drop(
      'User-ID,Employment number,Name,Company,Department,Office,Email,Email Visma Connect,Activated,Alias user-ID,' +
        'Signature,Card-/Tag-ID,External reference,Language,Protected identity,Employed from,Employed to\n' +
        'anna,0012,Anna,X,"Ekonomi & Lön, Syd",Malmö,a@x.se,b@x.se,Yes,AS,as,00A1,ext,sv,No,2020-01-01,\n',
    );
    const { header: found, rows } = await read(path);
    expect(found).toMatchObject({ language: 'en', fits: ['connectEmail', 'employees'], ignored: [] });
    expect(found.fields).toHaveLength(17);
    expect(rows[0]?.values).toMatchObject({
      department: 'Ekonomi & Lön, Syd',
      employedTo: '',
      cardTagId: '00A1',
    });
  });
});

describe('I1 encodings that look alike', () => {
  const cases: readonly (readonly [string, 'Windows-1252' | 'IBM437', string])[] = [
    ['Swedish words', 'Windows-1252', 'Malmö'],
    ['Swedish words', 'IBM437', 'Malmö'],
    ['a capital', 'Windows-1252', 'Öberg'],
    ['a capital', 'IBM437', 'Ängelholm'],
    ['French names', 'Windows-1252', 'André'],
    ['French names', 'IBM437', 'André'],
    ['German names', 'IBM437', 'Müller'],
    ['Danish names', 'Windows-1252', 'Sørensen'],
    ['curly quotes', 'Windows-1252', 'Restaurang ”Navet”'],
    ['curly quotes in lower case', 'Windows-1252', 'kallas ”navet”'],
    ['English quotes', 'Windows-1252', 'the “hub”'],
    ['a curly apostrophe', 'Windows-1252', 'O’Brien'],
    ['a dash', 'Windows-1252', 'Lund–Malmo'],
    ['an ellipsis', 'Windows-1252', 'och vidare…'],
    ['a no-break space', 'Windows-1252', 'Anna\u00a0Berg'],
    ['a euro', 'Windows-1252', '100 €'],
  ];

  test.each(cases)('%s in %s: %s', async (_name, encoding, name) => {
    const text = `User-ID;Employment number;Name\r\nanna;1;${name}\r\n`;
    const reading = await read(drop(text, encoding));
    expect(reading.shape.encoding).toBe(encoding);
    expect(reading.rows[0]?.values.name).toBe(name.replace('\u00a0', ' '));
  });

  test('UTF-8 cut in the middle of its last letter is still UTF-8', async () => {
    const whole = Buffer.from('User-ID;Employment number;Name\r\nåsa;1;Åsa\r\nbo;2;Bö');
    const reading = await read(drop(whole.subarray(0, -1)));
    expect(reading.shape.encoding).toBe('UTF-8');
    expect(reading.rows[0]?.values.name).toBe('Åsa');
  });

  test('one Swedish letter at the very end of a Windows-1252 file is not the beginning of a UTF-8 one', async () => {
    const reading = await read(drop('User-ID;Employment number;Name\r\nanna;1;Hå', 'Windows-1252'));
    expect(reading.rows[0]?.values.name).toBe('Hå');
  });
});

describe('I1 the whole file is looked at', () => {
  const long = (last: string, name = 'Anna') =>
    `User-ID;Employment number;Name\r\n${`anna;1;${name}\r\n`.repeat(40_000)}bo;2;${last}\r\n`;

  test.each(['UTF-8', 'Windows-1252', 'IBM437'] as const)(
    'the only letter beyond ASCII is last, in %s',
    async (encoding) => {
      const reading = await read(drop(long('Malmö'), encoding));
      expect(reading.shape.encoding).toBe(encoding);
      expect(reading.rows.at(-1)?.values.name).toBe('Malmö');
    },
  );

  test('UTF-8 for long, and Windows-1252 in its last row', async () => {
    const bytes = Buffer.concat([
      Buffer.from(long('Bo', 'Åsa')),
      iconv.encode('cia;3;Örjan', 'Windows-1252'),
    ]);
    await expect(read(drop(bytes))).rejects.toMatchObject({ code: 'file_mixed_encoding' });
  });
});

describe('I6 a file is known by its content', () => {
  test('its size and its SHA-256', async () => {
    const text = 'User-ID;Employment number\r\nanna;1\r\n';
    const { bytes, sha256 } = await read(drop(text));
    expect(bytes).toBe(text.length);
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
    expect((await read(drop(text))).sha256).toBe(sha256);
  });
});

describe('I1 delimiters', () => {
  const semicolonsInQuotes = 'User-ID,Employment number,Name\nanna,1,"a;b;c"\nbo,2,"d;e;f"\n';
  const commasInCells = 'Användar-id;Anställningsnummer;Namn\n1;1;Berg, Anna\n2;2;Ek, Bo\n3;3;Al, Per, Jr\n';
  const raggedRows = 'Användar-id;Anställningsnummer;E-post\n1\n2;2;a@x.se;b;c\n3;3\n4,4,4\n5,5,5\n';

  test.each([
    ['a comma file with semicolons inside quotes', semicolonsInQuotes, ','],
    ['a semicolon file with commas in its cells', commasInCells, ';'],
    ['a semicolon file with uneven rows', raggedRows, ';'],
    ['a header alone in its rows', 'User-ID\tEmployment number\n1\t2', '\t'],
    ['a header with a comma in a name', 'User-ID;Employment number;Kommentar, fri\n1;2;\n', ';'],
  ])('%s', async (_name, text, delimiter) => {
    expect((await read(drop(text))).shape.delimiter).toBe(delimiter);
  });

  test('a file cut inside a quote still shows its delimiter', async () => {
    const path = drop('User-ID\tEmployment number\tName\nanna\t1\t"An');
    await expect(read(path)).rejects.toMatchObject({ code: 'file_cut' });
  });
});
