import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readBase } from '../../scripts/base-address.ts';
import { httpManifest } from '../../scripts/slack-manifest.ts';
import { scopesOfEvent, scopesOfMethod } from '../../src/playground/slack/scopes.ts';
import { faultsOfManifest } from '../support/slack-manifest-rules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/manifests/slack.json`, 'utf8'));
const scopes: string[] = manifest.oauth_config.scopes.bot;
const events: string[] = manifest.settings.event_subscriptions.bot_events;

describe('the manifest for Socket Mode', () => {
  test('is one that Slack takes', () => {
    expect(faultsOfManifest(manifest)).toEqual([]);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('url');
  });

  test('lets people write to the bot, and the bot hear its buttons', () => {
    expect(manifest.features.app_home).toMatchObject({
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  test('names the command as it is typed, unescaped', () => {
    expect(manifest.features.slash_commands).toHaveLength(1);
    expect(manifest.features.slash_commands[0]).toMatchObject({ command: '/vc', should_escape: false });
    expect(scopes).toContain('commands');
  });

  test('has the scopes of the events that it subscribes to', () => {
    expect(events.filter((event) => !scopesOfEvent[event])).toEqual([]);
    const needed = events.flatMap((event) => scopesOfEvent[event] ?? []);
    expect(needed.filter((scope) => !scopes.includes(scope))).toEqual([]);
  });

  test('has no scope that no described method, event or command needs', () => {
    const known = [
      'commands',
      // The profile address in users.info, by which a person is known.
      'users:read.email',
      ...Object.values(scopesOfMethod).flat(2),
      ...Object.values(scopesOfEvent).flat(),
    ];
    expect(scopes.filter((scope) => !known.includes(scope))).toEqual([]);
  });
});

describe('the manifest for HTTP', () => {
  test('is one that Slack takes, and sends everything to one address', () => {
    const http = httpManifest(manifest, 'https://bot.company.se');
    expect(faultsOfManifest(http)).toEqual([]);
    expect(http.settings).toMatchObject({ socket_mode_enabled: false });
    const urls = JSON.stringify(http).match(/https:[^"]*/g);
    expect(urls).toEqual(Array(4).fill('https://bot.company.se/slack/events'));
  });

  test.each([
    ['https://bot.company.se/', { base: 'https://bot.company.se' }],
    ['https://company.se/bot/', { base: 'https://company.se/bot' }],
    [undefined, { fault: expect.stringMatching(/^Give the address/) }],
    ['http://bot.company.se', { fault: expect.stringMatching(/^Slack calls https addresses only/) }],
    ['bot.company.se', { fault: expect.stringMatching(/is not an address/) }],
    ['https://bot.company.se/?a=1', { fault: expect.stringMatching(/more than a host and a path/) }],
  ])('reads the address %s', (typed, read) => {
    expect(readBase(typed, 'Slack', 'npm run …')).toEqual(read);
  });

  test('is refused for an address without https, with a sentence and no file', async () => {
    const run = promisify(execFile)(
      process.execPath,
      ['--import', `${root}/scripts/typescript.mjs`, `${root}/scripts/slack-manifest.ts`, 'http://bot.se'],
      { cwd: root },
    );
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('https addresses only'),
    });
  });
});

test('the rules find what Slack refuses', () => {
  const wrong = structuredClone(manifest);
  wrong.display_information.name = 'x'.repeat(36);
  wrong.features.slash_commands[0].command = 'vc';
  wrong.settings.event_subscriptions.bot_events.push('message.im');
  wrong.settings.webhooks = true;
  delete wrong.features.bot_user.display_name;
  expect(faultsOfManifest(wrong)).toEqual([
    'settings.webhooks is unknown to Slack',
    'features.bot_user.display_name is missing',
    'display_information.name has the length 36, not 1 to 35',
    'features.slash_commands.0.command "vc" does not fit /^\\//',
    'settings.event_subscriptions.bot_events names something twice',
  ]);
});
