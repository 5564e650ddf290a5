import { expect, test } from 'vitest';
import { spansOf } from '../../src/core/spans.ts';

const codeIn = (sentence: string) => spansOf(sentence).flatMap(({ text, code }) => (code ? [text] : []));

test.each([
  ['Menade du `/vc verify`?', ['/vc verify']],
  ['Filtret `avdelning:"Ekonomi & Lön"` och `company:X`.', ['avdelning:"Ekonomi & Lön"', 'company:X']],
  ['Inte `verify`, `a:b`, `/vcx` eller *det*.', []],
  ['En ensam ` och `/vc help', []],
  ['', []],
])('what can be typed in "%s" is code', (sentence, code) => {
  expect(codeIn(sentence)).toEqual(code);
});

test('no other character is lost', () => {
  const sentence = '`a` `/vc help` <b> {{DATE}} **x** `company:X`';
  const written = spansOf(sentence).map(({ text, code }) => (code ? `\`${text}\`` : text));
  expect(written.join('')).toBe(sentence);
});
