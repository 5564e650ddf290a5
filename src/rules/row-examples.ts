import { type Language, speaker } from './language.ts';
import { list } from './say.ts';

/** "rad 14 (nils) och 15": of rows, each by what it is called. */
export function rowsText(rows: readonly string[], language: Language): string {
  const word = speaker(language)('rad', rows.length === 1 ? 'row' : 'rows');
  return `${word} ${list(rows, language)}`;
}

/** Such rows as a sentence of their own: "Rad 14 och 15.", or where they are only some, "Till exempel rad 14 och 15." */
export function rowsSentence(rows: string, isSome: boolean, language: Language): string {
  return isSome
    ? `${speaker(language)('Till exempel', 'For example')} ${rows}.`
    : `${rows.charAt(0).toUpperCase()}${rows.slice(1)}.`;
}

/** Such rows at the end of a line: ": rad 14 och 15", or ", till exempel rad 14 och 15". */
export function rowsEnding(rows: string, isSome: boolean, language: Language): string {
  return isSome ? `, ${speaker(language)('till exempel', 'for example')} ${rows}` : `: ${rows}`;
}
