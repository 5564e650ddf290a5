import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Json } from '../../../src/playground/local/types.ts';
import { idOf } from '../../../src/playground/slack/ids.ts';
import { type Client, type LocalSlack, openLocalSlack } from '../../../src/playground/slack/index.ts';
import type { Done, Spot } from '../../../src/playground/wire.ts';
import { channels, people, team } from '../../support/people.ts';
import { soon } from '../../support/until.ts';
import { type Listener, startListener } from '../listener.ts';

let slack: LocalSlack;
let bot: Listener;
let lena: Client;

const scopes = ['channels:read', 'chat:write', 'files:read', 'im:write', 'users:read'];
const plain = (text: string) => ({ type: 'plain_text', text });
const button = (label: string, more: Json = {}) => ({
  type: 'button',
  text: plain(label),
  action_id: label,
  value: `press-${label}`,
  ...more,
});
const input = (name: string, element: Json, more: Json = {}) => ({
  type: 'input',
  block_id: name,
  label: plain(name),
  element: { action_id: name, ...element },
  ...more,
});
const form = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Verifiera'),
  submit: plain('Skicka'),
  blocks: [
    input('user', { type: 'external_select', min_query_length: 2 }),
    input('email', { type: 'email_text_input', max_length: 20 }),
    input('note', { type: 'plain_text_input' }, { optional: true }),
  ],
};
const anna = { text: plain('Anna &amp; Co'), value: 'user:"14"', description: plain('HR') };

beforeEach(async () => {
  slack = await openLocalSlack({
    team,
    members: people,
    channels,
    scopes,
    events: ['message.im', 'file_shared'],
  });
  bot = await startListener();
  slack.talksTo(bot.url);
  lena = slack.client('lena');
});

afterEach(async () => {
  await slack.stop();
  await bot.stop();
});

const room = (name: string, of = lena) => of.scene().rooms.find((one) => one.name === name)?.id ?? '';
const types = (line: string, name = 'vc-bot', by = lena) =>
  by.act({ act: 'command', room: room(name, by), line });
const said = (by = lena) => by.scene().messages.map(({ text }) => text);

/** Calls the Web API as the bot. */
async function api(method: string, args: Json): Promise<Json> {
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return (await answer.json()) as Json;
}

/** Has the bot post blocks in a room; where an element of theirs is then. */
async function post(blocks: readonly Json[], block: string, action: string, name = 'hr'): Promise<Spot> {
  const { ts } = await api('chat.postMessage', { channel: room(name), text: 'Frågan', blocks });
  return { room: room(name), message: String(ts), block, action };
}

/** The bot opens the form on the next command. */
async function openForm(view: Json = form): Promise<void> {
  bot.replies(async ({ kind, payload }) => {
    if (kind === 'command') await api('views.open', { trigger_id: payload.trigger_id, view });
    return {};
  });
  expect(await types('/vc form')).toEqual({});
  expect(lena.scene().form?.title.text).toBe('Verifiera');
}

const submit = (values: Record<string, string | null>): Promise<Done> =>
  lena.act({
    act: 'submit',
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { [name]: value }])),
  });

test('a member sees the others, and the rooms and messages that are theirs', async () => {
  const guest = slack.client('guest');
  expect(lena.scene()).toMatchObject({
    me: { handle: 'lena', name: 'Lena Berg', part: 'administrator', language: 'sv' },
    form: null,
    faults: [],
  });
  expect(lena.scene().members.map(({ handle, part }) => `${handle} ${part}`)).toEqual([
    'lena administrator',
    'erik administrator',
    'anna employee',
    'asa employee',
    'guest guest',
    'stranger employee',
  ]);
  expect(lena.scene().rooms.map(({ name }) => name)).toEqual(['hr', 'random', 'secret', 'shared', 'vc-bot']);
  expect(guest.scene().rooms.map(({ name }) => name)).toEqual(['hr', 'vc-bot']);

  await lena.act({ act: 'write', room: room('random'), text: 'Hej & <hå>' });
  await api('chat.postEphemeral', { channel: room('hr'), user: idOf('U', 'lena'), text: 'Bara du' });
  expect(lena.scene().messages).toMatchObject([
    {
      text: 'Hej &amp; &lt;hå&gt;',
      by: { name: 'Lena Berg', bot: false },
      onlyYou: false,
      room: room('random'),
    },
    { text: 'Bara du', by: { name: 'vc-bot', bot: true }, onlyYou: true, edited: false, files: [] },
  ]);
  expect(guest.scene().messages).toEqual([]);
  expect(await guest.act({ act: 'write', room: room('random'), text: 'Hej' })).toHaveProperty('error');
  expect(() => slack.client('nobody')).toThrow('Nobody is called "nobody"');
});

