import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { invoke, message } from './activities.ts';
import { botId, lena, tenant } from './people.ts';
import { dataOf, hrId, openSetting, type Setting, textOf } from './setting.ts';

const database = testDatabase();
let at: Setting;

beforeEach(async () => {
  at = await openSetting(database());
});
afterEach(() => at.stop());

test('a press is acknowledged first, and replaces the card that was pressed', async () => {
  await at.house.sends(message('ask', lena, at.chat));
  await at.posted(1);
  const data = dataOf(at.posts()[0], 'Confirm');
  const value = { action: { type: 'Action.Execute', verb: 'press', data }, trigger: 'manual' };
  const ack = await at.house.sends(invoke('adaptiveCard/action', value, lena, at.chat, { replyToId: '1:1' }));
  expect(ack).toEqual({
    status: 200,
    body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' },
  });
  const update = await until(() => at.teams.calls.find(({ what }) => what === 'update'));
  expect(textOf(update)).toBe('It is done');
  expect(update.body).toMatchObject({ id: '1:1', type: 'message' });
});

test('a press from a client that sends it as a message counts as well', async () => {
  await at.house.sends(message('ask', lena, at.chat));
  await at.posted(1);
  const value = dataOf(at.posts()[0], 'Confirm');
  const sent = message('', lena, at.chat, { text: undefined, value, replyToId: '1:1' });
  expect(await at.house.sends(sent)).toEqual({ status: 200, body: undefined });
  await until(() => at.teams.calls.find(({ what }) => what === 'update'));
  expect(at.house.kept).toHaveLength(1);
});

test('A3 what a press in a channel answers goes to the presser’s own chat; the card that others read stays', async () => {
  await at.house.conversations.remember(sighting(hrId));
  await at.house.asks({ surface: 'teams', tenant, id: hrId, kind: 'channel' });
  const data = dataOf(at.posts()[0], 'Whisper');
  await at.house.sends(
    invoke('adaptiveCard/action', { action: { data } }, lena, at.hr, { replyToId: '1:1' }),
  );
  expect(await at.posted(1, 'a:opened')).toEqual(['Only you, Anna']);
  await at.posted(3);
  expect(at.teams.calls.filter(({ what }) => what === 'update')).toEqual([]);
});

test('an answer in place of a card that is gone is posted', async () => {
  await at.house.sends(message('ask', lena, at.chat));
  await at.posted(1);
  at.teams.answers('update', { status: 404, code: 'ActivityNotFoundInConversation' });
  const data = dataOf(at.posts()[0], 'Confirm');
  await at.house.sends(
    invoke('adaptiveCard/action', { action: { data } }, lena, at.chat, { replyToId: '1:1' }),
  );
  expect((await at.posted(2))[1]).toBe('It is done');
});

const sighting = (conversation: string) => ({
  tenant,
  conversation,
  kind: 'internal' as const,
  platformId: lena.aadObjectId ?? '',
  serviceUrl: at.teams.url,
  botId,
});
