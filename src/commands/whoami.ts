import type { Command } from '../core/command.ts';
import type { Users } from '../services/users.ts';
import { whoami } from '../views/whoami.ts';

/** `/vc whoami`: who the caller is to the bot, and what they may do (A1, A2). */
export function whoamiCommand(users: Pick<Users, 'own'>): Command {
  return {
    name: 'whoami',
    swedish: ['vemärjag'],
    summary: { sv: 'Visar vem du är för mig', en: 'Shows who you are to me' },
    usage: [{ sv: 'vemärjag', en: 'whoami' }],
    examples: [{ sv: 'vemärjag', en: 'whoami' }],
    permission: () => null,
    async run({ person, language }) {
      const user = person.userId === undefined ? undefined : await users.own(person.userId);
      return [{ view: whoami(person, user, language) }];
    },
  };
}
