import { type FileHeader, isWorkbook, type TextShape } from '../../../csv/types.ts';
import { mostNewCompanies } from '../../../rules/companies.ts';
import { delimiterName } from '../../../rules/delimiters.ts';
import { fieldNames } from '../../../rules/fields.ts';
import { type Say, speaker } from '../../../rules/language.ts';
import { formatNumber, list } from '../../../rules/say.ts';
import { cut } from '../../../rules/text.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';
import type { Rows } from './rows.ts';
import { sheetLines, sheetText } from './sheet.ts';

/** How many new companies are named. */
const mostNames = 5;

/** In characters. */
const longestName = 60;

/** A name that is new may be one that is misspelt. Companies are named where others read as well (A3). */
export function newCompaniesLine(status: ImportStatus, { language, audience }: Reader): string[] {
  const all = status.protected && audience === 'caller';
  const companies = status.newCompanies.filter(({ shielded }) => all || !shielded);
  const [first] = companies;
  if (!first) return [];
  const say = speaker(language);
  if (companies.length === 1) {
    const meant = first.meant && cut(first.meant, longestName);
    return [
      [
        say(
          `1 nytt företag: ${cut(first.name, longestName)}.`,
          `1 new company: ${cut(first.name, longestName)}.`,
        ),
        ...(meant ? [say(`Menade du ${meant}?`, `Did you mean ${meant}?`)] : []),
      ].join(' '),
    ];
  }
  const names = companies.map(({ name, meant }) => {
    const asked = meant && cut(meant, longestName);
    const asking = asked ? say(` (menade du ${asked}?)`, ` (did you mean ${asked}?)`) : '';
    return `${cut(name, longestName)}${asking}`;
  });
  const number = (n: number) => formatNumber(n, language);
  const shown = names.slice(0, names.length > mostNames + 1 ? mostNames : names.length);
  const more = names.length - shown.length;
  const listed = list(
    more > 0 ? [...shown, say(`${number(more)} till`, `${number(more)} more`)] : shown,
    language,
  );
  const count = `${names.length < mostNewCompanies ? '' : say('minst ', 'at least ')}${number(names.length)}`;
  return [say(`${count} nya företag: ${listed}.`, `${count} new companies: ${listed}.`)];
}

/** Why users who are not there yet cannot be created, by this template or the other. */
export function lackingLine({ file, template }: ImportStatus, { told }: Rows, say: Say): string[] {
  const strangers = told(template?.does === 'create' ? 'missing_required' : 'unknown_user');
  if (!file || template?.does === 'change' || file.header.fields.includes('company') || strangers === 0)
    return [];
  return [
    say(
      'Filen saknar kolumnen Företag. Den behövs för att skapa användare som inte finns i registret.',
      'The file has no column Company. It is needed to create users who are not in the register.',
    ),
  ];
}

/** I2: what was found by looking at the file. */
export function fileLines(status: ImportStatus, reader: Reader): string[] {
  const { language } = reader;
  const { file, template, guessed } = status;
  if (!file || !template) return [];
  const say = speaker(language);
  const { shape, header } = file;
  const isOne = status.files.length < 2;
  const name = template.name[language];
  const fields = header.fields.map((field) => fieldNames[field][language]);
  return [
    [
      say(`Mall: ${name}.`, `Template: ${name}.`),
      isOne && (isWorkbook(shape) ? sheetText(shape, reader) : writtenText(shape, reader)),
      isOne && headerText(header, say),
    ]
      .filter(Boolean)
      .join(' '),
    ...(isWorkbook(shape) ? sheetLines(status.id, shape, reader, isOne) : []),
    ...(guessed
      ? [
          say(
            `Mallen ”${name}” valdes för att filen inte har de rubriker som jag känner till och mallen passar raderna. Kontrollera kolumnerna.`,
            `The template "${name}" was chosen because the file has no column names that I know, and the template fits its rows. Check the columns.`,
          ),
        ]
      : []),
    say(`Kolumner som läses: ${list(fields, language)}.`, `Columns read: ${list(fields, language)}.`),
    ...ignoredLine(header.ignored, reader),
  ];
}

function writtenText({ delimiter, encoding, bom }: TextShape, { language }: Reader): string {
  const say = speaker(language);
  const between = delimiterName(delimiter)[language];
  const written = bom ? say(`${encoding} med BOM`, `${encoding} with BOM`) : encoding;
  return say(
    `Teckenkodning: ${written}. Avgränsare: ${between}.`,
    `Encoding: ${written}. Delimiter: ${between}.`,
  );
}

function headerText({ bare, row }: FileHeader, say: Say): string {
  if (!bare) return say(`Rubriker på rad ${row}.`, `Column names on row ${row}.`);
  return row > 0
    ? say(
        `Ingen rubrikrad; de första ${row} raderna hoppas över.`,
        `No header row; the first ${row} rows are skipped.`,
      )
    : say('Ingen rubrikrad.', 'No header row.');
}

function ignoredLine(ignored: readonly string[], { language, audience }: Reader): string[] {
  if (ignored.length === 0) return [];
  const say = speaker(language);
  if (audience === 'caller')
    return [
      say(`Kolumner som ignoreras: ${list(ignored, 'sv')}.`, `Columns ignored: ${list(ignored, 'en')}.`),
    ];
  const n = formatNumber(ignored.length, language);
  return ignored.length === 1
    ? [say('1 annan kolumn ignoreras.', '1 other column is ignored.')]
    : [say(`${n} andra kolumner ignoreras.`, `${n} other columns are ignored.`)];
}
