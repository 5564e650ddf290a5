import { refuse } from '../errors.ts';
import type { Language, Text } from '../rules/language.ts';
import { looksSwedish, type Token, tokenize } from '../rules/line.ts';
import { writtenLanguage } from '../rules/written-language.ts';
import { may } from './access.ts';
import type { Command, Person, Request } from './command.ts';
import type { Origin, StoredPress } from './ports.ts';
import type { Registry } from './registry.ts';

/** One thing to do: a command with its arguments. */
export interface Task {
  command: Command;
  args: readonly Token[];
  /** The language of the line itself, where its words tell. */
  language?: Language;
  /** The acting button behind it. */
  press?: string;
}

/** Finds the command of a line (an empty line asks for help). Throws `unknown_verb` with the nearest one. */
export function taskOf(line: string, registry: Registry, person: Person): Task {
  const tokens = tokenize(line);
  const [first, ...args] = tokens;
  const verb = first === undefined ? 'help' : first.kind === 'word' ? first.text : first.key;
  const command = registry.find(verb);
  if (!command) {
    const nearest = registry.nearest(verb, person.access);
    throw refuse('unknown_verb', { verb, ...(nearest ? { nearest } : {}) });
  }
  const swedish = looksSwedish(tokens) || command.swedish.some((word) => word === verb.toLowerCase());
  return { command, args, ...(swedish ? { language: 'sv' } : {}) };
}

/**
 * What a direct message asks for: a command line where it says "/vc" or begins with a verb that the writer may use,
 * otherwise what `employee` answers.
 */
export function taskOfMessage(text: string, registry: Registry, employee: Command, person: Person): Task {
  const line = text.trim().replace(/^\/vc(?=\s|$)\s*/i, '');
  if (line !== text.trim()) return taskOf(line, registry, person);
  const command = registry.find(line.split(/\s/, 1)[0] ?? '');
  if (command && may(person.access, command.permission([]))) return taskOf(line, registry, person);
  const language = writtenLanguage(text);
  return { command: employee, args: [], ...(language ? { language } : {}) };
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
  return { ...taskOf(press.line, registry, person), ...(press.acting ? { press: id } : {}) };
}

/** What the command is given. */
export function requestFor(
  task: Task,
  from: Origin,
  person: Person,
  fallback: Language,
  concerns: (subject: string) => void,
): Request {
  const language = task.language ?? person.language ?? fallback;
  const say = (text: Text) => text[language];
  const press = task.press === undefined ? {} : { press: task.press };
  return { person, place: from.place, language, say, concerns, ...press };
}
