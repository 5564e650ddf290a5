import { once } from 'node:events';
import { createServer } from 'node:http';
import type { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { channels, people, team } from './people.ts';
import { freePort } from './port.ts';
import { type Heard, sampleBot, sampleForm } from './slack/sample-bot.ts';
import { buttonsOf, type Slack, startSlack, textOf } from './slack.ts';

let slack: Slack;
let app: App;
const heard: Heard[] = [];

beforeEach(async () => {
  heard.length = 0;
  slack = await startSlack({ team, users: people, channels });
  const port = await freePort();
  app = sampleBot(slack, heard);
  await app.start({ port, host: '127.0.0.1' });
  slack.talksTo(`http://127.0.0.1:${port}`);
});

afterEach(async () => {
  await app.stop();
  slack.forgives();
  await slack.stop();
});

test('a command is acknowledged, and its answers are read where they were said', async () => {
  const lena = slack.as('lena');
  const ack = await lena.types('/vc echo Ekonomi & Lön <b>', { in: '#hr' });
  expect(ack).toMatchObject({ status: 200, body: '' });
  expect(ack.callsBefore.map(({ method }) => method)).toEqual(['auth.test']);
  const [only] = await slack.until(() => nonEmpty(slack.ephemeral('lena', '#hr')));
  expect(only && textOf(only)).toBe('You said: Ekonomi & Lön <b>');
  expect(slack.messages('#hr')).toEqual([]);
  expect(slack.ephemeral('erik', '#hr')).toEqual([]);

  await lena.types('/vc post', { in: '#hr' });
  const message = await slack.until(() => slack.messages('#hr').at(-1));
  expect(textOf(message)).toBe('Start?\n[Start now] [Stop]');
  expect(buttonsOf(message)).toEqual(['Start now', 'Stop']);
  await lena.presses('Start');
  await slack.until(() => slack.messages('#hr').at(-1)?.edited);
  expect(slack.messages('#hr').map(textOf)).toEqual(['Started by press']);
  expect(slack.calls.map(({ method }) => method)).toContain('chat.update');
});

test('a form is opened, searched, refused at its field, and taken', async () => {
  const lena = slack.as('lena');
  await lena.types('/vc form');
  const form = await slack.until(() => slack.modal('lena'));
  expect(form.title?.text).toBe('Verify');
  expect(await lena.searches('User', 'sven')).toEqual(['Anna Svensson sven']);
  expect(await lena.submits({ Email: 'a@b.se' })).toEqual({
    errors: { User: 'Please complete this required field.' },
    ack: undefined,
  });
  const refused = await lena.submits({ User: 'Anna', Email: 'wrong' });
  expect(refused.errors).toEqual({ Email: 'Not an address' });
  expect(slack.modal('lena')).toBeDefined();
  const taken = await lena.submits({ User: 'Anna', Email: 'a@b.se' });
  expect(taken.errors).toEqual({});
  expect(slack.modal('lena')).toBeUndefined();
  await slack.until(() => slack.dm('lena').some((message) => textOf(message) === 'Form: anna a@b.se'));
});

test('a direct message comes encoded, and the bot hears its own words as well', async () => {
  const ack = await slack.as('anna').writes('Jag & <du>: anna@company.se, se company.se');
  expect(ack?.status).toBe(200);
  await slack.until(() => slack.dm('anna').length === 2);
  expect(heard[0]?.text).toBe(
    'Jag &amp; &lt;du&gt;: <mailto:anna@company.se|anna@company.se>, se <http://company.se|company.se>',
  );
  expect(slack.dm('anna').map(textOf)[1]).toBe('Hello Anna Svensson (sv-SE)');
});

test('a file announces itself twice in a direct conversation and once in a channel, under its event ids', async () => {
  const lena = slack.as('lena');
  await lena.drops('a;b\r\n1;2\r\n', 'list.csv', { deliveries: 2 });
  expect(heard.map(({ event }) => event).sort()).toEqual([
    'file_shared',
    'file_shared',
    'message.file_share',
    'message.file_share',
  ]);
  expect(new Set(heard.map(({ id }) => id)).size).toBe(2);
  const dropped = await lena.drops('x', 'list.csv', { in: '#hr' });
  expect(dropped.acks).toHaveLength(1);
  expect((await lena.drops('x', 'list.csv', { in: '#random' })).acks).toEqual([]);

  const info = await app.client.files.info({ file: dropped.file });
  const address = String(info.file?.url_private_download);
  expect(address.startsWith(slack.url)).toBe(true);
  const withToken = await fetch(address, { headers: { authorization: `Bearer ${slack.token}` } });
  expect(await withToken.text()).toBe('x');
  const without = await fetch(address);
  expect(without.headers.get('content-type')).toContain('text/html');
});

test('an event that the bot cannot take is sent again under the same id', async () => {
  await app.stop();
  const port = await freePort();
  slack.talksTo(`http://127.0.0.1:${port}`);
  const busy = createServer((_, response) => void response.writeHead(503, { connection: 'close' }).end());
  busy.listen(port, '127.0.0.1');
  await once(busy, 'listening');
  const sent = slack.as('anna').writes('hello');
  await once(busy, 'request');
  busy.close();
  await once(busy, 'close');
  app = sampleBot(slack, heard);
  await app.start({ port, host: '127.0.0.1' });
  expect((await sent)?.deliveries).toBeGreaterThan(1);
  await slack.until(() => slack.dm('anna').length === 2);
});

test('what Slack knows of people and channels comes with the look-ups', async () => {
  const ask = async (handle: string) =>
    (await app.client.users.info({ user: slack.id(handle), include_locale: true })).user;
  expect(await ask('anna')).toMatchObject({ locale: 'sv-SE', profile: { email: 'anna@company.se' } });
  expect(await ask('guest')).toMatchObject({ is_restricted: true, is_ultra_restricted: false });
  expect(await ask('stranger')).toMatchObject({ is_stranger: true, team_id: 'T0ELSEWHERE' });
  expect(await ask('robot')).toMatchObject({ is_bot: true });
  slack.alters('anna', { deleted: true });
  expect(await ask('anna')).toMatchObject({ deleted: true });
  const info = async (name: string) =>
    (await app.client.conversations.info({ channel: slack.id(name) })).channel;
  expect(await info('#shared')).toMatchObject({ is_ext_shared: true, is_member: true });
  expect(await info('#random')).toMatchObject({ is_ext_shared: false, is_member: false });
  await expect(app.client.chat.postMessage({ channel: slack.id('#random'), text: 'hi' })).rejects.toThrow(
    'not_in_channel',
  );
});

test('requests that are unsigned, forged or old reach the bot as such', async () => {
  const body = 'command=%2Fvc&text=echo';
  const type = 'application/x-www-form-urlencoded';
  for (const signature of ['none', 'forged', 'old'] as const) {
    expect((await slack.posts({ body, type, signature })).status).toBe(401);
  }
});

test('answers come as scripted: too many requests, an error, a broken line', async () => {
  slack.answers('chat.postMessage', { retryAfter: 1 });
  await app.client.chat.postMessage({ channel: slack.id('#hr'), text: 'later' });
  expect(slack.calls.slice(-2)).toMatchObject([
    { answer: { error: 'ratelimited' } },
    { answer: { ok: true } },
  ]);
  slack.answers('chat.postMessage', { error: 'channel_not_found' }, { when: ({ text }) => text === 'lost' });
  await app.client.chat.postMessage({ channel: slack.id('#hr'), text: 'kept' });
  const lost = app.client.chat.postMessage({ channel: slack.id('#hr'), text: 'lost' });
  await expect(lost).rejects.toThrow('channel_not_found');
  slack.answers('chat.postMessage', { breaks: 'after' });
  await app.client.chat.postMessage({ channel: slack.id('#hr'), text: 'twice' });
  expect(slack.messages('#hr').map(textOf)).toEqual(['later', 'kept', 'twice', 'twice']);
});

test('what Slack would not take is a fault with a sentence', async () => {
  const post = (more: object) =>
    app.client.chat.postMessage({ channel: slack.id('#hr'), text: 'x', ...more }).catch(() => undefined);
  const button = (text: string) => ({ type: 'button', text: { type: 'plain_text', text }, action_id: 'a' });
  await post({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3_001) } }] });
  await post({ blocks: [{ type: 'actions', elements: [button('a'), button('b'.repeat(76))] }] });
  await post({ text: 'Hello <!channel>' });
  await app.client.users.list({}).catch(() => undefined);
  expect(slack.forgives()).toEqual([
    expect.stringContaining('block 1 (section): text has 3001 characters, at most 3000'),
    expect.stringContaining('block 1 (actions): button: text has 76 characters, at most 75'),
    'chat.postMessage: block 1 (actions) has the action_id "a" twice',
    'chat.postMessage: <!channel> calls everybody in the channel',
    'users.list is no method that the local Slack knows',
  ]);
  await app.client.views.open({ trigger_id: 'made.up', view: sampleForm }).catch(() => undefined);
  expect(() => slack.check()).toThrow('trigger_id that Slack never gave');
});

