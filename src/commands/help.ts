import { may } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import type { Registry } from '../core/registry.ts';
import { refuse } from '../errors.ts';
import { tokenText } from '../rules/line.ts';
import { helpForEmployees, helpOnAll, helpOnOne } from '../views/help.ts';

/** `/vc help [VERB]`: what the caller may type, and how. */
export function helpCommand(registry: () => Registry): Command {
  return {
    name: 'help',
    swedish: ['hjälp', 'hjalp'],
    summary: {
      sv: 'Visar vad jag kan, eller mer om ett kommando',
      en: 'Shows what I can do, or more on one command',
    },
    usage: [{ sv: 'hjälp [KOMMANDO]', en: 'help [COMMAND]' }],
    examples: [{ sv: 'hjälp massverifiera', en: 'help bulk-verify' }],
    permission: () => null,
    async run({ person, language }, args) {
      const { all, find, nearest } = registry();
      const open = all.filter((command) => may(person.access, command.permission([])));
      const verb = args[0] ? tokenText(args[0]).replace(/^\/vc\s*/, '') : undefined;
      if (verb === undefined) {
        const view =
          person.access.permissions.size > 0 ? helpOnAll(open, language) : helpForEmployees(language);
        return [{ to: 'caller', view }];
      }
      const command = find(verb);
      if (command && open.includes(command)) return [{ to: 'caller', view: helpOnOne(command, language) }];
      const near = nearest(verb, person.access);
      throw refuse('unknown_verb', { verb, ...(near ? { nearest: `help ${near}` } : {}) });
    },
  };
}
