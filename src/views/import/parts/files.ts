import { fileLabels } from '../../../rules/import-files.ts';
import { speaker } from '../../../rules/language.ts';
import { formatNumber, list } from '../../../rules/say.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';
import type { Rows } from './rows.ts';

/** How many files are named. */
const mostNames = 12;

/** Which departments' files are read together, and of how many; what they are called is for the caller alone (A3). */
export function togetherLines(status: ImportStatus, rows: Rows, reader: Reader): string[] {
  return [...filesLine(status, rows, reader), ...insteadLines(status, reader)];
}

function filesLine(
  { files, filesInAll }: ImportStatus,
  rows: Rows,
  { language, audience }: Reader,
): string[] {
  if (files.length < 2) return [];
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const count = say(
    `${number(files.length)} av exportens ${number(filesInAll)} filer läses tillsammans`,
    `${number(files.length)} of the ${number(filesInAll)} files of the export are read together`,
  );
  if (audience !== 'caller') return [`${count}.`];
  const labels = fileLabels(files);
  // U8: how many rows a file has may say that somebody is left out of the counts.
  const named = files.slice(0, mostNames).map(({ rows: n }, i) => {
    const label = labels[i] ?? '';
    if (rows.told(undefined) < rows.all(undefined)) return label;
    return `${label} (${number(n)} ${say(n === 1 ? 'rad' : 'rader', n === 1 ? 'row' : 'rows')})`;
  });
  const more = files.length - named.length;
  const names = list(
    more > 0 ? [...named, say(`${number(more)} till`, `${number(more)} more`)] : named,
    language,
  );
  return [`${count}: ${names}.`];
}

/** The same department's file was dropped once more. */
function insteadLines({ files }: ImportStatus, { language, audience }: Reader): string[] {
  const labels = fileLabels(files);
  const names = files.flatMap(({ instead }, i) => (instead === undefined ? [] : [labels[i] ?? '']));
  if (names.length === 0) return [];
  const say = speaker(language);
  const n = formatNumber(names.length, language);
  if (audience === 'caller')
    return [
      say(
        `Samma avdelnings fil har släppts mer än en gång, och den senaste gäller: ${list(names, 'sv')}.`,
        `The file of the same department was dropped more than once, and the latest applies: ${list(names, 'en')}.`,
      ),
    ];
  return [
    names.length === 1
      ? say(
          'En avdelnings fil har släppts mer än en gång, och den senaste gäller.',
          "One department's file was dropped more than once, and the latest applies.",
        )
      : say(
          `${n} avdelningars filer har släppts mer än en gång, och de senaste gäller.`,
          `The files of ${n} departments were dropped more than once, and the latest apply.`,
        ),
  ];
}
