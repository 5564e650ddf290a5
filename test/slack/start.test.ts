import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type Slack, textOf } from '../support/slack.ts';
import { type House, openHouse } from './house.ts';

let house: House | undefined;

afterEach(async () => {
  await house?.stop();
  house = undefined;
});

test('a token that Slack refuses is named at the start', async () => {
  const opening = openHouse({ before: (slack) => slack.answers('auth.test', { error: 'invalid_auth' }) });
  await expect(opening).rejects.toMatchObject({
    code: 'slack_refused',
    message: expect.stringContaining('SLACK_BOT_TOKEN (invalid_auth)'),
  });
});

test.each([
  [{ ok: true, user_id: 'U1', team_id: 'T1' }, 'SLACK_BOT_TOKEN is another kind of token'],
  [{ ok: false, error: 'not_allowed_token_type' }, 'begin with xoxb-'],
  [{ ok: false, error: 'missing_scope', needed: 'users:read' }, 'SLACK_BOT_TOKEN lacks the scope users:read'],
])('a token of another kind, or that lacks a scope, ends the start: %j', async (answer, said) => {
  const opening = openHouse({
    before: (slack) => slack.answers('auth.test', { body: JSON.stringify(answer) }),
  });
  await expect(opening).rejects.toThrow(said);
});

test('an app token that lacks its scope is named at the start', async () => {
  const body = JSON.stringify({ ok: false, error: 'missing_scope', needed: 'connections:write' });
  const opening = openHouse({
    socketMode: true,
    before: (slack) => slack.answers('apps.connections.open', { body }),
  });
  await expect(opening).rejects.toThrow('SLACK_APP_TOKEN lacks the scope connections:write');
});

test('an app token that Slack refuses is named at the start', async () => {
  const opening = openHouse({
    socketMode: true,
    before: (slack) => slack.answers('apps.connections.open', { error: 'invalid_auth' }),
  });
  await expect(opening).rejects.toMatchObject({
    code: 'slack_refused',
    message: expect.stringContaining('SLACK_APP_TOKEN (invalid_auth)'),
  });
});

test('a Slack that is away at the start is waited for, and nothing is taken meanwhile', async () => {
  house = await openHouse({ before: (slack) => slack.answers('auth.test', { status: 503 }, { times: 6 }) });
  const { slack, door } = house;
  const event = { type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', text: 'Hej', ts: '1.1' };
  expect(door.ready()).toBe(false);
  expect((await slack.posts({ body: JSON.stringify({ type: 'event_callback', event }) })).status).toBe(500);
  await slack.until(() => door.ready());
});

test('the door is ready once it is open, and stops when its answers are out', async () => {
  house = await openHouse();
  const { slack, door } = house;
  expect(door.ready()).toBe(true);
  slack.answers('response_url', { delay: 500 });
  await slack.as('lena').types('/vc help', { in: '#hr' });
  await door.stop();
  expect(slack.ephemeral('lena', '#hr').map(textOf)).toEqual(['What I can do']);
});

test('in Socket Mode commands, presses, forms and events work alike', async () => {
  house = await openHouse({ socketMode: true });
  const { slack, door } = house;
  expect(door.ready()).toBe(true);
  const lena = slack.as('lena');
  expect(await lena.types('/vc ask', { in: '#hr' })).toMatchObject({ status: 200, body: '' });
  const asked = await slack.until(() => slack.ephemeral('lena', '#hr')[0]);
  await lena.presses('Confirm', { in: asked });
  await slack.until(() => slack.ephemeral('lena', '#hr').map(textOf)[0] === 'It is done');
  await lena.types('/vc form', { in: '#hr' });
  await slack.until(() => slack.modal('lena'));
  expect(await lena.searches('User', 'anna')).toHaveLength(100);
  const refused = await lena.submits({ User: 'user', 'Confirm email': 'no' });
  expect(Object.keys(refused.errors)).toEqual(['Confirm email']);
  await lena.submits({ User: 'user', 'Confirm email': 'anna@company.se' });
  await slack.until(() => slack.ephemeral('lena', '#hr').map(textOf).includes('Sent to anna@company.se'));
  await lena.drops('a;b\n', 'lista.csv', { deliveries: 2 });
  await slack.until(() => slack.dm('lena').map(textOf).includes('Got lista.csv'));
  expect(house.kept).toHaveLength(1);
});

test('a Socket Mode connection that breaks is made again, also when Slack is away for a moment', async () => {
  let relay: Relay | undefined;
  house = await openHouse({
    socketMode: true,
    before: async (slack) => {
      relay = await openRelay(await socketUrl(slack));
      slack.answers('apps.connections.open', { body: relay.answer });
    },
  });
  const { slack, door } = house;
  expect(door.ready()).toBe(true);
  slack.answers('apps.connections.open', { error: 'account_inactive' });
  slack.answers('apps.connections.open', { body: relay?.answer ?? '' });
  relay?.cut();
  await slack.until(() => !door.ready());
  await slack.until(() => door.ready());
  await slack.as('lena').types('/vc help', { in: '#hr' });
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  await house.stop();
  house = undefined;
  await relay?.close();
});

test('a door that Slack never answered stops all the same', async () => {
  house = await openHouse({
    socketMode: true,
    before: (slack) => slack.answers('apps.connections.open', { status: 503 }, { times: 100 }),
  });
  expect(house.door.ready()).toBe(false);
  await house.door.stop();
  expect(house.door.ready()).toBe(false);
});

/** Stands between the bot and the socket, to break the connection. */
interface Relay {
  /** What apps.connections.open answers so that the bot comes here. */
  answer: string;
  cut(): void;
  close(): Promise<void>;
}

async function socketUrl(slack: Slack): Promise<URL> {
  const headers = { authorization: `Bearer ${slack.env.SLACK_APP_TOKEN}` };
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers });
  return new URL(((await response.json()) as { url: string }).url);
}

async function openRelay(target: URL): Promise<Relay> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    answer: JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}${target.pathname}` }),
    cut,
    close() {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
