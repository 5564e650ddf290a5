import { placeText } from '../../../rules/import-files.ts';
import type { Language } from '../../../rules/language.ts';
import { rowsEnding, rowsSentence, rowsText } from '../../../rules/row-examples.ts';
import { cut } from '../../../rules/text.ts';
import type { RowExample } from '../../../services/imports/examples.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';

/** Some of the `count` rows that are meant, for whoever dropped the file alone (A3): "Till exempel rad 14 (anna@gmial.com: gmail.com?)." */
export function examplesOf(
  status: ImportStatus,
  reader: Reader,
  kind: string,
  count: number,
): string | false {
  const shown = rowsShown(status, reader, kind);
  return shown !== undefined && rowsSentence(shown.rows, shown.some < count, reader.language);
}

/** The same at the end of a line: ": rad 14 (nils)", or ", till exempel rad 14 (nils)"; "" where none is shown. */
export function examplesAfter(status: ImportStatus, reader: Reader, kind: string, count: number): string {
  const shown = rowsShown(status, reader, kind);
  return shown ? rowsEnding(shown.rows, shown.some < count, reader.language) : '';
}

/** How many rows are shown, and which: "rad 14 (nils) och 15 (bo)". */
function rowsShown(
  { examples }: ImportStatus,
  { language, audience }: Reader,
  kind: string,
): { some: number; rows: string } | undefined {
  const some = examples.filter((example) => example.kind === kind);
  if (audience !== 'caller' || some.length === 0) return undefined;
  const rows = some.map((example) => exampleText(example, language));
  return { some: some.length, rows: rowsText(rows, language) };
}

/** In characters. */
const longestCell = 60;

function exampleText({ place, cell, meant }: RowExample, language: Language): string {
  if (cell === '') return placeText(place, language);
  const said = cut(cell, longestCell);
  return `${placeText(place, language)} (${meant ? `${said}: ${meant}?` : said})`;
}
