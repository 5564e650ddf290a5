import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Place } from '../../src/core/command.ts';
import { CannotPost, type Outbox } from '../../src/core/outbox.ts';
import type { MessageView, Pressable } from '../../src/core/view.ts';
import { createSlackDoor } from '../../src/slack/door.ts';
import { channels, people, team } from '../support/people.ts';
import { type Slack, startSlack, textOf } from '../support/slack.ts';

let slack: Slack;
let outbox: Outbox;

const outboxOf = (of: Slack) =>
  createSlackDoor({
    config: { botToken: of.token, signingSecret: of.signingSecret, appToken: undefined, apiUrl: of.apiUrl },
    language: 'sv',
    log: pino({ level: 'silent' }),
  }).outbox;

beforeAll(async () => {
  slack = await startSlack({ team, users: people, channels, events: [] });
  outbox = outboxOf(slack);
});

afterEach(() => slack.check());
afterAll(() => slack.stop());

const note = (text: string): MessageView<Pressable> => ({ kind: 'note', tone: 'plain', text });
const channel = (name: string): Place => ({
  surface: 'slack',
  tenant: 'T000000001',
  id: slack.id(name),
  kind: 'channel',
});

test('a message is posted and edited in place, and a private one is seen by one person', async () => {
  const ref = await outbox.post(channel('#hr'), note('0 of 412'), 'en');
  await outbox.edit(ref, note('412 of 412'), 'en');
  expect(slack.messages('#hr').map(textOf)).toEqual(['412 of 412']);
  await outbox.whisper(channel('#hr'), slack.id('lena'), note('Anna'), 'en');
  expect(slack.ephemeral('lena', '#hr').map(textOf)).toEqual(['Anna']);
  expect(slack.ephemeral('erik', '#hr')).toEqual([]);
  const direct = await outbox.direct('T000000001', slack.id('lena'));
  expect(direct.kind).toBe('direct');
  await outbox.whisper(direct, slack.id('lena'), note('Only here'), 'en');
  expect(slack.dm('lena').map(textOf)).toEqual(['Only here']);
});

