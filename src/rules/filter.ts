import { refuse } from '../errors.ts';
import {
  type ConnectionFact,
  type ConnectionState,
  connectionFacts,
  connectionStates,
} from './connection.ts';
import {
  activeOf,
  everybody,
  type FilterKey,
  keyNames,
  keyOf,
  meansEverybody,
  type NameKey,
  spellings,
  statusNames,
  statusOf,
  yesNo,
} from './filter-words.ts';
import type { Language, Text } from './language.ts';
import { quote, quoteAlways, type Token } from './line.ts';
import { nearest } from './suggest.ts';
import { clean, fold } from './text.ts';

/**
 * Which users are meant (B1), as plain values that survive JSON. Inside one list, any of its values suffices; all lists
 * that are not empty must be met. `statuses` and `facts` are one list in two parts: they are both written `status:`.
 * Names are compared whole and folded; `users` are User-IDs; `imports` and `campaigns` are their numbers.
 * Every one of `words` must be found in a name or an id. `all`: everybody was written out.
 */
export interface Filter {
  all: boolean;
  companies: string[];
  departments: string[];
  offices: string[];
  roles: string[];
  statuses: ConnectionState[];
  facts: ConnectionFact[];
  active?: boolean;
  users: string[];
  imports: number[];
  campaigns: number[];
  words: string[];
}

/** What the reader may know of: the values within their scope, as stored (A2). */
export interface KnownValues {
  companies: readonly string[];
  departments: readonly string[];
  offices: readonly string[];
  roles: readonly string[];
}

const listOf = { company: 'companies', department: 'departments', office: 'offices', role: 'roles' } as const;
const namedKeys = Object.keys(listOf) as (keyof typeof listOf)[];

/**
 * Reads a filter from a line's tokens (B1). Names are taken as they stand: `resolveFilter` checks them.
 * Throws a refusal for an unknown key, a missing value, and an unknown status, answer or number.
 */
export function parseFilter(tokens: readonly Token[]): Filter {
  const filter = emptyFilter();
  const answers = new Set<boolean>();
  for (const token of tokens) {
    if (token.kind === 'word') readWord(filter, token);
    else readPair(filter, answers, token);
  }
  // Both answers together ask for everybody, as any two values of one key do.
  const [answer, other] = answers;
  if (answer !== undefined && other === undefined) filter.active = answer;
  return withoutRepeats(filter);
}

/**
 * Gives every name of the filter its stored spelling. Throws `filter_unknown_value` for a name that is not among the
 * known ones, with the nearest that is, or the other key that has it.
 */
export function resolveFilter(filter: Filter, known: KnownValues): Filter {
  const resolved = { ...filter };
  for (const key of namedKeys) {
    const list = listOf[key];
    resolved[list] = unique(filter[list].map((value) => resolveName(key, value, known)));
  }
  return resolved;
}

/** The refusal for a value that its key does not know; `candidates` are those within the reader's scope. */
export function unknownValue(key: NameKey, value: string, candidates: readonly string[]): Error {
  const near = nearest(value, candidates);
  return refuse('filter_unknown_value', {
    key,
    value,
    ...(near === undefined ? {} : { nearest: pairText(key, near) }),
  });
}

/** Throws unless the filter may be sent to: it must say whom (or `all`), and not by search words (B1). */
export function requireSendable(filter: Filter): void {
  if (filter.words.length > 0)
    throw refuse('filter_words_when_sending', { words: filter.words.map(quoteWord).join(' ') });
  if (isEmpty(filter)) throw refuse('filter_empty');
}

/** Whether nothing at all was said, not even `all`. */
export function isEmpty(filter: Filter): boolean {
  return (
    !filter.all && filter.active === undefined && Object.values(filter).every((value) => !hasItems(value))
  );
}

/** The filter as a line in the reader's language, which reads back as the same filter. It may name people (A3). */
export function describeFilter(filter: Filter, language: Language): string {
  return [
    ...commonParts(filter, language),
    ...parts('user', filter.users, language),
    ...filter.words.map(quoteWord),
  ].join(' ');
}

/** As `describeFilter`, for a place that others read: the users and words asked for are only `…` (A3). */
export function describeForPlace(filter: Filter, language: Language): string {
  const users = filter.users.length > 0 ? [`${keyNames.user[language]}:…`] : [];
  return [...commonParts(filter, language), ...users, ...(filter.words.length > 0 ? ['…'] : [])].join(' ');
}

/** A filter that says nothing. */
export function emptyFilter(): Filter {
  return {
    all: false,
    companies: [],
    departments: [],
    offices: [],
    roles: [],
    statuses: [],
    facts: [],
    users: [],
    imports: [],
    campaigns: [],
    words: [],
  };
}

