import type { FileHeader } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { parseAddress } from '../../rules/address.ts';
import { likelyAddress } from '../../rules/address-mend.ts';
import { parseDay } from '../../rules/cells.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { headerRowOf, type ImportFile, placesIn, type RowPlace } from '../../rules/import-files.ts';
import { type RejectReason, rejectReasons } from '../../rules/import-row.ts';
import { type CellHint, reasonTelling } from '../../rules/row-notes.ts';
import { fold } from '../../rules/text.ts';
import { countOf, lettersOf, type VerdictCounts, verdictOf } from '../../rules/verdict.ts';
import type { LoggedCells } from './blocks.ts';
import { loggedRows } from './log-rows.ts';
import { protectedUsers } from './protected-users.ts';

/** One row that shows what is meant by a hint or a reason. */
export interface RowExample {
  kind: ExampleKind;
  place: RowPlace;
  /** The cell that it is about, as the file has it. */
  cell: string;
  /** What was probably meant. */
  meant?: string;
}

/** What examples are given of: what a preview alone can't tell in numbers. */
const exampleKinds = [
  'slip',
  'wrapped',
  'rounded',
  'dated',
  'damaged',
  'personal_number',
  'personal_user_id',
  'masked',
  'one_column',
  'unreadable',
  'error_value',
  'no_value',
  ...rejectReasons,
] as const;
export type ExampleKind = (typeof exampleKinds)[number];

/**
 * U8: which user a row is about is not certain for these. For whoever may not know of people with protected identity there are no
 * examples, since one that is left out would tell that it is about such a person.
 */
const aboutWhom: ReadonlySet<ExampleKind> = new Set([
  'wrong_columns',
  'missing_required',
  'unknown_user',
  'id_mismatch',
  'no_permission',
  'other_department',
]);

/** Of each kind. */
const mostExamples = 3;

/** A previewed file. */
export interface Exampled {
  id: number;
  rowCount: number;
  header: FileHeader;
  counts: VerdictCounts;
  /** Where there are several. */
  files: readonly ImportFile[];
  /** Whoever imports may know of people with protected identity (U8). */
  protectedToo: boolean;
}

/** The first rows of each kind that there is, in file order; for whoever dropped the file alone (A3). */
export async function examplesOf(pool: Pool, file: Exampled): Promise<RowExample[]> {
  const hidden = file.protectedToo ? new Set<string>() : await protectedUsers(pool);
  const found: RowExample[] = [];
  for (const kind of exampleKinds) {
    if (!file.protectedToo && aboutWhom.has(kind)) continue;
    if (isHint(kind)) {
      const any = (file.counts[kind] ?? 0) + (file.counts[kind.toUpperCase()] ?? 0) > 0;
      if (any) found.push(...(await hinted(pool, file, kind, hidden)));
    } else if (countOf(file.counts, kind, file.protectedToo) > 0)
      found.push(...(await rejected(pool, file, kind, hidden)));
  }
  return found;
}

type HintKind = Extract<ExampleKind, CellHint['kind']>;

const isHint = (kind: ExampleKind): kind is HintKind => !rejectReasons.some((reason) => reason === kind);

async function hinted(
  pool: Pool,
  { id, header: { fields }, files, protectedToo }: Exampled,
  kind: HintKind,
  hidden: ReadonlySet<string>,
): Promise<RowExample[]> {
  const told = reasonTelling(kind);
  const { rows } = await pool.query<{ line: string; letter: string; hints: CellHint[] }>(hintedRows, [
    id,
    JSON.stringify([{ kind }]),
    protectedToo ? mostExamples : 50,
    told ? lettersOf(told, true) : '',
  ]);
  const user = fields.indexOf('userId');
  const placeOf = placesIn(files);
  const shown = rows.flatMap(({ line, letter, hints }) => {
    const [row, ...cells] = JSON.parse(line) as LoggedCells;
    const isHidden = hidden.has(fold(cells[user] ?? '')) || verdictOf(letter)?.protected;
    if (!protectedToo && isHidden) return [];
    const hint = hints.find((one) => one.kind === kind);
    const cell = hint ? (cells[fields.indexOf(hint.field)] ?? '') : '';
    return [{ kind, place: placeOf(row), cell, ...(hint?.meant ? { meant: hint.meant } : {}) }];
  });
  return shown.slice(0, mostExamples);
}

const hintedRows = `
select split_part(b.cells, e'\\n', h.place::int + 1) as line, substr(b.verdicts, h.place::int + 1, 1) as letter, h.hints
from import_block b
cross join lateral jsonb_each(b.hints) h (place, hints)
where b.import_id = $1 and b.hints is not null and h.hints @> $2::jsonb
  and position(substr(b.verdicts, h.place::int + 1, 1) in $4) = 0
order by b.block, h.place::int
limit $3`;

/** Rows that share an address show best together what is wrong with them. */
async function rejected(
  pool: Pool,
  file: Exampled,
  kind: RejectReason,
  but: ReadonlySet<string>,
): Promise<RowExample[]> {
  const first = await firstRejected(pool, file, kind, but);
  const shared = kind === 'duplicate_in_file' && first[0]?.cell;
  return shared ? firstRejected(pool, file, kind, but, fold(shared)) : first;
}

async function firstRejected(
  pool: Pool,
  { id, rowCount, header, files, protectedToo }: Exampled,
  kind: RejectReason,
  but: ReadonlySet<string>,
  ...words: string[]
): Promise<RowExample[]> {
  const wanted = { letters: lettersOf(kind, protectedToo), words, but };
  const { fields } = header;
  const placeOf = placesIn(files);
  const found: RowExample[] = [];
  const file = { id, rowCount, headerRow: headerRowOf(header, files), fields };
  for await (const { row, cells, hints } of loggedRows(pool, file, wanted, { from: 1 }, mostExamples)) {
    const cell = faultyCell(kind, (field) => cells[fields.indexOf(field)] ?? '');
    const hint = hints.find((one) => reasonTelling(one.kind) === kind);
    const meant = hint?.meant ?? (kind === 'invalid_email' ? likelyAddress(cell) : undefined);
    found.push({ kind, place: placeOf(row), cell, ...(meant ? { meant } : {}) });
    if (found.length === mostExamples) break;
  }
  return found;
}

/** What shows best why a row is rejected; of some reasons, no cell does. */
function faultyCell(reason: RejectReason, said: (field: FieldKey) => string): string {
  switch (reason) {
    case 'wrong_columns':
    case 'missing_required':
    case 'no_permission':
      return '';
    case 'unknown_user':
    case 'other_department':
      return said('userId');
    case 'id_mismatch':
      return `${said('userId')} / ${said('employmentNumber')}`;
    case 'unreadable_date':
      return faultyDate(said('employedFrom'), said('employedTo'));
    case 'shared_email':
      return said('email');
    case 'invalid_email':
    case 'domain_not_allowed':
    case 'conflict_in_file':
    case 'duplicate_in_file':
    case 'address_taken':
      return faultyAddress(said('connectEmail'), said('email'));
  }
}

const faultyDate = (from: string, to: string): string => (from !== '' && !parseDay(from) ? from : to);

/** Where one of the two is faulty, that one. */
const faultyAddress = (connectEmail: string, email: string): string =>
  connectEmail === '' || (email !== '' && parseAddress(connectEmail).ok && !parseAddress(email).ok)
    ? email
    : connectEmail;
