import type { Language, Text } from './language.ts';
import { bare, nearestSlip } from './suggest.ts';
import { clean, fold } from './text.ts';

/** The fields of "Employees/users", in the order of a full file, with the names that files give them. */
export const fieldNames = {
  userId: { sv: 'Användar-id', en: 'User-ID' },
  employmentNumber: { sv: 'Anställningsnummer', en: 'Employment number' },
  name: { sv: 'Namn', en: 'Name' },
  company: { sv: 'Företag', en: 'Company' },
  department: { sv: 'Avdelning', en: 'Department' },
  office: { sv: 'Kontor', en: 'Office' },
  email: { sv: 'E-post', en: 'Email' },
  connectEmail: { sv: 'E-post Visma Connect', en: 'Email Visma Connect' },
  activated: { sv: 'Aktiverad', en: 'Activated' },
  aliasUserId: { sv: 'Alias användar-id', en: 'Alias user-ID' },
  signature: { sv: 'Signatur', en: 'Signature' },
  cardTagId: { sv: 'Kort-/Tag-id', en: 'Card-/Tag-ID' },
  externalReference: { sv: 'Extern referens', en: 'External reference' },
  language: { sv: 'Språk', en: 'Language' },
  protectedIdentity: { sv: 'Skyddad identitet', en: 'Protected identity' },
  employedFrom: { sv: 'Anställd från', en: 'Employed from' },
  employedTo: { sv: 'Anställd till', en: 'Employed to' },
} as const satisfies Record<string, Text>;

/** One of the fields. */
export type FieldKey = keyof typeof fieldNames;

/** All fields, in the order of a full file. */
export const fieldKeys = Object.keys(fieldNames) as readonly FieldKey[];

/** I7: the last column of the rejected rows' file: known, and ignored when the file comes back. */
export const faultColumn: Text = { sv: 'Fel', en: 'Error' };

const byName: ReadonlyMap<string, FieldKey> = new Map(
  fieldKeys.flatMap((key) =>
    [fieldNames[key].sv, fieldNames[key].en].map((name) => [fold(name), key] as const),
  ),
);

const allNames = fieldKeys.flatMap((key) => [fieldNames[key].sv, fieldNames[key].en]);

/** Columns of other systems that only look like a slip in one of ours (here Kontor). */
const otherColumns: ReadonlySet<string> = new Set(['konto']);

/** The field that a header names, in either language, without regard to case, surrounding spaces and invisible characters. */
export function fieldByName(header: string): FieldKey | undefined {
  return byName.get(fold(clean(header)));
}

/** Whether a header is that of the column `Fel` / `Error` (I7). */
export function isFaultColumn(header: string): boolean {
  return [faultColumn.sv, faultColumn.en].some((name) => fold(name) === fold(clean(header)));
}

/**
 * I2: the field's name that an unknown header nearly is, with a slip in it: it stops the import. "Epost" is nearly
 * "E-post"; "E-post privat" and "E-post 2" are columns of their own, and are only ignored.
 */
export function nearestField(header: string): string | undefined {
  const written = clean(header);
  if (/\d/.test(written) || otherColumns.has(bare(written))) return undefined;
  return nearestSlip(written, allNames, allowedSlips);
}

/** The language of a header row: Swedish unless more of its names are English. */
export function headerLanguage(headers: readonly string[]): Language {
  const names = headers.map((header) => fold(clean(header)));
  const count = (language: Language) =>
    fieldKeys.filter((key) => names.includes(fold(fieldNames[key][language]))).length;
  return count('en') > count('sv') ? 'en' : 'sv';
}

function allowedSlips(letters: number): number {
  if (letters < 4) return 0;
  return letters < 14 ? 1 : 2;
}
