import { nearest } from '../rules/suggest.ts';
import { fold } from '../rules/text.ts';
import { type Access, may } from './access.ts';
import type { Command } from './command.ts';

/** The verbs that the bot knows, in help order. */
export interface Registry {
  all: readonly Command[];
  /** The command of a verb, in either language. */
  find(verb: string): Command | undefined;
  /** The verb nearest to a mistyped one, among those that `access` may use (A2). */
  nearest(verb: string, access: Access): string | undefined;
}

/** Indexes the commands by every verb that means them. */
export function registry(all: readonly Command[]): Registry {
  const byVerb = new Map(all.flatMap((command) => verbsOf(command).map((verb) => [fold(verb), command])));
  return {
    all,
    find: (verb) => byVerb.get(fold(verb)),
    nearest: (verb, access) =>
      nearest(verb, all.filter((command) => may(access, command.permission([]))).flatMap(verbsOf)),
  };
}

const verbsOf = (command: Command): string[] => [command.name, ...command.swedish];
