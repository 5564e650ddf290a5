import { askedWord } from '../../core/args.ts';
import type { Button, ConfirmView, Example, MessageView } from '../../core/view.ts';
import { refuse } from '../../errors.ts';
import { plannedSentence } from '../../rules/import-words.ts';
import { type Language, speaker } from '../../rules/language.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { asking } from '../parts/question.ts';
import {
  cancelButton,
  confirmButton,
  logButton,
  moreTemplates,
  otherSheets,
  otherTemplates,
  rejectedButton,
} from './parts/buttons.ts';
import { comparedLine, differingLines } from './parts/comparison.ts';
import { fileLines, lackingLine, newCompaniesLine } from './parts/file.ts';
import { togetherLines } from './parts/files.ts';
import { missingButton, missingLine, movedLine } from './parts/missing.ts';
import { joined, knownLines, type Rows, rowsOf, titleOf } from './parts/rows.ts';
import {
  byOwn,
  caller,
  employees,
  inWorkbook,
  known,
  listing,
  now,
  place,
  previewed,
  returned,
  together,
} from './parts/samples.ts';

/** I2, I5: what would happen, how the file was read, and the buttons that decide. */
export function importPreview(status: ImportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const rows = rowsOf(status, reader);
  const title = titleOf(status, reader, say('Förhandsvisning av import', 'Preview of import'));
  const lines = [
    ...newCompaniesLine(status, reader),
    ...lackingLine(status, rows, say),
    ...movedLine(status, reader),
    ...missingLine(status, reader),
    ...knownLines(status, reader, now),
    ...togetherLines(status, rows, reader),
    ...comparedLine(status, reader),
    ...fileLines(status, reader),
    ...moreTemplates(status, language),
    ...rows.empty,
  ];
  if (rows.all('created') + rows.all('updated') === 0)
    return nothingToSave(status, reader, rows, title, lines);
  return {
    kind: 'confirm',
    title,
    text: joined(
      say('Inget är sparat ännu.', 'Nothing is saved yet.'),
      rows.told(undefined) > 0 && plannedSentence(rows.told, status.template?.does)[language],
      rows.moreInLog,
    ),
    counts: rows.counts,
    warnings: [...notReadLine(status, reader), ...differingLines(status, reader), ...rows.warnings],
    lines,
    actions: [
      confirmButton(status, rows, language),
      cancelButton(status.id, language),
      ...logButton(status, rows, language),
      ...missingButton(status, reader),
      ...otherTemplates(status, language),
      ...otherSheets(status, reader),
    ],
  };
}

/** Why the file could not be read by the template or sheet that somebody chose; where others read, without what it says (A3). */
function notReadLine({ fault }: ImportStatus, { language, audience }: Reader): string[] {
  if (!fault) return [];
  if (audience === 'caller') return [fault[language]];
  return [
    speaker(language)(
      'Filen gick inte att läsa med den mall eller det blad som valdes. Släpp den i vår direktkonversation för att se varför.',
      'The file could not be read by the template or sheet that was chosen. Drop it in our direct conversation to see why.',
    ),
  ];
}

/** I5: what the preview's button asks, of whoever confirms by typing; undefined where it asks nothing. */
export function importQuestion(status: ImportStatus, language: Language): ConfirmView<Button> | undefined {
  const reader: Reader = { language, audience: 'caller' };
  const say = speaker(language);
  const rows = rowsOf(status, reader);
  const { ask, ...confirm } = confirmButton(status, rows, language);
  if (!ask) return undefined;
  const cancel = cancelButton(status.id, language);
  return asking({ ...confirm, ask, line: `${confirm.line} ${askedWord}` }, `${titleOf(status, reader)}.`, [
    {
      ...cancel,
      label: say('Avbryt importen', 'Cancel the import'),
      line: `${cancel.line} ${askedWord}`,
    },
    ...logButton(status, rows, language),
  ]);
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
  return {
    kind: 'summary',
    tone: rows.inPlace ? 'good' : 'warning',
    title,
    text: rows.inPlace
      ? say('Allt är redan på plats.', 'Everything is already in place.')
      : joined(
          say('Det finns inget att spara.', 'There is nothing to save.'),
          rows.told(undefined) > 0 && plannedSentence(rows.told, status.template?.does)[language],
          rows.correctRejected,
          rows.moreInLog,
        ),
    counts: rows.counts,
    lines: [...notReadLine(status, reader), ...differingLines(status, reader), ...rows.warnings, ...lines],
    actions: [
      ...rejectedButton(status, rows, language),
      ...logButton(status, rows, language),
      ...missingButton(status, reader),
      ...otherTemplates(status, language),
      ...otherSheets(status, reader),
    ],
  };
}

