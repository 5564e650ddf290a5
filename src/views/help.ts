import type { Command } from '../core/command.ts';
import type { Button, HelpView, MessageView } from '../core/view.ts';
import { type Language, speaker } from '../rules/language.ts';

/** Everything that the reader may type, one line a verb. `commands`: those that the reader may use (A2). */
export function helpOnAll(commands: readonly Command[], language: Language): HelpView<Button> {
  const say = speaker(language);
  const another = commands.find(({ name }) => name !== 'help');
  return {
    kind: 'help',
    title: say('Det här kan jag göra', 'What I can do'),
    text: commands.some(({ drop }) => drop)
      ? say(
          'Skriv ett kommando, eller släpp en CSV-fil här för att läsa in den.',
          'Type a command, or drop a CSV file here to import it.',
        )
      : say('Skriv ett kommando.', 'Type a command.'),
    entries: commands.map((command) => ({
      usage: `/vc ${command.usage[0]?.[language] ?? command.name}`,
      summary: command.summary[language],
    })),
    lines: another
      ? [
          say(
            `Mer om ett kommando: \`/vc hjälp ${another.swedish[0] ?? another.name}\`. Engelska går lika bra.`,
            `More on one command: \`/vc help ${another.name}\`. Swedish works too.`,
          ),
        ]
      : [],
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

/** One verb: every way to write it, with examples to paste. */
export function helpOnOne(command: Command, language: Language): HelpView<Button> {
  const say = speaker(language);
  const examples = command.examples.map((example) => `\`/vc ${example[language]}\``);
  return {
    kind: 'help',
    title: `/vc ${say(command.swedish[0] ?? command.name, command.name)}`,
    text: command.summary[language],
    entries: command.usage.map((usage) => ({ usage: `/vc ${usage[language]}`, summary: '' })),
    lines: [say('Till exempel:', 'For example:'), ...examples],
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

export const examples: Record<string, MessageView> = {
  'help on everything': helpOnAll([verify], 'sv'),
  'help on one verb': helpOnOne(verify, 'sv'),
  'help for employees': helpForEmployees('en'),
};
