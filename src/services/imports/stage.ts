import type { FileRow, RowValues } from '../../csv/types.ts';
import { parseAddress } from '../../rules/address.ts';
import { parseDay, parseLanguage, parseYesNo } from '../../rules/cells.ts';
import { looksDamaged } from '../../rules/excel.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { fold } from '../../rules/text.ts';

/** What is wrong with a row itself, before the store is asked: bits that add up. */
export const faultBits = { wrongColumns: 1, missingRequired: 2, badConnectEmail: 4, badEmail: 8 } as const;

/** The columns of import_chunk, but for the row's place and faults: PostgreSQL's type of each. */
export const stagedColumns = {
  user_id: 'text',
  user_key: 'text',
  number: 'text',
  connect_email: 'text',
  connect_address: 'text',
  name: 'text',
  name_key: 'text',
  company: 'text',
  company_key: 'text',
  department: 'text',
  department_key: 'text',
  office: 'text',
  office_key: 'text',
  email: 'text',
  email_key: 'text',
  active: 'boolean',
  alias_user_id: 'text',
  signature: 'text',
  card_tag_id: 'text',
  external_reference: 'text',
  language: 'language',
  protected_identity: 'boolean',
  starts_on: 'date',
  ends_on: 'date',
} as const;

/** One of the staged columns. */
export type StagedColumn = keyof typeof stagedColumns;

/** A row as SQL judges it: everything that takes a rule in TypeScript is worked out. Null: an empty cell, or none. */
export type StagedRow = { faults: number } & Record<StagedColumn, string | boolean | null>;

/** What is worth saying of a row as it was read: `damaged` by a spreadsheet, or `unreadable` and so not written. */
export interface Hint {
  kind: 'damaged' | 'unreadable';
  field: FieldKey;
}

/** Longer than anything that these cells hold: then a quote or a delimiter is out of place. An address says so itself. */
const longestCell = 250;

/** Works out what a row of the file says. */
export function stageRow({ values, fault }: FileRow): { row: StagedRow; hints: Hint[] } {
  if (fault || hasLongCell(values)) return { row: { ...nothing, faults: faultBits.wrongColumns }, hints: [] };
  const hints: Hint[] = [];
  const connect = readAddress(values.connectEmail);
  const email = readAddress(values.email);
  const { userId, employmentNumber: number, name, company, department, office } = values;
  const row: StagedRow = {
    faults:
      (userId && number ? 0 : faultBits.missingRequired) +
      (connect === 'bad' ? faultBits.badConnectEmail : 0) +
      (email === 'bad' ? faultBits.badEmail : 0),
    user_id: userId || null,
    user_key: keyOf(userId),
    number: number || null,
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
    active: read(values, 'activated', parseYesNo, hints),
    alias_user_id: values.aliasUserId || null,
    signature: values.signature || null,
    card_tag_id: values.cardTagId || null,
    external_reference: values.externalReference || null,
    language: read(values, 'language', parseLanguage, hints),
    protected_identity: read(values, 'protectedIdentity', parseYesNo, hints),
    starts_on: read(values, 'employedFrom', parseDay, hints),
    ends_on: read(values, 'employedTo', parseDay, hints),
  };
  if (userId && looksDamaged(userId)) hints.push({ kind: 'damaged', field: 'userId' });
  if (number && looksDamaged(number)) hints.push({ kind: 'damaged', field: 'employmentNumber' });
  return { row, hints };
}

/** The value of a cell; null where it is empty, or cannot be read: then a hint says so. */
function read<T>(
  values: RowValues,
  field: FieldKey,
  parse: (cell: string) => T | undefined,
  hints: Hint[],
): T | null {
  const cell = values[field];
  if (!cell) return null;
  const value = parse(cell);
  if (value === undefined) hints.push({ kind: 'unreadable', field });
  return value ?? null;
}

type Address = { shown: string; key: string } | 'bad' | 'none';

function readAddress(cell: string | undefined): Address {
  if (!cell) return 'none';
  const parsed = parseAddress(cell);
  return parsed.ok ? parsed : 'bad';
}

const shownOf = (address: Address): string | null => (typeof address === 'object' ? address.shown : null);
const compared = (address: Address): string | null => (typeof address === 'object' ? address.key : null);
const keyOf = (shown: string | undefined): string | null => (shown ? fold(shown) : null);

/** An address says itself that it is too long. */
function hasLongCell(values: RowValues): boolean {
  for (const field in values) {
    const cell = values[field as FieldKey];
    if (cell && cell.length > longestCell && field !== 'connectEmail' && field !== 'email') return true;
  }
  return false;
}

const nothing = Object.fromEntries(Object.keys(stagedColumns).map((column) => [column, null])) as Record<
  StagedColumn,
  null
>;
