import { createEmulator } from 'emulate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../../src/playground/local/types.ts';
import { openStage, type Stage } from '../../../src/playground/slack/stage.ts';
import type { SlackChannel } from '../../../src/playground/slack/types.ts';
import { BOT } from '../../../src/playground/slack/workspace.ts';
import { channels, people, team } from '../../support/people.ts';

/** Somewhere to call the Web API as the bot, by what the ids are called there. */
interface Side {
  call(method: string, args: Json, token?: string): Promise<Json>;
  /** The id of a person, "#channel" or "dm HANDLE". */
  id(name: string): string;
  /** A trigger_id that somebody's act gave. */
  trigger(handle: string): Promise<string>;
  /** Somebody drops a file on a conversation; its id. */
  drops(handle: string, where: string): Promise<string>;
  /** Somebody writes in a channel; the `ts`. */
  writes(handle: string, where: string): Promise<string>;
}

const scopes = [
  ...['channels:read', 'chat:write', 'files:read', 'groups:read', 'im:read', 'im:write'],
  ...['users:read', 'users:read.email'],
];
const rooms: readonly SlackChannel[] = [
  ...channels,
  { name: 'old', members: ['lena'], bot: true, archived: true },
];
const plain = (text: string) => ({ type: 'plain_text', text });
const blocks = [{ type: 'section', block_id: 's', text: { type: 'mrkdwn', text: '*Hej*' } }];
const modal = { type: 'modal', callback_id: 'c', private_metadata: 'm', title: plain('Form'), blocks };

let local: Side;
let others: Side;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [local, others] = await Promise.all([localSide(scopes), othersSide(scopes)]);
});

afterAll(() => Promise.all(closing.map((close) => close())));

/** One call, and what the bot reads of its answer: a dotted path for each. */
type Case = readonly [
  name: string,
  method: string,
  args: (side: Side) => Json | Promise<Json>,
  reads?: readonly string[],
];

const posted = async (side: Side, to: string) =>
  String((await side.call('chat.postMessage', { channel: side.id(to), text: 'first', blocks })).ts);
const file = ['file.id', 'file.name', 'file.size', 'file.mimetype', 'file.url_private_download'];
const user = ['user.id', 'user.team_id', 'user.name', 'user.real_name', 'user.deleted', 'user.is_bot'];
const message = ['channel', 'ts', 'message.text', 'message.user', 'message.ts', 'message.blocks'];

const cases: readonly Case[] = [
  ['who the bot is', 'auth.test', () => ({}), ['team_id', 'user_id', 'bot_id', 'user', 'team', 'url']],
  ['a person', 'users.info', (on) => ({ user: on.id('anna') }), [...user, 'user.profile.email']],
  ['nobody', 'users.info', () => ({ user: 'U0NOBODY' })],
  ['no id', 'users.info', () => ({})],
  [
    'a channel',
    'conversations.info',
    (on) => ({ channel: on.id('#hr') }),
    ['channel.id', 'channel.name', 'channel.is_member', 'channel.is_archived', 'channel.is_private'],
  ],
  [
    'a channel without the bot',
    'conversations.info',
    (on) => ({ channel: on.id('#random') }),
    ['channel.is_member'],
  ],
  [
    'a private channel with the bot',
    'conversations.info',
    (on) => ({ channel: on.id('#secret') }),
    ['channel.is_member', 'channel.is_private'],
  ],
  [
    'a direct conversation',
    'conversations.info',
    (on) => ({ channel: on.id('dm anna') }),
    ['channel.is_im', 'channel.user'],
  ],
  ['no such channel', 'conversations.info', () => ({ channel: 'C0NOWHERE' })],
  ['to open a conversation', 'conversations.open', (on) => ({ users: on.id('anna') }), ['channel.id']],
  ['to open one with nobody', 'conversations.open', () => ({ users: '' })],
  ['to open one with a stranger', 'conversations.open', () => ({ users: 'U0NOBODY' })],
  ['to post', 'chat.postMessage', (on) => ({ channel: on.id('#hr'), text: 'Hej', blocks }), message],
  ['to post to a person', 'chat.postMessage', (on) => ({ channel: on.id('anna'), text: 'Hej' }), ['ts']],
  ['to post nowhere', 'chat.postMessage', () => ({ channel: 'C0NOWHERE', text: 'Hej' })],
  ['to post nothing', 'chat.postMessage', (on) => ({ channel: on.id('#hr') })],
  [
    'to post for one person',
    'chat.postEphemeral',
    (on) => ({ channel: on.id('#hr'), user: on.id('anna'), text: 'Hej' }),
    ['message_ts'],
  ],
  [
    'to post for one who is not there',
    'chat.postEphemeral',
    (on) => ({ channel: on.id('#hr'), user: on.id('asa'), text: 'Hej' }),
  ],
  [
    'to post for nobody',
    'chat.postEphemeral',
    (on) => ({ channel: on.id('#hr'), user: 'U0NOBODY', text: 'Hej' }),
  ],
  [
    'to edit',
    'chat.update',
    async (on) => ({ channel: on.id('#hr'), ts: await posted(on, '#hr'), text: 'then' }),
    ['channel', 'ts', 'text', 'message.text'],
  ],
  ['to edit what is gone', 'chat.update', (on) => ({ channel: on.id('#hr'), ts: '1.1', text: 'then' })],
  [
    "to edit another's message",
    'chat.update',
    async (on) => ({ channel: on.id('#hr'), ts: await on.writes('anna', '#hr'), text: 'then' }),
  ],
  [
    'to edit to nothing',
    'chat.update',
    async (on) => ({ channel: on.id('#hr'), ts: await posted(on, '#hr') }),
  ],
  [
    'to delete',
    'chat.delete',
    async (on) => ({ channel: on.id('#hr'), ts: await posted(on, '#hr') }),
    ['channel', 'ts'],
  ],
  ['to delete what is gone', 'chat.delete', (on) => ({ channel: on.id('#hr'), ts: '1.1' })],
  [
    "to delete another's message",
    'chat.delete',
    async (on) => ({ channel: on.id('#hr'), ts: await on.writes('anna', '#hr') }),
  ],
  ['a file', 'files.info', async (on) => ({ file: await on.drops('anna', 'dm anna') }), file],
  ['no such file', 'files.info', () => ({ file: 'F0NOTHING' })],
  [
    'to open a modal',
    'views.open',
    async (on) => ({ trigger_id: await on.trigger('anna'), view: modal }),
    ['view.id', 'view.hash', 'view.callback_id', 'view.private_metadata', 'view.blocks', 'view.root_view_id'],
  ],
  ['to open one by no act', 'views.open', () => ({ trigger_id: '1.1.made-up', view: modal })],
  ['to update a modal that is gone', 'views.update', () => ({ view_id: 'V0GONE', view: modal })],
];