test('the same bot by Socket Mode', async () => {
  const socketSlack = await startSlack({ team, users: people, channels, socketMode: true });
  const socketApp = sampleBot(socketSlack, heard, { socketMode: true });
  await socketApp.start();
  try {
    await socketSlack.until(() => socketSlack.calls.some(({ method }) => method === 'apps.connections.open'));
    await socketSlack.as('lena').types('/vc echo hello', { in: '#hr' });
    const [only] = await socketSlack.until(() => nonEmpty(socketSlack.ephemeral('lena', '#hr')));
    expect(only && textOf(only)).toBe('You said: hello');
    await socketSlack.as('lena').types('/vc form');
    await socketSlack.until(() => socketSlack.modal('lena'));
    const { errors } = await socketSlack.as('lena').submits({ User: 'Anna', Email: 'wrong' });
    expect(errors).toEqual({ Email: 'Not an address' });
    await socketSlack.as('lena').drops('a;b', 'list.csv');
    expect(heard.map(({ event }) => event).sort()).toEqual(['file_shared', 'message.file_share']);
  } finally {
    await socketApp.stop();
    await socketSlack.stop();
  }
});

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

test('nobody calls it from a page of another site, nor by another name than this machine’s', async () => {
  const call = (headers: Record<string, string>) =>
    fetch(`${slack.url}/api/auth.test`, { method: 'POST', headers, body: '{}' });
  expect((await call({ origin: 'https://elsewhere.se' })).status).toBe(403);
  expect((await call({})).status).toBe(200);
});
