import type { Reach } from '../core/access.ts';
import { reach } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import type { KnownValues } from '../rules/filter.ts';
import { describeFilter, parseFilter, resolveFilter } from '../rules/filter.ts';
import { fold } from '../rules/text.ts';
import type { Users } from '../services/users.ts';
import { noUsers, userTable } from '../views/user.ts';

const perPage = 10;

/** `/vc users FILTER`: who there is, a page at a time. */
export function usersCommand(users: Users, knownValues: (reach: Reach) => Promise<KnownValues>): Command {
  return {
    name: 'users',
    swedish: ['användare', 'anvandare'],
    summary: { sv: 'Listar användare, med filter', en: 'Lists users, with a filter' },
    usage: [{ sv: 'användare [FILTER]', en: 'users [FILTER]' }],
    examples: [
      {
        sv: 'användare företag:"Företaget AB" status:väntar',
        en: 'users company:"Företaget AB" status:pending',
      },
      { sv: 'användare svensson', en: 'users svensson' },
      { sv: 'användare status:studsat aktiv:ja', en: 'users status:bounced active:yes' },
    ],
    permission: () => 'users.view',
    async run({ language, person }, args) {
      const within = reach(person.access, 'users.view');
      const isPage = (key: string) => ['page', 'sida'].includes(fold(key));
      const page = args.flatMap((arg) => (arg.kind === 'pair' && isPage(arg.key) ? [Number(arg.value)] : []));
      const terms = args.filter((arg) => !(arg.kind === 'pair' && isPage(arg.key)));
      const filter = resolveFilter(parseFilter(terms), await knownValues(within));
      const found = await users.list(filter, within, page[0] || 1, perPage);
      const view =
        found.total === 0 ? noUsers(language) : userTable(found, describeFilter(filter, language), language);
      return [{ to: 'caller', view, replace: page.length > 0 }];
    },
  };
}
