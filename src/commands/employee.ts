import type { Command } from '../core/command.ts';
import type { Verifications } from '../services/verifications/index.ts';
import { type Counter, ownLoginView } from '../views/employee.ts';

/**
 * What a direct message that is no command gets: how the writer's own login stands and what to do next. Nobody else's,
 * whatever the message says (V5).
 */
export function employeeCommand(
  verifications: Pick<Verifications, 'own'>,
  counter: Counter,
  now: () => Date = () => new Date(),
): Command {
  return {
    name: 'employee',
    swedish: [],
    summary: { sv: 'Svarar om din egen inloggning', en: 'Answers about your own login' },
    usage: [],
    examples: [],
    permission: () => null,
    async run({ person, language, say }) {
      const view = ownLoginView(await verifications.own(person), counter, language, now());
      if (person.access.permissions.size === 0) return [{ view }];
      // Whoever may do more hears how to begin.
      const help = say({ sv: '`/vc hjälp` visar vad jag kan.', en: '`/vc help` shows what I can do.' });
      return [{ view: { ...view, lines: [...(view.lines ?? []), help] } }];
    },
  };
}
