import { type RejectReason, type RowOutcome, rejectReasons, rowOutcomes } from './import-row.ts';

/** What became of a row: I4's outcome, and the reason where it was rejected. */
export interface Verdict {
  outcome: RowOutcome;
  reason?: RejectReason;
  /** An `updated` row that brought a known user's further employment (I3). */
  further?: true;
  /** The row is about somebody with protected identity (U8). */
  protected: boolean;
}

/**
 * Every verdict as one letter, so that a million rows' fit into a megabyte: small, or capital where the row is about
 * somebody with protected identity (U8).
 */
const letters: Readonly<Record<string, Omit<Verdict, 'protected'>>> = {
  c: { outcome: 'created' },
  u: { outcome: 'updated' },
  f: { outcome: 'updated', further: true },
  n: { outcome: 'unchanged' },
  k: { outcome: 'skipped_connected' },
  e: { outcome: 'skipped_empty' },
  h: { outcome: 'skipped_filled' },
  z: { outcome: 'skipped_inactive' },
  v: { outcome: 'skipped_no_email' },
  g: { outcome: 'skipped_changed' },
  b: { outcome: 'skipped_verified' },
  w: { outcome: 'rejected', reason: 'wrong_columns' },
  m: { outcome: 'rejected', reason: 'missing_required' },
  x: { outcome: 'rejected', reason: 'unknown_user' },
  i: { outcome: 'rejected', reason: 'id_mismatch' },
  p: { outcome: 'rejected', reason: 'no_permission' },
  l: { outcome: 'rejected', reason: 'other_department' },
  j: { outcome: 'rejected', reason: 'unreadable_date' },
  a: { outcome: 'rejected', reason: 'invalid_email' },
  d: { outcome: 'rejected', reason: 'domain_not_allowed' },
  o: { outcome: 'rejected', reason: 'conflict_in_file' },
  t: { outcome: 'rejected', reason: 'duplicate_in_file' },
  s: { outcome: 'rejected', reason: 'shared_email' },
  y: { outcome: 'rejected', reason: 'address_taken' },
};

/** A row that has not been judged yet. */
export const unjudged = ' ';

/** What rows can be counted and filtered by: an outcome, a reason, or all further employments. */
export type VerdictGroup = RowOutcome | RejectReason | 'further';

/** Every group, in the order in which they are shown. */
export const verdictGroups: readonly VerdictGroup[] = [...rowOutcomes, ...rejectReasons];

/** How many rows have each letter. */
export type VerdictCounts = Readonly<Record<string, number>>;

/** What a letter says; undefined for a row that has not been judged. */
export function verdictOf(letter: string): Verdict | undefined {
  const small = letter.toLowerCase();
  const verdict = letters[small];
  return verdict && { ...verdict, protected: letter !== small };
}

/** The letters of a group (all letters without one), as far as the reader may know of the rows (U8). */
export function lettersOf(group: VerdictGroup | undefined, protectedToo: boolean): string {
  const small = Object.entries(letters).flatMap(([letter, verdict]) =>
    isIn(verdict, group) ? [letter] : [],
  );
  return [...small, ...(protectedToo ? small.map((letter) => letter.toUpperCase()) : [])].join('');
}

/** How many rows are in a group (all that are judged without one), as far as the reader may know of them (U8). */
export function countOf(
  counts: VerdictCounts,
  group: VerdictGroup | undefined,
  protectedToo: boolean,
): number {
  return [...lettersOf(group, protectedToo)].reduce((sum, letter) => sum + (counts[letter] ?? 0), 0);
}

/** Whether applying the rows would change anything. */
export function savesAnything(counts: VerdictCounts): boolean {
  return countOf(counts, 'created', true) + countOf(counts, 'updated', true) > 0;
}

/** Adds the letters of a text to counts. */
export function countLetters(text: string, into: Record<string, number>): void {
  for (const letter of text) into[letter] = (into[letter] ?? 0) + 1;
}

function isIn(verdict: Omit<Verdict, 'protected'>, group: VerdictGroup | undefined): boolean {
  if (group === undefined) return true;
  if (group === 'further') return verdict.further === true;
  return verdict.outcome === group || verdict.reason === group;
}
