import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readBase } from './base-address.ts';

const SOURCE = new URL('../manifests/slack.json', import.meta.url);
const TARGET = new URL('../manifests/slack.http.json', import.meta.url);

/** The parts of a Slack app manifest that differ between Socket Mode and HTTP. */
export interface Manifest {
  readonly features: { readonly slash_commands: readonly Readonly<Record<string, unknown>>[] };
  readonly settings: {
    readonly event_subscriptions: Readonly<Record<string, unknown>>;
    readonly interactivity: Readonly<Record<string, unknown>>;
  };
}

/** The manifest for HTTP, made of the one for Socket Mode; `base` is the bot's PUBLIC_URL. */
export function httpManifest<M extends Manifest>(manifest: M, base: string) {
  const requestUrl = `${base}/slack/events`;
  const { features, settings } = manifest;
  return {
    ...manifest,
    features: {
      ...features,
      slash_commands: features.slash_commands.map((command) => ({ ...command, url: requestUrl })),
    },
    settings: {
      ...settings,
      event_subscriptions: { ...settings.event_subscriptions, request_url: requestUrl },
      interactivity: {
        ...settings.interactivity,
        request_url: requestUrl,
        message_menu_options_url: requestUrl,
      },
      socket_mode_enabled: false,
    },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const read = readBase(process.argv[2], 'Slack', 'npm run slack:manifest -- https://vc-bot.company.se');
  if ('fault' in read) {
    process.stderr.write(`${read.fault}\n`);
    process.exitCode = 1;
  } else {
    const manifest = httpManifest(JSON.parse(readFileSync(SOURCE, 'utf8')) as Manifest, read.base);
    writeFileSync(TARGET, `${JSON.stringify(manifest, null, 2)}\n`);
    process.stdout.write(
      'Wrote manifests/slack.http.json. Paste it at api.slack.com/apps > Create New App > From a manifest.\n',
    );
  }
}
