import { parseAddress } from './address.ts';
import { clean } from './text.ts';

/** Letters that are no other letter with a mark on it. */
const alone: Readonly<Record<string, string>> = { ø: 'o', æ: 'ae', ß: 'ss', ð: 'd', þ: 'th', ł: 'l', đ: 'd' };

/**
 * What was probably meant by an address that is not valid: without spaces around signs, with dots where commas stand, and
 * with å, ä, ö and é before the @ as a, o and e. Undefined where the address is valid, or nothing is likely.
 */
export function likelyAddress(raw: string): string | undefined {
  if (parseAddress(raw).ok) return undefined;
  const text = clean(raw)
    .replace(/^mailto:\s*/i, '')
    .replace(/\s*[([{]\s*(at|snabel-?a)\s*[)\]}]\s*/i, '@')
    .replace(/\s*([@.,])\s*/g, '$1')
    .replace(/[.,;:\s]+$/, '');
  const [local = '', domain, ...more] = text.split(/@+/);
  if (domain === undefined || more.length > 0) return undefined;
  const mended = `${plainLetters(local)}@${domain.replaceAll(',', '.')}`
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.(?=@)|(?<=@)\./g, '');
  const parsed = parseAddress(mended);
  return parsed.ok ? parsed.shown : undefined;
}

function plainLetters(text: string): string {
  return Array.from(text.normalize('NFD').replace(/\p{M}/gu, ''), (letter) => {
    const plain = alone[letter.toLowerCase()];
    return plain ?? letter;
  }).join('');
}
