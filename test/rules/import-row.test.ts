import { expect, test } from 'vitest';
import { outcomeNames, reasonTexts, rejectReasons, rowOutcomes } from '../../src/rules/import-row.ts';

test('I4 outcomes and reasons, in the order in which they are judged', () => {
  expect(rowOutcomes).toEqual([
    'created',
    'updated',
    'unchanged',
    'skipped_connected',
    'skipped_empty',
    'skipped_filled',
    'skipped_inactive',
    'skipped_no_email',
    'skipped_changed',
    'skipped_verified',
    'rejected',
  ]);
  expect(rejectReasons).toEqual([
    'wrong_columns',
    'missing_required',
    'unknown_user',
    'id_mismatch',
    'no_permission',
    'other_department',
    'unreadable_date',
    'invalid_email',
    'domain_not_allowed',
    'conflict_in_file',
    'duplicate_in_file',
    'shared_email',
    'address_taken',
  ]);
});

test('I4 every reason says what is wrong and what to do, in both languages; every outcome has a name', () => {
  for (const { sv, en } of rejectReasons.map((reason) => reasonTexts[reason])) {
    for (const text of [sv, en]) expect(text).toMatch(/^[^.]+\. .+\.$/);
  }
  const names = rowOutcomes.flatMap((outcome) => [outcomeNames[outcome].sv, outcomeNames[outcome].en]);
  expect(new Set(names).size).toBe(2 * rowOutcomes.length);
});
