import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const rowsAtOnce = 10_000;

/** How a user's employment number is written: as it is in the store, or as a spreadsheet leaves it. */
export const numbers = {
  whole: (n: number) => String(n).padStart(7, '0'),
  withoutZeros: String,
} as const;

/** Writes a "Connect e-mail" file that gives each of the users u1, u2 … (store.ts) an address of this `round`. */
export async function writeAddresses(
  path: string,
  rows: number,
  round: string,
  number: (n: number) => string = numbers.whole,
): Promise<void> {
  await pipeline(Readable.from(pieces(rows, round, number)), createWriteStream(path));
}

function* pieces(rows: number, round: string, number: (n: number) => string): Generator<string> {
  yield 'Användar-id;Anställningsnummer;E-post Visma Connect\r\n';
  for (let first = 1; first <= rows; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - first + 1);
    const line = (_: unknown, i: number) => {
      const n = first + i;
      return `u${n};${number(n)};u${n}.${round}@company.se\r\n`;
    };
    yield Array.from({ length: count }, line).join('');
  }
}
