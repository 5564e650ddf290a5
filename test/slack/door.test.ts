import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSource } from '../../src/slack/files.ts';
import { buttonsOf, textOf } from '../support/slack.ts';
import { type House, openHouse } from './house.ts';

let house: House;

beforeEach(async () => {
  house = await openHouse();
});

afterEach(async () => {
  await house.stop();
});

const methods = (calls: readonly { method: string }[]) => calls.map(({ method }) => method);

/** What Slack says of a channel that the bot is not in. */
const isShared = (id: string, shared: boolean) =>
  JSON.stringify({ ok: true, channel: { id, is_member: false, is_ext_shared: shared } });

test('A6 a command is acknowledged first, and answered to the caller alone', async () => {
  const { slack } = house;
  slack.answers('response_url', { delay: 200 });
  const ack = await slack.as('lena').types('/vc help', { in: '#hr' });
  expect(ack).toMatchObject({ status: 200, body: '' });
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  expect(slack.ephemeral('lena', '#hr').map(textOf)).toEqual(['What I can do']);
  expect(slack.messages('#hr')).toEqual([]);
  expect(house.ran).toEqual([
    {
      line: 'help',
      place: { surface: 'slack', tenant: 'T000000001', id: slack.id('#hr'), kind: 'channel' },
      platformId: slack.id('lena'),
    },
  ]);
  expect(methods(slack.calls).filter((method) => method.startsWith('chat.'))).toEqual([]);
});

test('what a person typed comes to the command as it was typed (A7)', async () => {
  const { slack } = house;
  await slack.as('lena').types('/vc help “Ekonomi & Lön” <b>', { in: '#hr' });
  await slack.until(() => house.ran.length === 1);
  expect(house.ran[0]?.line).toBe('help Ekonomi & Lön <b>');
});

test('in the direct conversation the answer to a command stays', async () => {
  const { slack } = house;
  await slack.as('lena').types('/vc help');
  await slack.until(() => slack.dm('lena').some((message) => textOf(message) === 'What I can do'));
  expect(slack.dm('lena').every(({ ephemeralTo }) => ephemeralTo === undefined)).toBe(true);
  expect(house.ran[0]?.place.kind).toBe('direct');
});

test.each([
  ['two', '@anna'],
  ['several', '@anna @erik'],
])('A3 a conversation between %s people is a place that others read', async (_, others) => {
  const { slack } = house;
  await slack.as('lena').types('/vc say "Anna, Åsa"', { in: others });
  const { args } = await slack.until(() => slack.calls.find(({ method }) => method === 'response_url'));
  expect(args).toMatchObject({ text: 'Anna, Åsa', response_type: 'ephemeral' });
  expect(house.ran[0]?.place.kind).toBe('channel');
  expect(methods(slack.calls)).not.toContain('chat.postMessage');
});

test('A1 a channel shared with another organisation is told of as such', async () => {
  const { slack } = house;
  await slack.as('lena').types('/vc help', { in: '#shared' });
  const only = await slack.until(() => slack.ephemeral('lena', '#shared')[0]);
  expect(textOf(only)).toContain('Den här kanalen delas med en annan organisation');
  expect(house.ran).toEqual([]);
});

test('A1 a channel that Slack does not tell of is refused, in a sentence', async () => {
  const { slack } = house;
  slack.answers('conversations.info', { error: 'fatal_error' });
  await slack.as('lena').types('/vc help', { in: '#hr' });
  const only = await slack.until(() => slack.ephemeral('lena', '#hr')[0]);
  expect(textOf(only)).toContain('Jag kunde inte kontrollera');
  expect(house.ran).toEqual([]);
});

test('A1 a channel that the bot may not look up, for want of a scope, is refused', async () => {
  const { slack } = house;
  const body = JSON.stringify({ ok: false, error: 'missing_scope', needed: 'mpim:read' });
  slack.answers('conversations.info', { body });
  await slack.as('lena').types('/vc help', { in: '#hr' });
  const only = await slack.until(() => slack.ephemeral('lena', '#hr')[0]);
  expect(textOf(only)).toContain('Jag kunde inte kontrollera');
  expect(house.ran).toEqual([]);
  expect(house.logged).toContainEqual(expect.objectContaining({ scope: 'mpim:read' }));
});

