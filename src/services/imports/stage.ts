import type { FileRow, RowValues } from '../../csv/types.ts';
import { parseAddress } from '../../rules/address.ts';
import { longestCell, parseDay, parseLanguage, parseYesNo } from '../../rules/cells.ts';
import { damageOf } from '../../rules/excel.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { isMaskedNumber, isPersonalNumber } from '../../rules/personal-number.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { fold } from '../../rules/text.ts';
import { readMarks } from './marked.ts';

/**
 * What is wrong with a row itself, with a key that too many rows have (links.ts) or with the file that it stands in (origin.ts),
 * before the store is asked: bits that add up.
 */
export const faultBits = {
  wrongColumns: 1,
  missingRequired: 2,
  badConnectEmail: 4,
  badEmail: 8,
  crowdedUser: 16,
  crowdedAddress: 32,
  crowdedNumber: 64,
  otherDepartment: 128,
  unreadableDate: 256,
  /** No fault by itself: what the row lacked in leading zeros was put back. */
  zerosRestored: 512,
} as const;

/** Those that tell of other rows. */
export const crowded = faultBits.crowdedUser + faultBits.crowdedAddress + faultBits.crowdedNumber;

/** The columns of import_chunk that each field fills. */
export const columnsOf = {
  userId: ['user_id', 'user_key'],
  employmentNumber: ['number'],
  connectEmail: ['connect_email', 'connect_address'],
  name: ['name', 'name_key'],
  company: ['company', 'company_key'],
  department: ['department', 'department_key'],
  office: ['office', 'office_key'],
  email: ['email', 'email_key'],
  activated: ['active'],
  aliasUserId: ['alias_user_id'],
  signature: ['signature'],
  cardTagId: ['card_tag_id'],
  externalReference: ['external_reference'],
  language: ['language'],
  protectedIdentity: ['protected_identity'],
  employedFrom: ['starts_on'],
  employedTo: ['ends_on'],
} as const satisfies Record<FieldKey, readonly string[]>;

/** One of those columns. */
export type StagedColumn = (typeof columnsOf)[FieldKey][number];

/** PostgreSQL's type of a column. */
export function typeOf(column: StagedColumn): 'text' | 'boolean' | 'language' | 'date' {
  if (column === 'active' || column === 'protected_identity') return 'boolean';
  if (column === 'starts_on' || column === 'ends_on') return 'date';
  return column === 'language' ? 'language' : 'text';
}

/** A row as SQL judges it: everything that takes a rule in TypeScript is worked out. Null: an empty cell, or none. */
export type StagedRow = { faults: number } & Record<StagedColumn, string | boolean | null>;

/** Works out what a row of the file says. */
export function stageRow(read: FileRow): { row: StagedRow; hints: readonly CellHint[] } {
  if (read.fault) return { row: misplaced(read.values), hints: wholeRowIn(read.values) };
  const tooLong = longCells(read.values);
  if (tooLong.length > 0) return { row: misplaced(read.values), hints: tooLong };
  const { values, faulty, hints: marked } = readMarks(read);
  const hints: CellHint[] = [...marked];
  const connect = faulty.has('connectEmail') ? 'bad' : readAddress(values, 'connectEmail', hints);
  const email = faulty.has('email') ? 'bad' : readAddress(values, 'email', hints);
  const { name, company, department, office } = values;
  const userId = readIdentity(values, 'userId', hints);
  const number = readIdentity(values, 'employmentNumber', hints);
  const starts = readCell(values, 'employedFrom', parseDay, hints);
  const ends = readCell(values, 'employedTo', parseDay, hints);
  const lacksDate = dates.some(
    (field) => faulty.has(field) || hints.some((hint) => isUnreadable(hint, field)),
  );
  const row: StagedRow = {
    faults:
      (userId && number ? 0 : faultBits.missingRequired) +
      (connect === 'bad' ? faultBits.badConnectEmail : 0) +
      (email === 'bad' ? faultBits.badEmail : 0) +
      (lacksDate ? faultBits.unreadableDate : 0),
    user_id: userId,
    user_key: keyOf(userId),
    number,
    connect_email: shownOf(connect),
    connect_address: compared(connect),
    name: name || null,
    name_key: keyOf(name),
    company: company || null,
    company_key: keyOf(company),
    department: department || null,
    department_key: keyOf(department),
    office: office || null,
    office_key: keyOf(office),
    email: shownOf(email),
    email_key: compared(email),
    active: readCell(values, 'activated', parseYesNo, hints),
    alias_user_id: inFull(values.aliasUserId),
    signature: values.signature || null,
    card_tag_id: inFull(values.cardTagId),
    external_reference: inFull(values.externalReference),
    language: readCell(values, 'language', parseLanguage, hints),
    protected_identity: readCell(values, 'protectedIdentity', parseYesNo, hints),
    starts_on: starts,
    ends_on: ends,
  };
  hintDamage(values, 'userId', hints);
  hintDamage(values, 'employmentNumber', hints);
  return { row, hints };
}

