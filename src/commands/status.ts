import { may, reach } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import type { Users } from '../services/users.ts';
import { status } from '../views/status.ts';

/** `/vc status`: how many users stand in each state, per company, as far as the caller reaches (A2, U8). */
export function statusCommand(users: Pick<Users, 'states'>): Command {
  return {
    name: 'status',
    swedish: ['läge'],
    summary: {
      sv: 'Visar hur många som är kopplade, per företag',
      en: 'Shows how many are connected, per company',
    },
    usage: [{ sv: 'läge', en: 'status' }],
    examples: [{ sv: 'läge', en: 'status' }],
    permission: () => 'users.view',
    async run({ person: { access }, language }) {
      const states = await users.states(reach(access, 'users.view'));
      return [{ view: status(states, language, (one) => may(access, one)) }];
    },
  };
}
