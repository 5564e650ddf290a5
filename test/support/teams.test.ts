import { afterEach, beforeEach, expect, test } from 'vitest';
import { teamsPeople, teamsTeams, tenant } from './people.ts';
import { freePort } from './port.ts';
import { type SampleBot, startSampleBot } from './teams/sample-bot.ts';
import { buttonsOf, fieldsOf, startTeams, type Teams, textOf } from './teams.ts';

let teams: Teams;
let bot: SampleBot;

beforeEach(async () => {
  const groups = [{ name: 'lunch', members: ['lena', 'erik'], bot: true }];
  teams = await startTeams({ tenant, people: teamsPeople, teams: teamsTeams, groups });
  bot = await startSampleBot();
  teams.talksTo(bot.url);
});

afterEach(async () => {
  await bot.stop();
  teams.forgives();
  await teams.stop();
});

const last = (room: string, handle = 'lena') => teams.messagesFor(handle, room).at(-1);

test('in a chat with the bot everything reaches it, as Teams sends it', async () => {
  const ack = await teams.as('anna').writes('Jag & <du>: anna@company.se');
  expect(ack).toMatchObject({ status: 200, deliveries: 1 });
  expect(ack?.callsBefore.map(({ method }) => method)).toEqual(['post']);
  expect(teams.chat('anna').map(textOf)).toEqual([
    'Jag & <du>: anna@company.se',
    'You said: Jag &amp; &lt;du&gt;: anna@company.se',
  ]);
  const { account } = teams.as('anna');
  expect(bot.heard[0]?.activity).toMatchObject({
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl,
    from: { id: account.id, name: 'Anna Svensson', aadObjectId: account.aadObjectId },
    conversation: { conversationType: 'personal', id: teams.id('@anna'), tenantId: tenant.id },
    recipient: { id: teams.bot },
    channelData: { tenant: { id: tenant.id } },
    locale: 'sv-SE',
    attachments: [{ contentType: 'text/html' }],
  });
});

test('in a channel it hears what mentions it, and answers in the thread', async () => {
  const lena = teams.as('lena');
  expect(await lena.writes('Hej alla', { in: 'hr' })).toBeUndefined();
  expect(await lena.writes('@vc Hej', { in: 'random' })).toBeUndefined();
  await lena.writes('@vc-bot Hej', { in: 'hr' });
  const [, question, answer] = teams.messagesFor('erik', 'hr');
  expect(answer).toMatchObject({ text: 'You said: Hej', thread: question?.id });
  expect(bot.heard[0]?.activity).toMatchObject({
    text: '<at>vc</at>&nbsp;Hej',
    conversation: { id: `${teams.id('hr')};messageid=${question?.id}`, conversationType: 'channel' },
    channelData: { channel: { id: teams.id('hr') }, team: { id: expect.stringContaining('@thread.tacv2') } },
  });
  expect(bot.heard[0]?.activity.entities).toContainEqual({
    type: 'mention',
    mentioned: { id: teams.bot, name: 'vc' },
    text: '<at>vc</at>',
  });
  await lena.writes('och @VC svara', { in: 'hr', thread: question?.id ?? '' });
  expect(last('hr')).toMatchObject({ text: 'You said: och  svara', thread: question?.id });
  expect(teams.messagesFor('asa', 'hr')).toEqual([]);
  await lena.writes('@vc Hej', { in: 'lunch' });
  expect(last('lunch', 'erik')).toMatchObject({ text: 'You said: Hej', thread: undefined });
});

