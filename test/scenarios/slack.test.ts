import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { scopesOfEvent } from '../../src/playground/slack/scopes.ts';
import { hrExport } from '../support/files.ts';
import { conversations } from './conversations.ts';
import { holdOn, inWorld, patience } from './harness/run.ts';
import { slackSurface } from './harness/slack.ts';
import { employ } from './harness/staff.ts';
import { looking } from './looking.ts';

const surface = slackSurface();

holdOn(surface, conversations);

// The same program by the other line: one conversation with commands, presses, messages and a file tells.
holdOn(slackSurface({ socketMode: true }), looking.slice(0, 1));

describe('Slack itself', () => {
  test(
    'a request that is unsigned, forged or old gets 401 and does no work; one that is retried is done once; a conversation of several is answered to the asker alone',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ slack, people, place }) => {
        await people.lena.writes('Hej');
        await people.lena.sees('Jag hittar ingen användare');
        const before = slack.calls.length;
        const event = {
          type: 'message',
          channel: slack.dm('lena')[0]?.channel,
          channel_type: 'im',
          user: slack.id('lena'),
          text: 'status',
          ts: '1795000000.000100',
        };
        const body = JSON.stringify({ type: 'event_callback', team_id: 'T', event_id: 'Ev1', event });
        const form = new URLSearchParams({
          command: '/vc',
          text: 'verify anna@company.se',
          user_id: slack.id('lena'),
        });
        for (const signature of ['none', 'forged', 'old'] as const) {
          expect(await slack.posts({ body, signature })).toMatchObject({ status: 401 });
          const command = {
            body: form.toString(),
            type: 'application/x-www-form-urlencoded' as const,
            signature,
          };
          expect(await slack.posts(command)).toMatchObject({ status: 401 });
        }
        expect(slack.calls.length).toBe(before);
        expect(await place.store.value(`select count(*)::int from incoming_event where id like '%Ev1'`)).toBe(
          0,
        );

        const own = slack.calls.find(({ method }) => method === 'auth.test')?.answer?.team_id;
        const rightly = JSON.stringify({ type: 'event_callback', team_id: own, event_id: 'Ev2', event });
        const [first, again] = await Promise.all([
          slack.posts({ body: rightly }),
          slack.posts({ body: rightly }),
        ]);
        expect([first.status, again.status]).toEqual([200, 200]);
        await people.lena.sees('Det finns inga användare ännu');
        expect(await slack.posts({ body: rightly })).toMatchObject({ status: 200 });
        await people.lena.types('/vc hjälp');
        await people.lena.sees('Det här kan jag göra');

        await slack.as('lena').types('/vc hjälp', { in: '@anna @erik' });
        const answered = () => slack.calls.filter(({ method }) => method === 'response_url').at(-1)?.args;
        await slack.until(() => answered()?.text);
        expect(answered()).toMatchObject({
          text: expect.stringContaining('Det här kan jag göra'),
          response_type: 'ephemeral',
        });
        expect(slack.dm('lena').filter(({ text }) => text.includes('inga användare ännu'))).toHaveLength(1);
      }),
  );

  test('when Slack says Retry-After, the bot waits that long and says it then', { timeout: patience }, () =>
    inWorld(surface.open(), async ({ slack, people }) => {
      await employ(people.lena, 30);
      await people.lena.types('/vc massverifiera avdelning:IT', 'hr');
      slack.answers('chat.postMessage', { retryAfter: 2 }, { times: 2 });
      await people.lena.presses('Bekräfta');
      await people.lena.sees('Alla 6 mejl skickades', { in: 'hr', mine: false });
      const posts = slack.calls.filter(
        ({ method, args }) => method === 'chat.postMessage' && args.channel === slack.id('#hr'),
      );
      expect(posts.map(({ answer }) => answer?.ok)).toEqual([false, false, true]);
      for (const [index, { at }] of posts.slice(1).entries()) {
        expect(at - (posts[index]?.at ?? at)).toBeGreaterThanOrEqual(1_900);
      }
    }),
  );

  test(
    'a drop that is announced often is done once, and what Slack hands out instead of a file is told',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ slack, people: { lena }, place }) => {
        const file = hrExport(30);
        await slack.as('lena').drops(file.bytes, file.name, { deliveries: 3 });
        await lena.sees('30 användare skapas');
        await slack.as('lena').drops(file.bytes, 'stor.csv', { as: { size: 300 * 1024 * 1024 } });
        await lena.sees('Filen är större än 200\u00a0MB', { ever: true });
        slack.answers('file', { status: 200, body: '<!DOCTYPE html><title>Sign in</title>' });
        await lena.drops(file);
        await lena.sees('lämnade ut sin inloggningssida i stället för filen');
        expect(await place.store.value('select count(*)::int from import')).toBe(2);
        const fetched = slack.calls.filter(({ method }) => method === 'file');
        expect(fetched.map(({ token }) => token)).toEqual([slack.token, slack.token]);
      }),
  );

  test('the manifest asks for what the calls and events of these conversations need, and nothing else', () => {
    const manifest = JSON.parse(readFileSync(new URL('../../manifests/slack.json', import.meta.url), 'utf8'));
    const events: string[] = manifest.settings.event_subscriptions.bot_events;
    const needed = new Set([
      'commands',
      ...surface.needed,
      ...events.flatMap((event) => scopesOfEvent[event] ?? []),
    ]);
    expect([...needed].sort()).toEqual(manifest.oauth_config.scopes.bot);
  });
});
