import { countOf, savesAnything, type VerdictCounts } from './verdict.ts';

/**
 * Which share of a company's active users a file has to name to be taken for a list of all of them: a list of newcomers is
 * none, and one that a whole department has left still is.
 */
export const listsAllFrom = 0.5;

/** How long whoever is missing from a file can be deactivated by it, in milliseconds: then a newer one should say. */
export const missingLifetime = 24 * 60 * 60 * 1000;

/** What the file says is in the store: the import is done, or has nothing to save. */
export function hasTakenEffect(state: string, counts: VerdictCounts): boolean {
  return state === 'done' || (state === 'previewed' && !savesAnything(counts));
}

/** Some rows do not say whom they are about, so somebody who seems to be missing may be on one of them. */
export function namesUncertain(counts: VerdictCounts): boolean {
  return countOf(counts, 'wrong_columns', true) + countOf(counts, 'missing_required', true) > 0;
}
