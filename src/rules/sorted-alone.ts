import { bare } from './suggest.ts';

/** A row's name, and the part of its address before the @. */
export interface NamedAddress {
  name: string;
  localPart: string;
}

/** How far two columns go together in some rows. */
export interface Agreement {
  /** How many rows tell: their address is written as a name, by the names that these rows have. */
  told: number;
  /** Of those, the places of the ones that are written as somebody else's. */
  others: readonly number[];
}

/** Which columns of a file do not go together, and where; by numbers alone, for it is read by others too (A3). */
export interface Mismatch {
  between: 'names and addresses' | 'users and addresses' | 'users and names';
  told: number;
  others: number;
  /** Of the spreadsheet. */
  rows: readonly number[];
}

/** Fewer than these are no sorted column, but some mistakes. */
const fewest = 10;

/**
 * Whether one column was probably sorted alone: of the rows whose address is written as a name, more than half as another's
 * than the row's. Where addresses are user numbers, initials or the like, no row tells anything.
 */
export function isSortedAlone({ told, others }: Agreement): boolean {
  return others.length >= fewest && others.length > told / 2;
}

/**
 * Holds addresses against names. An address is written as a name where all that stands between its signs, two parts or
 * more, is a part of some name in these rows; or where it is a first name, or an initial, and a last name in one word. It is the row's own
 * where it has any part of the row's name.
 */
export function agreementOf(rows: readonly NamedAddress[]): Agreement {
  const names = rows.map(({ name }) => partsOf(name));
  const { parts, joined } = knownFrom(names);
  let told = 0;
  const others: number[] = [];
  rows.forEach(({ localPart }, place) => {
    const written = partsOf(localPart.replace(/\d+/g, ' '));
    const isName =
      written.length > 1
        ? written.some((part) => parts.has(part)) && written.every((part) => isPartOf(part, parts))
        : joined.has(written[0] ?? '');
    if (!isName) return;
    told++;
    if (!isOwn(written, names[place] ?? [])) others.push(place);
  });
  return { told, others };
}

/** Holds names against those that the store has: a row tells, where both are there; of somebody else is a name without a word of the row's own that another row's user has. */
export function namesAgreement(rows: readonly { name: string; known: string }[]): Agreement {
  const inOrder = (text: string) => partsOf(text).sort().join(' ');
  const known = new Set(rows.map((row) => inOrder(row.known)));
  const others = rows.flatMap(({ name, known: own }, place) => {
    const words = new Set(partsOf(own));
    return partsOf(name).some((word) => words.has(word)) || !known.has(inOrder(name)) ? [] : [place];
  });
  return { told: rows.length, others };
}

/** An initial tells nothing of whose it is. */
const isPartOf = (part: string, parts: ReadonlySet<string>): boolean => part.length === 1 || parts.has(part);

function knownFrom(names: readonly (readonly string[])[]) {
  const parts = new Set(names.flat().filter((part) => part.length > 1));
  const joined = new Set<string>();
  for (const name of names) {
    const [first = '', last = ''] = [name[0], name.at(-1)];
    if (name.length < 2 || first.length < 2 || last.length < 3) continue;
    for (const word of [first + last, last + first, first.charAt(0) + last, first + last.charAt(0)])
      joined.add(word);
  }
  return { parts, joined };
}

/** Some part of the name stands in the address, or the other way round; of parts with a letter or two, the whole. */
function isOwn(written: readonly string[], name: readonly string[]): boolean {
  const whole = written.join('');
  return name.some(
    (part) =>
      written.includes(part) ||
      (part.length > 2 && whole.includes(part)) ||
      written.some((one) => one.length > 2 && part.startsWith(one)),
  );
}

/** Letters alone, without case and accents. */
function partsOf(text: string): string[] {
  return text
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(bare)
    .filter(Boolean);
}
