import type { Text } from '../rules/language.ts';
import { bare, nearest, nearestSlip } from '../rules/suggest.ts';
import { type Access, may } from './access.ts';
import type { Command } from './command.ts';

/** The verbs that the bot knows, in help order. */
export interface Registry {
  all: readonly Command[];
  /** The command of a verb, in either language; accents, hyphens and stray punctuation count for nothing. */
  find(verb: string): Command | undefined;
  /** The verb nearest to a mistyped one, among those that `access` may use (A2): in either language its own, where that is near. */
  nearest(verb: string, access: Access): Text | undefined;
  /** As `nearest`, but only where it is a slip of the hand away. */
  slip(verb: string, access: Access): string | undefined;
}

/** Indexes the commands by every verb that means them. Throws where two commands share one. */
export function registry(all: readonly Command[]): Registry {
  const byVerb = new Map<string, Command>();
  for (const command of all) {
    for (const verb of new Set(verbsOf(command).map(bare))) {
      const other = byVerb.get(verb);
      if (other) throw new Error(`"${verb}" means both ${other.name} and ${command.name}`);
      byVerb.set(verb, command);
    }
  }
  return {
    all,
    find: (verb) => byVerb.get(bare(verb)),
    nearest(verb, access) {
      const near = nearest(verb, allowed(all, access).flatMap(verbsOf));
      const command = near === undefined ? undefined : byVerb.get(bare(near));
      if (near === undefined || !command) return undefined;
      return { sv: nearest(verb, command.swedish) ?? near, en: nearest(verb, [command.name]) ?? near };
    },
    slip: (verb, access) => nearestSlip(verb, allowed(all, access).flatMap(verbsOf)),
  };
}

/** The commands that `access` may use at all, in help order (A2). */
export function allowed(all: readonly Command[], access: Access): Command[] {
  return all.filter((command) => may(access, command.permission([])));
}

/** Whether the verb is one of the command's Swedish ones. */
export function isSwedish(verb: string, { name, swedish }: Command): boolean {
  return bare(verb) !== bare(name) && swedish.some((word) => bare(word) === bare(verb));
}

const verbsOf = (command: Command): string[] => [command.name, ...command.swedish];
