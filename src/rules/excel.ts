/** What a spreadsheet leaves of a number or id that it took for something else: `1,98503E+11`, `jan-05`, `42.0`, `#NAMN?`. */
const damaged = [
  /^\d([.,]\d+)?E[+-]?\d+$/i,
  /^\d+[.,]0+$/,
  /^(jan|feb|mars?|apr|maj|may|june?|juni|july?|juli|aug|sept?|okt|oct|nov|dec)-\d{2}$/i,
  /^\d{1,2}-(jan|feb|mars?|apr|maj|may|june?|juni|july?|juli|aug|sept?|okt|oct|nov|dec)$/i,
  /^#+([A-ZÅÄÖ/0]+[!?]?)?$/,
];

/** Whether a User-ID or employment number looks as a spreadsheet has damaged it. */
export function looksDamaged(value: string): boolean {
  return damaged.some((pattern) => pattern.test(value.trim()));
}
