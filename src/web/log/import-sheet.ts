import { type FieldKey, fieldNames } from '../../rules/fields.ts';
import { describeFilter, describeForPlace } from '../../rules/filter.ts';
import { droppedText, fileLabels } from '../../rules/import-files.ts';
import {
  outcomeNames,
  type RowOutcome,
  reasonTexts,
  rejectReasons,
  rowOutcomes,
} from '../../rules/import-row.ts';
import { type Language, speaker, type Text } from '../../rules/language.ts';
import { hintText, noteText, rejectionTexts, worthSaying } from '../../rules/row-notes.ts';
import { type LookKind, lookKinds, lookName } from '../../rules/row-warnings.ts';
import { importName, rowLogLifetime } from '../../rules/run.ts';
import { formatNumber, formatTime, plural } from '../../rules/say.ts';
import { type VerdictGroup, verdictGroups } from '../../rules/verdict.ts';
import type { ImportLog, ImportLogRow } from '../../services/imports/log.ts';
import type { Choice, LogSheet, Row, Tone } from './sheet.tsx';

const tones: Readonly<Record<RowOutcome, Tone>> = {
  created: 'good',
  updated: 'good',
  unchanged: 'quiet',
  skipped_connected: 'quiet',
  skipped_empty: 'quiet',
  skipped_filled: 'quiet',
  skipped_inactive: 'quiet',
  skipped_no_email: 'quiet',
  skipped_changed: 'quiet',
  skipped_verified: 'quiet',
  rejected: 'fault',
};

/** The outcome or reason that an address asks for. */
export const groupOf = (outcome: string | undefined): VerdictGroup | undefined =>
  verdictGroups.find((group) => group === outcome);

/** What is said of rows, that an address asks for. */
export const kindOf = (about: string | undefined): LookKind | undefined =>
  lookKinds.find((kind) => kind === about);

/** An import's log as a page (I7). `rejectedHref` leads to its rejected rows as a file. */
export function importSheet(
  log: ImportLog,
  group: VerdictGroup | undefined,
  rejectedHref: string,
  language: Language,
  now: Date,
): LogSheet {
  const say = speaker(language);
  const rejected = log.counts.rejected ?? 0;
  const gone = goneLine(log, language, now);
  const fields = inOrder(log);
  const isAboutRejected = group === 'rejected' || rejectReasons.some((reason) => reason === group);
  return {
    title: titleOf(log, language),
    facts: [
      log.origin === 'file' ? droppedLine(log, language, now) : askedLine(log, language, now),
      stateLine(log, language),
      gone || undoLine(log, language),
    ].filter(Boolean),
    warning: log.fault?.[language],
    choices: choicesOf(log, group, language),
    narrower: isAboutRejected ? reasonsOf(log, language) : [],
    looks: looksOf(log, language),
    columns: fields.map((field) => columnName(log, field)[language]),
    rows: log.rows.map((row) => rowOf(row, fields, log, language)),
    files: log.files.length > 1 ? fileLabels(log.files) : [],
    found: log.found,
    previous: log.previous,
    next: log.next,
    download:
      rejected > (log.counts.other_department ?? 0) && gone === '' && log.origin !== 'undo'
        ? {
            label: say('Ladda ner de avvisade raderna', 'Download the rejected rows'),
            href: rejectedHref,
          }
        : undefined,
  };
}

function titleOf(log: ImportLog, language: Language): string {
  if (log.origin !== 'file') return importName(log)[language];
  return `Import #${log.id}: ${droppedText(log.fileName, log.files.length, language)}`;
}