test('a line that begins with a slash is a command, and what its acknowledgement says only they see', async () => {
  bot.replies(() => ({ body: { text: 'Det här kan jag göra' } }));
  expect(await types('/vc user  "A & B"', 'hr')).toEqual({});
  expect(await lena.act({ act: 'write', room: room('hr'), text: '/vc help' })).toEqual({});
  expect(
    bot.heard.map(({ kind, payload }) => [kind, payload.command, payload.text, payload.channel_name]),
  ).toEqual([
    ['command', '/vc', 'user  "A &amp; B"', 'hr'],
    ['command', '/vc', 'help', 'hr'],
  ]);
  expect(lena.scene().messages).toMatchObject([{ onlyYou: true }, { onlyYou: true }]);
  expect(said(slack.client('erik'))).toEqual([]);
});

test('what Slack says when a command goes wrong', async () => {
  const erik = slack.client('erik');
  expect((await types('/foo bar', 'hr', erik)).error).toMatch(/^\/foo is not a valid command\./);
  expect((await types('/foo bar')).error).toMatch(/^\/foo är inget giltigt kommando\./);
  expect(bot.heard).toEqual([]);
  bot.replies(() => ({ status: 500 }));
  expect((await types('/vc help', 'hr', erik)).error).toBe('/vc failed with the error "http_service_error"');
  bot.replies(() => ({ status: 404 }));
  expect((await types('/vc help', 'hr', erik)).error).toBe('/vc failed with the error "http_client_error"');
  await bot.stop();
  expect((await types('/vc help', 'hr', erik)).error).toBe('/vc failed with the error "dispatch_failed"');
  expect(lena.scene().faults).toEqual([
    'the bot answered a command with 500',
    'the bot answered a command with 404',
  ]);
});

test('an acknowledgement after three seconds is none', async () => {
  bot.replies(() => ({ delay: 60_000 }));
  const [command, press] = await Promise.all([
    types('/vc help', 'hr', slack.client('erik')),
    lena.act({
      act: 'press',
      at: await post([{ type: 'actions', block_id: 'a', elements: [button('Ja')] }], 'a', 'Ja'),
    }),
  ]);
  expect(command.error).toBe('/vc failed with the error "operation_timeout"');
  expect(press.error).toContain('svarade inte i tid');
  expect(slack.faults).toEqual([
    expect.stringContaining('an acknowledgement (command) took'),
    expect.stringContaining('an acknowledgement (interaction) took'),
  ]);
});

test('what is written to the bot reaches it as Slack encodes it; what is written in a channel does not', async () => {
  await lena.act({ act: 'write', room: room('hr'), text: 'Hej allihop' });
  await lena.act({ act: 'write', room: room('vc-bot'), text: ' /vc hjälp anna@company.se ' });
  await lena.act({ act: 'write', room: room('vc-bot'), text: '   ' });
  await vi.waitFor(() => expect(bot.heard).toHaveLength(1), soon);
  expect(bot.heard[0]?.payload.event).toMatchObject({
    type: 'message',
    channel: room('vc-bot'),
    channel_type: 'im',
    text: '/vc hjälp <mailto:anna@company.se|anna@company.se>',
  });
  expect(said()).toEqual(['Hej allihop', '/vc hjälp <mailto:anna@company.se|anna@company.se>']);
});

test('the bot is invited to a channel by a command of Slack itself', async () => {
  const posts = () => api('chat.postMessage', { channel: room('random'), text: 'Hej' });
  expect(await posts()).toMatchObject({ ok: false, error: 'not_in_channel' });
  expect(await types('/invite @vc-bot', 'random')).toEqual({});
  expect(said()).toEqual(['lades till i kanalen av Lena Berg.']);
  expect(await posts()).toMatchObject({ ok: true });
  expect((await types('/invite @vc-bot', 'random')).error).toContain('redan med');
  expect(bot.heard).toEqual([]);
});

