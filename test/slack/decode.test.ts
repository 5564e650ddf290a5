import { expect, test } from 'vitest';
import { withoutCode } from '../../src/doors/typed.ts';
import { decode, literally } from '../../src/slack/decode.ts';

test.each([
  ['verify <mailto:anna@company.se|anna@company.se>', 'verify anna@company.se'],
  ['verify <mailto:anna@company.se>', 'verify anna@company.se'],
  ['domains allow <https://company.se|company.se>', 'domains allow company.se'],
  ['domains allow <http://company.se>', 'domains allow http://company.se'],
  ['se <https://company.se/a?b=1&amp;c=2>', 'se https://company.se/a?b=1&c=2'],
  ['ring <tel:+46812345|08-123 45>', 'ring 08-123 45'],
  ['department:"Ekonomi &amp; Lön"', 'department:"Ekonomi & Lön"'],
  ['&lt;b&gt; &amp;amp; &amp;lt;', '<b> &amp; &lt;'],
  ['a &nbsp; &quot; b', 'a &nbsp; &quot; b'],
  ['<@U123> och <@U456|anna>', '@U123 och @anna'],
  ['<#C1|hr> och <#C2>', '#hr och #C2'],
  ['<!channel> <!here|here> <!subteam^S1|@hr>', '@channel @here @hr'],
  ['<!date^1392734382^{date}|18 februari>', '18 februari'],
  ['avdelning:“Ekonomi & Lön” ”x” ’y’', 'avdelning:“Ekonomi & Lön” ”x” ’y’'],
  ['verify user:"a&lt;b"', 'verify user:"a<b"'],
  ['', ''],
])('A7 %j was typed as %j', (sent, typed) => {
  expect(decode(sent)).toBe(typed);
});

test.each([
  ['`verify anna@company.se`', 'verify anna@company.se'],
  ['```users```', 'users'],
  ['a `b` c', 'a `b` c'],
  ['`a` `b`', '`a` `b`'],
])('a line pasted as code, %j, is the line %j', (sent, line) => {
  expect(withoutCode(sent)).toBe(line);
});

test('A7 text is made literal, and read back the same', () => {
  const text = '<!channel> & <@U1|x> &amp; <https://x.se|y>';
  expect(literally(text)).not.toMatch(/[<>]/);
  expect(decode(literally(text))).toBe(text);
});
