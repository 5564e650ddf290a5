import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LocalTeams, openLocalTeams } from '../../../src/playground/teams/index.ts';
import type { TeamsAct, TeamsMessage } from '../../../src/playground/wire.ts';
import { teamsPeople, teamsTeams, tenant } from '../../support/people.ts';
import { type SampleBot, startSampleBot } from '../../support/teams/sample-bot.ts';
import { soon } from '../../support/until.ts';

let teams: LocalTeams;
let bot: SampleBot;

beforeEach(async () => {
  teams = await openLocalTeams({ tenant, people: teamsPeople, teams: teamsTeams, groups: [] });
  bot = await startSampleBot();
  teams.talksTo(bot.url);
});

afterEach(async () => {
  await bot.stop();
  await teams.stop();
});

const scene = (handle = 'lena') => teams.client(handle).scene();
const act = (one: TeamsAct, handle = 'lena') => teams.client(handle).act(one);
const roomOf = (name: string, handle = 'lena') =>
  scene(handle).rooms.find((room) => room.name === name)?.id ?? '';
const seen = (text: string, handle = 'lena') =>
  vi.waitFor(() => {
    const found = scene(handle).messages.find((message) => JSON.stringify(message).includes(text));
    expect(found).toBeDefined();
    return found as TeamsMessage;
  }, soon);
const buttonOf = ({ cards }: TeamsMessage, title: string) => {
  const { actions = [] } = (cards[0] ?? {}) as { actions?: { id: string; title: string }[] };
  return actions.find((action) => action.title === title)?.id ?? '';
};

test('a member sees their rooms, and what is said there', async () => {
  expect(scene()).toMatchObject({
    me: { handle: 'lena', name: 'Lena Berg', part: 'employee', language: 'sv' },
    rooms: [
      { name: 'hr', kind: 'channel', team: 'Personal', bot: true },
      { name: 'secret' },
      { name: 'random', bot: false },
      { name: 'partner' },
      { name: 'shared', team: 'Partner' },
      { name: 'vc', kind: 'personal', team: null, bot: true },
    ],
    messages: [],
    dialog: null,
    faults: [],
  });
  expect(scene('stranger').me.part).toBe('guest');
  expect(scene('visitor').rooms).toMatchObject([{ name: 'vc', bot: false }]);
  await act({ act: 'write', room: roomOf('hr'), text: '@vc Hej' });
  const answer = await seen('You said: Hej', 'erik');
  const [question] = scene('erik').messages;
  expect(question).toMatchObject({ text: '@vc Hej', by: { name: 'Lena Berg', bot: false }, thread: null });
  expect(answer).toMatchObject({ by: { name: 'vc', bot: true }, thread: question?.id });
  expect(await act({ act: 'write', room: roomOf('hr'), text: 'x' }, 'asa')).toEqual({
    error: 'Du är inte med i den konversationen.',
  });
});

test('buttons have names, also those behind a question', async () => {
  const room = roomOf('vc');
  await act({ act: 'write', room, text: 'post' });
  const message = await seen('Start?');
  const [, stop] = (message.cards[0]?.actions ?? []) as { card?: { actions: { id: string }[] } }[];
  const press = (action: string) => act({ act: 'press', room, message: message.id, action });
  expect(await press('nothing')).toEqual({ error: 'Det finns inte längre.' });
  expect(await press(buttonOf(message, 'Start now'))).toEqual({ notice: 'Thanks' });
  expect((await seen('Started by press')).id).toBe(message.id);
  expect(await press(stop?.card?.actions[0]?.id ?? '')).toEqual({ error: 'Det finns inte längre.' });

  await act({ act: 'write', room, text: 'post' });
  const again = await seen('Start?');
  const yes = stop?.card?.actions[0]?.id ?? '';
  expect(await act({ act: 'press', room, message: again.id, action: yes })).toEqual({ notice: 'Thanks' });
  await vi.waitFor(() => expect(scene().messages.some(({ id }) => id === again.id)).toBe(false), soon);
});

test('a dialog is filled in, and a file taken', async () => {
  const room = roomOf('vc');
  await act({ act: 'write', room, text: 'form' });
  const message = await seen('A form');
  await act({ act: 'press', room, message: message.id, action: buttonOf(message, 'Open') });
  expect(scene().dialog).toMatchObject({ title: 'Verify', message: null });
  expect(await act({ act: 'search', input: 'user', text: 'sve' })).toEqual({
    choices: [{ text: 'Anna Svensson sve', value: 'anna' }],
  });
  const submit = (user: string, email: string) => act({ act: 'submit', values: { user, email } });
  expect(await submit('bjorn', 'wrong')).toEqual({ errors: { user: 'Välj ett av alternativen.' } });
  expect(await submit('anna', 'wrong')).toEqual({});
  expect(JSON.stringify(scene().dialog)).toContain('Not an address');
  await act({ act: 'close' });
  expect(scene().dialog).toBeNull();

  expect(await teams.client('lena').drop(room, 'a.csv', Buffer.from('a;b'))).toEqual({});
  await seen('A file of 3');
  await act({ act: 'write', room, text: 'file' });
  const offer = await seen('Yours');
  expect(offer.offer).toEqual({ name: 'rows.csv', bytes: 3, description: 'Yours' });
  expect(await act({ act: 'consent', room, message: offer.id, accepts: true })).toEqual({});
  const [file] = scene().messages.at(-1)?.files ?? [];
  expect(file).toMatchObject({ name: 'rows.csv', bytes: 3 });
  expect(teams.client('lena').file(file?.id ?? '')?.bytes).toHaveLength(3);
  expect(teams.client('anna').file(file?.id ?? '')).toBeUndefined();
});

test('the bot comes and goes, and what it does not answer is said', async () => {
  const room = roomOf('random');
  await act({ act: 'install', room, isThere: true });
  expect(scene('anna').rooms.find(({ id }) => id === room)?.bot).toBe(true);
  await act({ act: 'write', room, text: '@vc post' });
  const message = await seen('Start?');
  await bot.stop();
  const pressed = act({ act: 'press', room, message: message.id, action: buttonOf(message, 'Start now') });
  expect(await pressed).toEqual({ error: 'Det gick inte att nå appen.' });
  bot = await startSampleBot();
});
