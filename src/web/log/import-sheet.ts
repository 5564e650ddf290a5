import { fieldNames } from '../../rules/fields.ts';
import {
  outcomeNames,
  type RowOutcome,
  reasonTexts,
  rejectReasons,
  rowOutcomes,
} from '../../rules/import-row.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { hintText, noteText } from '../../rules/row-notes.ts';
import { rowLogLifetime } from '../../rules/run.ts';
import { formatNumber, formatTime, plural } from '../../rules/say.ts';
import { templates } from '../../rules/templates.ts';
import { type VerdictGroup, verdictGroups } from '../../rules/verdict.ts';
import type { ImportLog, ImportLogRow } from '../../services/imports/log.ts';
import type { Choice, LogSheet, Row, Tone } from './sheet.tsx';

const tones: Readonly<Record<RowOutcome, Tone>> = {
  created: 'good',
  updated: 'good',
  unchanged: 'quiet',
  skipped_connected: 'quiet',
  skipped_empty: 'quiet',
  rejected: 'fault',
};

/** The outcome or reason that an address asks for. */
export const groupOf = (outcome: string | undefined): VerdictGroup | undefined =>
  verdictGroups.find((group) => group === outcome);

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
  const isAboutRejected = group === 'rejected' || rejectReasons.some((reason) => reason === group);
  return {
    title: `${say('Import', 'Import')} #${log.id}: ${log.fileName}`,
    facts: [droppedLine(log, language, now), stateLine(log, language), goneLine(log, language, now)].filter(
      Boolean,
    ),
    warning: log.fault?.[language],
    choices: choicesOf(log, group, language),
    narrower: isAboutRejected ? reasonsOf(log, language) : [],
    columns: log.fields.map((field) => fieldNames[field][language]),
    rows: log.rows.map((row) => rowOf(row, log, language)),
    found: log.found,
    previous: log.previous,
    next: log.next,
    download:
      rejected > 0
        ? {
            label: say('Ladda ner de avvisade raderna', 'Download the rejected rows'),
            href: rejectedHref,
          }
        : undefined,
  };
}

function droppedLine(
  { createdAt, by, template, emptyRows }: ImportLog,
  language: Language,
  now: Date,
): string {
  const say = speaker(language);
  const time = formatTime(createdAt, language, now);
  const number = formatNumber(emptyRows, language);
  return [
    say(`Filen släpptes ${time} av ${by}.`, `The file was dropped ${time} by ${by}.`),
    ...(template
      ? [say(`Mall: ${templates[template].name.sv}.`, `Template: ${templates[template].name.en}.`)]
      : []),
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

function stateLine({ state, applied, rowCount, counts }: ImportLog, language: Language): string {
  const say = speaker(language);
  const percent = rowCount > 0 ? Math.floor((100 * applied) / rowCount) : 0;
  const saves = (counts.created ?? 0) + (counts.updated ?? 0) > 0;
  const lines: Readonly<Record<ImportLog['state'], string>> = {
    reading: say(
      'Filen läses in. Ladda om sidan om en stund.',
      'The file is being read. Reload the page in a while.',
    ),
    previewed: saves
      ? say(
          'Inget är sparat ännu. Så här blir det om importen bekräftas.',
          'Nothing is saved yet. This is what confirming the import will do.',
        )
      : say('Det finns inget att spara i filen.', 'There is nothing to save in the file.'),
    applying: say(
      `Importen pågår: ${percent} % är klart. Resten visas som det är planerat.`,
      `The import is under way: ${percent}% is done. The rest is shown as planned.`,
    ),
    done: '',
    cancelled: say('Importen avbröts.', 'The import was cancelled.'),
    expired: say(
      'Importen bekräftades inte inom ett dygn. Inget är sparat. Släpp filen igen.',
      'The import was not confirmed within a day. Nothing is saved. Drop the file again.',
    ),
    failed: say('Importen misslyckades.', 'The import failed.'),
  };
  return lines[state];
}

/** I8: why a finished import has counts, and no rows. */
function goneLine({ finishedAt }: ImportLog, language: Language, now: Date): string {
  if (!finishedAt || now.getTime() - finishedAt.getTime() < rowLogLifetime) return '';
  return speaker(language)(
    'Raderna sparas i 90 dagar och är nu borttagna.',
    'Rows are kept for 90 days, and are now removed.',
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

/** What is wrong, without what to do. */
const firstSentence = (text: string): string => /^.*?(?=\.( |$))/.exec(text)?.[0] ?? text;

function rowOf(
  { row, values, verdict, hints, notes }: ImportLogRow,
  log: ImportLog,
  language: Language,
): Row {
  const say = speaker(language);
  return {
    number: row,
    tone: tones[verdict.outcome],
    outcome: outcomeNames[verdict.outcome][language],
    notes: [
      ...(verdict.reason ? [reasonTexts[verdict.reason][language]] : []),
      ...(verdict.further
        ? [say('Användaren får ytterligare en anställning.', 'The user gets a further employment.')]
        : []),
      ...hints.map((hint) => hintText(hint)[language]),
      ...notes.flatMap((note) => noteText(note, log.template)?.[language] ?? []),
    ],
    cells: log.fields.map((field) => values[field] ?? ''),
  };
}
