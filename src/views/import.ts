import type { Button, Count, MessageView } from '../core/view.ts';
import type { Delimiter } from '../csv/types.ts';
import { refuse } from '../errors.ts';
import { fieldNames } from '../rules/fields.ts';
import { type Counted, outcomeCounts, reasonCounts, rejectReasons } from '../rules/import-row.ts';
import { doneSentence, plannedSentence, type Tally } from '../rules/import-words.ts';
import { type Language, type Say, speaker, type Text } from '../rules/language.ts';
import { warningKinds, warningText } from '../rules/row-notes.ts';
import { formatDay, formatNumber, list } from '../rules/say.ts';
import { type TemplateKey, templates } from '../rules/templates.ts';
import { countOf } from '../rules/verdict.ts';
import type { ImportStatus } from '../services/imports/index.ts';
import type { Reader } from '../services/messages.ts';

/** How a line names a template. */
export const templateWords: Readonly<Record<TemplateKey, string>> = {
  connectEmail: 'connect-email',
  employees: 'employees',
};

/** The one message about a dropped file: reading, preview, progress, or what was done. A place gets counts alone (A3). */
export function importMessage(status: ImportStatus, reader: Reader, now = new Date()): MessageView {
  switch (status.state) {
    case 'reading':
      return reading(status, reader);
    case 'previewed':
      return preview(status, reader, now);
    case 'applying':
      return progress(status, reader);
    case 'done':
      return done(status, reader, now);
    case 'failed':
      return failed(status, reader);
    default:
      return ended(status, reader);
  }
}

/** "Import #42: file.csv"; a file's name is for the caller alone (A3). */
function titleOf(
  { id, fileName }: ImportStatus,
  { audience }: Reader,
  before = 'Import',
  after = '',
): string {
  const name = audience === 'caller' ? `: ${fileName}` : '';
  return `${before} #${id}${after}${name}`;
}

function reading(status: ImportStatus, reader: Reader): MessageView {
  const { id, rowCount, staged } = status;
  const { language, audience } = reader;
  const say = speaker(language);
  const rows = formatNumber(rowCount, language);
  const known = rowCount > 0 && audience === 'caller';
  return {
    kind: 'progress',
    title: titleOf(status, reader),
    text: staged
      ? say('Filen är läst och jämförs med registret.', 'The file is read and compared with the register.')
      : known
        ? say(`Filen läses: ${rows} rader hittills.`, `The file is being read: ${rows} rows so far.`)
        : say('Filen läses.', 'The file is being read.'),
    done: 0,
    total: 0,
    actions: [cancelButton(id, language)],
  };
}