const otherWidth = refuse('template_width', {
  row: 1,
  template: { sv: 'Vår', en: 'Vår' },
  found: 4,
  expected: 3,
}).text;

export const examples: Record<string, Example> = {
  'of addresses': (language) => importPreview(previewed, caller(language), now),
  'in a channel': (language) => importPreview(previewed, place(language), now),
  'in a channel, of somebody protected': (language) =>
    importPreview({ ...previewed, counts: { n: 1200, C: 1 } }, place(language), now),
  'that creates users': (language) => importPreview(employees, caller(language), now),
  'that brings a company, perhaps misspelt': (language) =>
    importPreview({ ...employees, newCompanies: employees.newCompanies.slice(0, 1) }, caller(language), now),
  'that moves people, and others are missing': (language) => importPreview(listing, caller(language), now),
  'that moves people, in a channel': (language) => importPreview(listing, place(language), now),
  'of addresses, in what may be a list of everybody': (language) =>
    importPreview({ ...previewed, missing: listing.missing }, caller(language), now),
  'that others are missing from, perhaps': (language) =>
    importPreview({ ...listing, counts: { ...listing.counts, w: 2 } }, caller(language), now),
  "by one's own template": (language) => importPreview(byOwn, caller(language), now),
  'of a workbook': (language) => importPreview(inWorkbook, caller(language), now),
  'of a workbook, in a channel': (language) => importPreview(inWorkbook, place(language), now),
  'that another template could not read': (language) =>
    importPreview({ ...previewed, fault: otherWidth }, caller(language), now),
  'that another template could not read, in a channel': (language) =>
    importPreview({ ...previewed, fault: otherWidth }, place(language), now),
  'whose confirmation was typed': (language) =>
    importQuestion(employees, language) ?? importPreview(employees, caller(language), now),
  'that came from an export': (language) => importPreview(returned, caller(language), now),
  'that came from an export, in a channel': (language) => importPreview(returned, place(language), now),
  "of departments' files": (language) => importPreview(together, caller(language), now),
  "of departments' files, in a channel": (language) => importPreview(together, place(language), now),
  "of departments' files, without leave to know of some": (language) =>
    importPreview(
      { ...together, protected: false, counts: { u: 57, U: 1 }, examples: [] },
      caller(language),
      now,
    ),
  'of a known file': (language) =>
    importPreview({ ...previewed, examples: [], known: [known], counts: { n: 1204 } }, caller(language), now),
  'of a list that is in place, and others are missing': (language) =>
    importPreview({ ...listing, counts: { n: 1000 } }, caller(language), now),
  'that replaces addresses': (language) =>
    importPreview({ ...previewed, examples: [], counts: { u: 9, replaces: 2, n: 3 } }, caller(language), now),
  'with nothing to save': (language) =>
    importPreview(
      {
        ...previewed,
        counts: { x: 3, w: 1, e: 1 },
        examples: [
          { kind: 'wrong_columns', place: { row: 12 }, cell: '' },
          { kind: 'unknown_user', place: { row: 2 }, cell: 'x14' },
          { kind: 'unknown_user', place: { row: 3 }, cell: 'x15' },
          { kind: 'unknown_user', place: { row: 7 }, cell: 'x19' },
        ],
      },
      caller(language),
      now,
    ),
};
