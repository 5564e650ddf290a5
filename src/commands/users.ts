import { may, reach } from '../core/access.ts';
import { isPage, pageOf } from '../core/args.ts';
import type { Command, Request } from '../core/command.ts';
import type { MessageView } from '../core/view.ts';
import { describeFilter, type Filter, isEmpty } from '../rules/filter.ts';
import type { Filters } from '../services/filter.ts';
import type { Users } from '../services/users.ts';
import { noUsersYet } from '../views/status.ts';
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
    filters: true,
    permission: () => 'users.view',
    async run(request, args) {
      const { language, person } = request;
      const within = reach(person.access, 'users.view');
      const filter = await filters.read(
        args.filter((arg) => !isPage(arg)),
        within,
      );
      const page = await users.list(filter, within, pageOf(args), perPage);
      const view =
        page.total > 0 ? userTable(page, describeFilter(filter, language), language) : none(filter, request);
      return [{ view, replace: true }];
    },
  };
}

/** Where everybody was asked for, there is nobody at all. */
function none(filter: Filter, { language, person }: Request): MessageView {
  return isEmpty({ ...filter, all: false })
    ? noUsersYet(language, (permission) => may(person.access, permission))
    : noUsers(language);
}
