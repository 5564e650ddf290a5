import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { message } from './activities.ts';
import { botId, lena, tenant } from './people.ts';
import { cardOf, hrId, openSetting, ownChat, type Setting, textOf } from './setting.ts';

const database = testDatabase();
let at: Setting;

beforeEach(async () => {
  at = await openSetting(database());
});
afterEach(() => at.stop());

test('A3 in a channel the answer goes to the asker’s own chat, and the thread reads that it did, in the language of the house', async () => {
  await at.house.sends(message('help', lena, at.chat));
  await at.posted(1);
  await at.house.sends(message('/vc say "Anna, Åsa"', lena, at.hr));
  const thread = `${hrId};messageid=1700000000000`;
  expect(await at.posted(1, thread)).toEqual(['Jag har svarat i vår chatt.']);
  expect(at.posts(ownChat(lena.id)).map(textOf)).toEqual(['What I can do', 'Anna, Åsa']);
  expect(JSON.stringify(at.posts(thread)[0]?.body)).not.toMatch(/Anna|Lena|say/);
  expect(cardOf(at.posts(thread)[0]).actions).toEqual([
    {
      type: 'Action.OpenUrl',
      title: 'Öppna chatten',
      url: 'https://teams.microsoft.com/l/chat/0/0?users=28%3Avc',
    },
  ]);
  expect(at.house.ran.at(-1)?.place).toMatchObject({ id: thread, kind: 'channel' });
});

test('what is said in a channel is one conversation, whichever thread it is in', async () => {
  const elsewhere = { ...at.hr, id: `${hrId};messageid=1700000000009` };
  await at.house.sends(message('help', lena, at.hr));
  await at.house.sends(message('help', lena, elsewhere));
  expect(at.house.kept).toHaveLength(2);
  expect(at.house.rooms).toEqual(new Set([hrId]));
});

test('A3 a chat that there was not yet is begun', async () => {
  await at.house.sends(message('say secret', lena, at.hr));
  expect(await at.posted(1, 'a:opened')).toEqual(['secret']);
  expect(at.teams.calls.find(({ what }) => what === 'open')?.body).toEqual({
    isGroup: false,
    bot: { id: botId },
    members: [{ id: lena.id }],
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  });
  await at.house.sends(message('say again', lena, at.hr));
  await at.posted(2, 'a:opened');
  expect(at.teams.calls.filter(({ what }) => what === 'open')).toHaveLength(1);
});

test('A3 where no chat can be begun, the thread reads how to open one, and nothing else', async () => {
  at.teams.answers('open', { status: 403, code: 'BotNotInConversationRoster' });
  await at.house.sends(message('say secret', lena, at.hr));
  const [text] = await at.posted(1);
  expect(text).toContain('vi har ingen chatt ännu');
  expect(text).not.toContain('secret');
});

test('A3 where a chat cannot be begun for a reason that may pass, the thread reads that something went wrong', async () => {
  at.teams.answers('open', { status: 500 });
  await at.house.sends(message('say secret', lena, at.hr));
  expect(await at.posted(1)).toEqual(['Något gick fel och jag kunde inte svara. Försök igen om en stund.']);
});

test('in a channel the bot answers who mentions it, and help where nothing else is said', async () => {
  await at.house.sends({ ...message('say overheard', lena, at.hr), entities: [] });
  await at.house.sends(message('', lena, at.hr));
  await at.posted(1, 'a:opened');
  expect(at.house.ran.map(({ line }) => line)).toEqual(['help']);
});

const hidden = (text: string, more: object = {}) => ({
  ...message(text, lena, at.hr, { text, entities: [] }),
  recipient: { id: botId, name: 'vc', isTargeted: true },
  ...more,
});

test('what others may read stands where it was asked for in the language of the house, and for the asker alone in theirs', async () => {
  await at.house.sends({ ...message('import', lena, at.hr), locale: 'en-GB' });
  expect(await at.posted(1)).toEqual(['Släpp filen i vår chatt']);
  await at.house.sends(hidden('import', { locale: 'en-GB' }));
  expect((await at.posted(2)).at(-1)).toBe('Drop a file in our chat');
  await at.house.sends(hidden('say secret', { locale: 'en-GB' }));
  expect((await at.posted(2, hrId)).at(-1)).toBe('I have answered in our chat.');
});

test('what Teams does not show to the asker alone goes to their own chat', async () => {
  at.teams.answers('post', { status: 403 });
  await at.house.sends(hidden('import'));
  expect(await at.posted(1, 'a:opened')).toEqual(['Släpp filen i vår chatt']);
});

test('A3 what is asked so that nobody else sees it is answered so, or in the chat alone', async () => {
  await at.house.sends(hidden('say secret'));
  expect(await at.posted(1, 'a:opened')).toEqual(['secret']);
  expect(await at.posted(1, hrId)).toEqual(['Jag har svarat i vår chatt.']);
  expect(at.posts(hrId)[0]).toMatchObject({ targeted: true, body: { recipient: { id: lena.id } } });
  for (const status of [400, 403]) {
    at.teams.answers('post', { body: { id: '1:1' }, status: 201 });
    at.teams.answers('post', { status });
    const before = at.posts().length;
    await at.house.sends(hidden(`say ${status}`));
    const calls = await until(() => at.posts().length > before + 1 && at.posts().slice(before));
    expect(calls.map(({ conversation }) => conversation)).toEqual(['a:opened', hrId]);
  }
  expect(at.posts().filter(({ targeted, conversation }) => !targeted && conversation !== 'a:opened')).toEqual(
    [],
  );
  expect(at.house.logged.filter(({ msg }) => msg === 'Teams: an answer reached nobody')).toEqual([]);
});

test.each(['/help', 'help', '/vc help'])(
  'what is picked after a slash is a line of the channel, whichever way a client sends it: %s',
  async (text) => {
    const picked = { ...message(text, lena, at.hr, { text, entities: [] }) };
    await at.house.sends({ ...picked, recipient: { id: botId, name: 'vc', isTargeted: true } });
    await at.posted(1, 'a:opened');
    expect(at.house.ran).toMatchObject([{ line: 'help', place: { id: hrId, kind: 'channel' } }]);
  },
);
