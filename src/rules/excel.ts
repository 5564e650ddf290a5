const months = 'jan|feb|mars?|apr|maj|may|june?|juni|july?|juli|aug|sept?|okt|oct|nov|dec';

/** What a spreadsheet makes of a number or id that it takes for something else. */
const damages = {
  /** `1,98503E+11`: a long number, of which the last digits are gone. */
  rounded: [/^\d([.,]\d+)?E[+-]?\d+$/i],
  /** `jan-05`, `1-May`, `2026-05-01`: a number that looked like a day. */
  dated: [
    new RegExp(`^(${months})\\.?-\\d{2}$`, 'i'),
    new RegExp(`^\\d{1,2}-(${months})\\.?(-\\d{2}|-\\d{4})?$`, 'i'),
    /^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])( 00:00(:00)?)?$/,
    /^(0?[1-9]|[12]\d|3[01])([/.])(0?[1-9]|1[0-2])\2(19|20)\d{2}$/,
  ],
  /** `42.0`, `#NAMN?`. */
  damaged: [/^\d+[.,]0+$/, /^#+([A-ZÅÄÖ/0]+[!?]?)?$/],
} as const;

/** What a spreadsheet did. */
export type Damage = keyof typeof damages;

const kinds = Object.entries(damages) as readonly [Damage, readonly RegExp[]][];

/** Nothing but digits, or letters and digits: most ids, which need no look. */
const plain = /^(\d+|[A-Za-z]+\d+)$/;

/** How a User-ID or employment number looks as a spreadsheet has damaged it; undefined where it does not. */
export function damageOf(value: string): Damage | undefined {
  if (plain.test(value)) return undefined;
  const text = value.trim();
  return kinds.find(([, patterns]) => patterns.some((pattern) => pattern.test(text)))?.[0];
}