test('a button is pressed and a menu chosen in, also where the button opens a page', async () => {
  const options = [{ text: plain('Svenska'), value: 'sv' }];
  const blocks = [
    { type: 'actions', block_id: 'a', elements: [button('Ja'), button('Logg', { url: 'https://x.se' })] },
    {
      type: 'section',
      block_id: 's',
      text: plain('Språk'),
      accessory: { type: 'static_select', action_id: 'språk', options },
    },
  ];
  const at = await post(blocks, 'a', 'Ja');
  const menu = { ...at, block: 's', action: 'språk' };
  expect(await lena.act({ act: 'press', at })).toEqual({});
  expect(await lena.act({ act: 'press', at: { ...at, action: 'Logg' } })).toEqual({});
  expect(await lena.act({ act: 'choose', at: menu, value: 'sv' })).toEqual({});
  expect(bot.heard.map(({ payload }) => payload)).toMatchObject([
    {
      type: 'block_actions',
      container: { message_ts: at.message, channel_id: room('hr'), is_ephemeral: false },
      actions: [{ action_id: 'Ja', value: 'press-Ja', block_id: 'a' }],
    },
    { actions: [{ action_id: 'Logg' }] },
    { actions: [{ type: 'static_select', selected_option: options[0] }] },
  ]);
  expect((await lena.act({ act: 'choose', at: menu, value: 'de' })).error).toBe('Välj ett av alternativen.');
  expect((await lena.act({ act: 'press', at: { ...at, action: 'Nej' } })).error).toBe(
    'Det finns inte längre.',
  );
  bot.replies(() => ({ status: 500 }));
  expect((await lena.act({ act: 'press', at })).error).toBe('Appen svarade med statuskod 500.');
  await fetch(String(bot.heard[0]?.payload.response_url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ replace_original: true, text: 'Klart' }),
  });
  expect(lena.scene().messages.at(-1)).toMatchObject({
    id: at.message,
    text: 'Klart',
    edited: true,
    blocks: [],
  });
});

test('a form is searched, held back, refused at its field, and taken', async () => {
  await openForm();
  bot.replies(({ payload }) => (payload.type === 'block_suggestion' ? { body: { options: [anna] } } : {}));
  const user = { block: 'user', action: 'user' };
  expect(await lena.act({ act: 'search', at: user, text: 'a' })).toEqual({ choices: [] });
  expect(await lena.act({ act: 'search', at: user, text: 'an' })).toEqual({
    choices: [{ text: 'Anna & Co', value: 'user:"14"', description: 'HR' }],
  });
  const erik = slack.client('erik');
  expect(await types('/vc form', 'vc-bot', erik)).toEqual({});
  expect(await erik.act({ act: 'close' })).toEqual({});
  const empty = 'Fyll i det här obligatoriska fältet.';
  expect(await submit({ user: null, email: '' })).toEqual({ errors: { user: empty, email: empty } });
  expect(await submit({ user: 'user:"15"', email: 'x'.repeat(21) })).toEqual({
    errors: { user: 'Välj ett av alternativen.', email: 'Skriv högst 20 tecken.' },
  });
  const errors = { email: 'Skriv en adress.' };
  bot.replies(() => ({ body: { response_action: 'errors', errors } }));
  expect(await submit({ user: 'user:"14"', email: 'x' })).toEqual({ errors });
  bot.replies(() => ({ status: 503 }));
  expect(await submit({ user: 'user:"14"', email: 'x' })).toEqual({
    error: 'Vi fick ingen kontakt. Försök igen?',
  });
  expect(lena.scene().form).not.toBeNull();
  bot.replies(() => ({}));
  expect(await submit({ user: 'user:"14"', email: 'a@b.se' })).toEqual({});
  expect(lena.scene().form).toBeNull();
  expect(bot.heard.at(-1)?.payload).toMatchObject({
    type: 'view_submission',
    view: {
      callback_id: 'form',
      state: {
        values: {
          user: { user: { type: 'external_select', selected_option: anna } },
          email: { email: { type: 'email_text_input', value: 'a@b.se' } },
          note: { note: { value: null } },
        },
      },
    },
  });
});

