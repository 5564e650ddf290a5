import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ajv from 'ajv-draft-04';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { packageFor, readInstallation } from '../../scripts/teams-package.ts';
import { type CommandParts, createCommands } from '../../src/commands/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = (name: string) => readFileSync(join(root, 'manifests/teams', name));
const json = (name: string) => JSON.parse(file(name).toString('utf8'));
const manifest = json('manifest.json');
const swedish: Record<string, string> = json('sv.json');
const appId = '8d7d3f1c-5f0b-4c55-9a0e-2f6b1c9a7e10';

const require = createRequire(import.meta.url);
const schemas = join(dirname(require.resolve('@microsoft/app-manifest')), 'json-schemas/teams');
const newest = readdirSync(schemas)
  .filter((name) => /^v\d/.test(name))
  .map((name) => name.slice(1))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  .at(-1);

/** What the newest schema says against a manifest, or against a file of its words. */
function faultsOf(value: unknown, schema: 'MicrosoftTeams' | 'MicrosoftTeams.Localization'): string[] {
  const checker = new ajv.default({
    strict: false,
    allErrors: true,
    // The schema's patterns are not of the stricter kind.
    unicodeRegExp: false,
    formats: { uri: true },
  });
  const text = readFileSync(join(schemas, `v${newest}`, `${schema}.schema.json`), 'utf8');
  checker.validate(JSON.parse(text), value);
  return (checker.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the manifest', () => {
  test('is one that Teams takes, by the newest schema that there is', () => {
    expect(manifest.manifestVersion).toBe(newest);
    expect(manifest.$schema).toContain(`/v${newest}/`);
    expect(faultsOf(manifest, 'MicrosoftTeams')).toEqual([]);
    expect(faultsOf(swedish, 'MicrosoftTeams.Localization')).toEqual([]);
  });

  test('says what the schema cannot ask for', () => {
    expect(manifest.supportsChannelFeatures).toBe('tier1');
    expect(manifest.localizationInfo.additionalLanguages).toEqual([{ languageTag: 'sv', file: 'sv.json' }]);
    expect(manifest.validDomains).toEqual([]);
  });

  test('has one bot, for every kind of place, that takes files, and messages that others do not see', () => {
    expect(manifest.bots).toHaveLength(1);
    expect(manifest.bots[0]).toMatchObject({
      botId: manifest.id,
      scopes: ['personal', 'team', 'groupChat'],
      supportsFiles: true,
      isNotificationOnly: false,
      supportsTargetedMessages: true,
    });
    const lists: { scopes: string[]; triggers: string[] }[] = manifest.bots[0].commandLists;
    expect(lists.map(({ scopes, triggers }) => [scopes, triggers])).toEqual([
      [['personal'], ['mention']],
      [
        ['team', 'groupChat'],
        ['mention', 'slash'],
      ],
    ]);
  });
});

describe('the command lists', () => {
  // The commands are read, and none is run.
  const { commands } = createCommands({} as CommandParts);
  const all = commands.all.slice(0, 12);

  test.each([0, 1])('list %i names the verbs in help order, as many as Teams shows', (list) => {
    expect(manifest.bots[0].commandLists[list].commands).toEqual(
      all.map(({ name, summary }) => ({ title: name, description: summary.en })),
    );
  });

  test('name them in Swedish to those whose Teams is', () => {
    const words = [0, 1].flatMap((list) =>
      all.flatMap(({ swedish: [verb], summary }, n) => {
        const at = `bots[0].commandLists[${list}].commands[${n}]`;
        return [
          [`${at}.title`, verb],
          [`${at}.description`, summary.sv],
        ];
      }),
    );
    const commandWords = Object.entries(swedish).filter(([path]) => path.startsWith('bots['));
    expect(commandWords).toEqual(words);
  });
});

