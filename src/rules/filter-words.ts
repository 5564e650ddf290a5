import type { ConnectionFact, ConnectionState } from './connection.ts';
import type { Text } from './language.ts';
import type { Token } from './line.ts';
import { bare } from './suggest.ts';
import { fold } from './text.ts';

/** The keys of a filter (B1), in the order in which a filter is written out, each as people write it. */
export const keyNames = {
  company: { sv: 'företag', en: 'company' },
  department: { sv: 'avdelning', en: 'department' },
  office: { sv: 'kontor', en: 'office' },
  role: { sv: 'roll', en: 'role' },
  status: { sv: 'status', en: 'status' },
  active: { sv: 'aktiv', en: 'active' },
  user: { sv: 'användare', en: 'user' },
  import: { sv: 'import', en: 'import' },
  campaign: { sv: 'utskick', en: 'campaign' },
} as const satisfies Record<string, Text>;

/** One of B1's keys. */
export type FilterKey = keyof typeof keyNames;

/** Those that take names and words, not numbers. */
export type NameKey = Exclude<FilterKey, 'import' | 'campaign'>;

/** What `status:` takes: a state of the connection, or a fact beside it. */
export type Status = ConnectionState | ConnectionFact;

/** How each status is written in a filter: always one word. */
export const statusNames: Readonly<Record<Status, Text>> = {
  none: { sv: 'ingen', en: 'none' },
  unverified: { sv: 'overifierad', en: 'unverified' },
  pending: { sv: 'väntar', en: 'pending' },
  verified: { sv: 'verifierad', en: 'verified' },
  connected: { sv: 'kopplad', en: 'connected' },
  bounced: { sv: 'studsat', en: 'bounced' },
  expired: { sv: 'utgången', en: 'expired' },
  opened: { sv: 'öppnad', en: 'opened' },
  wrong: { sv: 'fel', en: 'wrong' },
};

/** How `active:` is answered. */
export const yesNo = { yes: { sv: 'ja', en: 'yes' }, no: { sv: 'nej', en: 'no' } } as const satisfies Record<
  string,
  Text
>;

/** The word for everybody. */
export const everybody: Text = { sv: 'alla', en: 'all' };

/** Further ways to write a status: the plural, the neuter, the name on the card. */
const moreStatuses: Readonly<Record<Status, readonly string[]>> = {
  none: ['ingen adress', 'utan adress', 'no address'],
  unverified: ['overifierade', 'overifierat'],
  pending: ['väntande'],
  verified: ['verifierade', 'verifierat'],
  connected: ['kopplade', 'kopplat', 'ansluten', 'anslutna'],
  bounced: ['studsade', 'studsad'],
  expired: ['utgångna', 'utgånget'],
  opened: ['öppnade', 'öppnat'],
  wrong: ['fel adress', 'wrong address'],
};

const keys = index(keyNames);
const statuses = index(statusNames, moreStatuses);
const answers = index(yesNo);

/** The key that a word names, in either language, written with or without its accents. */
export const keyOf = (word: string): FilterKey | undefined => keys.get(bare(word));

/** Whether a token is one of a filter's `key:value` pairs. */
export const isFilterPair = (token: Token): boolean =>
  token.kind === 'pair' && token.value !== '' && keyOf(token.key) !== undefined;

/** The status that a value names, in either language. */
export const statusOf = (value: string): Status | undefined => statuses.get(bare(value));

/** `yes`, `ja` → true; `no`, `nej` → false. */
export function activeOf(value: string): boolean | undefined {
  const answer = answers.get(bare(value));
  return answer && answer === 'yes';
}

/** Whether a word means everybody. */
export const meansEverybody = (word: string): boolean => Object.values(everybody).includes(fold(word));

/** Every way to write a table's words that is worth suggesting, in both languages. */
export const spellings = (names: Readonly<Record<string, Text>>): string[] => [
  ...new Set(Object.values(names).flatMap((name) => [name.en, name.sv])),
];

const swedishOnly = (names: Readonly<Record<string, Text>>): string[] =>
  Object.values(names).flatMap(({ sv, en }) => (sv === en ? [] : [fold(sv)]));

/** Keys that only Swedish has. */
export const swedishKeys: ReadonlySet<string> = new Set(swedishOnly(keyNames));

/** Values and words that only Swedish has. */
export const swedishWords: ReadonlySet<string> = new Set([
  ...swedishOnly(statusNames),
  ...swedishOnly(yesNo),
  fold(everybody.sv),
]);

function index<K extends string>(
  names: Readonly<Record<K, Text>>,
  more?: Readonly<Record<K, readonly string[]>>,
): ReadonlyMap<string, K> {
  const all = Object.entries(names) as [K, Text][];
  return new Map(
    all.flatMap(([key, { sv, en }]) =>
      [sv, en, key, ...(more?.[key] ?? [])].map((word) => [bare(word), key] as const),
    ),
  );
}
