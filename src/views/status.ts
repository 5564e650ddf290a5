import { type Permission, permissions } from '../core/access.ts';
import type { Example, MessageView } from '../core/view.ts';
import { type ConnectionState, connectionStates, stateNames } from '../rules/connection.ts';
import { type Language, speaker } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import type { States } from '../services/users.ts';

/** How many users stand in each state: in all, and per company; and what the reader may do about it (A2). */
export function status(
  { total, companies }: States,
  language: Language,
  may: (permission: Permission) => boolean,
): MessageView {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const everybody = connectionStates.reduce((sum, state) => sum + total[state], 0);
  if (everybody === 0) {
    return noUsersYet(language, may);
  }
  const listed = companies.reduce(
    (sum, { states }) => sum + connectionStates.reduce((all, state) => all + states[state], 0),
    0,
  );
  const lines = [
    ...(listed > everybody
      ? [
          say(
            'Den som arbetar i flera företag räknas i vart och ett av dem, men en gång bland alla.',
            'People who work in several companies are counted in each of them, and once among all.',
          ),
        ]
      : []),
    ...(total.unverified > 0 && may('verify')
      ? [
          say(
            'Skriv `/vc massverifiera alla` för att mejla alla som har en adress men inte är kopplade.',
            'Type `/vc bulk-verify all` to email everybody who has an address but is not connected.',
          ),
        ]
      : []),
  ];
  const row = (name: string, states: Readonly<Record<ConnectionState, number>>) => ({
    cells: [name, ...connectionStates.map((state) => number(states[state]))],
  });
  return {
    kind: 'table',
    title: say(
      `${number(total.connected)} av ${number(everybody)} är kopplade`,
      `${number(total.connected)} of ${number(everybody)} are connected`,
    ),
    columns: [say('Företag', 'Company'), ...connectionStates.map((state) => stateNames[state][language])],
    rows: [...companies.map(({ company, states }) => row(company, states)), row(say('Alla', 'All'), total)],
    ...(lines.length > 0 ? { lines } : {}),
  };
}

/** Said of a store that holds nobody within reach, with what the reader may do about it (A2). */
export function noUsersYet(language: Language, may: (permission: Permission) => boolean): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: may('import')
      ? say(
          'Det finns inga användare ännu. Släpp HR-systemets export här, så läser jag in dem.',
          "There are no users yet. Drop the HR system's export here and I will import them.",
        )
      : say('Det finns inga användare ännu.', 'There are no users yet.'),
  };
}

const all = (permission: Permission) => permissions.includes(permission);
const none = { none: 0, unverified: 0, pending: 0, verified: 0, connected: 0 };

export const examples: Record<string, Example> = {
  'status of two companies': (language) =>
    status(
      {
        total: { none: 12, unverified: 38, pending: 412, verified: 0, connected: 1150 },
        companies: [
          { company: 'Företaget AB', states: { ...none, none: 12, pending: 412, connected: 1100 } },
          { company: 'Företaget Norr AB', states: { ...none, unverified: 38, connected: 50 } },
        ],
      },
      language,
      all,
    ),
  'status of companies that share people': (language) =>
    status(
      {
        total: { ...none, connected: 100 },
        companies: [
          { company: 'Företaget AB', states: { ...none, connected: 90 } },
          { company: 'Företaget Norr AB', states: { ...none, connected: 20 } },
        ],
      },
      language,
      all,
    ),
  'status of an empty store': (language) => status({ total: none, companies: [] }, language, all),
};
