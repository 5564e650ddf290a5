import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Place } from '../../src/core/command.ts';
import type { Conversations } from '../../src/core/conversations.ts';
import { CannotPost } from '../../src/core/outbox.ts';
import type { MessageView } from '../../src/core/view.ts';
import { createPace } from '../../src/doors/pace.ts';
import { createConversations } from '../../src/services/conversations.ts';
import { createConnector, type Member } from '../../src/teams/connector.ts';
import { createDownload } from '../../src/teams/files.ts';
import { createOutbox, type TeamsOutbox } from '../../src/teams/outbox.ts';
import { createProfiles, createRoster } from '../../src/teams/people.ts';
import { createPlaces, type Places } from '../../src/teams/places.ts';
import { testDatabase } from '../support/database.ts';
import { type ScriptedConnector, startConnector } from './connector.ts';
import { anna, botId, elsewhere, lena, tenant } from './people.ts';

const database = testDatabase();
let teams: ScriptedConnector;
let conversations: Conversations;
let places: Places;
let outbox: TeamsOutbox;

const hrId = '19:hr@thread.tacv2';
const channel: Place = { surface: 'teams', tenant, id: `${hrId};messageid=17`, kind: 'channel' };
const chat: Place = { surface: 'teams', tenant, id: 'a:lena', kind: 'direct' };
const note = (text: string): MessageView<never> => ({ kind: 'note', tone: 'plain', text });
const who = (member: Member) => member.aadObjectId ?? '';

beforeEach(async () => {
  teams = await startConnector();
  await database().prisma.conversation.deleteMany();
  // Who was seen later is looked for first: no two sightings are of the same millisecond.
  let moment = Date.now();
  conversations = createConversations(database(), 'teams', () => new Date(moment++));
  const retries = { firstMs: 10, allMs: 300 };
  const connector = createConnector({ token: async () => 'token', local: true });
  const roster = createRoster({ connector, conversations, retries });
  places = createPlaces({ connector, conversations, roster, retries });
  outbox = createOutbox({
    connector,
    conversations,
    places,
    pace: createPace({ everyMs: 1, atOnce: 10 }),
    profile: createProfiles(roster, conversations),
    download: createDownload({ local: true }),
    retries,
  });
  await sees(hrId, lena, 'internal');
});
afterEach(() => teams.stop());

async function sees(
  conversation: string,
  member: Member,
  kind: 'direct' | 'internal' | 'open',
): Promise<void> {
  const { url: serviceUrl } = teams;
  await conversations.remember({ tenant, conversation, kind, platformId: who(member), serviceUrl, botId });
}

test('a message is posted in the thread, and edited in place, with the token', async () => {
  const ref = await outbox.post(channel, note('0 av 412'), 'sv');
  await outbox.edit(ref, note('412 av 412'), 'sv');
  expect(teams.calls).toMatchObject([
    { what: 'post', conversation: channel.id, token: 'token', body: { summary: '0 av 412' } },
    { what: 'update', conversation: channel.id, token: 'token', body: { summary: '412 av 412', id: '1:1' } },
  ]);
  expect(ref).toEqual({ tenant, conversation: channel.id, activity: '1:1' });
});

test('the token goes along to nobody else', async () => {
  teams.answers('post', { status: 307, headers: { location: `${teams.url}/elsewhere` }, body: {} });
  await expect(outbox.post(channel, note('x'), 'sv')).rejects.toThrow();
  expect(teams.calls).toHaveLength(1);
});

test.each([412, 429, 502, 504])(
  '%s is waited out; Teams hears of the message until it takes it',
  async (status) => {
    teams.answers('post', { status }, 3);
    await outbox.post(channel, note('x'), 'sv');
    expect(teams.calls).toHaveLength(4);
    const ref = { tenant, conversation: channel.id, activity: '1:4' };
    teams.answers('update', { status }, 2);
    await outbox.edit(ref, note('y'), 'sv');
    expect(teams.calls).toHaveLength(7);
  },
);

test('a connection that breaks is made again, what never passes is given up', async () => {
  teams.answers('post', { broken: true });
  await outbox.post(channel, note('x'), 'sv');
  expect(teams.calls).toHaveLength(2);
  teams.answers('post', { status: 429 }, 99);
  await expect(outbox.post(channel, note('x'), 'sv')).rejects.toThrow('429');
});

