import type { Button, MessageView, TableView } from '../core/view.ts';
import { stateNames } from '../rules/connection.ts';
import { type Language, speaker } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import type { UserPage } from '../services/users.ts';
import { userKey } from './user.ts';

/** One page of users; `filterLine` is the filter as it can be typed again, '' for everybody. */
export function userTable(page: UserPage, filterLine: string, language: Language): TableView<Button> {
  const say = speaker(language);
  const count = formatNumber(page.total, language);
  const turn = (label: string, to: number): Button => ({
    label,
    line: ['users', filterLine, `page:${to}`].filter(Boolean).join(' '),
    acting: false,
  });
  return {
    kind: 'table',
    title: page.total === 1 ? say('1 användare', '1 user') : say(`${count} användare`, `${count} users`),
    ...(filterLine ? { text: filterLine } : {}),
    columns: [
      say('Namn', 'Name'),
      say('Användar-id', 'User-ID'),
      say('Koppling', 'Connection'),
      say('E-post Visma Connect', 'Email Visma Connect'),
      say('Företag', 'Company'),
    ],
    rows: page.users.map((user) => ({
      cells: [
        user.name,
        user.userId,
        stateNames[user.connection][language] + (user.active ? '' : `, ${say('inaktiverad', 'deactivated')}`),
        user.connectEmail ?? '–',
        user.companies,
      ],
      action: { label: say('Visa', 'Show'), line: `user ${userKey(user.userId)}`, acting: false },
    })),
    ...(page.pages > 1
      ? { more: say(`Sida ${page.page} av ${page.pages}`, `Page ${page.page} of ${page.pages}`) }
      : {}),
    actions: [
      ...(page.page > 1 ? [turn(say('Föregående', 'Previous'), page.page - 1)] : []),
      ...(page.page < page.pages ? [turn(say('Nästa', 'Next'), page.page + 1)] : []),
    ],
  };
}

/** Said when no user fits. */
export function noUsers(language: Language): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: say(
      'Ingen användare matchar filtret. Ta bort något villkor, eller skriv `/vc användare alla`.',
      'No user fits the filter. Remove a condition, or type `/vc users all`.',
    ),
  };
}

const anna: UserPage['users'][number] = {
  userId: '14',
  name: 'Anna Svensson',
  connection: 'pending',
  connectEmail: 'anna.svensson@company.se',
  active: true,
  companies: 'Företaget AB',
};

export const examples: Record<string, MessageView> = {
  'user list': userTable({ total: 217, page: 2, pages: 22, users: [anna] }, 'status:väntar', 'sv'),
  'one user without address': userTable(
    {
      total: 1,
      page: 1,
      pages: 1,
      users: [{ ...anna, connection: 'none', connectEmail: null, active: false }],
    },
    '',
    'en',
  ),
  'no users': noUsers('sv'),
};