test('a form is updated, put on top of another, closed alone and closed with all', async () => {
  await openForm({ ...form, notify_on_close: true });
  const answers = (action: string, title?: string) =>
    bot.replies(() => ({
      body: { response_action: action, ...(title ? { view: { ...form, title: plain(title) } } : {}) },
    }));
  const title = () => lena.scene().form?.title.text;
  const filled = async () => {
    bot.replies(() => ({ body: { options: [anna] } }));
    await lena.act({ act: 'search', at: { block: 'user', action: 'user' }, text: 'anna' });
  };
  const send = () => submit({ user: 'user:"14"', email: 'a@b.se' });
  await filled();
  answers('update', 'Igen');
  expect(await send()).toEqual({});
  expect(title()).toBe('Igen');
  await filled();
  answers('push', 'Ovanpå');
  expect(await send()).toEqual({});
  expect(title()).toBe('Ovanpå');
  expect(await lena.act({ act: 'close' })).toEqual({});
  expect(title()).toBe('Igen');
  await filled();
  answers('clear');
  await send();
  expect(lena.scene().form).toBeNull();
  expect(slack.faults).toEqual([]);
});

test('a form whose close the bot wants to hear of', async () => {
  await openForm({ ...form, notify_on_close: true });
  await lena.act({ act: 'close' });
  expect(lena.scene().form).toBeNull();
  expect(bot.heard.at(-1)?.payload).toMatchObject({ type: 'view_closed', view: { callback_id: 'form' } });
  expect(await submit({ email: 'x' })).toHaveProperty('error');
});

test('a dropped file is announced, shown, and fetched with the token alone', async () => {
  const name = 'R&D å.csv';
  expect(await lena.drop(room('hr'), name, Buffer.from('a;b\n'))).toEqual({});
  expect(await slack.client('guest').drop(room('random'), name, Buffer.from('x'))).toHaveProperty('error');
  await vi.waitFor(() => expect(bot.heard).toHaveLength(1), soon);
  const event = bot.heard[0]?.payload.event as Json;
  expect(event).toMatchObject({ type: 'file_shared', channel_id: room('hr') });
  expect(lena.scene().messages).toMatchObject([{ text: '', files: [{ name, bytes: 4 }] }]);
  const id = lena.scene().messages[0]?.files[0]?.id ?? '';
  expect(lena.file(id)).toMatchObject({ name, bytes: expect.any(Buffer) });
  expect(lena.file('F0')).toBeUndefined();
  const { file } = (await api('files.info', { file: event.file_id })) as { file: Json };
  expect(file).toMatchObject({ name: 'R&amp;D å.csv', size: 4, mimetype: 'text/csv' });
  const address = String(file.url_private_download);
  const fetched = await fetch(address, { headers: { authorization: `Bearer ${slack.botToken}` } });
  expect(await fetched.text()).toBe('a;b\n');
  expect(await (await fetch(address)).text()).toContain('Sign in to Slack');
});

test('whoever looks on hears of every change until they look away', async () => {
  const heard = vi.fn();
  const end = slack.onChange(heard);
  await api('chat.postMessage', { channel: room('hr'), text: 'Hej' });
  expect(heard).toHaveBeenCalledTimes(1);
  end();
  await api('chat.postMessage', { channel: room('hr'), text: 'Hej' });
  expect(heard).toHaveBeenCalledTimes(1);
});

test('what Slack would not take is refused, and said', async () => {
  const text = { type: 'mrkdwn', text: 'x'.repeat(3_001) };
  const answer = await api('chat.postMessage', {
    channel: room('hr'),
    text: 'x',
    blocks: [{ type: 'section', text }],
  });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
  expect(await api('users.info', { user: 'U1', token: 'x' })).toMatchObject({ error: 'user_not_found' });
  expect(await api('conversations.info', { channel: room('secret') })).toMatchObject({
    error: 'missing_scope',
  });
  expect(lena.scene().faults).toEqual([
    expect.stringContaining('text has 3001 characters, at most 3000'),
    'conversations.info needs the scope groups:read',
  ]);
});
