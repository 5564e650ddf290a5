import type { Count } from '../../../core/view.ts';
import { droppedText } from '../../../rules/import-files.ts';
import {
  type Counted,
  outcomeCounts,
  type RejectReason,
  reasonCounts,
  rejectReasons,
} from '../../../rules/import-row.ts';
import type { Tally } from '../../../rules/import-words.ts';
import { type Language, speaker } from '../../../rules/language.ts';
import { warningKinds, warningText } from '../../../rules/row-warnings.ts';
import { formatDay, formatNumber } from '../../../rules/say.ts';
import { countOf } from '../../../rules/verdict.ts';
import type { ImportStatus, KnownFile } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';
import { examplesAfter, examplesOf } from './examples.ts';

/** "Import #42: file.csv"; a file's name is for the caller alone (A3). Of several files, how many. */
export function titleOf(
  { id, fileName, files }: ImportStatus,
  { language, audience }: Reader,
  before = 'Import',
  after = '',
): string {
  const isNamed = audience === 'caller' || files.length > 1;
  const name = isNamed && droppedText(fileName, files.length, language);
  return `${before} #${id}${after}${name ? `: ${name}` : ''}`;
}

/** What the rows come to (all of them decide), and as far as the reader may be told (U8). */
interface Tallies {
  all: Tally;
  told: Tally;
}

/** An import's rows in the reader's words; a place is told nothing of people with protected identity. */
export interface Rows extends Tallies {
  /** Whatever the file says is so already. */
  inPlace: boolean;
  /** Every outcome and reason that some row has; of a preview, with rows that show it. */
  counts: Count[];
  warnings: string[];
  empty: string[];
  /** What to do with the rejected rows, and that the log says more: where there is something to say. */
  correctRejected: string | false;
  moreInLog: string | false;
}

export function rowsOf(status: ImportStatus, reader: Reader): Rows {
  const { counts, protected: protectedToo } = status;
  const { language, audience } = reader;
  const tallies: Tallies = {
    all: (group) => countOf(counts, group, true),
    told: (group) => countOf(counts, group, protectedToo && audience === 'caller'),
  };
  return {
    ...tallies,
    inPlace: isInPlace(tallies.all),
    counts: countsOf(status, tallies.told, reader),
    warnings: [
      ...warningsOf(status, reader),
      ...domainLine(tallies.told('domain_not_allowed'), status, reader),
    ],
    empty: emptyRowsLine(status, language),
    correctRejected: correctRejected(tallies, status, reader),
    moreInLog: moreInLog(tallies, language),
  };
}

/** U8: said where the numbers leave somebody out, and of whom they do not say. */
function moreInLog({ all, told }: Tallies, language: Language): string | false {
  const say = speaker(language);
  return (
    told(undefined) < all(undefined) &&
    say('Fler detaljer står i loggen.', 'There are more details in the log.')
  );
}

/** Those of several files come back in one. */
function correctRejected(
  { told }: Tallies,
  { files }: ImportStatus,
  { language, audience }: Reader,
): string | false {
  if (told('rejected') === told('other_department')) return false;
  const say = speaker(language);
  // Where others read too, a file may be dropped, but had better not.
  if (audience === 'place')
    return say(
      'Rätta de avvisade raderna och släpp dem igen.',
      'Correct the rejected rows and drop them again.',
    );
  return files.length > 1
    ? say(
        'Hämta de avvisade raderna, rätta dem och släpp filen med dem här.',
        'Get the rejected rows, correct them and drop that file here.',
      )
    : say(
        'Rätta de avvisade raderna och släpp filen här igen.',
        'Correct the rejected rows and drop the file here again.',
      );
}

/** Those of the sentences that there are, as one text. */
export const joined = (...sentences: (string | false)[]): string => sentences.filter(Boolean).join(' ');

function isInPlace(tally: Tally): boolean {
  return tally('unchanged') > 0 && tally('unchanged') + tally('skipped_empty') === tally(undefined);
}

/** How many rows of those that are told of have a hint or a note (services/imports/counting.ts). */
export function toldOf({ counts, protected: all }: ImportStatus, { audience }: Reader, kind: string): number {
  const hidden = all && audience === 'caller' ? (counts[kind.toUpperCase()] ?? 0) : 0;
  return (counts[kind] ?? 0) + hidden;
}

