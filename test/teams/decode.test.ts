import { expect, test } from 'vitest';
import { readActivity } from '../../src/teams/activity.ts';
import { typedText } from '../../src/teams/decode.ts';
import { message, type Sent } from './activities.ts';
import { botId } from './people.ts';

const typed = (text: string, more: Sent = {}) => {
  const activity = readActivity(JSON.parse(JSON.stringify({ ...message(''), text, ...more })));
  return activity && typedText(activity);
};

test.each([
  ['verify anna@company.se', 'verify anna@company.se'],
  ['verify [anna@company.se](mailto:anna@company.se)', 'verify anna@company.se'],
  ['verify <a href="mailto:anna@company.se">anna@company.se</a>', 'verify anna@company.se'],
  ['domains allow [company.se](http://company.se/)', 'domains allow company.se'],
  ['se [det här](https://evil.example/)', 'se [det här](https://evil.example/)'],
  ['department:"Ekonomi &amp; Lön"', 'department:"Ekonomi & Lön"'],
  ['&lt;b&gt; &amp;amp; &amp;lt; &quot;&apos;&#39;&#x27;', "<b> &amp; &lt; \"'''"],
  ['a&nbsp;b\u00a0c ', 'a b c'],
  ['<at>Anna Svensson</at> kommer inte in', 'Anna Svensson kommer inte in'],
  ['rad ett<br>rad två<br/>', 'rad ett\nrad två'],
  ['avdelning:“Ekonomi & Lön” ”x” ’y’', 'avdelning:“Ekonomi & Lön” ”x” ’y’'],
  ['`verify anna@company.se`', 'verify anna@company.se'],
  ['&#0;&#55296;&#1114112;a\u0000b\ud800c', 'abc'],
  ['', ''],
])('A7 %j was typed as %j', (sent, text) => {
  expect(typed(sent)).toBe(text);
});

const mention = (id: string, name: string) => ({
  type: 'mention',
  mentioned: { id, name },
  text: `<at>${name}</at>`,
});

test("the bot's own mention is left out, wherever it stands, and nobody else's", () => {
  const entities = [
    mention(botId, 'vc'),
    mention('29:anna', 'Anna'),
    { type: 'clientInfo' },
    null,
    { type: 'mention' },
  ];
  expect(typed('<at>vc</at>&nbsp;user <at>Anna</at>', { entities })).toBe('user Anna');
  expect(typed('hej <at>vc</at>, <at>vc</at>\n', { entities })).toBe('hej  ,');
  expect(typed('<at>vc</at> help', { entities: [mention('29:other', 'vc')] })).toBe('vc help');
});

test('an activity without any text was typed as nothing', () => {
  expect(typed('', { text: undefined, entities: 'none' })).toBe('');
});
