import { createServer } from 'node:net';
import { App, LogLevel } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { channels, people, team } from './people.ts';
import { buttonsOf, type Slack, startSlack, textOf } from './slack.ts';

let slack: Slack;
let app: App;
const heard: { event: string; id: string; text?: string }[] = [];

beforeEach(async () => {
  heard.length = 0;
  slack = await startSlack({ team, users: people, channels });
  const port = await freePort();
  app = sampleBot(slack);
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
    errors: { User: 'Slack: fill this in' },
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
  const sent = slack.as('anna').writes('hello');
  app = sampleBot(slack);
  await new Promise((resolve) => setTimeout(resolve, 100));
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
  const began = performance.now();
  await app.client.chat.postMessage({ channel: slack.id('#hr'), text: 'later' });
  expect(performance.now() - began).toBeGreaterThan(900);
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
    'users.list has no row in test/support/slack-scopes.ts',
  ]);
  await app.client.views.open({ trigger_id: 'made.up', view: sampleForm }).catch(() => undefined);
  expect(() => slack.check()).toThrow('trigger_id that Slack never gave');
});

test('the same bot by Socket Mode', async () => {
  const socketSlack = await startSlack({ team, users: people, channels, socketMode: true });
  const socketApp = sampleBot(socketSlack, true);
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

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const sampleForm = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Verify'),
  submit: plain('Verify account'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'user',
      label: plain('User'),
      element: { type: 'external_select' as const, action_id: 'user', min_query_length: 2 },
    },
    {
      type: 'input' as const,
      block_id: 'email',
      label: plain('Email'),
      element: { type: 'plain_text_input' as const, action_id: 'email' },
    },
  ],
};

function sampleBot({ token, signingSecret, apiUrl, env }: Slack, socketMode = false) {
  const bot = new App({
    token,
    ...(socketMode ? { socketMode, appToken: env.SLACK_APP_TOKEN ?? '' } : { signingSecret }),
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2, minTimeout: 10 } },
    logLevel: LogLevel.ERROR,
  });
  bot.command('/vc', async ({ ack, command, respond, client }) => {
    await ack();
    if (command.text === 'form')
      await client.views.open({ trigger_id: command.trigger_id, view: sampleForm });
    else if (command.text === 'post') {
      const elements = ['Start now', 'Stop'].map((label) => ({
        type: 'button' as const,
        text: plain(label),
        action_id: label,
      }));
      const blocks = [
        { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Start?*' } },
        { type: 'actions' as const, elements },
      ];
      await client.chat.postMessage({ channel: command.channel_id, text: 'Start?', blocks });
    } else await respond(`You said: ${command.text.replace('echo ', '')}`);
  });
  bot.action('Start now', async ({ ack, respond, client, body }) => {
    await ack();
    await respond({ text: 'Thanks' });
    if (body.type === 'block_actions' && body.channel && body.message) {
      await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'Started by press' });
    }
  });
  bot.options('user', async ({ ack, options }) => {
    await ack({ options: [{ text: plain(`Anna Svensson ${options.value}`), value: 'anna' }] });
  });
  bot.view('form', async ({ ack, view, client, body }) => {
    const email = view.state.values.email?.email?.value ?? '';
    if (!email.includes('@')) {
      await ack({ response_action: 'errors', errors: { email: 'Not an address' } });
      return;
    }
    await ack();
    const user = view.state.values.user?.user?.selected_option?.value;
    await client.chat.postMessage({ channel: body.user.id, text: `Form: ${user} ${email}` });
  });
  bot.event('file_shared', async ({ body }) => {
    heard.push({ event: 'file_shared', id: body.event_id });
  });
  bot.event('message', async ({ event, body, client }) => {
    if (event.subtype === 'file_share') heard.push({ event: 'message.file_share', id: body.event_id });
    if (event.subtype !== undefined || event.bot_id) return;
    heard.push({ event: 'message', id: body.event_id, text: event.text ?? '' });
    const { user } = await client.users.info({ user: event.user, include_locale: true });
    await client.chat.postMessage({
      channel: event.channel,
      text: `Hello ${user?.real_name} (${user?.locale})`,
    });
  });
  return bot;
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
