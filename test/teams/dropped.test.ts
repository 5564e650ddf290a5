import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { message, type Sent } from './activities.ts';
import { lena } from './people.ts';
import { hrId, openSetting, type Setting } from './setting.ts';

const database = testDatabase();
let at: Setting;

beforeEach(async () => {
  at = await openSetting(database());
});
afterEach(() => at.stop());

const dropped = (name: string, more: Sent = {}) => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: 'https://company.sharepoint.com/personal/lena/Documents/lista.csv',
  name,
  content: {
    downloadUrl: `https://company.sharepoint.com/download?tempauth=${name}`,
    uniqueId: 'U',
    fileType: 'csv',
    ...more,
  },
});
const html = { contentType: 'text/html', content: '<p>Här</p>' };

test('I8 a file that is dropped in the chat is done once, each of several by itself', async () => {
  const sent = message('', lena, at.chat, { attachments: [dropped('a.csv'), html, dropped('b.csv')] });
  await at.house.sends(sent);
  await at.house.sends(sent);
  expect((await at.posted(2)).sort()).toEqual(['Got a.csv', 'Got b.csv']);
  expect(at.house.dropped).toHaveLength(2);
  expect(at.house.dropped[0]).toEqual({
    name: 'a.csv',
    source: { message: sent.id, url: 'https://company.sharepoint.com/download?tempauth=a.csv' },
  });
});

test.each<[string, Sent]>([
  ['a file', { contentType: 'text/html', content: '<div><attachment id="1"></attachment></div>' }],
  [
    'a reference',
    { contentType: 'reference', contentUrl: 'https://company.sharepoint.com/x.csv', name: 'x.csv' },
  ],
])(
  'in a channel %s does not reach the bot: it is taken for the question how to import',
  async (_, attachment) => {
    await at.house.sends(message('här är listan', lena, at.hr, { attachments: [html, attachment] }));
    expect(await at.posted(1)).toEqual(['Släpp filen i vår chatt']);
    expect(at.posts()[0]?.conversation).toBe(`${hrId};messageid=1700000000000`);
    expect(at.house.dropped).toEqual([]);
  },
);
