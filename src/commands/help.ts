import { may } from '../core/access.ts';
import type { Command, Person } from '../core/command.ts';
import { allowed, type Registry } from '../core/registry.ts';
import { refuse } from '../errors.ts';
import type { Text } from '../rules/language.ts';
import { tokenize, tokenText } from '../rules/line.ts';
import { bare } from '../rules/suggest.ts';
import { helpForEmployees, helpOnAll, helpOnFilters, helpOnOne } from '../views/help.ts';

/**
 * `/vc help [VERB]`: what the caller may type, and how (A2). An employee in the bot's direct conversation gets what
 * `employee` answers, because all that they may ask is how their own login stands.
 */
export function helpCommand(registry: () => Registry, employee: Command): Command {
  return {
    name: 'help',
    swedish: ['hjälp'],
    summary: {
      sv: 'Visar vad jag kan, eller mer om ett kommando',
      en: 'Shows what I can do, or more on one command',
    },
    usage: [{ sv: 'hjälp [KOMMANDO]', en: 'help [COMMAND]' }],
    examples: [{ sv: 'hjälp massverifiera', en: 'help bulk-verify' }],
    permission: () => null,
    async run(request, args) {
      const { person, place, language } = request;
      const { all, find, nearest } = registry();
      const open = allowed(all, person.access);
      if (args.length === 0) {
        const employed = person.access.permissions.size === 0;
        if (employed && place.kind === 'direct') return employee.run(request, []);
        return [{ view: employed ? helpForEmployees(language) : helpOnAll(open, language) }];
      }
      const words = args.map(tokenText).filter((word) => word !== '/vc');
      const verb = words.join(' ');
      const command = find(verb) ?? find(words[0] ?? '');
      if (command && open.includes(command)) {
        return [{ view: helpOnOne(within(command, person), language) }];
      }
      const filtering = open.filter(({ filters }) => filters);
      if (filtering.length > 0 && meansFilters(words[0] ?? ''))
        return [{ view: helpOnFilters(filtering, language) }];
      const near = nearest(verb, person.access);
      throw refuse('unknown_verb', {
        verb,
        ...(near ? { nearest: { sv: `hjälp ${near.sv}`, en: `help ${near.en}` } } : {}),
      });
    },
  };
}

const meansFilters = (word: string): boolean => ['filter', 'filters'].includes(bare(word));

/** The command with the ways to write it that the person may use (A2). */
function within(command: Command, { access }: Person): Command {
  const mayWrite = ({ en }: Text) => may(access, command.permission(tokenize(en).slice(1)));
  return {
    ...command,
    usage: command.usage.filter(mayWrite),
    examples: command.examples.filter(mayWrite),
  };
}
