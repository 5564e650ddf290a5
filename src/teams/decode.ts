import { withoutCode } from '../doors/typed.ts';
import { type Activity, ownMentions } from './activity.ts';

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const encoded =
  /<\/?at(?:\s[^<>]*)?>|<a\s[^<>]*>|<\/a>|<br\s*\/?>|\[([^[\]\n]+)\]\(([^()\s]+)\)|&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi;

/**
 * What a person typed, from how Teams sends it (A7): the bot's own mention is left out, other people's become their
 * names, links the words that were typed, entities characters. One pass, so nothing is decoded twice.
 */
export function typedText(activity: Activity): string {
  const others = ownMentions(activity).reduce(
    (text, { text: own }) => text.split(own).join(' '),
    activity.text ?? '',
  );
  return withoutCode(storable(decode(others)).replaceAll('\u00a0', ' ').trim());
}

/** Without the characters that no database keeps. */
export function storable(text: string): string {
  return text.replace(/\0|\p{Cs}/gu, '');
}

function decode(text: string): string {
  return text.replace(encoded, (whole, label, target, name, decimal, hexadecimal) => {
    if (label !== undefined) return isLinked(label, target) ? label : whole;
    if (name !== undefined) return named[name.toLowerCase()] ?? '';
    if (decimal !== undefined) return character(Number(decimal));
    if (hexadecimal !== undefined) return character(Number.parseInt(hexadecimal, 16));
    return whole.startsWith('<br') ? '\n' : '';
  });
}

/** Whether a client made a link of what stood there already, such as an address. */
function isLinked(label: string, target: string): boolean {
  const bare = (text: string) =>
    text
      .replace(/^(mailto:|tel:|https?:\/\/)/i, '')
      .replace(/\/$/, '')
      .toLowerCase();
  return bare(label) === bare(target);
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