function droppedLine(
  { createdAt, by, template, emptyRows, files }: ImportLog,
  language: Language,
  now: Date,
): string {
  const say = speaker(language);
  const time = formatTime(createdAt, language, now);
  const number = formatNumber(emptyRows, language);
  return [
    files.length > 1
      ? say(
          `Den sista av filerna släpptes ${time} av ${by}.`,
          `The last of the files was dropped on ${time} by ${by}.`,
        )
      : say(`Filen släpptes ${time} av ${by}.`, `The file was dropped on ${time} by ${by}.`),
    ...(template ? [say(`Mall: ${template.name.sv}.`, `Template: ${template.name.en}.`)] : []),
    ...(emptyRows > 0
      ? [
          say(
            `${number} ${plural(emptyRows, 'tom rad', 'tomma rader')} räknas inte.`,
            `${number} empty ${plural(emptyRows, 'row is', 'rows are')} not counted.`,
          ),
        ]
      : []),
  ].join(' ');
}

/** Who asked for what does not come from a file, and of whom. */
function askedLine(
  { createdAt, by, filter, protected: named }: ImportLog,
  language: Language,
  now: Date,
): string {
  const say = speaker(language);
  const time = formatTime(createdAt, language, now);
  const asked = say(`Begärdes ${time} av ${by}.`, `Asked for on ${time} by ${by}.`);
  if (!filter) return asked;
  const whom = (named ? describeFilter : describeForPlace)(filter, language);
  return `${asked} ${say(`Urval: ${whom}`, `Filter: ${whom}`)}`;
}

/** Whom a row is about, and the addresses: in sight before the rest, which a narrow window cuts off. */
const first: readonly FieldKey[] = ['userId', 'employmentNumber', 'name', 'connectEmail', 'email'];

function inOrder({ fields, origin }: ImportLog): readonly FieldKey[] {
  if (origin === 'undo') return fields;
  return [
    ...first.filter((field) => fields.includes(field)),
    ...fields.filter((field) => !first.includes(field)),
  ];
}

/** What an undo's addresses are: neither is the ordinary one. */
const undoneColumns: Partial<Record<FieldKey, Text>> = {
  email: { sv: 'Adressen som importen sparade', en: 'Address that the import saved' },
  connectEmail: { sv: 'Adressen före importen', en: 'Address before the import' },
};

const columnName = ({ origin }: ImportLog, field: FieldKey): Text =>
  (origin === 'undo' ? undoneColumns[field] : undefined) ?? fieldNames[field];

function stateLine(log: ImportLog, language: Language): string {
  const { origin, state, applied, rowCount, counts, joinedInto } = log;
  const say = speaker(language);
  const percent = rowCount > 0 ? Math.floor((100 * applied) / rowCount) : 0;
  const saves = (counts.created ?? 0) + (counts.updated ?? 0) > 0;
  const fromFile = origin === 'file';
  const [files, theFiles] = log.files.length > 1 ? ['filerna', 'the files'] : ['filen', 'the file'];
  const lines: Readonly<Record<ImportLog['state'], string>> = {
    reading: fromFile
      ? say(
          'Filen läses in. Ladda om sidan om en stund.',
          'The file is being read. Reload the page in a while.',
        )
      : say(
          'Det jämförs med registret. Ladda om sidan om en stund.',
          'It is being compared with the register. Reload the page in a while.',
        ),
    previewed: saves
      ? say(
          'Inget är sparat ännu. Så här blir det om importen bekräftas.',
          'Nothing is saved yet. This is what confirming the import will do.',
        )
      : fromFile
        ? say('Det finns inget att spara i filen.', 'There is nothing to save in the file.')
        : say('Det finns inget att spara.', 'There is nothing to save.'),
    applying: say(
      `Importen pågår: ${percent} % är klart. Resten visas som det är planerat.`,
      `The import is under way: ${percent}% is done. The rest is shown as planned.`,
    ),
    done: '',
    cancelled:
      applied === 0
        ? say(
            `${whichIs(origin).sv} avbröts. Inget är sparat: raderna visar vad som var planerat.`,
            `${whichIs(origin).en} was cancelled. Nothing is saved: the rows show what was planned.`,
          )
        : say(`${whichIs(origin).sv} avbröts.`, `${whichIs(origin).en} was cancelled.`),
    expired: say(
      `Importen bekräftades inte inom ett dygn. Inget är sparat.${fromFile ? ` Släpp ${files} igen.` : ''}`,
      `The import was not confirmed within a day. Nothing is saved.${fromFile ? ` Drop ${theFiles} again.` : ''}`,
    ),
    failed: say(`${whichIs(origin).sv} misslyckades.`, `${whichIs(origin).en} failed.`),
    joined: say(
      `Filen ingår i import #${joinedInto}: raderna står i loggen för den.`,
      `The file is part of import #${joinedInto}: its log has the rows.`,
    ),
  };
  return lines[state];
}

