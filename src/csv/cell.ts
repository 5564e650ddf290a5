import { clean } from '../rules/text.ts';

/*
 * A spreadsheet runs a cell that begins with = + - @ or a tab as a formula. Such a value is written with an apostrophe
 * before it, and what is read with one loses it again; a value that has apostrophes there already is written with one
 * more, so every value comes back as it was, also `+46 70 …` and `-`.
 *
 * A cell may also begin inside a value: a Swedish Excel that opens a comma file cuts `a;=1+1` in two. So the same holds
 * after each delimiter, quote and line end within the value.
 */
const formulaStart = /(^|[\t\r\n,;"])('*)(?=[=+\-@\t\r\n＝＋－＠])/g;
const guardedStart = /(^|[\t\r\n,;"])'('*)(?=[=+\-@\t\r\n＝＋－＠])/g;

/** Nothing but letters, digits and signs that are as they should be: most cells, which need no care. */
const plain = /^(?![ ])[ -&(-~À-ÖØ-öø-ÿ]*$(?<! )/;

/** A cell as it was meant: cleaned, and without the apostrophe that kept it from running as a formula. */
export function cleanCell(cell: string): string {
  return plain.test(cell) ? cell : clean(unguard(cell).replaceAll('\r\n', '\n'));
}

/** The value as it can be written where a spreadsheet will open it. */
export function guard(value: string): string {
  return value.replace(formulaStart, "$1'$2");
}

/** The value as it stands in a workbook, where no text runs: only what reading would take an apostrophe from gets one more. */
export function guardInWorkbook(value: string): string {
  return unguard(value) === value ? value : guard(value);
}

function unguard(cell: string): string {
  return cell.includes("'") ? cell.replace(guardedStart, '$1$2') : cell;
}
