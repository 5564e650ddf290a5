import type { FileRow, RowValues } from '../../csv/types.ts';
import { parseAddress } from '../../rules/address.ts';
import { parseDay, parseLanguage, parseYesNo } from '../../rules/cells.ts';
import { looksDamaged } from '../../rules/excel.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { fold } from '../../rules/text.ts';

/** What is wrong with a row itself, or with a key that too many rows have (links.ts), before the store is asked: bits that add up. */
export const faultBits = {
  wrongColumns: 1,
  missingRequired: 2,
  badConnectEmail: 4,
  badEmail: 8,
  crowdedUser: 16,
  crowdedAddress: 32,
  crowdedNumber: 64,
} as const;

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

/** Longer than anything that these cells hold: then a quote or a delimiter is out of place. An address says so itself. */
const longestCell = 250;

/** Works out what a row of the file says. */
export function stageRow({ values, fault }: FileRow): { row: StagedRow; hints: CellHint[] } {
  if (fault || hasLongCell(values)) return { row: misplaced(values), hints: [] };
  const hints: CellHint[] = [];
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

/** The value of a cell; null where it is empty, or cannot be read: then a hint says so. */
function read<T>(
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

const nothing = Object.fromEntries(
  Object.values(columnsOf)
    .flat()
    .map((column) => [column, null]),
) as Record<StagedColumn, null>;
