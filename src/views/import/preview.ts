import type { MessageView } from '../../core/view.ts';
import type { Delimiter } from '../../csv/types.ts';
import { fieldNames } from '../../rules/fields.ts';
import { plannedSentence } from '../../rules/import-words.ts';
import { speaker, type Text } from '../../rules/language.ts';
import { formatNumber, list } from '../../rules/say.ts';
import { templates } from '../../rules/templates.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { cancelButton, confirmButton, logButton, otherTemplate } from './parts/buttons.ts';
import {
  correctRejected,
  countsOf,
  emptyRowsLine,
  isInPlace,
  joined,
  knownLines,
  moreInLog,
  type Rows,
  rowsOf,
  titleOf,
  warningsOf,
} from './parts/rows.ts';
import { caller, employees, known, now, place, previewed } from './parts/samples.ts';

/** I2, I5: what would happen, how the file was read, and the buttons that decide. */
export function importPreview(status: ImportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const rows = rowsOf(status, reader);
  const title = titleOf(status, reader, say('Förhandsvisning av import', 'Preview of import'));
  const lines = [...knownLines(status, reader, now), ...fileLines(status, reader)];
  if (rows.all('created') + rows.all('updated') === 0)
    return nothingToSave(status, reader, rows, title, lines);
  return {
    kind: 'confirm',
    title,
    text: joined(
      say('Inget är sparat ännu.', 'Nothing is saved yet.'),
      rows.told(undefined) > 0 && plannedSentence(rows.told, status.template)[language],
      moreInLog(rows, say),
    ),
    counts: countsOf(status, rows.told, language),
    warnings: warningsOf(status, reader),
    lines,
    actions: [
      confirmButton(status, rows, language),
      cancelButton(status.id, language),
      ...logButton(status, rows, language),
      ...otherTemplate(status, language),
    ],
  };
}

function nothingToSave(
  status: ImportStatus,
  reader: Reader,
  rows: Rows,
  title: string,
  lines: string[],
): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const inPlace = isInPlace(rows.all);
  return {
    kind: 'summary',
    tone: inPlace ? 'good' : 'warning',
    title,
    text: inPlace
      ? say('Allt är redan på plats.', 'Everything is already in place.')
      : joined(
          say('Det finns inget att spara.', 'There is nothing to save.'),
          rows.told(undefined) > 0 && plannedSentence(rows.told, status.template)[language],
          correctRejected(rows, say),
          moreInLog(rows, say),
        ),
    counts: countsOf(status, rows.told, language),
    lines: [...warningsOf(status, reader), ...lines],
    actions: [...logButton(status, rows, language), ...otherTemplate(status, language)],
  };
}

const delimiters: Readonly<Record<Delimiter, Text>> = {
  '\t': { sv: 'tabb', en: 'tab' },
  ';': { sv: 'semikolon', en: 'semicolon' },
  ',': { sv: 'komma', en: 'comma' },
};

/** I2: what was found by looking at the file. */
function fileLines(status: ImportStatus, { language, audience }: Reader): string[] {
  const { file, template } = status;
  if (!file || !template) return [];
  const say = speaker(language);
  const { shape, header } = file;
  const name = templates[template].name[language];
  const delimiter = delimiters[shape.delimiter][language];
  const encoding = shape.bom
    ? say(`${shape.encoding} med BOM`, `${shape.encoding} with BOM`)
    : shape.encoding;
  const fields = header.fields.map((field) => fieldNames[field][language]);
  return [
    say(
      `Mall: ${name}. Teckenkodning: ${encoding}. Avgränsare: ${delimiter}. Rubriker på rad ${header.row}.`,
      `Template: ${name}. Encoding: ${encoding}. Delimiter: ${delimiter}. Column names on row ${header.row}.`,
    ),
    say(`Kolumner som läses: ${list(fields, language)}.`, `Columns read: ${list(fields, language)}.`),
    ...ignoredLine(header.ignored, { language, audience }),
    ...emptyRowsLine(status, language),
  ];
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

export const examples: Record<string, MessageView> = {
  'of addresses': importPreview(previewed, caller, now),
  'in a channel': importPreview(previewed, place, now),
  'in a channel, of somebody protected': importPreview(
    { ...previewed, counts: { n: 1200, C: 1 } },
    { ...place, language: 'sv' },
    now,
  ),
  'that creates users': importPreview(employees, caller, now),
  'of a known file': importPreview({ ...previewed, known, counts: { n: 1204 } }, caller, now),
  'with nothing to save': importPreview(
    { ...previewed, counts: { x: 3, w: 1, e: 1 } },
    { ...caller, language: 'en' },
    now,
  ),
};