test('a button is pressed: executed, by its fallback on an old client, behind a question', async () => {
  const erik = teams.as('erik');
  await teams.as('lena').writes('@vc post', { in: 'hr' });
  const start = last('hr');
  expect(start && textOf(start)).toBe('Start?\n[Start now] [Stop]');
  expect(start && buttonsOf(start)).toEqual(['Start now', 'Stop']);
  expect(await erik.presses('Start')).toMatchObject({ notice: 'Thanks', ack: { status: 200 } });
  expect(last('hr')).toMatchObject({ id: start?.id, edited: true });
  expect(teams.messagesFor('lena', 'hr').map(textOf)).toEqual(['@vc post', 'Started by press']);
  expect(bot.heard.at(-1)?.activity).toMatchObject({
    replyToId: start?.id,
    conversation: { id: `${teams.id('hr')};messageid=${start?.thread}` },
    value: { action: { verb: 'press', data: { press: 'start' } }, trigger: 'manual' },
  });

  await erik.writes('post');
  await erik.presses('Start', { oldClient: true });
  expect(bot.heard.at(-1)?.activity).toMatchObject({ type: 'message', value: { press: 'start' } });
  expect(teams.chat('erik').map(textOf).at(-1)).toBe('Started by press');
  await erik.writes('post');
  await erik.presses('Stop');
  expect(bot.heard.at(-1)?.activity.value.action.data).toEqual({ press: 'stop' });
  expect(teams.chat('erik').map(textOf).at(-1)).toBe('post');
});

test('a dialog is opened, searched, refused at its input, and taken', async () => {
  const lena = teams.as('lena');
  await lena.writes('form');
  await lena.presses('Open');
  const dialog = teams.dialog('lena');
  expect(dialog).toMatchObject({ title: 'Verify' });
  expect(dialog?.card && fieldsOf(dialog.card)).toEqual(['User', 'Email']);
  expect(await lena.searches('User', 'sven')).toEqual(['Anna Svensson sven']);
  expect(await lena.submits({ Email: 'a@b.se' })).toEqual({
    errors: { User: 'This field is required.' },
    ack: undefined,
  });
  expect((await lena.submits({ User: 'Anna', Email: 'wrong' })).errors).toEqual({ Email: 'Not an address' });
  expect((await lena.submits({ User: 'Anna', Email: 'a@b.se' })).errors).toEqual({});
  expect(teams.dialog('lena')).toBeUndefined();
  expect(teams.chat('lena').at(-1)?.text).toBe('Form: anna a@b.se');
});

