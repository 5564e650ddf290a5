import type { RowValues } from '../../../src/csv/types.ts';
import { parseAddress } from '../../../src/rules/address.ts';
import type { ConnectionState } from '../../../src/rules/connection.ts';
import type { Doing } from '../../../src/rules/templates.ts';
import { fold } from '../../../src/rules/text.ts';
import type { Line } from './workbench.ts';

/** A user of the store, as far as I3 and I4 care. */
export interface KnownUser {
  userId: string;
  name: string;
  connect: string | null;
  connection: ConnectionState;
  places: { company: string; number: string; department: string }[];
}

interface Row {
  key: string | null;
  number: string | null;
  company: string | null;
  address: string | null;
  badAddress: boolean;
  name: string | null;
  department: string | null;
  wide: boolean;
}

/**
 * I3 and I4, one row after the other, in plain words: what becomes of each line of a file whose fields are User-ID,
 * number, company, name, department and Connect e-mail. Slow, and easy to read.
 */
export function outcomesOf(lines: readonly Line[], users: readonly KnownUser[], does: Doing): string[] {
  const rows = lines.map(readRow);
  const store = new Map(users.map((user) => [fold(user.userId), user]));
  const reasons = rows.map((row) => reasonOf(row, rows, store, does));
  refuseTaken(rows, reasons, store);
  return rows.map((_, i) => reasons[i] ?? outcomeOf(i, rows, reasons, store, does));
}

function readRow(line: Line): Row {
  const values: RowValues = line === 'wrong_columns' ? {} : line;
  const parsed = values.connectEmail ? parseAddress(values.connectEmail) : undefined;
  return {
    key: values.userId ? fold(values.userId) : null,
    number: values.employmentNumber || null,
    company: values.company ? fold(values.company) : null,
    address: parsed?.ok ? parsed.key : null,
    badAddress: parsed !== undefined && !parsed.ok,
    name: values.name || null,
    department: values.department || null,
    wide: line === 'wrong_columns',
  };
}

type Store = ReadonlyMap<string, KnownUser>;

function reasonOf(row: Row, rows: readonly Row[], store: Store, does: Doing): string | undefined {
  const user = row.key === null ? undefined : store.get(row.key);
  const whole = does !== 'addresses';
  const creates = does === 'create';
  if (row.wide) return 'wrong_columns';
  if (!row.key || !row.number || (creates && !user && !row.company)) return 'missing_required';
  if (!creates && !user) return 'unknown_user';
  const place = placeOf(row, user, whole);
  if (!place && (!creates || isMismatch(row, user, rows, store))) return 'id_mismatch';
  if (row.badAddress) return 'invalid_email';
  if (row.address === null) return undefined;
  const given = rows.filter(({ key, address }) => key === row.key && address !== null);
  if (new Set(given.map(({ address }) => address)).size > 1) return 'conflict_in_file';
  const claimants = new Set(
    rows.filter(({ address, key }) => address === row.address && key).map(({ key }) => key),
  );
  return claimants.size > 1 && user?.connect !== row.address ? 'duplicate_in_file' : undefined;
}

function placeOf(row: Row, user: KnownUser | undefined, whole: boolean) {
  return user?.places.find(
    ({ company, number }) =>
      number === row.number && (!whole || row.company === null || fold(company) === row.company),
  );
}

function hasLostZeros({ company: inCompany, number: given }: Row, { places }: KnownUser): boolean {
  return places.some(
    ({ company, number }) => fold(company) === inCompany && new RegExp(`^0+${given}$`).test(number),
  );
}

function isMismatch(row: Row, user: KnownUser | undefined, rows: readonly Row[], store: Store): boolean {
  if (user && (!row.company || hasLostZeros(row, user))) return true;
  const has = ({ company, number }: { company: string; number: string }) =>
    fold(company) === row.company && number === row.number;
  if ([...store.values()].some(({ places }) => places.some(has))) return true;
  const first = rows.find(
    (other) => other.key && other.company === row.company && other.number === row.number,
  );
  return first?.key !== row.key;
}

const saves = ({ address, key }: Row, store: Store): boolean => {
  const user = key === null ? undefined : store.get(key);
  return address !== null && address !== (user?.connect ?? null) && user?.connection !== 'connected';
};

/** `address_taken`, until nobody is left who takes an address that its holder keeps. */
function refuseTaken(rows: readonly Row[], reasons: (string | undefined)[], store: Store): void {
  const holders = new Map(
    [...store].flatMap(([key, { connect }]) => (connect ? [[connect, key] as const] : [])),
  );
  for (let changed = true; changed; ) {
    changed = false;
    const isMover = (key: string) =>
      rows.some((row, i) => row.key === key && !reasons[i] && saves(row, store));
    for (const [i, row] of rows.entries()) {
      if (reasons[i] || !saves(row, store)) continue;
      const holder = holders.get(row.address ?? '');
      if (holder === undefined || isMover(holder)) continue;
      reasons[i] = 'address_taken';
      changed = true;
    }
  }
}

function outcomeOf(
  i: number,
  rows: readonly Row[],
  reasons: readonly (string | undefined)[],
  store: Store,
  does: Doing,
): string {
  const row = rows[i] as Row;
  const user = store.get(row.key ?? '');
  const earlier = rows.filter((other, j) => j < i && other.key === row.key && !reasons[j]);
  const isFirstTo = (says: (other: Row) => unknown) => Boolean(says(row)) && !earlier.some(says);
  const savesFirst = isFirstTo((other) => saves(other, store));
  const keeps = row.address !== null && row.address !== user?.connect && user?.connection === 'connected';
  if (does === 'addresses') {
    if (savesFirst) return 'updated';
    if (keeps) return 'skipped_connected';
    return row.address === null ? 'skipped_empty' : 'unchanged';
  }
  if (!user && earlier.length === 0) return 'created';
  const place = placeOf(row, user, true);
  const isUnsure = (other: Row) =>
    other.company === null && (user?.places ?? []).filter(({ number }) => number === other.number).length > 1;
  const samePlace = (other: Row) =>
    !isUnsure(other) &&
    (place
      ? placeOf(other, user, true) === place
      : other.company === row.company && other.number === row.number);
  if (!place && !earlier.some(samePlace)) return 'further';
  const renames = isFirstTo(({ name }) => name) && row.name !== (user?.name ?? null);
  const moves =
    isFirstTo((other) => other.department && samePlace(other)) &&
    row.department !== (place?.department ?? null);
  if (savesFirst || renames || moves) return 'updated';
  return keeps ? 'skipped_connected' : 'unchanged';
}