for (const [name, method, args, reads = []] of cases) {
  test(`${method}: ${name}`, async () => {
    const [ours, theirs] = await Promise.all(
      [local, others].map(async (on) => on.call(method, await args(on))),
    );
    expect(outline(ours, reads)).toEqual(outline(theirs, reads));
    expect(theirs?.ok === true).toBe(reads.length > 0);
  });
}

test('a trigger_id opens one modal', async () => {
  for (const on of [local, others]) {
    const trigger_id = await on.trigger('anna');
    expect(await on.call('views.open', { trigger_id, view: modal })).toMatchObject({ ok: true });
    expect(await on.call('views.open', { trigger_id, view: modal })).toMatchObject({
      ok: false,
      error: 'exchanged_trigger_id',
    });
  }
});

test('an open modal is updated, and not under an old hash', async () => {
  for (const on of [local, others]) {
    const { view } = await on.call('views.open', { trigger_id: await on.trigger('anna'), view: modal });
    const { id, hash } = view as { id: string; hash: string };
    const update = { view_id: id, hash, view: { ...modal, callback_id: 'd' } };
    expect(await on.call('views.update', update)).toMatchObject({ ok: true, view: { id, callback_id: 'd' } });
    expect(await on.call('views.update', update)).toMatchObject({ ok: false, error: 'hash_conflict' });
  }
});

test('a channel that is archived takes nothing', async () => {
  for (const on of [local, others]) {
    const answer = await on.call('chat.postMessage', { channel: on.id('#old'), text: 'Hej' });
    expect(answer).toMatchObject({ ok: false, error: 'is_archived' });
  }
});

test('without a scope, or without a token, nothing is answered', async () => {
  const sides = await Promise.all([localSide([]), othersSide([])]);
  for (const on of sides) {
    const answer = await on.call('users.info', { user: on.id('anna') });
    expect(answer).toMatchObject({ ok: false, error: 'missing_scope', needed: 'users:read' });
    expect(await on.call('auth.test', {}, '')).toMatchObject({ ok: false, error: 'not_authed' });
  }
});

/** `ok`, `error`, and of what the bot reads whether it is there, and what it is. */
function outline(answer: Json | undefined, reads: readonly string[]): Json {
  const kinds = reads.map((path): [string, string] => [path, kindOf(at(answer, path.split('.')))]);
  return { ok: answer?.ok, error: answer?.error, ...Object.fromEntries(kinds) };
}

