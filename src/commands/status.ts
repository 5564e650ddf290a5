import { reach } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import type { Users } from '../services/users.ts';
import { status } from '../views/status.ts';

/** `/vc status`: how many users stand in each state, per company. In a channel everybody sees it: counts only (A3, U8). */
export function statusCommand(users: Users): Command {
  return {
    name: 'status',
    swedish: ['läge', 'lage'],
    summary: {
      sv: 'Visar hur många som är kopplade, per företag',
      en: 'Shows how many are connected, per company',
    },
    usage: [{ sv: 'läge', en: 'status' }],
    examples: [{ sv: 'läge', en: 'status' }],
    permission: () => 'users.view',
    async run({ person, language }) {
      return [
        { to: 'caller', view: status(await users.states(reach(person.access, 'users.view')), language) },
      ];
    },
  };
}
