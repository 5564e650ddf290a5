import type { FileRow, RowValues } from '../../csv/types.ts';
import { isErrorValue } from '../../rules/cell-marks.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { identity } from '../../rules/templates.ts';

/** What a row says once what is no value is left out. */
export interface Marked {
  readonly values: RowValues;
  readonly hints: readonly CellHint[];
  /** The fields whose cell ought to say something, and does not. */
  readonly faulty: ReadonlySet<FieldKey>;
}

const none: ReadonlySet<FieldKey> = new Set();

/** Takes out of a row what formulas left without a value, and tells what is worth knowing of its cells. */
export function readMarks({ values, marks }: Pick<FileRow, 'values' | 'marks'>): Marked {
  const errors = errorsIn(values);
  if (!marks && errors.length === 0) return { values, hints: [], faulty: none };
  const lacking = Object.entries(marks ?? {}).flatMap(([field, mark]) =>
    mark === 'no_value' ? [field as FieldKey] : [],
  );
  const hints: CellHint[] = [
    ...errors.map((field): CellHint => ({ kind: 'error_value', field })),
    ...lacking.map((field): CellHint => ({ kind: 'no_value', field })),
    ...Object.entries(marks ?? {}).flatMap(([field, mark]) => hintOf(field as FieldKey, mark, values)),
  ];
  const faulty = new Set([...errors, ...lacking]);
  const left = Object.entries(values).map(([field, value]) => [
    field,
    faulty.has(field as FieldKey) ? '' : value,
  ]);
  return { values: Object.fromEntries(left), hints, faulty };
}

function errorsIn(values: RowValues): readonly FieldKey[] {
  let found: readonly FieldKey[] = [];
  for (const name in values) {
    const field = name as FieldKey;
    if (isErrorValue(values[field] ?? '')) found = [...found, field];
  }
  return found;
}

/** Texts that look like numbers to a spreadsheet. */
const texts: ReadonlySet<FieldKey> = new Set([...identity, 'aliasUserId', 'cardTagId', 'externalReference']);

function hintOf(
  field: FieldKey,
  mark: NonNullable<FileRow['marks']>[FieldKey],
  values: RowValues,
): readonly CellHint[] {
  if (isErrorValue(values[field] ?? '')) return [];
  if (mark === 'formula') return [{ kind: 'formula', field }];
  if ((mark === 'rounded' || mark === 'date') && texts.has(field)) return [{ kind: 'damaged', field }];
  return mark === 'number' && identity.includes(field) ? [{ kind: 'number', field }] : [];
}
