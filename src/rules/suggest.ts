import leven from 'leven';
import { fold } from './text.ts';

/**
 * The candidate that somebody most likely meant by `word`, or undefined where none is close. Close is: a slip or two
 * (letters swapped, missed or doubled; accents count for nothing), or the beginning or one whole word of a longer name.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return nearestSlip(word, candidates) ?? fuller(word, candidates);
}

/**
 * As `nearest`, but only for slips of the hand: a longer name that holds the word is another name. `allowed` says how
 * many slips a word of that many letters may have.
 */
export function nearestSlip(
  word: string,
  candidates: readonly string[],
  allowed = (letters: number) => Math.min(3, Math.floor(letters / 3)),
): string | undefined {
  const wanted = bare(word);
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const offered = bare(candidate);
    const most = allowed(Math.max(wanted.length, offered.length));
    const distance = slips(wanted, offered, most) + accents(word, candidate);
    if (distance < most + 1 && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Letters and digits alone, in lower case and without accents: å, ä → a, ö → o, é → e. */
export function bare(text: string): string {
  return words(text).join('');
}

/** Whether one letter more, less or other, or two swapped neighbours, is all that lies between two different words. */
export function isOneSlip(a: string, b: string): boolean {
  return slips(a, b, 1) === 1;
}

/** In lower case and without accents, as `bare`, with all else that stands between. */
export function unaccented(text: string): string {
  return fold(text).normalize('NFD').replace(/\p{M}/gu, '');
}

function words(text: string): string[] {
  return unaccented(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How many slips lie between two words, two swapped neighbours counted as one; `most + 1` or more: too many. */
function slips(wanted: string, offered: string, most: number): number {
  const farthest = most + 1;
  if (Math.abs(wanted.length - offered.length) > most) return farthest;
  const straight = leven(wanted, offered, { maxDistance: farthest });
  if (straight < 2 || most < 1) return straight;
  const swapped = swaps(wanted).map((word) => 1 + leven(word, offered, { maxDistance: farthest }));
  return Math.min(straight, ...swapped);
}

function swaps(word: string): string[] {
  const letters = [...word];
  return letters
    .slice(1)
    .map((letter, i) => [...letters.slice(0, i), letter, letters[i], ...letters.slice(i + 2)].join(''));
}

/** Less than any slip: decides only between candidates that are equally near. */
function accents(word: string, candidate: string): number {
  return fold(word) === fold(candidate) ? 0 : 0.5;
}

function fuller(word: string, candidates: readonly string[]): string | undefined {
  const wanted = bare(word);
  if (wanted.length < 3) return undefined;
  const holds = (candidate: string) =>
    bare(candidate).startsWith(wanted) || words(candidate).includes(wanted);
  return candidates.filter(holds).sort((a, b) => a.length - b.length)[0];
}