test('A1 in a private channel without the bot, answers reach the asker alone', async () => {
  const { slack } = house;
  slack.answers('conversations.info', { error: 'channel_not_found' });
  await slack.as('lena').types('/vc help', { in: '#hr' });
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  expect(slack.messages('#hr')).toEqual([]);
});

test('a response_url that does not answer is made up for by an ephemeral message, and that by a direct one', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  slack.answers('response_url', { error: 'expired_url', status: 404 });
  await lena.types('/vc help', { in: '#hr' });
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  expect(methods(slack.calls)).toContain('chat.postEphemeral');
  slack.answers('response_url', { error: 'expired_url', status: 200 });
  await lena.types('/vc help', { in: '#random' });
  await slack.until(() => slack.dm('lena').map(textOf).includes('What I can do'));
});

test('a press is acknowledged and replaces the message: in a channel by the response_url, between two by an edit', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc ask', { in: '#hr' });
  const only = await slack.until(() => slack.ephemeral('lena', '#hr')[0]);
  expect(buttonsOf(only)).toEqual(['Confirm', 'Whisper', 'Form', 'Page']);
  expect(await lena.presses('Confirm', { in: only })).toMatchObject({ status: 200, body: '' });
  await slack.until(() => textOf(slack.ephemeral('lena', '#hr')[0] ?? {}) === 'It is done');

  await lena.types('/vc ask');
  const direct = await slack.until(() => slack.dm('lena')[0]);
  await lena.presses('Confirm', { in: direct });
  await slack.until(() => slack.dm('lena').map(textOf)[0] === 'It is done');
});

test('A3 what is for the caller never replaces a message that others read', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await house.asks('#hr');
  await lena.presses('Whisper');
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  expect(slack.ephemeral('lena', '#hr').map(textOf)).toEqual(['Only you, Anna']);
  expect(slack.messages('#hr').map(textOf)).toEqual(['Shall I?\n[Confirm] [Whisper] [Form] [Page]']);
});

test('a button that opens a page is acknowledged, and nothing else', async () => {
  const { slack } = house;
  await slack.as('lena').types('/vc ask');
  await slack.until(() => slack.dm('lena').length === 1);
  const before = slack.calls.length;
  const ack = await slack.as('lena').presses('Page');
  expect(ack).toMatchObject({ status: 200, url: 'https://bot.company.se/imports/42' });
  await slack.as('lena').types('/vc help');
  await slack.until(() => house.ran.length === 2);
  expect(slack.calls.slice(before).some(({ args }) => String(args.text).includes('no longer'))).toBe(false);
});

test('a form opens at once, is searched, refused at its fields, and answered where it was opened', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc form', { in: '#hr' });
  await slack.until(() => slack.modal('lena'));
  const found = await lena.searches('User', 'anna');
  expect(found).toHaveLength(100);
  expect(found[7]).toMatch(/^user anna 7 x+…$/);
  const refused = await lena.submits({ User: 'user', 'Confirm email': 'anna@kompany.se' });
  expect(Object.keys(refused.errors)).toEqual(['Confirm email']);
  const taken = await lena.submits({
    User: 'user',
    'Confirm email': ' anna@company.se ',
    Language: 'Svenska',
  });
  expect(taken.errors).toEqual({});
  expect(slack.modal('lena')).toBeUndefined();
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  expect(slack.ephemeral('lena', '#hr').map(textOf)).toEqual(['Sent to anna@company.se']);
  expect(house.ran.at(-1)?.line).toBe('submit user:"0" anna@company.se anna@company.se sv');
  expect(house.ran.at(-1)?.place.id).toBe(slack.id('#hr'));
});

