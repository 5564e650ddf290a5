import { readFileSync } from 'node:fs';
import { root } from '../../root.ts';
import type { Language } from '../../rules/language.ts';
import type { Room } from './tenant.ts';

interface CommandList {
  readonly scopes: readonly string[];
  readonly triggers?: readonly string[];
  readonly commands: readonly { readonly title: string }[];
}

interface Bot {
  readonly supportsTargetedMessages?: boolean;
  readonly commandLists: readonly CommandList[];
}

const scopeOf = { channel: 'team', groupChat: 'groupChat', personal: 'personal' } as const;

/**
 * The commands that can be picked after "/" in a room of a kind, in a client's language: those of
 * manifests/teams/manifest.json, with the Swedish words beside it.
 */
export function slashCommands(kind: Room['kind'], language: Language): string[] {
  const [bot] = read<{ bots: Bot[] }>('manifest').bots;
  if (!bot?.supportsTargetedMessages) return [];
  const swedish = read<Record<string, string>>('sv');
  return bot.commandLists.flatMap(({ scopes, triggers = ['mention'], commands }, list) => {
    if (!scopes.includes(scopeOf[kind]) || !triggers.includes('slash')) return [];
    return commands.map(({ title }, index) => {
      const own = swedish[`bots[0].commandLists[${list}].commands[${index}].title`];
      return language === 'sv' ? (own ?? title) : title;
    });
  });
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`manifests/teams/${name}.json`, root), 'utf8'));
}