test('where the bot is not let in (any more), the caller hears so', async () => {
  for (const [status, code] of [
    [403, 'BotNotInConversationRoster'],
    [403, 'MessageWritesBlocked'],
    [404, 'ConversationNotFound'],
  ] as const) {
    await sees(hrId, lena, 'internal');
    teams.answers('post', { status, code });
    await expect(outbox.post(channel, note('x'), 'sv')).rejects.toThrow(CannotPost);
  }
  await sees(hrId, lena, 'internal');
  teams.answers('update', { status: 403 });
  await expect(outbox.edit({ tenant, conversation: hrId, activity: '1' }, note('x'), 'sv')).rejects.toThrow(
    CannotPost,
  );
  await expect(outbox.post({ ...channel, id: '19:never' }, note('x'), 'sv')).rejects.toThrow(CannotPost);
  teams.rosters.set(hrId, [lena]);
  teams.answers('open', { status: 403 });
  await expect(outbox.direct(tenant, who(lena))).rejects.toThrow(CannotPost);
});

test('a message that somebody deleted is left gone; any other fault is told', async () => {
  const ref = { tenant, conversation: channel.id, activity: '1' };
  teams.answers('update', { status: 404, code: 'ActivityNotFoundInConversation' });
  await outbox.edit(ref, note('x'), 'sv');
  teams.answers('update', { status: 404, code: 'MessageNotFound' });
  await expect(outbox.edit(ref, note('x'), 'sv')).rejects.toThrow(CannotPost);
  teams.answers('update', { status: 400, code: 'BadSyntax' });
  await expect(outbox.edit(ref, note('x'), 'sv')).rejects.toThrow('400 BadSyntax');
});

test('A3 what one person alone is to see goes to their own chat', async () => {
  await sees('a:lena', lena, 'direct');
  await outbox.whisper(channel, who(lena), note('Only you'), 'en');
  expect(teams.calls).toMatchObject([{ what: 'post', conversation: 'a:lena' }]);
});

test('what can be done where', async () => {
  await sees('a:lena', lena, 'direct');
  const directUrl = 'https://teams.microsoft.com/l/chat/0/0?users=28%3Avc';
  expect(await outbox.placeFacts(channel)).toEqual({
    canPost: true,
    shared: false,
    takesFiles: false,
    directUrl,
  });
  expect(await outbox.placeFacts(chat)).toMatchObject({ takesFiles: true, directUrl });
  expect(await outbox.placeFacts({ ...channel, id: '19:never' })).toMatchObject({ canPost: false });
});

test('A1 what the roster says of a person: name, address, language, and why not', async () => {
  await conversations.remember({
    tenant,
    conversation: 'a:anna',
    kind: 'direct',
    platformId: who(anna),
    serviceUrl: teams.url,
    botId,
    language: 'sv',
  });
  const ask = async (member: Member) => {
    teams.rosters.set('a:anna', [member]);
    return outbox.profile(tenant, who(anna));
  };
  expect(await ask(anna)).toEqual({ name: 'Anna Svensson', address: 'anna@company.se', language: 'sv' });
  expect(await ask({ ...anna, email: undefined })).toMatchObject({ address: 'anna@company.onmicrosoft.com' });
  expect(await ask({ ...anna, aadObjectId: who(anna).toUpperCase() })).not.toHaveProperty('refused');
  const refused = async (more: Partial<Member>) => (await ask({ ...anna, ...more })).refused;
  expect(await refused({ userRole: 'guest' })).toBe('guest');
  expect(await refused({ userRole: 'anonymous' })).toBe('guest');
  expect(await refused({ userPrincipalName: 'anna_konsult.se#EXT#@company.onmicrosoft.com' })).toBe('guest');
  expect(await refused({ tenantId: elsewhere })).toBe('stranger');
  expect(await refused({ tenantId: undefined })).toBe('stranger');
  expect(await refused({ userRole: 'bot' })).toBe('bot');
  expect(await outbox.profile(tenant, '8:teamsvisitor:1')).toEqual({ name: '', refused: 'stranger' });
});

test('A1 somebody is looked for where they were seen, in their own chat first, and is gone where no roster has them', async () => {
  await sees('a:anna', anna, 'direct');
  await sees(hrId, anna, 'internal');
  teams.rosters.set(hrId, [anna]);
  teams.answers('member', { status: 403, code: 'BotNotInConversationRoster' });
  expect(await outbox.profile(tenant, who(anna))).toMatchObject({ name: 'Anna Svensson' });
  expect(teams.calls.map(({ conversation }) => conversation)).toEqual(['a:anna', hrId]);
  teams.rosters.clear();
  expect(await outbox.profile(tenant, who(anna))).toEqual({ name: '', refused: 'gone' });
});