test('A1 a form in a channel that another organisation came to read is neither searched nor taken', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc form', { in: '#random' });
  await slack.until(() => slack.modal('lena'));
  // Whoever fills the form in searches as well.
  for (const shared of [true, false, true])
    slack.answers('conversations.info', { body: isShared(slack.id('#random'), shared) });
  expect(await lena.searches('User', 'anna')).toEqual([]);
  await lena.submits({ User: 'user', 'Confirm email': 'anna@company.se' });
  const only = await slack.until(() => slack.ephemeral('lena', '#random')[0]);
  expect(textOf(only)).toContain('Den här kanalen delas med en annan organisation');
  expect(house.ran.map(({ line }) => line)).toEqual(['form']);
});

test('A1 a form whose channel Slack does not tell of is refused, in a sentence', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc form', { in: '#random' });
  await slack.until(() => slack.modal('lena'));
  slack.answers('conversations.info', { body: isShared(slack.id('#random'), false) });
  slack.answers('conversations.info', { error: 'fatal_error' });
  await lena.submits({ User: 'user', 'Confirm email': 'anna@company.se' });
  const only = await slack.until(() => slack.ephemeral('lena', '#random')[0]);
  expect(textOf(only)).toContain('Jag kunde inte kontrollera');
  expect(house.ran.map(({ line }) => line)).toEqual(['form']);
});

test('A6 a form whose check takes too long is closed, and its faults come as an answer', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc form', { in: '#hr' });
  await slack.until(() => slack.modal('lena'));
  const values = { User: 'user', Email: 'slow@company.se', 'Confirm email': 'other@company.se' };
  expect((await lena.submits(values)).errors).toEqual({});
  await slack.until(() => slack.ephemeral('lena', '#hr').length === 1);
  expect(slack.ephemeral('lena', '#hr').map(textOf)[0]).toContain('other@company.se');
});

test('a form opened from a press answers in the direct conversation it stands in', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc ask');
  await slack.until(() => slack.dm('lena').length === 1);
  await lena.presses('Form');
  await slack.until(() => slack.modal('lena'));
  await lena.submits({ User: 'user', 'Confirm email': 'anna@company.se' });
  await slack.until(() => slack.dm('lena').map(textOf).includes('Sent to anna@company.se'));
});

test('a form that a message asks for waits behind a button, since Slack opens forms only after a press', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.writes('form');
  await slack.until(() => slack.dm('lena').some((message) => buttonsOf(message).includes('Verify account')));
  await lena.presses('Verify account');
  await slack.until(() => slack.modal('lena'));
});

test.each([{ error: 'expired_trigger_id' }, { error: 'internal_error' }, { status: 503 }])(
  'a form that could not be opened (%j) waits behind a button',
  async (answer) => {
    const { slack } = house;
    const lena = slack.as('lena');
    slack.answers('views.open', answer, 'status' in answer ? { times: 3 } : {});
    await lena.types('/vc form', { in: '#hr' });
    const only = await slack.until(() => slack.ephemeral('lena', '#hr')[0]);
    expect(textOf(only)).toContain('The form could not be opened.');
    await lena.presses('Verify account');
    await slack.until(() => slack.modal('lena'));
  },
);

test('a fault under a field has no marks in it, since Slack shows them as they are', async () => {
  const { slack } = house;
  const lena = slack.as('lena');
  await lena.types('/vc form', { in: '#hr' });
  await slack.until(() => slack.modal('lena'));
  const { errors } = await lena.submits({ User: 'user', 'Confirm email': 'anna@kompany.se' });
  expect(errors['Confirm email']).toContain('Type /vc help');
  expect(errors['Confirm email']).not.toContain('`');
});

test('a direct message is answered in the conversation, and the bot does not answer itself', async () => {
  const { slack } = house;
  const ack = await slack.as('anna').writes('Jag kommer inte in');
  expect(ack?.status).toBe(200);
  await slack.until(() => slack.dm('anna').length === 2);
  expect(slack.dm('anna').map(textOf)[1]).toBe('Hej, så här står det till.');
  await slack.as('anna').writes('`say "anna@company.se, company.se & <x>"`');
  await slack.until(() => slack.dm('anna').length === 4);
  expect(slack.dm('anna').map(textOf)[3]).toBe('anna@company.se, company.se & <x>');
  expect(house.kept).toHaveLength(2);
});