const whichIs = (origin: ImportLog['origin']): Text =>
  origin === 'undo'
    ? { sv: 'Återställningen', en: 'The undo' }
    : origin === 'fill'
      ? { sv: 'Ifyllningen', en: 'The fill' }
      : { sv: 'Importen', en: 'The import' };

/** I8: why a finished import has counts, and no rows. */
function goneLine({ finishedAt }: ImportLog, language: Language, now: Date): string {
  if (!finishedAt || now.getTime() - finishedAt.getTime() < rowLogLifetime) return '';
  return speaker(language)(
    'Raderna sparas i 90 dagar och är nu borttagna.',
    'Rows are kept for 90 days, and are now removed.',
  );
}

/** How an import is undone, where it can be. */
function undoLine({ id, undoable }: ImportLog, language: Language): string {
  if (!undoable) return '';
  return speaker(language)(
    `Adresserna kan sättas tillbaka: skriv /vc importera ångra #${id}.`,
    `The addresses can be put back: write /vc import undo #${id}.`,
  );
}

/** Every outcome that some row has, and the one that is asked for. */
function choicesOf({ counts }: ImportLog, asked: VerdictGroup | undefined, language: Language): Choice[] {
  const all = rowOutcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
  return [
    { label: speaker(language)('Alla', 'All'), count: all, value: undefined },
    ...rowOutcomes.flatMap((outcome) => {
      const count = counts[outcome] ?? 0;
      return count > 0 || outcome === asked
        ? [{ label: outcomeNames[outcome][language], count, value: outcome }]
        : [];
    }),
  ];
}

function reasonsOf({ counts }: ImportLog, language: Language): Choice[] {
  return rejectReasons.flatMap((reason) => {
    const count = counts[reason] ?? 0;
    return count > 0 ? [{ label: firstSentence(reasonTexts[reason][language]), count, value: reason }] : [];
  });
}

function looksOf({ said, template }: ImportLog, language: Language): Choice[] {
  return lookKinds.flatMap((kind) => {
    const count = said[kind] ?? 0;
    return count > 0 ? [{ label: lookName(kind, template?.does)[language], count, value: kind }] : [];
  });
}

/** What is wrong, without what to do. */
const firstSentence = (text: string): string => /^.*?(?=\.( |$))/.exec(text)?.[0] ?? text;

function rowOf(
  { row, place, values, verdict, hints, notes }: ImportLogRow,
  fields: readonly FieldKey[],
  log: ImportLog,
  language: Language,
): Row {
  const say = speaker(language);
  // All else that a row updates has a note.
  const addsAddress =
    verdict.outcome === 'updated' &&
    notes.length === 0 &&
    log.origin !== 'undo' &&
    Boolean(values.connectEmail);
  return {
    number: row,
    ...(place.file === undefined ? {} : { place }),
    tone: tones[verdict.outcome],
    outcome: outcomeNames[verdict.outcome][language],
    notes: [
      ...(verdict.reason
        ? rejectionTexts(verdict.reason, hints, values)
        : worthSaying(hints).map(hintText)
      ).map((text) => text[language]),
      ...(verdict.further
        ? [say('Användaren får ytterligare en anställning.', 'The user gets a further employment.')]
        : []),
      ...(addsAddress ? [say('Ny adress.', 'New address.')] : []),
      ...notes.flatMap((note) => noteText(note, log.template?.does)?.[language] ?? []),
    ],
    cells: fields.map((field) => values[field] ?? ''),
  };
}
