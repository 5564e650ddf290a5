import chardet from 'chardet';
import iconv from 'iconv-lite';
import { refuse } from '../errors.ts';
import type { TemplateEncoding } from '../rules/templates.ts';
import type { Survey } from './survey.ts';
import type { Encoding, TextShape } from './types.ts';

const boms: readonly (readonly [Encoding, Buffer])[] = [
  ['UTF-8', Buffer.from('efbbbf', 'hex')],
  ['UTF-16LE', Buffer.from('fffe', 'hex')],
  ['UTF-16BE', Buffer.from('feff', 'hex')],
];

/**
 * Finds a file's encoding (I1): its byte order mark, else UTF-8 where the whole file is valid, else UTF-16 by its
 * zero bytes, else Windows-1252 or IBM437, whichever makes better words of it. Throws where UTF-8 is mixed with another.
 */
export function findEncoding(survey: Survey): Pick<TextShape, 'encoding' | 'bom'> {
  const marked = boms.find(([, bom]) => survey.head.subarray(0, bom.length).equals(bom))?.[0];
  if (marked === 'UTF-8' && !survey.validUtf8) throw refuse('file_mixed_encoding');
  if (marked) return { encoding: marked, bom: true };
  return { encoding: utf16ByZeros(survey.head) ?? byContent(survey), bom: false };
}

/** The encoding that a template says, whatever the bytes look like. Throws where they cannot be that. */
export function givenEncoding(
  { head, validUtf8 }: Survey,
  given: TemplateEncoding,
): Pick<TextShape, 'encoding' | 'bom'> {
  const marked = boms.find(([, bom]) => head.subarray(0, bom.length).equals(bom))?.[0];
  switch (given) {
    case 'UTF-8':
    case 'UTF-8 BOM':
      if (!validUtf8) throw refuse('file_not_encoding', { given: 'UTF-8' });
      return { encoding: 'UTF-8', bom: marked === 'UTF-8' };
    case 'UTF-16':
      return { encoding: utf16Of(head, marked), bom: marked !== undefined };
    default:
      return { encoding: given, bom: false };
  }
}

function utf16Of(head: Buffer, marked: Encoding | undefined): Encoding {
  const found = marked ?? utf16ByZeros(head);
  if (!found || found === 'UTF-8') throw refuse('file_not_encoding', { given: 'UTF-16' });
  return found;
}

/** The text of a file's beginning, without its byte order mark. */
export function decodeHead(head: Buffer, encoding: Encoding): string {
  return iconv.decode(head, encoding);
}

function byContent({ validUtf8, beyondAscii }: Survey): Encoding {
  if (validUtf8) return 'UTF-8';
  if (mostlyUtf8(beyondAscii)) throw refuse('file_mixed_encoding');
  // ISO-8859-1 to chardet is Windows-1252 without the bytes 0x80 to 0x9f, where IBM437 keeps å, ä and ö.
  if (chardet.detect(beyondAscii) === 'ISO-8859-1') return 'Windows-1252';
  const ansi = likeness(iconv.decode(beyondAscii, 'Windows-1252'));
  const dos = likeness(iconv.decode(beyondAscii, 'IBM437'));
  return dos > ansi ? 'IBM437' : 'Windows-1252';
}

/** At least as many whole characters as broken ones: no text in another encoding comes near that. */
function mostlyUtf8(sample: Buffer): boolean {
  const text = sample.toString('utf8');
  const whole = count(text, /[^\p{ASCII}\ufffd]/gu);
  return whole > 0 && whole >= count(text, /\ufffd/g);
}

/** In UTF-16 nearly every other byte of a table is zero: the second ones in LE, the first ones in BE. */
function utf16ByZeros(head: Buffer): Encoding | undefined {
  let even = 0;
  let odd = 0;
  for (let i = 0; i + 1 < head.length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const pairs = Math.floor(head.length / 2);
  if (odd > pairs * 0.7 && even === 0) return 'UTF-16LE';
  if (even > pairs * 0.7 && odd === 0) return 'UTF-16BE';
  return undefined;
}

/** Letters as Swedish words have them: after a letter ("Malmö", "Café"), or first in a word ("Öberg", "ängen"). */
const asInWords =
  /(?<=\p{L})[åäöéèüøáóíñçë](?!\p{Lu})|(?<!\p{L})[åäéø](?=\p{Ll})|(?<!\p{Ll})[ÅÄÖÉÜØ](?=\p{L})/gu;
/**
 * What the wrong one makes of words: signs between letters, Greek, box drawing, capitals after small letters and
 * before capitals small ones; and of ”quotes”: words that begin with ô, or both begin and end with ö.
 */
const asNowhere =
  /(?<=\p{L})[^\p{ASCII}\p{L}\p{M}’´\u00a0](?=\p{L})|[\p{Script=Greek}\u2500-\u259f\ufffd]|(?<=\p{Ll})[À-ÖØ-Þ]|[à-öø-ÿ](?=\p{Lu})|(?<!\p{L})ô|(?<!\p{L})ö[\p{L} ]{1,60}ö(?!\p{L})/gu;

function likeness(text: string): number {
  return count(text, asInWords) - count(text, asNowhere);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
