import type { Language, Text } from './language.ts';
import { bare, nearestSlip, unaccented } from './suggest.ts';
import { clean } from './text.ts';

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

/** The first column of the rejected rows of several files: which one each is from; known, and ignored as well. */
export const fileColumn: Text = { sv: 'Fil', en: 'File' };

/** What other systems and people call the fields, where nothing else can be meant. "Employee number" may be the User-ID. */
const otherNames: Partial<Record<FieldKey, Readonly<Record<Language, readonly string[]>>>> = {
  employmentNumber: {
    sv: ['Anställningsnr', 'Anst.nr', 'Anst.nummer'],
    en: ['Employment no', 'Employment nr'],
  },
  connectEmail: {
    sv: ['E-post Connect', 'Connect e-post', 'Visma Connect e-post', 'E-postadress Visma Connect'],
    en: ['Email Connect', 'Connect email', 'Visma Connect email', 'Email address Visma Connect'],
  },
  employedFrom: { sv: ['Anställd fr.o.m.'], en: [] },
  employedTo: { sv: ['Anställd t.o.m.'], en: [] },
};

const languages: readonly Language[] = ['sv', 'en'];

interface FieldName {
  name: string;
  key: FieldKey;
  language: Language;
}

const namesOf = (key: FieldKey, names: Partial<Record<Language, string | readonly string[]>> = {}) =>
  languages.flatMap((language) =>
    [names[language] ?? []].flat().map((name): FieldName => ({ name, key, language })),
  );

/** The fields' own names first. */
const allNames: readonly FieldName[] = [
  ...fieldKeys.flatMap((key) => namesOf(key, fieldNames[key])),
  ...fieldKeys.flatMap((key) => namesOf(key, otherNames[key])),
];

const byName: ReadonlyMap<string, FieldName> = new Map(allNames.map((one) => [spelt(one.name), one]));

/** Columns of other systems that only look like a slip in one of ours (here Kontor). */
const otherColumns: ReadonlySet<string> = new Set(['konto']);

/**
 * The field that a header names, in either language: by its letters, without regard to case, accents, spaces, hyphens, dots,
 * underscores and invisible characters.
 */
export function fieldByName(header: string): FieldKey | undefined {
  return byName.get(spelt(header))?.key;
}

function spelt(name: string): string {
  return unaccented(clean(name)).replace(/[\s\p{Pd}._]/gu, '');
}

/** Whether a header is that of the column `Fel` / `Error` (I7). */
export const isFaultColumn = (header: string): boolean => isNamed(header, faultColumn);

/** Whether a header is that of the column `Fil` / `File`. */
export const isFileColumn = (header: string): boolean => isNamed(header, fileColumn);

const isNamed = (header: string, { sv, en }: Text): boolean =>
  [sv, en].some((name) => spelt(name) === spelt(header));

/**
 * I2: the field's name that an unknown header nearly is, with a slip in it: it stops the import. "E-psot" is nearly
 * "E-post"; "E-post privat" and "E-post 2" are columns of their own, and are only ignored.
 */
export function nearestField(header: string): string | undefined {
  const written = clean(header);
  if (/\d/.test(written) || otherColumns.has(bare(written))) return undefined;
  return nearestSlip(
    written,
    allNames.map(({ name }) => name),
    allowedSlips,
  );
}

/** The language of a header row: Swedish unless more of its names are English. */
export function headerLanguage(headers: readonly string[]): Language {
  const found = headers.map((header) => byName.get(spelt(header))?.language);
  const count = (language: Language) => found.filter((one) => one === language).length;
  return count('en') > count('sv') ? 'en' : 'sv';
}

function allowedSlips(letters: number): number {
  if (letters < 4) return 0;
  return letters < 14 ? 1 : 2;
}