test('A1 a look-up that fails throws, and so does one that tells of somebody else', async () => {
  await sees('a:anna', anna, 'direct');
  const ask = () => outbox.profile(tenant, who(anna));
  teams.answers('member', { status: 500 });
  await expect(ask()).rejects.toThrow('500');
  teams.answers('member', { status: 403, code: 'BotNotInConversationRoster' });
  await expect(ask()).rejects.toThrow('No conversation tells');
  teams.answers('member', { status: 404, code: 'ConversationNotFound' });
  await expect(ask()).rejects.toThrow('No conversation tells');
  teams.answers('member', { body: lena });
  await expect(ask()).rejects.toThrow('somebody else');
  teams.answers('member', { body: { id: anna.id, name: anna.name } });
  await expect(ask()).rejects.toThrow('somebody else');
  const never = '00000000-0000-4000-8000-000000000099';
  await expect(outbox.profile(tenant, never)).rejects.toThrow('No conversation tells');
});

test('A1 whether other organisations read a place is asked page by page, once a minute, and not of a channel of one’s own', async () => {
  await outbox.placeFacts(channel);
  expect(teams.calls).toEqual([]);
  await sees('19:open', lena, 'open');
  const open: Place = { ...channel, id: '19:open' };
  const stranger = { ...anna, tenantId: elsewhere };
  teams.answers('members', { body: { members: [lena], continuationToken: 'next' } });
  teams.answers('members', { body: { members: [stranger] } });
  expect(await outbox.placeFacts(open)).toMatchObject({ shared: true });
  expect(await outbox.placeFacts(open)).toMatchObject({ shared: true });
  expect(teams.calls).toHaveLength(2);
  await sees('19:silent', lena, 'open');
  teams.answers('members', { status: 500 });
  await expect(outbox.placeFacts({ ...channel, id: '19:silent' })).rejects.toThrow('500');
});

test.each(['BotNotInConversationRoster', 'ConversationNotFound'])(
  'a place that the bot is not in is forgotten: %s',
  async (code) => {
    for (const what of ['post', 'update'] as const) {
      await sees(hrId, lena, 'internal');
      teams.answers(what, { status: 403, code });
      const call =
        what === 'post'
          ? outbox.post(channel, note('x'), 'sv')
          : outbox.edit({ tenant, conversation: channel.id, activity: '1' }, note('x'), 'sv');
      await expect(call).rejects.toThrow(CannotPost);
      expect(await conversations.find(tenant, hrId)).toBeUndefined();
    }
  },
);

test('A5 what is remembered of other settings is not called, and no token is asked for', async () => {
  const token = async () => {
    throw new Error('A token was asked for');
  };
  const near = { serviceUrl: teams.url, conversation: hrId };
  const far = { serviceUrl: 'https://smba.example/emea/', conversation: hrId };
  const refused = 'The address may not be called';
  await expect(createConnector({ token, local: false }).post(near, {})).rejects.toThrow(refused);
  await expect(createConnector({ token, local: true }).post(far, {})).rejects.toThrow(refused);
  await expect(createConnector({ token, local: true }).post(near, {})).rejects.toThrow('A token');
  await expect(createConnector({ token, local: false }).post(far, {})).rejects.toThrow('A token');
  expect(teams.calls).toEqual([]);
});

test('A3 a chat is begun by whichever conversation tells of somebody; where none does, the caller hears so', async () => {
  await expect(outbox.direct(tenant, who(anna))).rejects.toThrow(CannotPost);
  await sees(hrId, anna, 'internal');
  await sees('19:left', anna, 'internal');
  teams.rosters.set(hrId, [anna]);
  teams.answers('member', { status: 403, code: 'BotNotInConversationRoster' });
  expect(await outbox.direct(tenant, who(anna))).toEqual({ ...chat, id: 'a:opened' });
  expect(teams.calls.map(({ conversation }) => conversation)).toEqual(['19:left', hrId, '']);
});

test('A1 a channel that is not known is nobody’s to vouch for', async () => {
  expect(await places.shared({ ...channel, id: '19:never' })).toBeUndefined();
  expect(await places.shared({ ...chat, id: 'a:never' })).toBe(false);
  expect(await places.shared(channel)).toBe(false);
});

test('A1 an anonymous participant is of no organisation; a page that Teams is too busy for is asked for again', async () => {
  await sees('19:open', lena, 'open');
  teams.answers('members', { body: { members: [lena], continuationToken: 'next' } });
  teams.answers('members', { status: 429 });
  const anonymous = { ...anna, userRole: 'anonymous' };
  teams.answers('members', { body: { members: [anonymous] } });
  expect(await places.shared({ ...channel, id: '19:open' })).toBe(true);
  expect(teams.calls).toHaveLength(3);
});
