import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { activity, invoke, message } from './activities.ts';
import { anna, lena, tenant } from './people.ts';
import { dataOf, openSetting, ownChat, type Setting } from './setting.ts';

const database = testDatabase();
let at: Setting;

beforeEach(async () => {
  at = await openSetting(database());
});
afterEach(() => at.stop());

test('A6 a message is kept before it is acknowledged, and answered in the chat', async () => {
  expect(await at.house.sends(message('/vc help', lena, at.chat))).toEqual({ status: 200, body: undefined });
  expect(at.house.kept).toHaveLength(1);
  expect(await at.posted(1)).toEqual(['What I can do']);
  expect(at.posts()[0]).toMatchObject({
    conversation: ownChat(lena.id),
    token: undefined,
    body: { type: 'message', summary: 'What I can do' },
  });
  const place = { surface: 'teams', tenant, id: ownChat(lena.id), kind: 'direct' };
  expect(at.house.ran).toEqual([{ line: 'help', place, platformId: lena.aadObjectId }]);
});

test('I8 a message that is sent several times is done once', async () => {
  const sent = message('help', lena, at.chat);
  for (let times = 0; times < 3; times++) expect((await at.house.sends(sent)).status).toBe(200);
  await at.posted(1);
  await at.house.sends(message('help', lena, at.chat));
  await at.posted(2);
  expect(at.house.ran).toHaveLength(2);
});

test('A6 a message that could not be kept is not acknowledged', async () => {
  at.house.failStore(1);
  const sent = message('help', lena, at.chat);
  expect((await at.house.sends(sent)).status).toBe(500);
  expect((await at.house.sends(sent)).status).toBe(200);
  await at.posted(1);
});

test('a sentence is answered with one’s own next step', async () => {
  await at.house.sends(message('Jag kommer inte in', anna, at.chat));
  expect(await at.posted(1)).toEqual(['Hej, så här står det till.']);
});

test('what nobody knows is answered, and nothing is done', async () => {
  for (const type of [
    'typing',
    'messageReaction',
    'messageUpdate',
    'event',
    'endOfConversation',
    'x'.repeat(500),
  ]) {
    expect(await at.house.sends(activity(lena, at.chat, { type }))).toEqual({ status: 200, body: undefined });
  }
  for (const [name, value] of [
    ['composeExtension/query', {}],
    [undefined, undefined],
    ['adaptiveCard/action', null],
    ['adaptiveCard/action', { action: { data: { press: 7 } } }],
    ['task/fetch', { data: {} }],
    ['task/submit', 'x'],
    ['application/search', { dataset: 'nothing', queryText: 'x' }],
    ['fileConsent/invoke', { action: 'dance' }],
  ] as const) {
    expect(await at.house.sends(invoke(name ?? '', value, lena, at.chat))).toEqual({
      status: 501,
      body: undefined,
    });
  }
  expect(at.house.kept).toEqual([]);
  expect(at.teams.calls).toEqual([]);
});

test('a conversation is spoken to where it was last called from, and no more once the bot is thrown out', async () => {
  const outbox = at.house.door.outbox;
  const place = { surface: 'teams', tenant, id: ownChat(lena.id), kind: 'direct' } as const;
  await at.house.sends(activity(lena, at.chat, { type: 'installationUpdate', action: 'add' }));
  const view = { kind: 'note', tone: 'plain', text: 'Hej' } as const;
  await outbox.post(place, view, 'sv');
  expect(await outbox.placeFacts(place)).toMatchObject({ canPost: true, takesFiles: true });
  await at.house.sends(activity(lena, at.chat, { type: 'installationUpdate', action: 'remove' }));
  await expect(outbox.post(place, view, 'sv')).rejects.toThrow('not known');
  expect(await outbox.placeFacts(place)).toMatchObject({ canPost: false });
});

test('the door’s end waits for answers under way', async () => {
  await at.house.sends(message('ask', lena, at.chat));
  await at.posted(1);
  at.teams.answers('update', { status: 429 }, 2);
  const data = dataOf(at.posts()[0], 'Confirm');
  await at.house.sends(
    invoke('adaptiveCard/action', { action: { data } }, lena, at.chat, { replyToId: '1:1' }),
  );
  await at.house.door.stop();
  expect(at.teams.calls.filter(({ what }) => what === 'update')).toHaveLength(3);
  expect(at.house.door.ready()).toBe(false);
});

test('A5 the log holds no name, address or text of what was said', async () => {
  at.teams.answers('post', { status: 400, code: 'BadSyntax' });
  await at.house.sends(message('say "anna@company.se är hemlig"', lena, at.chat));
  await until(() => at.house.logged.some(({ msg }) => msg === 'Teams: an answer reached nobody'));
  expect(JSON.stringify(at.house.logged)).not.toMatch(/anna|hemlig|Lena|29:|a:29/);
});
