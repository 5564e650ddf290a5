import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';

const FIRST = ['Anna', 'Björn', 'Cecilia', 'David', 'Åsa', 'Göran', 'Märta', 'Örjan', 'Sofia', 'Zoë'];
const LAST = ['Svensson', 'Öberg', 'Åkerman', 'Lindström', 'Nyström', 'Håkansson', 'af Klint', 'Ek'];
const DEPARTMENTS = ['Ekonomi & Lön', 'Produktion', 'Försäljning; Norden', 'IT', 'Kundtjänst'];
const OFFICES = ['Stockholm', 'Göteborg', 'Malmö', 'Örebro'];
const HEADERS = {
  sv: ['Användar-id', 'Anställningsnummer', 'E-post Visma Connect'],
  en: ['User-ID', 'Employment number', 'Email Visma Connect'],
} as const;

/** One employment of the HR system's export. */
export interface HrPerson {
  readonly userId: string;
  /** Text: leading zeros count. */
  readonly number: string;
  readonly name: string;
  readonly company: string;
  readonly department: string;
  readonly office: string;
  readonly email: string;
  readonly connectEmail: string;
}

/** How a file is written. */
interface Writing {
  readonly delimiter?: ';' | ',' | '\t';
  /** A name that iconv-lite knows; 'utf8-bom' is UTF-8 with its mark. */
  readonly encoding?: 'windows-1252' | 'utf8' | 'utf8-bom' | 'utf16le' | 'cp437';
  readonly lineEnd?: '\r\n' | '\n';
}

/**
 * `n` users, the same every time: user 14 is Anna Svensson (company X, "Ekonomi & Lön", number 0014, anna@company.se).
 * Every 25th has a second employment, in the other company; every 20th has no address.
 * So 1,000 users are 1,040 rows, and 50 of the users have no address.
 */
function hrPeople(n: number): HrPerson[] {
  return Array.from({ length: n }, (_, index) => employmentsOf(index + 14)).flat();
}

/** The export as the HR system writes it: Windows-1252, semicolons, CRLF, columns that nobody asked for. */
export function hrExport(
  n: number,
  writing: Writing = {},
): { name: string; bytes: Buffer; rows: HrPerson[] } {
  const rows = hrPeople(n);
  const table = [
    [
      'Användar-id',
      'Anställningsnummer',
      'Namn',
      'Företag',
      'Avdelning',
      'Kontor',
      'E-post',
      'Lönegrupp',
    ].concat(['E-post Visma Connect', 'Närmaste chef']),
    ...rows.map((row, index) => [
      row.userId,
      row.number,
      row.name,
      row.company,
      row.department,
      row.office,
      row.email,
      index % 2 === 0 ? 'Månadslön' : 'Timlön',
      row.connectEmail,
      'Lena Berg',
    ]),
  ];
  return { name: 'anställda.csv', bytes: write(table, { encoding: 'windows-1252', ...writing }), rows };
}

/** The file that colleagues filled in: User-ID, employment number and Connect e-mail; UTF-8 with BOM, semicolons. */
export function connectFile(
  rows: readonly Pick<HrPerson, 'userId' | 'number' | 'connectEmail'>[],
  { language = 'sv', ...writing }: Writing & { language?: 'sv' | 'en' } = {},
): Buffer {
  const cells = rows.map(({ userId, number, connectEmail }) => [userId, number, connectEmail]);
  return write([[...HEADERS[language]], ...cells], { encoding: 'utf8-bom', ...writing });
}

/** Any table as a file. */
function write(table: readonly (readonly string[])[], writing: Writing = {}): Buffer {
  const { delimiter = ';', encoding = 'utf8', lineEnd = '\r\n' } = writing;
  const text = stringify(
    table.map((row) => [...row]),
    { delimiter, record_delimiter: lineEnd },
  );
  if (encoding === 'utf8-bom') return iconv.encode(text, 'utf8', { addBOM: true });
  return iconv.encode(text, encoding, { addBOM: encoding === 'utf16le' });
}

function employmentsOf(id: number): HrPerson[] {
  const index = id - 14;
  const name = `${at(FIRST, index)} ${at(LAST, Math.floor(index / FIRST.length))}`;
  const address = index % 20 === 19 ? '' : addressOf(name, index);
  const first: HrPerson = {
    userId: String(id),
    number: String(id).padStart(4, '0'),
    name,
    company: index % 3 === 2 ? 'Y' : 'X',
    department: at(DEPARTMENTS, index),
    office: at(OFFICES, index),
    email: address,
    connectEmail: address,
  };
  if (index % 25 !== 24) return [first];
  return [
    first,
    { ...first, number: `9${first.number}`, company: first.company === 'X' ? 'Y' : 'X', office: 'Kiruna' },
  ];
}

/** anna@company.se for the first, then name.number@company.se, without å, ä and ö. */
function addressOf(name: string, index: number): string {
  if (index === 0) return 'anna@company.se';
  const ascii = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll(' ', '.');
  return `${ascii}.${index}@company.se`;
}

function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}