/** The size of a PNG in pixels, and whether they can be transparent. */
function shapeOf(png: Uint8Array = new Uint8Array()) {
  const view = new DataView(png.buffer, png.byteOffset);
  expect(strFromU8(png.subarray(1, 4))).toBe('PNG');
  return { width: view.getUint32(16), height: view.getUint32(20), transparent: view.getUint8(25) === 6 };
}

describe('the package', () => {
  const unpacked = (now = new Date()) =>
    unzipSync(packageFor({ appId, site: 'https://bot.company.se' }, now));
  const manifestIn = (files: ReturnType<typeof unpacked>) =>
    JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));

  test('holds the manifest of this installation, its words and its icons, and nothing else', () => {
    const files = unpacked(new Date('2026-11-28T14:02:00Z'));
    expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png', 'sv.json']);
    const packed = manifestIn(files);
    expect(faultsOf(packed, 'MicrosoftTeams')).toEqual([]);
    expect(packed).toMatchObject({ id: appId, version: '1.20785.842', bots: [{ botId: appId }] });
    expect(packed.developer).toMatchObject({ websiteUrl: 'https://bot.company.se' });
    expect(JSON.stringify(packed)).not.toContain(manifest.id);
    expect(files['sv.json']).toEqual(new Uint8Array(file('sv.json')));
  });

  test('has a higher version than the one before it', () => {
    const versions = ['2026-11-28T23:59:00Z', '2026-11-29T00:00:00Z', '2027-01-01T00:09:00Z'].map((time) => {
      return manifestIn(unpacked(new Date(time))).version as string;
    });
    const sorted = versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    expect(versions).toEqual(sorted);
    expect(new Set(versions).size).toBe(3);
  });

  test('has icons of the sizes that Teams asks for', () => {
    const files = unpacked();
    expect(shapeOf(files['color.png'])).toMatchObject({ width: 192, height: 192 });
    expect(shapeOf(files['outline.png'])).toEqual({ width: 32, height: 32, transparent: true });
  });
});

describe('the command line', () => {
  const zip = join(root, 'vc-bot-teams.zip');
  afterAll(() => rmSync(zip, { force: true }));

  test.each([
    [['--app-id', appId, '--url', 'https://bot.company.se/'], {}, { appId, site: 'https://bot.company.se' }],
    [
      [],
      { TEAMS_APP_ID: appId.toUpperCase(), PUBLIC_URL: 'https://a.se/vc' },
      { appId, site: 'https://a.se/vc' },
    ],
    [['--app-id', appId], {}, { appId, site: `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}` }],
    [[], {}, { faults: [expect.stringMatching(/^Give the app id/)] }],
    [['--app-id', 'vc'], {}, { faults: [expect.stringMatching(/^"vc" is not an app id/)] }],
    [['--appid', appId], {}, { faults: [expect.stringMatching(/is not understood/)] }],
    [
      ['--url', 'http://bot.company.se'],
      {},
      {
        faults: [expect.stringMatching(/^Give the app id/), expect.stringMatching(/https addresses only/)],
      },
    ],
  ])('reads %j', (args, environment, read) => {
    expect(readInstallation(args, environment)).toEqual(read);
  });

  const run = (...args: string[]) =>
    promisify(execFile)(
      process.execPath,
      ['--import', `${root}/scripts/typescript.mjs`, `${root}/scripts/teams-package.ts`, ...args],
      { cwd: root, env: { PATH: process.env.PATH } },
    );

  test('writes the package, or says what is wrong', async () => {
    const { stdout } = await run('--app-id', appId, '--url', 'https://bot.company.se');
    expect(stdout).toMatch(/^Wrote vc-bot-teams\.zip\. Upload it at /);
    const packed = unzipSync(new Uint8Array(readFileSync(zip)))['manifest.json'];
    expect(JSON.parse(strFromU8(packed as Uint8Array))).toMatchObject({ id: appId });
    await expect(run('--app-id', 'vc')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^"vc" is not an app id\. .*\n$/),
    });
  });
});
