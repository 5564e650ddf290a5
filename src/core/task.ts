import { refuse } from '../errors.ts';
import { isFilterPair } from '../rules/filter-words.ts';
import type { Language, Text } from '../rules/language.ts';
import { looksSwedish, type Token, tokenize, tokenText } from '../rules/line.ts';
import { isSentence, writtenLanguage } from '../rules/written-language.ts';
import { may } from './access.ts';
import type { Command, Person, Request } from './command.ts';
import type { Origin, StoredPress } from './ports.ts';
import { isSwedish, type Registry } from './registry.ts';

/** One thing to do: a command with its arguments. */
export interface Task {
  command: Command;
  args: readonly Token[];
  /** The language of the message whose button was pressed. */
  language?: Language;
  /** The acting button or form behind it. */
  press?: string;
}

/** What a line or a message shows before it is known who wrote it. */
export interface Glance {
  /** The verb's canonical name, where it is one. */
  verb?: string;
  /** The language that its words tell. */
  language?: Language;
}

/** What somebody wrote to the bot: a command line, or a sentence. */
export interface Written extends Glance {
  /** Undefined: a sentence. */
  line?: string;
  /** It began with "/vc", so it is a line whatever follows. */
  explicit: boolean;
  /** It reads like no sentence: perhaps a line whose verb is mistyped. */
  perhaps?: string;
}

/** The longest line or message that is read, in characters: no platform's own commands are longer. */
const longestLine = 4000;

const slash = /^\s*\/vc(?=\s|$)\s*/i;

/** Finds the command of a line (an empty line asks for help). Throws `unknown_verb` with the nearest one, `line_too_long`. */
export function taskOf(line: string, registry: Registry, person: Person): Task {
  if (line.length > longestLine) throw refuse('line_too_long', { longest: longestLine });
  const [verb = 'help', args] = split(line);
  const command = registry.find(verb);
  if (command) return { command, args };
  const nearest = registry.nearest(verb, person.access);
  throw refuse('unknown_verb', { verb, ...(nearest ? { nearest } : {}) });
}

/** What a line shows at a glance. Never throws. */
export function glance(line: string, registry: Registry): Glance {
  if (line.length > longestLine) return {};
  const verb = verbOf(line);
  const command = registry.find(verb);
  const swedish = (command && isSwedish(verb, command)) || hasSwedishWords(line);
  return { ...(command ? { verb: command.name } : {}), ...(swedish ? { language: 'sv' } : {}) };
}

/**
 * Reads a direct message. It is a command line where it says "/vc", or begins with a verb and goes on as its lines do, or
 * as no sentence does: "status?", "users svensson" and "export all as login.csv" are lines, "log in doesn't work" is none.
 */
export function readMessage(text: string, registry: Registry): Written {
  if (text.length > longestLine) return { line: text, explicit: true };
  const explicit = slash.test(text);
  const [first = '', ...others] = text.trim().split(/\s+/);
  const command = registry.find(first);
  if (explicit || (command && (isLine(text, command) || !isSentence(others.join(' '))))) {
    return { ...glance(text, registry), line: text, explicit };
  }
  const language = writtenLanguage(text);
  const perhaps = first !== '' && !isSentence(text) ? { perhaps: text } : {};
  return { explicit, ...perhaps, ...(language ? { language } : {}) };
}

/**
 * A message's task: its line's, where its writer may use that verb or insists; otherwise what `employee` answers. Throws
 * `unknown_verb` where the verb is a slip of the hand away from one that its writer may use.
 */
export function taskOfMessage(
  { line, verb, explicit, perhaps }: Written,
  registry: Registry,
  employee: Command,
  person: Person,
): Task {
  const command = verb === undefined ? undefined : registry.find(verb);
  const open = command !== undefined && may(person.access, command.permission([]));
  if (line !== undefined && (explicit || open)) return taskOf(line, registry, person);
  if (perhaps !== undefined && registry.slip(verbOf(perhaps), person.access)) {
    return taskOf(perhaps, registry, person);
  }
  return { command: employee, args: [] };
}

/** The task behind a button. Throws where it is unknown, too old, used up, or another person's (A6). */
export function taskOfPress(
  id: string,
  press: StoredPress | undefined,
  registry: Registry,
  person: Person,
): Task {
  if (!press || press.expired) throw refuse('press_expired');
  if (press.personId !== null && press.personId !== person.id) throw refuse('press_not_yours');
  if (press.acting && press.spent) throw refuse('press_spent');
  return {
    ...taskOf(press.line, registry, person),
    ...(press.language ? { language: press.language } : {}),
    ...(press.acting ? { press: id } : {}),
  };
}

/** What the command is given. */
export function requestFor(
  { press }: Task,
  from: Origin,
  person: Person,
  language: Language,
  concerns: (subject: string) => void,
): Request {
  const say = (text: Text) => text[language];
  return { person, place: from.place, language, say, concerns, ...(press === undefined ? {} : { press }) };
}

function isLine(text: string, command: Command): boolean {
  const args = argsOf(text);
  return (command.filters && args.some(isFilterPair)) || command.isLine?.(args) || false;
}

/** None where the line cannot be read. */
function argsOf(line: string): readonly Token[] {
  try {
    return split(line)[1];
  } catch {
    return [];
  }
}

function verbOf(line: string): string {
  return line.replace(slash, '').trim().split(/[\s:]/, 1)[0] ?? '';
}

function split(line: string): [verb: string | undefined, args: Token[]] {
  const [first, ...args] = tokenize(line.replace(slash, ''));
  if (!first) return [undefined, args];
  return [first.kind === 'word' ? tokenText(first) : first.key, args];
}

function hasSwedishWords(line: string): boolean {
  try {
    return looksSwedish(tokenize(line));
  } catch {
    return false;
  }
}
