import type { Say } from '../../../rules/language.ts';
import type { TeamsRoom } from '../../wire.ts';
import type { Suggestion } from '../chat/composer.tsx';
import { suggestions } from '../demo.ts';
import { mention } from './links.ts';

/**
 * What may be meant by what has been typed: in a channel the bot is mentioned first, or a command picked after "/" that
 * nobody else sees; in a chat with it nothing need be.
 */
export function suggest(text: string, { kind, bot }: TeamsRoom, say: Say): Suggestion[] {
  if (!bot || text === '') return [];
  const typed = text.toLowerCase();
  const slash = typed.startsWith('/');
  const isPersonal = kind === 'personal';
  const before = slash ? '/' : isPersonal ? '' : `${mention} `;
  return suggestions
    .map(({ line, about }) => ({ whole: say(line.sv, line.en), about: say(about.sv, about.en) }))
    .map(({ whole, about }) => ({
      line: slash && isPersonal ? whole : before + whole.replace('/vc ', ''),
      about,
    }))
    .filter(({ line }) => line.startsWith(typed) && line !== text);
}
