import type { HelpView } from '../../core/view.ts';
import { everybody, type FilterKey, keyNames, statusNames, yesNo } from '../../rules/filter-words.ts';
import { type Language, type Say, speaker, type Text } from '../../rules/language.ts';

type Entry = HelpView<never>['entries'][number];

/** B1: what a filter is made of, in the reader's language: each key with what it takes. */
export function filterEntries(language: Language): Entry[] {
  const say = speaker(language);
  const explained = explanations(language, say);
  return [
    ...(Object.keys(keyNames) as FilterKey[]).map((key) => {
      const [value, summary] = explained[key];
      return { usage: `${keyNames[key][language]}:${value}`, summary };
    }),
    {
      usage: everybody[language],
      summary: say('alla som du har behörighet till', 'everyone you have access to'),
    },
    {
      usage: say('ORD', 'WORD'),
      summary: say(
        'finns i namn, id eller adress; inte när du skickar',
        'found in a name, an id or an address; not when you send',
      ),
    },
  ];
}

/** B1: how the parts of a filter go together. */
export function filterLines(language: Language): string[] {
  const say = speaker(language);
  return [
    say(
      'Samma filter igen betyder ”eller”, olika filter ”och”. Namn skrivs helt ut, inom citattecken om de har mellanslag.',
      'The same filter again means "or", different filters mean "and". Write names in full, in quotation marks where they hold spaces.',
    ),
  ];
}

/** What stands behind each key, and which users are meant then. */
function explanations(
  language: Language,
  say: Say,
): Readonly<Record<FilterKey, [value: string, summary: string]>> {
  const anyOf = (names: Readonly<Record<string, Text>>) =>
    Object.values(names)
      .map((name) => name[language])
      .join(', ');
  const name = say('NAMN', 'NAME');
  const number = say('NUMMER', 'NUMBER');
  return {
    company: [name, say('anställda i företaget', 'employed in the company')],
    department: [name, say('på avdelningen', 'in the department')],
    office: [name, say('på kontoret', 'at the office')],
    role: [say('administratör', 'administrator'), say('de som har rollen', 'people with that role')],
    status: [
      say('LÄGE', 'STATE'),
      say(
        `hur det står till med kopplingen: ${anyOf(statusNames)}`,
        `how the connection stands: ${anyOf(statusNames)}`,
      ),
    ],
    active: [
      yesNo.yes[language],
      say(
        `bara aktiverade användare: ja, eller bara inaktiverade: nej`,
        `only activated users: yes, or only deactivated ones: no`,
      ),
    ],
    user: ['ID', say('en viss användare, efter användar-id', 'one user, by User-ID')],
    import: [number, say('de vars adress importen sparade', 'people whose address was saved by that import')],
    campaign: [number, say('de som utskicket gällde', 'people included in that campaign')],
  };
}
