import { reach } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { describeFilter } from '../rules/filter.ts';
import type { Token } from '../rules/line.ts';
import { fold } from '../rules/text.ts';
import type { Filters } from '../services/filter.ts';
import type { Users } from '../services/users.ts';
import { noUsers, userTable } from '../views/users.ts';

const perPage = 10;

/** `/vc users FILTER`: who there is, a page at a time. */
export function usersCommand(users: Pick<Users, 'list'>, filters: Pick<Filters, 'read'>): Command {
  return {
    name: 'users',
    swedish: ['användare'],
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
      const filter = await filters.read(
        args.filter((arg) => !isPage(arg)),
        within,
      );
      const page = await users.list(filter, within, pageOf(args), perPage);
      const view =
        page.total === 0 ? noUsers(language) : userTable(page, describeFilter(filter, language), language);
      return [{ to: 'caller', view, replace: true }];
    },
  };
}

const isPage = (arg: Token): arg is Extract<Token, { kind: 'pair' }> =>
  arg.kind === 'pair' && ['page', 'sida'].includes(fold(arg.key));

/** The page that is asked for; the first unless told. Throws `not_a_page`. */
function pageOf(args: readonly Token[]): number {
  const written = args.filter(isPage).at(-1)?.value ?? '1';
  if (!/^\d{1,6}$/.test(written)) throw refuse('not_a_page', { written });
  return Number(written);
}
