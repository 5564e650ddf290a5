import type { Text } from '../rules/language.ts';

/** What this door itself has to say. */
export const words = {
  /** Before the form that a person's message asked for: Slack opens forms only after a press. */
  pressToOpen: {
    sv: 'Tryck på knappen för att öppna formuläret.',
    en: 'Press the button to open the form.',
  },
} satisfies Record<string, Text>;

/** What stands below a list that was cut; `log`: the message has a button that opens the log. */
export function andMore(count: string, log: boolean): Text {
  return {
    sv: log ? `och ${count} till: öppna loggen` : `och ${count} till`,
    en: log ? `and ${count} more: open the log` : `and ${count} more`,
  };
}
