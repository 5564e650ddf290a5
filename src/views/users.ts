import type { Button, Example, MessageView, TableView } from '../core/view.ts';
import { factNames, stateNames } from '../rules/connection.ts';
import { type Language, speaker } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import type { UserPage, UserRow } from '../services/users.ts';
import { userKey } from './user/parts/actions.ts';

/** One page of users; `filterLine` is the filter as it can be typed again, '' for everybody. */
export function userTable(page: UserPage, filterLine: string, language: Language): TableView<Button> {
  const say = speaker(language);
  const count = formatNumber(page.total, language);
  return {
    ...listedUsers(page, ['users', filterLine].filter(Boolean).join(' '), language),
    title: page.total === 1 ? say('1 användare', '1 user') : say(`${count} användare`, `${count} users`),
    ...(filterLine ? { text: filterLine } : {}),
  };
}

/** A column of a list of users besides those that every one has. */
export interface FurtherColumn<Row> {
  title: string;
  of(user: Row): string;
}

/** Users as a table, each with a button to the card; `line` lists them, and a page of it turns to that. */
export function listedUsers<Row extends UserRow>(
  page: UserPage<Row>,
  line: string,
  language: Language,
  further: readonly FurtherColumn<Row>[] = [],
): Omit<TableView<Button>, 'title'> & { actions: Button[] } {
  const say = speaker(language);
  const turn = (label: string, to: number): Button => ({
    label,
    line: `${line} page:${to}`,
    acting: false,
  });
  return {
    kind: 'table',
    columns: [
      say('Namn', 'Name'),
      say('Användar-id', 'User-ID'),
      say('Koppling', 'Connection'),
      say('E-post Visma Connect', 'Email Visma Connect'),
      say('Företag', 'Company'),
      ...further.map(({ title }) => title),
    ],
    rows: page.users.map((user) => ({
      cells: [
        user.name,
        user.userId,
        connectionOf(user, language),
        user.connectEmail ?? '–',
        user.companies,
        ...further.map((column) => column.of(user)),
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

/** The state, and beside it what else is known (U1): "overifierad, studsat". */
function connectionOf({ connection, facts, active }: UserRow, language: Language): string {
  const say = speaker(language);
  return [
    stateNames[connection][language],
    ...facts.map((fact) => factNames[fact][language]),
    ...(active ? [] : [say('inaktiverad', 'deactivated')]),
  ].join(', ');
}

/** Said when no user fits. */
export function noUsers(language: Language): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: say(
      'Ingen användare matchar filtret. Ta bort något villkor, eller skriv `/vc användare alla`.',
      'No user matches the filter. Remove a condition, or type `/vc users all`.',
    ),
  };
}

const anna: UserRow = {
  userId: '14',
  name: 'Anna Svensson',
  connection: 'pending',
  facts: [],
  connectEmail: 'anna.svensson@company.se',
  active: true,
  companies: 'Företaget AB',
};

export const examples: Record<string, Example> = {
  'user list': (language) =>
    userTable(
      { total: 217, page: 2, pages: 22, users: [anna] },
      speaker(language)('status:väntar', 'status:pending'),
      language,
    ),
  'users whose mail came back': (language) =>
    userTable(
      { total: 1, page: 1, pages: 1, users: [{ ...anna, connection: 'unverified', facts: ['bounced'] }] },
      speaker(language)('status:studsat', 'status:bounced'),
      language,
    ),
  'one user without address': (language) =>
    userTable(
      {
        total: 1,
        page: 1,
        pages: 1,
        users: [{ ...anna, connection: 'none', connectEmail: null, active: false }],
      },
      '',
      language,
    ),
  'no users': noUsers,
};
