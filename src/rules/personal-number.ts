/** A Swedish personal identity number or coordination number: 10 or 12 digits, with - or + before the last four or without. */
const shape =
  /^(?<century>18|19|20)?(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})(?<sign>[-+‐‑–−]?)(?<last>\d{4}|\*{4})$/;

/** The same anywhere in a text, not within a longer number. */
const within = /(?<![\d+-])((?:18|19|20)?\d{6}[-+‐‑–−]?)(\d{4})(?![\d-])/g;

/** In characters, also of one whose last four are masked. */
const [shortest, longest] = [10, 13];

/** What a coordination number adds to the day. */
const coordination = 60;

/** What stands in place of the last four digits. */
const mask = '****';

/**
 * Whether a value is a personal identity number, or a coordination number, by a day of the calendar at its beginning: where it is
 * written as one (`850301-1234`, or twelve digits of this century or the last) whatever its check digit, for a slip in it does not
 * make it less personal; else only with the right one (Luhn, over the ten digits). One in a thousand other numbers of ten digits
 * is taken for one too.
 */
export function isPersonalNumber(value: string): boolean {
  const said = read(value);
  if (!said || said.last === mask) return false;
  const { century, sign, ten } = said;
  return sign !== '' || century === '19' || century === '20' || hasCheckDigit(ten);
}

/** `850301-1234` → `850301-****`; anything else as it is. */
export function maskPersonalNumber(value: string): string {
  return isPersonalNumber(value) ? `${value.slice(0, -4)}${mask}` : value;
}

/** As `maskPersonalNumber`, of every such number in a text. */
export function maskPersonalNumbers(text: string): string {
  return text.replace(within, (number, kept: string) =>
    isPersonalNumber(number) ? `${kept}${mask}` : number,
  );
}

/** Whether a value is what `maskPersonalNumber` leaves of a number: `850301-****`. */
export function isMaskedNumber(value: string): boolean {
  return value.endsWith(mask) && read(value) !== undefined;
}

/** The parts of what begins as a number does, with its last four digits or the mask in their place. */
function read(value: string) {
  if (value.length < shortest || value.length > longest) return undefined;
  const groups = shape.exec(value)?.groups;
  if (!groups) return undefined;
  const { century = '', year = '', month = '', day = '', sign = '', last = '' } = groups;
  const date = Number(day) > coordination ? Number(day) - coordination : Number(day);
  if (!isDay(Number((century || '20') + year), Number(month), date)) return undefined;
  return { century, sign, last, ten: year + month + day + last };
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function hasCheckDigit(digits: string): boolean {
  const sum = Array.from(digits, (digit, i) => {
    const weighted = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return weighted > 9 ? weighted - 9 : weighted;
  }).reduce((total, one) => total + one, 0);
  return sum % 10 === 0;
}
