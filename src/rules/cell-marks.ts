/**
 * What a workbook tells of a cell besides its text: that it is a `number` or a `date` and no text; `rounded`, a number with
 * more digits than Excel keeps; `formula`, whose last value was read; `no_value`, a formula that nobody has worked out.
 */
export type CellMark = 'number' | 'date' | 'rounded' | 'formula' | 'no_value';

/** What Excel and LibreOffice show where a formula has gone wrong, in English and Swedish. */
const errorValues: ReadonlySet<string> = new Set([
  ...['#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#BLOCKED!'],
  ...['#UNKNOWN!', '#FIELD!', '#CONNECT!', '#BUSY!', '#GETTING_DATA', '#PYTHON!'],
  ...[
    '#SAKNAS!',
    '#REFERENS!',
    '#VÄRDEFEL!',
    '#DIVISION/0!',
    '#NAMN?',
    '#OGILTIGT!',
    '#SKÄRNING!',
    '#SPILL!',
  ],
  ...['#BERÄKNA!', '#BLOCKERAD!', '#OKÄNT!', '#FÄLT!', '#ANSLUT!', '#UPPTAGEN!', '#HÄMTAR_DATA'],
]);

/** Whether a cell shows the error of a formula in place of a value, such as `#N/A` or `#SAKNAS!`. */
export function isErrorValue(cell: string): boolean {
  return cell.startsWith('#') && errorValues.has(cell.toUpperCase());
}