/** I2, I5: what would happen, how the file was read, and the buttons that decide. */
function preview(status: ImportStatus, reader: Reader, now: Date): MessageView {
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

function progress(status: ImportStatus, reader: Reader): MessageView {
  const { applied, rowCount } = status;
  const say = speaker(reader.language);
  const percent = rowCount > 0 ? Math.floor((100 * applied) / rowCount) : 0;
  return {
    kind: 'progress',
    title: titleOf(status, reader, 'Import', say(' pågår', ' is under way')),
    text: say('Raderna sparas i registret.', 'The rows are being saved in the register.'),
    done: percent,
    total: 100,
  };
}

/** I7. */
function done(status: ImportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const rows = rowsOf(status, reader);
  const rejected = rows.told('rejected');
  return {
    kind: 'summary',
    tone: rejected > 0 ? 'plain' : 'good',
    title: titleOf(status, reader),
    text: isInPlace(rows.all)
      ? say('Klart: allt var redan på plats.', 'Done: everything was already in place.')
      : joined(
          rows.told(undefined) > 0
            ? `${say('Klart:', 'Done:')} ${doneSentence(rows.told)[language]}`
            : say('Klart.', 'Done.'),
          correctRejected(rows, say),
          moreInLog(rows, say),
        ),
    counts: countsOf(status, rows.told, language),
    lines: [
      ...warningsOf(status, reader),
      ...(rejected > 0
        ? [
            say(
              'I loggen hämtar du de avvisade raderna som en egen fil.',
              'The log hands you the rejected rows as a file of their own.',
            ),
          ]
        : []),
      ...emptyRowsLine(status, language),
      ...knownLines(status, reader, now),
    ],
    actions: [...sendButton(status, language), ...logButton(status, rows, language)],
  };
}

/** Why the file could not be read; or why applying broke off, and how far it came. */
function failed(status: ImportStatus, reader: Reader): MessageView {
  const { language } = reader;
  const title = titleOf(status, reader);
  const text = status.fault?.[language] ?? '';
  if (!status.confirmed) return { kind: 'note', tone: 'fault', title, text };
  const rows = rowsOf(status, reader);
  return {
    kind: 'summary',
    tone: 'fault',
    title,
    text,
    counts: countsOf(status, rows.told, language),
    actions: [...sendButton(status, language), ...logButton(status, rows, language)],
  };
}

function ended(status: ImportStatus, reader: Reader): MessageView {
  const say = speaker(reader.language);
  return {
    kind: 'note',
    tone: 'plain',
    title: titleOf(status, reader),
    text:
      status.state === 'expired'
        ? say(
            'Importen bekräftades inte inom ett dygn, så inget är sparat. Släpp filen igen.',
            'The import was not confirmed within a day, so nothing is saved. Drop the file again.',
          )
        : say('Importen är avbruten. Inget är sparat.', 'The import is cancelled. Nothing is saved.'),
  };
}

/** What the rows come to (all of them decide), and as far as the reader may be told (U8). */
interface Rows {
  all: Tally;
  told: Tally;
}

function rowsOf({ counts, protected: protectedToo }: ImportStatus, { audience }: Reader): Rows {
  return {
    all: (group) => countOf(counts, group, true),
    told: (group) => countOf(counts, group, protectedToo && audience === 'caller'),
  };
}

/** U8: said where the numbers leave somebody out, and of whom they do not say. */
function moreInLog({ all, told }: Rows, say: Say): string | false {
  return (
    told(undefined) < all(undefined) &&
    say('Fler detaljer står i loggen.', 'There are more details in the log.')
  );
}

function correctRejected({ told }: Rows, say: Say): string | false {
  return (
    told('rejected') > 0 &&
    say(
      'Rätta de avvisade raderna och släpp filen här igen.',
      'Correct the rejected rows and drop the file here again.',
    )
  );
}

const joined = (...sentences: (string | false)[]): string => sentences.filter(Boolean).join(' ');

const number = formatNumber;

/** Whatever the file says is so already. */
function isInPlace(tally: Tally): boolean {
  return tally('unchanged') > 0 && tally('unchanged') + tally('skipped_empty') === tally(undefined);
}

/** Every outcome and reason that some row has. */
function countsOf({ template }: ImportStatus, tally: Tally, language: Language): Count[] {
  const { created, updated, further, address, ...others } = outcomeCounts;
  const counts: [number, Counted, Count['tone']?][] = [
    [tally('created'), created],
    [tally('updated') - tally('further'), template === 'connectEmail' ? address : updated],
    [tally('further'), further],
    ...(Object.keys(others) as (keyof typeof others)[]).map((outcome): [number, Counted] => [
      tally(outcome),
      others[outcome],
    ]),
    ...rejectReasons.map((reason): [number, Counted, 'fault'] => [
      tally(reason),
      reasonCounts[reason],
      'fault',
    ]),
  ];
  return counts.flatMap(([count, { one, many }, tone]) =>
    count > 0 ? [{ label: (count === 1 ? one : many)[language], count, ...(tone ? { tone } : {}) }] : [],
  );
}

/** What is worth a look, counted in services/imports/judging.ts under the names of its kinds. */
function warningsOf(
  { counts, protected: all, template }: ImportStatus,
  { language, audience }: Reader,
): string[] {
  return warningKinds.flatMap((kind) => {
    const hidden = all && audience === 'caller' ? (counts[kind.toUpperCase()] ?? 0) : 0;
    const n = (counts[kind] ?? 0) + hidden;
    const rows = speaker(language)(n === 1 ? 'rad' : 'rader', n === 1 ? 'row' : 'rows');
    return n > 0 ? [`${number(n, language)} ${rows} ${warningText(kind, n, template)[language]}`] : [];
  });
}

/** I6. */
function knownLines({ known }: ImportStatus, { language, audience }: Reader, now: Date): string[] {
  if (!known) return [];
  const say = speaker(language);
  const day = formatDay(known.at, language, now);
  return audience === 'caller' && known.by !== ''
    ? [say(`Filen lästes in ${day} av ${known.by}.`, `${known.by} imported this file on ${day}.`)]
    : [say(`Filen lästes in ${day}.`, `This file was imported on ${day}.`)];
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
  const n = number(ignored.length, language);
  return ignored.length === 1
    ? [say('1 annan kolumn ignoreras.', '1 other column is ignored.')]
    : [say(`${n} andra kolumner ignoreras.`, `${n} other columns are ignored.`)];
}

function emptyRowsLine({ emptyRows }: ImportStatus, language: Language): string[] {
  if (emptyRows === 0) return [];
  const n = number(emptyRows, language);
  const say = speaker(language);
  return emptyRows === 1
    ? [say('1 tom rad räknas inte.', '1 empty row is not counted.')]
    : [say(`${n} tomma rader räknas inte.`, `${n} empty rows are not counted.`)];
}

/** I5: creating users is confirmed as such. */
function confirmButton({ id }: ImportStatus, { all, told }: Rows, language: Language): Button {
  const say = speaker(language);
  const created = all('created') > 0;
  const n = told('created');
  const users =
    n < all('created')
      ? say('användare', 'users')
      : say(`${number(n, 'sv')} användare`, `${number(n, 'en')} ${n === 1 ? 'user' : 'users'}`);
  const button: Button = {
    label: created
      ? say(`Bekräfta och skapa ${users}`, `Confirm and create ${users}`)
      : say('Bekräfta', 'Confirm'),
    line: `import confirm #${id}`,
    acting: true,
    style: 'primary',
  };
  if (!created) return button;
  return {
    ...button,
    ask: {
      title: say(`Skapa ${users}?`, `Create ${users}?`),
      text: say(
        'De finns inte i registret. Kontrollera att filen är från rätt system och att Användar-id stämmer.',
        'They are not in the register. Check that the file comes from the right system and that the User-IDs are right.',
      ),
      yes: say('Skapa', 'Create'),
      no: say('Avbryt', 'Cancel'),
    },
  };
}

function cancelButton(id: number, language: Language): Button {
  return { label: speaker(language)('Avbryt', 'Cancel'), line: `import cancel #${id}`, acting: true };
}

function logButton({ id }: ImportStatus, { all }: Rows, language: Language): Button[] {
  if (all(undefined) === 0) return [];
  return [{ label: speaker(language)('Visa logg', 'Show log'), line: `log show #${id}`, acting: false }];
}

function otherTemplate({ id, file, template }: ImportStatus, language: Language): Button[] {
  const other: TemplateKey = template === 'employees' ? 'connectEmail' : 'employees';
  if (!file?.header.fits.includes(other)) return [];
  const name = templates[other].name;
  return [
    {
      label: speaker(language)(`Läs som ${name.sv} i stället`, `Read as ${name.en} instead`),
      line: `import template #${id} ${templateWords[other]}`,
      acting: true,
    },
  ];
}

/** I7: a button to send verification to the addresses just saved. */
function sendButton({ id, saved }: ImportStatus, language: Language): Button[] {
  if (!saved) return [];
  const label = speaker(language)('Skicka verifieringsmejl', 'Send verification emails');
  return [{ label, line: `bulk-verify import:${id}`, acting: false, style: 'primary' }];
}

const file: ImportStatus['file'] = {
  shape: { encoding: 'Windows-1252', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  header: {
    columns: ['userId', 'employmentNumber', 'name', null, 'connectEmail'],
    fields: ['userId', 'employmentNumber', 'name', 'connectEmail'],
    ignored: ['Lönegrupp'],
    language: 'sv',
    row: 1,
    fits: ['connectEmail', 'employees'],
    leastCells: 2,
  },
};
const previewed: ImportStatus = {
  id: 42,
  state: 'previewed',
  fileName: 'adresser <från kollegorna>.csv',
  file,
  template: 'connectEmail',
  rowCount: 1204,
  emptyRows: 3,
  staged: true,
  counts: { u: 1149, U: 1, n: 40, a: 9, d: 3, y: 2, differs: 12, damaged: 1 },
  protected: true,
  applied: 0,
  confirmed: false,
  fault: undefined,
  known: undefined,
  saved: false,
};
const employees: ImportStatus = {
  ...previewed,
  template: 'employees',
  fileName: 'anställda.csv',
  counts: { c: 1000, f: 40 },
};
const now = new Date('2026-11-21T12:00:00Z');
const known = { at: new Date('2026-11-17T12:00:00Z'), by: 'Lena' };
const caller: Reader = { language: 'sv', audience: 'caller' };
const place: Reader = { language: 'en', audience: 'place' };

export const examples: Record<string, MessageView> = {
  'file being read': importMessage(
    { ...previewed, state: 'reading', staged: false, rowCount: 40_000 },
    caller,
  ),
  'file being compared': importMessage({ ...previewed, state: 'reading' }, place),
  'import preview': importMessage(previewed, caller, now),
  'import preview in a channel': importMessage(previewed, place, now),
  'import preview in a channel, of somebody protected': importMessage(
    { ...previewed, counts: { n: 1200, C: 1 } },
    { ...place, language: 'sv' },
    now,
  ),
  'import preview that creates users': importMessage(employees, caller, now),
  'import preview of a known file': importMessage({ ...previewed, known, counts: { n: 1204 } }, caller, now),
  'import preview with nothing to save': importMessage(
    { ...previewed, counts: { x: 3, w: 1, e: 1 } },
    { ...caller, language: 'en' },
    now,
  ),
  'import under way': importMessage({ ...previewed, state: 'applying', applied: 520 }, caller),
  'import done': importMessage({ ...previewed, state: 'done', saved: true }, caller, now),
  'import done in a channel': importMessage({ ...previewed, state: 'done', saved: true }, place, now),
  'import done, everything in place': importMessage(
    { ...previewed, state: 'done', counts: { n: 1 } },
    caller,
    now,
  ),
  'import that broke off': importMessage(
    {
      ...previewed,
      state: 'failed',
      confirmed: true,
      applied: 500,
      counts: { u: 498, d: 2 },
      fault: refuse('import_broke_off', { anyApplied: true }).text,
      saved: true,
    },
    caller,
  ),
  'import cancelled': importMessage({ ...previewed, state: 'cancelled' }, caller),
  'import not confirmed in time': importMessage({ ...previewed, state: 'expired' }, place),
  'file that cannot be read': importMessage(
    {
      ...previewed,
      state: 'failed',
      fault: refuse('file_cut', { row: 17 }).text,
    },
    caller,
  ),
};
