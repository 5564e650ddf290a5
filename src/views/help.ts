import type { Command } from '../core/command.ts';
import type { Button, Example, HelpView, MessageView } from '../core/view.ts';
import { type Language, speaker } from '../rules/language.ts';
import { filterEntries, filterLines } from './parts/filters.ts';

/** Everything that the reader may type, one line a verb. `commands`: those that the reader may use (A2). */
export function helpOnAll(commands: readonly Command[], language: Language): HelpView<Button> {
  const say = speaker(language);
  const another = commands.find(({ name }) => name !== 'help');
  return {
    kind: 'help',
    title: say('Det här kan jag göra', 'What I can do'),
    text: commands.some(({ drop }) => drop)
      ? say(
          'Skriv ett kommando, eller släpp en CSV- eller Excelfil här för att läsa in den.',
          'Type a command, or drop a CSV or Excel file here to import it.',
        )
      : say('Skriv ett kommando.', 'Type a command.'),
    entries: commands.map((command) => ({
      usage: `/vc ${command.usage[0]?.[language] ?? command.name}`,
      summary: command.summary[language],
    })),
    lines: [
      ...(another
        ? [
            say(
              `Mer om ett kommando: \`/vc hjälp ${another.swedish[0] ?? another.name}\`. Engelska går lika bra.`,
              `More on one command: \`/vc help ${another.name}\`. Swedish works too.`,
            ),
          ]
        : []),
      ...(commands.some(({ filters }) => filters)
        ? [
            say(
              'Vad ett filter kan innehålla: `/vc hjälp filter`.',
              'What a filter can hold: `/vc help filters`.',
            ),
          ]
        : []),
    ],
  };
}

/** What an employee without permissions gets: there is only their own login to ask about. */
export function helpForEmployees(language: Language): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: say(
      'Skriv till mig i vår direktkonversation, så berättar jag hur det står till med din inloggning och vad du gör härnäst.',
      'Write to me in a direct message and I will tell you how your login stands and what to do next.',
    ),
    lines: [say('`/vc vemärjag` visar vem du är för mig.', '`/vc whoami` shows who you are to me.')],
  };
}

/** One verb: every way to write it, with the filters that it takes and examples to paste. */
export function helpOnOne(command: Command, language: Language): HelpView<Button> {
  const say = speaker(language);
  const { filters, usage, explained } = command;
  const examples = command.examples.map((example) => `\`/vc ${example[language]}\``);
  return {
    kind: 'help',
    title: `/vc ${say(command.swedish[0] ?? command.name, command.name)}`,
    text: command.summary[language],
    entries: [
      ...usage.map((one) => ({ usage: `/vc ${one[language]}`, summary: '' })),
      ...(filters ? filterEntries(language) : []),
    ],
    lines: [
      ...(filters ? filterLines(language) : []),
      ...(explained ? [explained[language]] : []),
      say('Till exempel:', 'For example:'),
      ...examples,
    ],
  };
}

/** B1: the filters. `commands`: those that the reader may use and that take one. */
export function helpOnFilters(commands: readonly Command[], language: Language): HelpView<Button> {
  const say = speaker(language);
  const usages = commands.map(({ usage, name }) => `\`/vc ${usage[0]?.[language] ?? name}\``);
  return {
    kind: 'help',
    title: say('Filter', 'Filters'),
    text: say('Ett filter säger vilka användare som avses.', 'A filter says which users are meant.'),
    entries: filterEntries(language),
    lines: [
      ...filterLines(language),
      say('Kommandon som tar ett filter:', 'Commands that take a filter:'),
      ...usages,
    ],
  };
}

const verify: Command = {
  name: 'verify',
  swedish: ['verifiera'],
  summary: {
    sv: 'Skickar ett verifieringsmejl till en användare',
    en: 'Sends one user a verification email',
  },
  usage: [{ sv: 'verifiera ADRESS', en: 'verify ADDRESS' }],
  examples: [{ sv: 'verifiera anna@company.se', en: 'verify anna@company.se' }],
  permission: () => 'verify',
  run: async () => [],
};

const users: Command = {
  name: 'users',
  swedish: ['användare'],
  summary: { sv: 'Listar användare, med filter', en: 'Lists users, with a filter' },
  usage: [{ sv: 'användare [FILTER]', en: 'users [FILTER]' }],
  examples: [{ sv: 'användare status:väntar', en: 'users status:pending' }],
  filters: true,
  permission: () => 'users.view',
  run: async () => [],
};

export const examples: Record<string, Example> = {
  'help on everything': (language) => helpOnAll([verify], language),
  'help on one verb': (language) => helpOnOne(verify, language),
  'help on a verb with filters': (language) => helpOnOne(users, language),
  'help on filters': (language) => helpOnFilters([users], language),
  'help for employees': helpForEmployees,
};
