import type { Count } from '../../../core/view.ts';
import { type Counted, outcomeCounts, reasonCounts, rejectReasons } from '../../../rules/import-row.ts';
import type { Tally } from '../../../rules/import-words.ts';
import { type Language, type Say, speaker } from '../../../rules/language.ts';
import { warningKinds, warningText } from '../../../rules/row-notes.ts';
import { formatDay, formatNumber } from '../../../rules/say.ts';
import { countOf } from '../../../rules/verdict.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';

/** "Import #42: file.csv"; a file's name is for the caller alone (A3). */
export function titleOf(
  { id, fileName }: ImportStatus,
  { audience }: Reader,
  before = 'Import',
  after = '',
): string {
  const name = audience === 'caller' ? `: ${fileName}` : '';
  return `${before} #${id}${after}${name}`;
}

/** What the rows come to (all of them decide), and as far as the reader may be told (U8). */
export interface Rows {
  all: Tally;
  told: Tally;
}

/** Counts an import's rows; a place is told nothing of people with protected identity. */
export function rowsOf({ counts, protected: protectedToo }: ImportStatus, { audience }: Reader): Rows {
  return {
    all: (group) => countOf(counts, group, true),
    told: (group) => countOf(counts, group, protectedToo && audience === 'caller'),
  };
}

/** U8: said where the numbers leave somebody out, and of whom they do not say. */
export function moreInLog({ all, told }: Rows, say: Say): string | false {
  return (
    told(undefined) < all(undefined) &&
    say('Fler detaljer står i loggen.', 'There are more details in the log.')
  );
}

/** What to do with the rejected rows. */
export function correctRejected({ told }: Rows, say: Say): string | false {
  return (
    told('rejected') > 0 &&
    say(
      'Rätta de avvisade raderna och släpp filen här igen.',
      'Correct the rejected rows and drop the file here again.',
    )
  );
}

/** Those of the sentences that there are, as one text. */
export const joined = (...sentences: (string | false)[]): string => sentences.filter(Boolean).join(' ');

/** Whatever the file says is so already. */
export function isInPlace(tally: Tally): boolean {
  return tally('unchanged') > 0 && tally('unchanged') + tally('skipped_empty') === tally(undefined);
}

/** Every outcome and reason that some row has. */
export function countsOf({ template }: ImportStatus, tally: Tally, language: Language): Count[] {
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
export function warningsOf(
  { counts, protected: all, template }: ImportStatus,
  { language, audience }: Reader,
): string[] {
  return warningKinds.flatMap((kind) => {
    const hidden = all && audience === 'caller' ? (counts[kind.toUpperCase()] ?? 0) : 0;
    const n = (counts[kind] ?? 0) + hidden;
    const rows = speaker(language)(n === 1 ? 'rad' : 'rader', n === 1 ? 'row' : 'rows');
    return n > 0 ? [`${formatNumber(n, language)} ${rows} ${warningText(kind, n, template)[language]}`] : [];
  });
}

/** I6. */
export function knownLines({ known }: ImportStatus, { language, audience }: Reader, now: Date): string[] {
  if (!known) return [];
  const say = speaker(language);
  const day = formatDay(known.at, language, now);
  return audience === 'caller' && known.by !== ''
    ? [say(`Filen lästes in ${day} av ${known.by}.`, `${known.by} imported this file on ${day}.`)]
    : [say(`Filen lästes in ${day}.`, `This file was imported on ${day}.`)];
}

/** I1. */
export function emptyRowsLine({ emptyRows }: ImportStatus, language: Language): string[] {
  if (emptyRows === 0) return [];
  const n = formatNumber(emptyRows, language);
  const say = speaker(language);
  return emptyRows === 1
    ? [say('1 tom rad räknas inte.', '1 empty row is not counted.')]
    : [say(`${n} tomma rader räknas inte.`, `${n} empty rows are not counted.`)];
}
