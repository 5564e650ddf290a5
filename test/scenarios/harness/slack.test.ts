import type { App } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopsAfterAll } from '../../support/lifetime.ts';
import { channels, people as seeded, team } from '../../support/people.ts';
import { freePort } from '../../support/port.ts';
import { sampleBot } from '../../support/slack/sample-bot.ts';
import { type Slack, startSlack } from '../../support/slack.ts';
import type { People } from './conversation.ts';
import { leaksIn } from './leaks.ts';
import { peopleOn } from './slack.ts';

const { keep } = stopsAfterAll();
let slack: Slack;
let app: App;
let people: People;

beforeAll(async () => {
  slack = keep(await startSlack({ team, users: seeded, channels }));
  app = sampleBot(slack, []);
  const port = await freePort();
  await app.start({ port, host: '127.0.0.1' });
  slack.talksTo(`http://127.0.0.1:${port}`);
  people = peopleOn(slack);
});
afterAll(() => app.stop());

test('a conversation: who says what, who sees it, and who does not', async () => {
  const { lena, erik, stranger } = people;
  await lena.types('/vc echo hello', 'hr');
  const answer = await lena.sees('You said: hello');
  expect(answer).toMatchObject({ room: 'hr', mine: true, buttons: [] });
  erik.doesNotSee('hello');

  await lena.types('/vc post', 'hr');
  await expect(lena.sees('You said', { deadline: 100 })).rejects.toThrow(/You said: hello[\s\S]*last calls/);
  expect((await lena.sees('You said', { ever: true })).id).toBe(answer.id);
  const question = await erik.sees('Start?', { in: 'hr', mine: false });
  expect(() => erik.doesNotSee('Start?')).toThrow('erik sees Start? in hr');
  await erik.presses('Start', question);
  const started = await lena.sees('Started by press');
  expect(started.id).toBe(question.id);
  expect(stranger.reads('hr')).toEqual([]);
});

test('a form: opened, searched, filled in', async () => {
  const { lena } = people;
  await lena.types('/vc form');
  expect(await lena.seesForm('Verify')).toMatchObject({ fields: ['User', 'Email'] });
  expect(await lena.searches('User', 'sve')).toEqual(['Anna Svensson sve']);
  expect(await lena.fills({ User: 'Anna', Email: 'wrong' })).toEqual({ Email: 'Not an address' });
  expect(await lena.fills({ User: 'Anna', Email: 'anna@company.se' })).toEqual({});
  await lena.sees('Form: anna anna@company.se', { in: 'bot', mine: true });
});

test('a log with an address, a personal link or a secret is found out', () => {
  const lines = [
    '{"to":"a…@company.se","url":"/verify/[hidden]"}',
    '{"to":"anna@company.se"}',
    `{"url":"http://localhost/verify/${'Zm9v'.repeat(11)}"}`,
    '{"token":"xoxb-1234"}',
    'at node_modules/@slack/bolt/dist/App.js',
  ];
  expect(leaksIn(lines, ['xoxb-1234'])).toEqual(lines.slice(1, 4));
});