test('I8 a drop that is announced by several events, several times, is done once', async () => {
  const { slack } = house;
  const { acks } = await slack.as('lena').drops('a;b\n', 'lista.csv', { deliveries: 3 });
  expect(acks.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  await slack.until(() => slack.dm('lena').some((message) => textOf(message) === 'Got lista.csv'));
  const [file] = house.dropped.map(({ source }) => fileSource.parse(source).file);
  expect(house.dropped).toEqual([{ name: 'lista.csv', size: 4, source: { file } }]);
  expect(house.kept).toEqual([`file:T000000001:${file}:${house.ran[0]?.place.id}`]);
});

test('I8 a file in a channel is answered to who dropped it, and one that does not fit not at all', async () => {
  const { slack } = house;
  await slack.as('lena').drops('x', 'bild.png', { in: '#hr' });
  await slack.as('lena').drops('a;b\n', 'R&D <1>.csv', { in: '#hr' });
  await slack.until(() => slack.ephemeral('lena', '#hr').map(textOf).includes('Got R&D <1>.csv'));
  expect(slack.ephemeral('lena', '#hr')).toHaveLength(1);
});

test('A6 an event is acknowledged once it is kept: where that fails, Slack sends it again', async () => {
  const { slack } = house;
  house.failStore(2);
  const ack = await slack.as('anna').writes('Hej');
  expect(ack).toMatchObject({ status: 200, deliveries: 3 });
  await slack.until(() => slack.dm('anna').length === 2);
  expect(house.kept).toHaveLength(1);
});

test('a request that is unsigned, forged or too old gets 401 and does nothing', async () => {
  const { slack } = house;
  const body = new URLSearchParams({
    command: '/vc',
    text: 'help',
    user_id: slack.id('lena'),
    channel_id: slack.id('#hr'),
    response_url: `${slack.url}/respond/x`,
    trigger_id: 't',
    ssl_check: '1',
  }).toString();
  const event = JSON.stringify({ type: 'url_verification', challenge: 'x' });
  for (const signature of ['none', 'forged', 'old'] as const) {
    const form = { body, type: 'application/x-www-form-urlencoded', signature } as const;
    expect((await slack.posts(form)).status).toBe(401);
    expect(await slack.posts({ body: event, signature })).toMatchObject({ status: 401, body: '' });
  }
  const now = String(Math.floor(Date.now() / 1_000));
  for (const [hash, time] of [
    ['v0', now],
    ['v0=', now],
    ['', now],
    ['v1=0', now],
    ['v0=0', 'soon'],
  ] as const) {
    const headers = { 'x-slack-signature': hash, 'x-slack-request-timestamp': time };
    expect((await slack.posts({ body, signature: 'none', headers })).status).toBe(401);
  }
  expect(await slack.posts({ body: event })).toMatchObject({ status: 200, body: { challenge: 'x' } });
  expect(house.ran).toEqual([]);
  expect(house.kept).toEqual([]);
  expect(methods(slack.calls)).toEqual(['auth.test']);
});

test('a huge request is refused, and one that is no JSON too', async () => {
  const { slack } = house;
  expect((await slack.posts({ body: 'x'.repeat(1024 * 1024 + 1), signature: 'none' })).status).toBe(413);
  expect((await slack.posts({ body: '{' })).status).toBe(400);
});

test('A5 the log holds no token, text or address of what was said', async () => {
  const { slack } = house;
  slack.answers('response_url', { status: 500 });
  slack.answers('chat.postEphemeral', { error: 'internal_error' });
  await slack.as('lena').types('/vc say "anna@company.se är hemlig"', { in: '#hr' });
  await slack.until(() => house.logged.some(({ msg }) => msg === 'Slack: an answer reached nobody'));
  const text = JSON.stringify(house.logged);
  expect(text).not.toMatch(/anna@|hemlig|xox|respond\//);
});