test('what is picked after a slash, and what is said to one member, nobody else sees', async () => {
  const lena = teams.as('lena');
  await lena.picks('användare avdelning:IT', { in: 'hr' });
  expect(bot.heard.at(-1)?.activity).toMatchObject({
    text: 'användare avdelning:IT',
    recipient: { id: teams.bot, isTargeted: true },
    conversation: { conversationType: 'channel' },
  });
  const others = () => teams.messagesFor('erik', 'hr').map(textOf);
  expect(others()).toEqual(['You said: användare avdelning:IT']);
  const posts = (recipient: string, room = teams.id('hr')) =>
    fetch(`${teams.serviceUrl}v3/conversations/${room}/activities?isTargetedActivity=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'Only you', recipient: { id: recipient } }),
    });
  const { id } = lena.account;
  const posted = (await (await posts(id)).json()) as { id: string };
  expect(teams.messagesFor('lena', 'hr').map(textOf).at(-1)).toBe('Only you');
  expect(others()).toHaveLength(1);
  const at = `${teams.serviceUrl}v3/conversations/${teams.id('hr')}/activities/${posted.id}`;
  expect((await fetch(at, { method: 'DELETE' })).status).toBe(404);
  expect((await fetch(`${at}?isTargetedActivity=true`, { method: 'DELETE' })).status).toBe(200);
  expect((await posts(id, teams.id('@lena'))).status).toBe(400);
  expect((await posts(teams.as('asa').account.id)).status).toBe(400);
  expect(teams.forgives()).toHaveLength(2);
  await expect(lena.picks('läge', { in: 'random' })).rejects.toThrow('offers lena no command');
  await expect(lena.picks('dansa', { in: 'hr' })).rejects.toThrow('offers lena no command');
});

test('a file reaches the bot in a chat of its own alone', async () => {
  const lena = teams.as('lena');
  const acks = await lena.drops('a;b\r\n', 'list.csv', { deliveries: 2 });
  expect(acks).toHaveLength(2);
  expect(new Set(bot.heard.map(({ activity }) => activity.id)).size).toBe(1);
  expect(teams.chat('lena').at(-1)?.text).toBe('A file of 5');
  expect(await lena.drops('a;b', 'list.csv', { in: 'hr' })).toEqual([]);
  await lena.drops('a;b', 'list.csv', { in: 'hr', text: '@vc import' });
  const { attachments = [] } = bot.heard.at(-1)?.activity ?? {};
  expect(attachments).toEqual([
    { contentType: 'text/html', content: expect.stringMatching(/vc<\/span>&nbsp;import.*<attachment id="/) },
  ]);
  const [dropped] = bot.heard;
  const { downloadUrl } = dropped?.activity.attachments?.[0]?.content ?? {};
  const head = await fetch(downloadUrl, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe('5');
  expect((await fetch(`${downloadUrl}x`)).status).toBe(404);
});

test('a file that the bot offers is declined, then accepted and there', async () => {
  const lena = teams.as('lena');
  await lena.writes('file');
  await lena.consents(false);
  expect(bot.heard.at(-1)?.activity.value).toEqual({
    type: 'fileUpload',
    action: 'decline',
    context: { a: 2 },
  });
  await lena.consents(true);
  expect(bot.heard.at(-1)?.activity.value).toMatchObject({ action: 'accept', context: { a: 1 } });
  expect(teams.chat('lena').map(textOf).at(-1)).toBe('file: rows.csv');
  expect(teams.calls.filter(({ method }) => method === 'upload')).toHaveLength(1);
});

test('what Teams knows of people comes with the look-ups', async () => {
  const about = async (handle: string, room?: string) => {
    await teams.as(handle).writes(room ? '@vc who' : 'who', room ? { in: room } : {});
    return (room ? teams.messagesFor(handle, room) : teams.chat(handle)).at(-1)?.text;
  };
  expect(await about('anna')).toBe('Anna Svensson anna@company.se user');
  expect(await about('guest', 'hr')).toBe('Gustav Gäst gustav@konsult.se guest');
  expect(await about('stranger', 'shared')).toBe('Sam Stranger lena@company.se user');
});

test('the bot is removed and installed again: it hears of it, and may not speak meanwhile', async () => {
  const lena = teams.as('lena');
  await lena.writes('@vc Hej', { in: 'hr' });
  await lena.installs(false, { in: 'hr' });
  const heard = bot.heard.slice(-2).map(({ type, activity }) => [type, activity.action]);
  expect(heard.sort()).toEqual([
    ['conversationUpdate', undefined],
    ['installationUpdate', 'remove'],
  ]);
  await expect(bot.says('Anybody?')).rejects.toThrow('not part of the conversation roster');
  expect(await lena.writes('@vc Hej', { in: 'hr' })).toBeUndefined();
  await lena.installs(true, { in: 'hr' });
  await bot.says('Again');
  expect(last('hr')?.text).toBe('Again');
});

test('answers come as scripted: too many requests, an error, a broken line', async () => {
  await teams.as('lena').writes('Hej');
  teams.answers('post', { retryAfter: 1 });
  await bot.says('later');
  expect(teams.calls.slice(-2)).toMatchObject([
    { answer: { error: { code: 'Throttled' } } },
    { method: 'post' },
  ]);
  teams.answers('post', { status: 412, error: 'PreconditionFailed' });
  await expect(bot.says('never')).rejects.toMatchObject({ statusCode: 412, code: 'PreconditionFailed' });
  teams.answers('post', { breaks: 'after' });
  await bot.says('twice');
  expect(teams.chat('lena').slice(-3).map(textOf)).toEqual(['later', 'twice', 'twice']);
});

test('a message that the bot cannot take is sent again under the same id', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  let asked = 0;
  teams.talksTo(() => (asked++ === 0 ? nobody : bot.url));
  expect(await teams.as('anna').writes('hello')).toMatchObject({ status: 200, deliveries: 2 });
  expect(teams.chat('anna').at(-1)?.text).toBe('You said: hello');
});
