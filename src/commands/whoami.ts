import type { Command } from '../core/command.ts';
import { whoami } from '../views/whoami.ts';

/** `/vc whoami`: who the caller is to the bot, and what they may do (A1, A2). */
export function whoamiCommand(
  ownCard: (userId: number) => Promise<{ userId: string; name: string } | undefined>,
): Command {
  return {
    name: 'whoami',
    swedish: ['vemärjag', 'vem-är-jag', 'vemarjag'],
    summary: { sv: 'Visar vem du är för mig', en: 'Shows who you are to me' },
    usage: [{ sv: 'vemärjag', en: 'whoami' }],
    examples: [{ sv: 'vemärjag', en: 'whoami' }],
    permission: () => null,
    async run({ person, language }) {
      const user = person.userId === undefined ? undefined : await ownCard(person.userId);
      return [{ to: 'caller', view: whoami(person, user, language) }];
    },
  };
}
