import type { FieldKey } from './fields.ts';
import { placeText, type RowPlace } from './import-files.ts';
import type { Language, Text } from './language.ts';
import { rowsSentence, rowsText } from './row-examples.ts';
import { formatNumber } from './say.ts';

/** How rows of a file can differ from the export that it came from, in the order in which they are told. */
export const differences = ['swapped', 'zeros', 'number', 'user', 'added'] as const;

/**
 * `zeros`: User-ID or employment number has lost its leading zeros; `swapped`: the two stand in each other's place;
 * `number`: the user has another number; `user`: the number has another user; `added`: the export has neither.
 */
export type Difference = (typeof differences)[number];

/** How many of a file's rows, or of an export's, and how many more about people with protected identity (U8). */
export interface Differing {
  open: number;
  shielded: number;
}

/** How a file differs from the export that it came from. */
export interface Comparison {
  /** The export's number. */
  exportId: number;
  /** The rows of the export, and those of them that the file has. */
  exported: Differing;
  found: Differing;
  /** Rows of the file, with the spreadsheet's numbers of the first ones. */
  rows: readonly (Differing & { kind: Difference; examples: readonly number[] })[];
  /**
   * Rows of the export that the file lacks; and by their ids in the store, the first users whom they are about, one more than is
   * shown. Earlier versions did not keep those.
   */
  gone: Differing & { users?: readonly number[] };
}

/** Whether a file's columns are the ones that an export wrote, in its order; others between them don't count. */
export function isWrittenAs(columns: readonly (FieldKey | null)[], fields: readonly FieldKey[]): boolean {
  const known = columns.filter((field) => field !== null);
  return known.length === fields.length && known.every((field, i) => field === fields[i]);
}

/**
 * How a file stands to an export: how much they have in common, from 0 to 1, or undefined where it is too little to say
 * that the one came from the other. A file may be a small part of the export, but most of it must be there: of one that was
 * written for a department more than half, for whoever else was added to it is to be found out.
 */
export function likeness(
  inFile: number,
  inExport: number,
  common: number,
  ofDepartment = false,
): number | undefined {
  const isEnough = ofDepartment ? common > inFile / 2 : common >= inFile * 0.8;
  if (inFile === 0 || !isEnough) return undefined;
  return common / (inFile + inExport - common);
}

const words: Readonly<Record<Difference, (one: boolean) => Text>> = {
  swapped: (one) => ({
    sv: 'har användar-id och anställningsnummer på varandras plats. Byt plats på dem.',
    en: `${one ? 'has' : 'have'} User-ID and employment number in each other's place. Swap them.`,
  }),
  zeros: (one) => ({
    sv: 'har förlorat inledande nollor, troligen i Excel, och läses som i exporten.',
    en: `${one ? 'has' : 'have'} lost leading zeros, probably in Excel, and ${one ? 'is' : 'are'} read as in the export.`,
  }),
  number: (one) => ({
    sv: 'har ett annat anställningsnummer än i exporten.',
    en: `${one ? 'has' : 'have'} another employment number than in the export.`,
  }),
  user: (one) => ({
    sv: 'har ett annat användar-id än i exporten.',
    en: `${one ? 'has' : 'have'} another User-ID than in the export.`,
  }),
  added: (one) => ({
    sv: 'fanns inte i exporten.',
    en: `${one ? 'is' : 'are'} not in the export.`,
  }),
};

/** "2 rader har förlorat inledande nollor. …", with the numbers of some rows where there are any. */
export function differenceText(
  kind: Difference,
  count: number,
  examples: readonly RowPlace[],
  language: Language,
): string {
  const one = count === 1;
  const sv = language === 'sv';
  const rows = sv ? (one ? 'rad' : 'rader') : one ? 'row' : 'rows';
  const told = `${formatNumber(count, language)} ${rows} ${words[kind](one)[language]}`;
  if (examples.length === 0) return told;
  const which = rowsText(
    examples.map((place) => placeText(place, language)),
    language,
  );
  return `${told} ${rowsSentence(which, examples.length < count, language)}`;
}