function withoutRepeats(filter: Filter): Filter {
  return {
    ...filter,
    companies: unique(filter.companies),
    departments: unique(filter.departments),
    offices: unique(filter.offices),
    roles: unique(filter.roles),
    statuses: unique(filter.statuses),
    facts: unique(filter.facts),
    users: unique(filter.users),
    imports: unique(filter.imports),
    campaigns: unique(filter.campaigns),
    words: unique(filter.words),
  };
}

function readWord(filter: Filter, token: Extract<Token, { kind: 'word' }>): void {
  const word = clean(token.text);
  if (!token.quoted && meansEverybody(word)) filter.all = true;
  else if (word !== '') filter.words.push(word);
}

function readPair(filter: Filter, answers: Set<boolean>, token: Extract<Token, { kind: 'pair' }>): void {
  const key = keyOf(token.key);
  if (!key) throw unknownKey(token.key);
  const value = clean(token.value);
  if (value === '') throw refuse('filter_no_value', { key: keyNames[key] });
  if (key === 'status') readStatus(filter, value);
  else if (key === 'active') answers.add(readActive(value));
  else if (key === 'user') filter.users.push(value);
  else if (key === 'import') filter.imports.push(readNumber(key, value));
  else if (key === 'campaign') filter.campaigns.push(readNumber(key, value));
  else filter[listOf[key]].push(value);
}

function readStatus(filter: Filter, value: string): void {
  const status = statusOf(value);
  if (!status) throw unknownWord('status', value, statusNames);
  const fact = connectionFacts.find((one) => one === status);
  const state = connectionStates.find((one) => one === status);
  if (fact) filter.facts.push(fact);
  if (state) filter.statuses.push(state);
}

function readActive(value: string): boolean {
  const answer = activeOf(value);
  if (answer === undefined) throw unknownWord('active', value, yesNo);
  return answer;
}

function readNumber(key: FilterKey, value: string): number {
  const digits = /^#?(\d{1,9})$/.exec(value)?.[1];
  if (digits === undefined) throw refuse('filter_not_a_number', { key: keyNames[key], value });
  return Number(digits);
}

function resolveName(key: keyof typeof listOf, value: string, known: KnownValues): string {
  const found = storedSpelling(known[listOf[key]], value);
  if (found !== undefined) return found;
  const elsewhere = namedKeys.find((other) => storedSpelling(known[listOf[other]], value) !== undefined);
  if (!elsewhere) throw unknownValue(key, value, known[listOf[key]]);
  throw refuse('filter_unknown_value', { key, value, nearest: pairText(elsewhere, value) });
}

function storedSpelling(values: readonly string[], value: string): string | undefined {
  return values.find((one) => fold(one) === fold(value));
}

function unknownKey(key: string): Error {
  const near = nearest(key, spellings(keyNames));
  return refuse('filter_unknown_key', {
    key,
    keys: allNames(keyNames),
    ...(near === undefined ? {} : { nearest: near }),
  });
}

function unknownWord(key: NameKey, value: string, names: Readonly<Record<string, Text>>): Error {
  const near = nearest(value, spellings(names));
  return refuse('filter_unknown_value', {
    key,
    value,
    values: allNames(names),
    ...(near === undefined ? {} : { nearest: pairText(key, near) }),
  });
}

function allNames(names: Readonly<Record<string, Text>>): Text {
  const all = Object.values(names);
  return { sv: all.map(({ sv }) => sv).join(', '), en: all.map(({ en }) => en).join(', ') };
}

function pairText(key: FilterKey, value: string): Text {
  return { sv: `${keyNames[key].sv}:${quote(value)}`, en: `${keyNames[key].en}:${quote(value)}` };
}

function commonParts(filter: Filter, language: Language): string[] {
  const statuses = [...filter.statuses, ...filter.facts].map((status) => statusNames[status][language]);
  const active = filter.active === undefined ? [] : [yesNo[filter.active ? 'yes' : 'no'][language]];
  return [
    ...(filter.all ? [everybody[language]] : []),
    ...namedKeys.flatMap((key) => parts(key, filter[listOf[key]], language)),
    ...parts('status', statuses, language),
    ...parts('active', active, language),
    ...parts('import', filter.imports.map(String), language),
    ...parts('campaign', filter.campaigns.map(String), language),
  ];
}

function parts(key: FilterKey, values: readonly string[], language: Language): string[] {
  return values.map((value) => `${keyNames[key][language]}:${quote(value)}`);
}

function quoteWord(word: string): string {
  return meansEverybody(word) ? quoteAlways(word) : quote(word);
}

/** Every value once, as it was written first. */
function unique<T extends string | number>(values: readonly T[]): T[] {
  const byFolded = new Map<string, T>();
  for (const value of values) {
    const folded = fold(String(value));
    if (!byFolded.has(folded)) byFolded.set(folded, value);
  }
  return [...byFolded.values()];
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