/** A User-ID or employment number; null where it is empty, or lacks the digits that the log does not keep. */
function readIdentity(
  values: RowValues,
  field: 'userId' | 'employmentNumber',
  hints: CellHint[],
): string | null {
  const cell = values[field];
  if (!cell) return null;
  if (isPersonalNumber(cell))
    hints.push({ kind: field === 'userId' ? 'personal_user_id' : 'personal_number', field });
  if (!isMaskedNumber(cell)) return cell;
  hints.push({ kind: 'masked', field });
  return null;
}

/**
 * A row whose cells may stand under the wrong names: what it says of protected identity cannot be told, so where the file
 * has that column, it counts as such; and whom it seems to name may have one (U8).
 */
function misplaced(values: RowValues): StagedRow {
  const { userId, protectedIdentity } = values;
  return {
    ...nothing,
    faults: faultBits.wrongColumns,
    user_key: userId && userId.length <= longestCell ? keyOf(userId) : null,
    protected_identity: protectedIdentity === undefined ? null : true,
  };
}

/** What the log has masked is not written when the row comes back. */
const inFull = (cell: string | undefined): string | null => (cell && !isMaskedNumber(cell) ? cell : null);

function hintDamage(values: RowValues, field: 'userId' | 'employmentNumber', hints: CellHint[]): void {
  const cell = values[field];
  const kind = cell ? damageOf(cell) : undefined;
  const isToldOf = hints.some((hint) => hint.field === field && hint.kind !== 'number');
  if (kind && !isToldOf) hints.push({ kind, field });
}

/** The one cell of a row that has no other, where it holds what should stand in several. */
function wholeRowIn(values: RowValues): readonly CellHint[] {
  const filled = (Object.keys(values) as FieldKey[]).filter((field) => values[field]);
  const [field] = filled;
  const isWhole = filled.length === 1 && field && /[;,\t|].*[;,\t|]/.test(values[field] ?? '');
  return isWhole ? [{ kind: 'one_column', field }] : none;
}

/** The value of a cell; null where it is empty, or cannot be read: then a hint says so. */
function readCell<T>(
  values: RowValues,
  field: FieldKey,
  parse: (cell: string) => T | undefined,
  hints: CellHint[],
): T | null {
  const cell = values[field];
  if (!cell) return null;
  const value = parse(cell);
  if (value === undefined) hints.push({ kind: 'unreadable', field });
  return value ?? null;
}

const dates = ['employedFrom', 'employedTo'] as const;

const isUnreadable = (hint: CellHint, field: FieldKey): boolean =>
  hint.kind === 'unreadable' && hint.field === field;

type Address = { shown: string; key: string } | 'bad' | 'none';

function readAddress(values: RowValues, field: 'connectEmail' | 'email', hints: CellHint[]): Address {
  const cell = values[field];
  if (!cell) return 'none';
  const parsed = parseAddress(cell);
  if (!parsed.ok) return 'bad';
  if (parsed.shown !== cell) hints.push({ kind: 'wrapped', field });
  return parsed;
}

const shownOf = (address: Address): string | null => (typeof address === 'object' ? address.shown : null);
const compared = (address: Address): string | null => (typeof address === 'object' ? address.key : null);
const keyOf = (shown: string | null | undefined): string | null => (shown ? fold(shown) : null);

const none: readonly CellHint[] = [];

/** The cells that are too long, but for addresses. Mostly none, so that a large file leaves no garbage here. */
function longCells(values: RowValues): readonly CellHint[] {
  let found = none;
  for (const name in values) {
    const field = name as FieldKey;
    const length = values[field]?.length ?? 0;
    if (length > longestCell && field !== 'connectEmail' && field !== 'email')
      found = [...found, { kind: 'too_long', field }];
  }
  return found;
}

const nothing = Object.fromEntries(
  Object.values(columnsOf)
    .flat()
    .map((column) => [column, null]),
) as Record<StagedColumn, null>;