test('A4 no address in a message is unfurled', async () => {
  await outbox.post(channel('#hr'), note('https://bot.company.se/log/x'), 'en');
  expect(slack.calls.at(-1)?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
});

test('where the bot is not let in, it says so in one way', async () => {
  await expect(outbox.post(channel('#random'), note('x'), 'en')).rejects.toThrow(CannotPost);
  await expect(outbox.whisper(channel('#random'), slack.id('lena'), note('x'), 'en')).rejects.toThrow(
    CannotPost,
  );
  slack.answers('chat.postMessage', { error: 'is_archived' });
  await expect(outbox.post(channel('#hr'), note('x'), 'en')).rejects.toThrow(CannotPost);
  slack.answers('chat.update', { error: 'channel_not_found' });
  await expect(outbox.edit({ channel: 'C1', ts: '1' }, note('x'), 'en')).rejects.toThrow(CannotPost);
  slack.answers('conversations.open', { error: 'user_disabled' });
  await expect(outbox.direct('T000000001', slack.id('asa'))).rejects.toThrow(CannotPost);
});

test('a message that somebody deleted is left gone', async () => {
  slack.answers('chat.update', { error: 'message_not_found' });
  await outbox.edit({ channel: slack.id('#hr'), ts: '1.1' }, note('x'), 'en');
  expect(slack.calls.at(-1)?.method).toBe('chat.update');
});

test('Retry-After is obeyed, and holds up nothing else', async () => {
  const ref = await outbox.post(channel('#secret'), note('0 of 412'), 'en');
  slack.answers('chat.update', { retryAfter: 3 });
  const from = slack.calls.length;
  const edit = outbox.edit(ref, note('412 of 412'), 'en');
  await slack.until(() => slack.calls.length > from);
  await outbox.post(channel('#secret'), note('meanwhile'), 'en');
  await edit;
  const later = slack.calls.slice(from);
  expect(later.map(({ method }) => method)).toEqual(['chat.update', 'chat.postMessage', 'chat.update']);
  expect((later[2]?.at ?? 0) - (later[0]?.at ?? 0)).toBeGreaterThanOrEqual(3_000);
  expect(slack.messages('#secret').map(textOf)).toEqual(['412 of 412', 'meanwhile']);
});

test('a wait that Slack asks for without end is given up', async () => {
  slack.answers('chat.update', { retryAfter: 3_600 });
  await expect(outbox.edit({ channel: slack.id('#hr'), ts: '1.1' }, note('x'), 'en')).rejects.toThrow();
});

test('A1 what Slack says of a person: name, confirmed address, language, and why not', async () => {
  const ask = (handle: string) => outbox.profile('T000000001', slack.id(handle));
  expect(await ask('anna')).toEqual({ name: 'Anna Svensson', address: 'anna@company.se', language: 'sv' });
  expect(await ask('erik')).toEqual({ name: 'Erik Holm', address: 'erik@company.se', language: 'en' });
  expect(await ask('guest')).toMatchObject({ refused: 'guest' });
  expect(await ask('stranger')).toMatchObject({ refused: 'stranger' });
  expect(await ask('robot')).toMatchObject({ refused: 'bot' });
  slack.alters('asa', { deleted: true, is_email_confirmed: false, locale: 'de-DE' });
  expect(await ask('asa')).toEqual({ name: 'Åsa Öberg', refused: 'gone' });
  slack.alters('asa', { deleted: false, is_ultra_restricted: true });
  expect(await ask('asa')).toMatchObject({ refused: 'guest' });
  slack.alters('asa', { is_ultra_restricted: false, team_id: 'T0OTHER' });
  expect(await ask('asa')).toMatchObject({ refused: 'stranger' });
  expect(await outbox.profile('T000000001', 'U0NOBODY')).toMatchObject({ refused: 'gone' });
});

test('A1 a look-up that fails throws', async () => {
  slack.answers('users.info', { error: 'internal_error' });
  await expect(outbox.profile('T000000001', slack.id('anna'))).rejects.toThrow('internal_error');
  slack.answers('conversations.info', { error: 'internal_error' });
  await expect(outbox.placeFacts(channel('#hr'))).rejects.toThrow('internal_error');
});

test('A1 what Slack says of a place', async () => {
  expect(await outbox.placeFacts(channel('#hr'))).toMatchObject({ canPost: true, shared: false });
  expect(await outbox.placeFacts(channel('#random'))).toMatchObject({ canPost: false, shared: false });
  expect(await outbox.placeFacts(channel('#shared'))).toMatchObject({ canPost: true, shared: true });
  const from = slack.calls.length;
  expect(await outbox.placeFacts(channel('#hr'))).toMatchObject({ canPost: true, shared: false });
  expect(slack.calls.slice(from)).toEqual([]);
});

test('A1 the enterprise is compared before the team, and a channel within it is not shared', async () => {
  const grid = await startSlack({
    team: { ...team, enterprise: 'E0COMPANY' },
    users: people,
    events: [],
    channels: [{ name: 'org', members: ['lena'], bot: true, shared: 'org' }],
  });
  try {
    const out = outboxOf(grid);
    const asa = () => out.profile('E0COMPANY', grid.id('asa'));
    grid.alters('asa', { team_id: 'T0OTHERWORKSPACE' });
    expect(await asa()).not.toHaveProperty('refused');
    grid.alters('asa', { enterprise_user: { enterprise_id: 'E0ELSEWHERE' } });
    expect(await asa()).toMatchObject({ refused: 'stranger' });
    const org: Place = { surface: 'slack', tenant: 'E0COMPANY', id: grid.id('#org'), kind: 'channel' };
    expect(await out.placeFacts(org)).toMatchObject({ canPost: true, shared: false });
    expect((await out.direct('E0COMPANY', grid.id('lena'))).tenant).toBe('E0COMPANY');
  } finally {
    await grid.stop();
  }
});