function countsOf(status: ImportStatus, tally: Tally, reader: Reader): Count[] {
  const { language } = reader;
  const { template, origin } = status;
  const { created, updated, further, address, replaced, put_back, removed, ...others } = outcomeCounts;
  const changes = tally('updated') - tally('further');
  const left = origin === 'undo' ? toldOf(status, reader, 'removed') : 0;
  const isAddress = template?.does === 'addresses';
  const instead = isAddress && origin !== 'undo' ? toldOf(status, reader, 'replaces') : 0;
  const change = isAddress ? address : updated;
  const counts: [number, Counted, RejectReason?][] = [
    [tally('created'), created],
    [changes - left - instead, origin === 'undo' ? put_back : change],
    [instead, replaced],
    [left, removed],
    [tally('further'), further],
    ...(Object.keys(others) as (keyof typeof others)[]).map((outcome): [number, Counted] => [
      tally(outcome),
      others[outcome],
    ]),
    ...rejectReasons.map((reason): [number, Counted, RejectReason] => [
      tally(reason),
      reasonCounts[reason],
      reason,
    ]),
  ];
  return counts.flatMap(([count, { one, many }, reason]): Count[] => {
    if (count === 0) return [];
    const label = (count === 1 ? one : many)[language];
    if (!reason) return [{ label, count }];
    return [{ label: `${label}${examplesAfter(status, reader, reason, count)}`, count, tone: 'fault' }];
  });
}

/** What is worth a look, counted in services/imports/counting.ts under the names of its kinds. */
function warningsOf(status: ImportStatus, reader: Reader): string[] {
  const { counts, template, origin } = status;
  const { language } = reader;
  const creates = countOf(counts, 'created', true) > 0;
  return warningKinds.flatMap((kind) => {
    if (kind === 'number' && !creates) return [];
    // Counted as what becomes of the rows.
    if (kind === 'replaces' && template?.does === 'addresses' && origin !== 'undo') return [];
    const n = toldOf(status, reader, kind);
    const rows = speaker(language)(n === 1 ? 'rad' : 'rader', n === 1 ? 'row' : 'rows');
    return n > 0
      ? [
          joined(
            `${formatNumber(n, language)} ${rows} ${warningText(kind, n, template?.does)[language]}`,
            examplesOf(status, reader, kind, n),
          ),
        ]
      : [];
  });
}

/** D1: how the domain of rejected addresses is allowed. */
function domainLine(count: number, { state }: ImportStatus, { language, audience }: Reader): string[] {
  if (count === 0 || state !== 'previewed' || audience !== 'caller') return [];
  return [
    speaker(language)(
      'Ska domänen vara tillåten? Skriv `/vc domäner tillåt DOMÄN`, så görs förhandsvisningen om.',
      'Should the domain be allowed? Type `/vc domains allow DOMAIN`, and the preview is made anew.',
    ),
  ];
}

/** I6. Of several files, in a place: how many of them. */
export function knownLines({ known }: ImportStatus, reader: Reader, now: Date): string[] {
  const [first] = known;
  if (!first) return [];
  if (reader.audience === 'caller' || first.file === undefined)
    return known.map((one) => knownLine(one, reader, now));
  const n = formatNumber(known.length, reader.language);
  const say = speaker(reader.language);
  return known.length === 1
    ? [say('1 av filerna har lästs in förut.', '1 of the files was imported before.')]
    : [say(`${n} av filerna har lästs in förut.`, `${n} of the files were imported before.`)];
}

function knownLine({ at, by, file, undone }: KnownFile, { language, audience }: Reader, now: Date): string {
  const say = speaker(language);
  const day = formatDay(at, language, now);
  const [sv, en] = [file ?? 'Filen', file ?? 'this file'];
  const imported =
    audience === 'caller' && by !== ''
      ? say(`${sv} lästes in ${day} av ${by}.`, `${by} imported ${en} on ${day}.`)
      : say(`${sv} lästes in ${day}.`, `${file ?? 'This file'} was imported on ${day}.`);
  return joined(
    imported,
    undone && say('Den importen har ångrats sedan dess.', 'That import has been undone since.'),
  );
}

/** I1. */
function emptyRowsLine({ emptyRows }: ImportStatus, language: Language): string[] {
  if (emptyRows === 0) return [];
  const n = formatNumber(emptyRows, language);
  const say = speaker(language);
  return emptyRows === 1
    ? [say('1 tom rad räknas inte.', '1 empty row is not counted.')]
    : [say(`${n} tomma rader räknas inte.`, `${n} empty rows are not counted.`)];
}
