import { readFileSync } from 'node:fs';
import { root } from '../../root.ts';

/** The bot's scopes, events and slash commands, as manifests/slack.json installs it in a real Slack. */
export function readManifest(): { scopes: string[]; events: string[]; commands: string[] } {
  const file = new URL('manifests/slack.json', root);
  const { oauth_config, settings, features } = JSON.parse(readFileSync(file, 'utf8')) as {
    oauth_config: { scopes: { bot: string[] } };
    settings: { event_subscriptions: { bot_events: string[] } };
    features: { slash_commands: { command: string }[] };
  };
  return {
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    commands: features.slash_commands.map(({ command }) => command),
  };
}
