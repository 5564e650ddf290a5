import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LocalTeams, openLocalTeams } from '../../../src/playground/teams/index.ts';
import { teamsPeople, teamsTeams, tenant } from '../../support/people.ts';
import { type SampleBot, startSampleBot } from '../../support/teams/sample-bot.ts';
import { soon } from '../../support/until.ts';
import { type Listener, startListener } from '../listener.ts';

let folder: string;
let bot: SampleBot | undefined;
let ear: Listener | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teams-'));
});

afterEach(async () => {
  await Promise.all([bot?.stop(), ear?.stop()]);
  bot = undefined;
  ear = undefined;
  await rm(folder, { recursive: true });
});

const open = () =>
  openLocalTeams({
    tenant,
    people: teamsPeople,
    teams: teamsTeams,
    groups: [],
    journal: join(folder, 'teams.jsonl'),
  });
const chatOf = (teams: LocalTeams) => teams.client('lena').scene().rooms.at(-1)?.id ?? '';
const seen = (teams: LocalTeams, text: string) =>
  vi.waitFor(() => expect(teams.client('lena').scene().messages.at(-1)?.text).toBe(text), soon);

test('a restart has every message, file and installation in its place, and the bot finds its way back', async () => {
  bot = await startSampleBot();
  const before = await open();
  before.talksTo(bot.url);
  const lena = before.client('lena');
  const random = lena.scene().rooms.find(({ name }) => name === 'random')?.id ?? '';
  await lena.act({ act: 'install', room: random, isThere: true });
  await lena.act({ act: 'write', room: random, text: '@vc post' });
  await lena.drop(chatOf(before), 'a.csv', Buffer.from('a;b\n'));
  await seen(before, 'A file of 4');
  const scene = lena.scene();
  const { activity } = bot.heard.at(-1) ?? {};
  await before.stop();

  const after = await open();
  expect(after.client('lena').scene()).toEqual(scene);
  // The connections that were open then are closed now.
  await vi.waitFor(async () => {
    const fetched = await fetch(activity?.attachments?.[0]?.content.downloadUrl);
    expect(await fetched.text()).toBe('a;b\n');
  }, soon);
  await bot.says('I am back');
  await seen(after, 'I am back');
  await after.stop();
});

test('a message that was never acknowledged comes again after a restart under its id; one that was does not', async () => {
  ear = await startListener();
  const before = await open();
  before.talksTo(ear.url);
  await before.client('lena').act({ act: 'write', room: chatOf(before), text: 'Först' });
  await vi.waitFor(() => expect(ear?.heard).toHaveLength(1), soon);
  ear.replies(() => ({ status: 503 }));
  await before.client('lena').act({ act: 'write', room: chatOf(before), text: 'Sedan' });
  await vi.waitFor(() => expect(ear?.heard.length).toBeGreaterThan(1), soon);
  await before.stop();

  const [, missed] = ear.heard;
  ear.heard.splice(0);
  ear.replies(() => ({}));
  const after = await open();
  after.talksTo(ear.url);
  await vi.waitFor(() => expect(ear?.heard).toHaveLength(1), soon);
  expect(ear.heard[0]?.payload).toEqual(missed?.payload);
  expect(missed?.payload).toMatchObject({ text: 'Sedan' });
  await after.stop();
});
