import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { invoke, message, type Where } from './activities.ts';
import { anna, elsewhere, guest, lena, stranger } from './people.ts';
import { dataOf, hrId, openSetting, ownChat, type Setting } from './setting.ts';

const database = testDatabase();
let at: Setting;

beforeEach(async () => {
  at = await openSetting(database());
});
afterEach(() => at.stop());

test('A1 bots are not listened to, this one least of all', async () => {
  await at.house.sends(message('help', { ...lena, id: '28:other' }, at.chat));
  const from = { id: '29:x', aadObjectId: lena.aadObjectId, role: 'bot' };
  await at.house.sends({ ...message('help', lena, at.chat), from });
  expect(at.house.kept).toEqual([]);
});

test.each([
  ['a guest', guest],
  ['somebody of another organisation', stranger],
  ['an anonymous participant', { id: '8:teamsvisitor:1', name: 'Någon' }],
])('A1 %s is told so, and nothing else', async (_, who) => {
  await at.house.sends(message('help', who, at.chat));
  const [text] = await at.posted(1);
  expect(text).toMatch(/Jag svarar bara den|I only answer people/);
  expect(at.house.ran).toEqual([]);
  expect(at.house.attempts.map(({ outcome }) => outcome)).toEqual(['person_refused']);
});

test('A1 somebody is who the roster says, not who the message says', async () => {
  at.teams.rosters.set(ownChat(lena.id), [{ ...lena, tenantId: elsewhere }]);
  await at.house.sends(message('help', lena, at.chat));
  await at.posted(1);
  expect(at.house.ran).toEqual([]);
});

test('A1 a look-up that fails refuses', async () => {
  at.teams.answers('member', { status: 500 });
  await at.house.sends(message('help', lena, at.chat));
  expect((await at.posted(1))[0]).toContain('Något gick fel');
  expect(at.house.ran).toEqual([]);
});

test.each<[string, Where]>([
  ['a shared channel', { channel: hrId, type: 'shared' }],
  ['a group chat', { group: '19:group@thread.v2' }],
])('A1 %s is refused while anybody of another organisation is in it', async (_, where) => {
  const conversation = where.channel ?? where.group ?? '';
  await at.house.sends(message('help', lena, at.chat));
  await at.posted(1);
  at.teams.rosters.set(conversation, [lena, guest, stranger]);
  await at.house.sends(message('say secret', lena, { ...at.chat, ...where }));
  await at.posted(2, ownChat(lena.id));
  expect(at.house.ran.map(({ line }) => line)).toEqual(['help']);
  expect(at.house.attempts.at(-1)?.outcome).toBe('place_shared');
  await at.house.sends(
    invoke('adaptiveCard/action', { action: { data: { press: 'x' } } }, lena, { ...at.chat, ...where }),
  );
  await at.posted(3, ownChat(lena.id));
  await at.house.door.stop();
  expect(at.posts()).toHaveLength(3);
});

test('A1 a form is not searched where anybody of another organisation reads', async () => {
  const group = '19:group@thread.v2';
  await at.house.sends(message('form', lena, at.chat));
  await at.posted(1);
  const opening = { data: dataOf(at.posts()[0], 'Verify account') };
  const opened = await at.house.sends(invoke('task/fetch', opening, lena, at.chat));
  const [, form = ''] = /"form":"([^"]+)"/.exec(JSON.stringify(opened.body)) ?? [];
  const asked = { queryText: 'anna', queryOptions: { skip: 0, top: 15 }, dataset: `${form}/user` };
  const found = async (where: Where) => {
    const { body } = await at.house.sends(invoke('application/search', asked, lena, where));
    return (body as { value: { results: unknown[] } }).value.results.length;
  };
  expect(await found(at.chat)).toBe(100);
  at.teams.rosters.set(group, [lena, stranger]);
  expect(await found({ ...at.chat, group })).toBe(0);
  expect(at.house.attempts.at(-1)?.outcome).toBe('place_shared');
});

test('A1 a group of colleagues and guests is none', async () => {
  const group = '19:own@thread.v2';
  at.teams.rosters.set(group, [lena, anna, guest]);
  await at.house.sends(message('help', lena, { ...at.chat, group }));
  await at.posted(1, 'a:opened');
  expect(at.house.ran.map(({ line }) => line)).toEqual(['help']);
});

test('A1 a place that Teams does not tell of is refused, in a sentence', async () => {
  const group = '19:group@thread.v2';
  at.teams.rosters.set(group, [lena]);
  at.teams.answers('members', { status: 500 });
  await at.house.sends(
    invoke('adaptiveCard/action', { action: { data: { press: 'x' } } }, lena, { ...at.chat, group }),
  );
  expect((await at.posted(1, 'a:opened'))[0]).toContain('Jag kunde inte kontrollera');
  at.teams.answers('members', { status: 500 });
  const value = { action: { data: { press: 'x' } } };
  await at.house.sends(
    invoke('adaptiveCard/action', value, lena, { ...at.chat, group }, { locale: 'en-US' }),
  );
  expect((await at.posted(2, 'a:opened'))[1]).toContain("couldn't check");
  expect(at.posts(group)).toEqual([]);
});