function at(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  return typeof value === 'object' && value !== null ? at((value as Json)[key], rest) : undefined;
}

/** What a value is; of what says yes or no, that too. */
function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'list' : typeof value;
}

async function localSide(granted: readonly string[]): Promise<Side> {
  const stage: Stage = await openStage({
    team,
    people,
    channels: rooms,
    scopes: granted,
    events: [],
    commands: [],
  });
  closing.push(stage.stop);
  const { workspace, book, modals } = stage;
  const id = (name: string) => {
    const direct = /^dm (.*)/.exec(name)?.[1];
    if (direct) return workspace.conversationOf(workspace.idOf(direct), BOT.user);
    return name.startsWith('#') ? workspace.channelOf(name) : workspace.idOf(name);
  };
  return {
    id,
    call: (method, args, token = stage.token) => call(stage.door.url, token, method, args),
    trigger: async (handle) => modals.trigger(id(handle)),
    async drops(handle, where) {
      const ts = book.nextTs();
      const dropped = { id: 'F0A', name: 'a.csv', size: 3, user: id(handle), channel: id(where), ts };
      book.keepFile(dropped, Buffer.from('a;b'));
      return dropped.id;
    },
    writes: async (handle, where) => book.write({ channel: id(where), user: id(handle), text: 'Hej' }).ts,
  };
}

async function othersSide(granted: readonly string[]): Promise<Side> {
  const token = 'xoxb-bot';
  const root = 'xoxp-root';
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: { slack: seed(token, root, granted) },
  });
  closing.push(() => emulator.close());
  const by = (as: string) => (method: string, args: Json) => call(emulator.url, as, method, args);
  const ids = new Map<string, string>();
  const { members } = (await by(root)('users.list', { limit: 1_000 })) as { members: Json[] };
  for (const { id, name } of members) ids.set(String(name), String(id));
  const id = (name: string) => ids.get(name) ?? '';
  for (const { name, private: is_private = false, members: handles, bot, archived } of rooms) {
    const known = (await by(root)('conversations.list', { limit: 1_000 })) as { channels: Json[] };
    const found = known.channels.find((channel) => channel.name === name);
    const made = found ?? ((await by(root)('conversations.create', { name, is_private })).channel as Json);
    const channel = String(made.id);
    const users = [...handles.map(id), ...(bot ? [BOT.user] : [])].join(',');
    await by(root)('conversations.invite', { channel, users });
    if (archived) await by(root)('conversations.archive', { channel });
    ids.set(`#${name}`, channel);
  }
  const direct = await by('xoxp-anna')('conversations.open', { users: BOT.user });
  ids.set('dm anna', String((direct.channel as Json).id));
  return {
    id,
    call: (method, args, as = token) => call(emulator.url, as, method, args),
    async trigger(handle) {
      const { trigger_id } = await by(token)('views.generateTriggerId', { user_id: id(handle) });
      return String(trigger_id);
    },
    async drops(handle, where) {
      const as = by(`xoxp-${handle}`);
      const { upload_url, file_id } = await as('files.getUploadURLExternal', {
        filename: 'a.csv',
        length: 3,
      });
      await fetch(String(upload_url), { method: 'POST', body: 'a;b' });
      await as('files.completeUploadExternal', { files: [{ id: file_id }], channel_id: id(where) });
      return String(file_id);
    },
    async writes(handle, where) {
      const { ts } = await by(`xoxp-${handle}`)('chat.postMessage', { channel: id(where), text: 'Hej' });
      return String(ts);
    },
  };
}

async function call(url: string, token: string, method: string, args: Json): Promise<Json> {
  const answer = await fetch(`${url}/api/${method}`, {
    method: 'POST',
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      'content-type': 'application/json; charset=utf-8',
    },
    body: JSON.stringify(args),
  });
  return (await answer.json()) as Json;
}

function seed(token: string, root: string, granted: readonly string[]): Json {
  const { user: user_id, bot: bot_id, app: app_id, name: bot_name } = BOT;
  return {
    strict_scopes: true,
    team,
    users: people.map(({ handle, name, email = '' }) => ({
      name: handle,
      real_name: name,
      profile: { display_name: name, real_name: name, email },
    })),
    oauth_apps: [
      {
        ...{ client_id: '1.1', client_secret: 'secret', name: bot_name, redirect_uris: [] },
        ...{ app_id, bot_id, bot_user_id: user_id, bot_name, scopes: granted },
      },
    ],
    tokens: [
      { token: root, user: 'admin' },
      { token, type: 'bot', user_id, bot_id, app_id, scopes: granted },
      ...people.map(({ handle }) => ({ token: `xoxp-${handle}`, user: handle })),
    ],
  };
}
