import { keyNames, spellings } from '../rules/filter-words.ts';

/** A piece of a sentence: plain text, or what can be typed as it stands. */
export interface Span {
  text: string;
  code: boolean;
}

const typed = new RegExp(`\`((?:/vc |(?:${spellings(keyNames).join('|')}):)[^\`]*)\``);

/** A sentence by its spans: what stands between backticks and can be typed is code, every other character literal (A7). */
export function spansOf(sentence: string): Span[] {
  return sentence
    .split(typed)
    .map((text, index) => ({ text, code: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
