import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Json } from '../../../src/playground/local/types.ts';
import { idOf } from '../../../src/playground/slack/ids.ts';
import { type LocalSlack, openLocalSlack } from '../../../src/playground/slack/index.ts';
import { channels, people, team } from '../../support/people.ts';
import { soon } from '../../support/until.ts';
import { type Listener, startListener } from '../listener.ts';

let folder: string;
let journal: string;
let bot: Listener | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slack-'));
  journal = join(folder, 'slack.jsonl');
});

afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await rm(folder, { recursive: true });
});

const open = () =>
  openLocalSlack({
    team,
    members: people,
    channels,
    journal,
    scopes: ['chat:write', 'files:read', 'users:read'],
    events: ['message.im', 'file_shared'],
  });

const hr = idOf('C', 'hr');
const random = idOf('C', 'random');

async function api(slack: LocalSlack, method: string, args: Json): Promise<Json> {
  const answer = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return (await answer.json()) as Json;
}

const directOf = (slack: LocalSlack) => slack.client('lena').scene().rooms.at(-1)?.id ?? '';

/** Everything that somebody did and the bot said; gives what Lena and Erik see, and the file that was dropped. */
async function converse(slack: LocalSlack): Promise<{ file: string; ts: string }> {
  bot = await startListener();
  const listening = bot;
  slack.talksTo(listening.url);
  const lena = slack.client('lena');
  const blocks = [{ type: 'actions', block_id: 'a', elements: [{ type: 'button', action_id: 'b' }] }];
  listening.replies(async ({ kind, payload }) => {
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Form' }, blocks: [] };
    if (kind === 'command') await api(slack, 'views.open', { trigger_id: payload.trigger_id, view });
    return {};
  });
  await lena.act({ act: 'command', room: random, line: '/invite @vc-bot' });
  await lena.act({ act: 'write', room: hr, text: 'Hej' });
  const { ts } = await api(slack, 'chat.postMessage', { channel: hr, text: '0 av 3' });
  await api(slack, 'chat.update', { channel: hr, ts, text: '3 av 3', blocks });
  await api(slack, 'chat.postEphemeral', { channel: hr, user: idOf('U', 'lena'), text: 'Bara du' });
  const gone = await api(slack, 'chat.postMessage', { channel: hr, text: 'Snart borta' });
  await api(slack, 'chat.delete', { channel: hr, ts: gone.ts });
  await lena.drop(hr, 'å.csv', Buffer.from('a;b\n'));
  await lena.act({ act: 'command', room: hr, line: '/vc form' });
  await vi.waitFor(
    () => expect(listening.heard.filter(({ kind }) => kind === 'event')).toHaveLength(1),
    soon,
  );
  const event = listening.heard.find(({ kind }) => kind === 'event')?.payload.event as Json;
  return { file: String(event.file_id), ts: String(ts) };
}

const scenes = (slack: LocalSlack) =>
  ['lena', 'erik'].map((handle) => ({ ...slack.client(handle).scene(), form: null, faults: [] }));

test('a restart has every message, edit, file and invitation in its place; an open form is gone', async () => {
  const before = await open();
  const { file, ts } = await converse(before);
  const seen = scenes(before);
  expect(before.client('lena').scene().form).not.toBeNull();
  await before.stop();

  const after = await open();
  expect(scenes(after)).toEqual(seen);
  expect(after.client('lena').scene().form).toBeNull();
  expect(await api(after, 'chat.postMessage', { channel: random, text: 'Hej' })).toMatchObject({ ok: true });
  expect(await api(after, 'chat.update', { channel: hr, ts, text: 'Klart' })).toMatchObject({ ok: true });
  const info = (await api(after, 'files.info', { file })) as { file: Json };
  const headers = { authorization: `Bearer ${after.botToken}` };
  const fetched = await fetch(String(info.file.url_private_download), { headers });
  expect(await fetched.text()).toBe('a;b\n');
  const last = after.client('lena').scene().messages.at(-1);
  expect(last).toMatchObject({ room: random, text: 'Hej' });
  await after.stop();
});

test('wherever the journal was cut short, what stands before the cut is there', async () => {
  const before = await open();
  await converse(before);
  await before.stop();
  const whole = readFileSync(journal);
  for (const share of [0.2, 0.5, 0.9, 0.999]) {
    writeFileSync(journal, whole.subarray(0, Math.floor(whole.length * share)));
    const after = await open();
    expect(after.client('erik').scene().rooms).toHaveLength(4);
    expect(await api(after, 'chat.postMessage', { channel: hr, text: 'Vidare' })).toMatchObject({ ok: true });
    await after.stop();
    const again = await open();
    expect(again.client('erik').scene().messages.at(-1)?.text).toBe('Vidare');
    await again.stop();
  }
});

test('an event that was never acknowledged comes again after a restart under its id; one that was does not', async () => {
  const before = await open();
  const listening = await startListener();
  bot = listening;
  before.talksTo(listening.url);
  const direct = directOf(before);
  await before.client('lena').act({ act: 'write', room: direct, text: 'Först' });
  await vi.waitFor(() => expect(listening.heard).toHaveLength(1), soon);
  listening.replies(() => ({ status: 503 }));
  await before.client('lena').act({ act: 'write', room: direct, text: 'Sedan' });
  await vi.waitFor(() => expect(listening.heard.length).toBeGreaterThan(1), soon);
  await before.stop();

  const [, missed] = listening.heard;
  listening.heard.splice(0);
  listening.replies(() => ({}));
  const after = await open();
  after.talksTo(listening.url);
  await vi.waitFor(() => expect(listening.heard).toHaveLength(1), soon);
  expect(listening.heard[0]?.payload).toEqual(missed?.payload);
  expect(missed?.payload.event).toMatchObject({ text: 'Sedan' });
  await after.stop();
});

test('an event that the bot does not take is sent again under its id, and counted', async () => {
  const slack = await open();
  const listening = await startListener();
  bot = listening;
  listening.replies(({ retry }) => ({ status: retry === undefined ? 503 : 200 }));
  slack.talksTo(listening.url);
  await slack.client('lena').act({ act: 'write', room: directOf(slack), text: 'Hej' });
  await vi.waitFor(() => expect(listening.heard).toHaveLength(2), soon);
  const [first, second] = listening.heard;
  expect(second).toEqual({ ...first, retry: '1' });
  await slack.stop();
});
