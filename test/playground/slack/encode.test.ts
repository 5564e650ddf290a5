import { expect, test } from 'vitest';
import { encode, encodeEntities } from '../../../src/playground/slack/encode.ts';

test.each([
  ['Hej & <du>', 'Hej &amp; &lt;du&gt;'],
  ['anna.s+x@company.se!', '<mailto:anna.s+x@company.se|anna.s+x@company.se>!'],
  ['åsa@öberg.se', '<mailto:åsa@öberg.se|åsa@öberg.se>'],
  ['se https://x.se/a?b=1&c=2 nu', 'se <https://x.se/a?b=1&amp;c=2> nu'],
  ['tillåt company.se', 'tillåt <http://company.se|company.se>'],
  ['*.company.se', '*.company.se'],
])('the text %s is encoded as Slack does', (typed, sent) => {
  expect(encode(typed)).toBe(sent);
});

test('the text of a command has its entities alone', () => {
  expect(encodeEntities('verify anna@company.se "A & B"')).toBe('verify anna@company.se "A &amp; B"');
});
