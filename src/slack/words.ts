import type { Text } from '../rules/language.ts';

/** What this door itself has to say. */
export const words = {
  /** A view meant for a channel that the bot may not post in. */
  onlyYou: {
    sv: 'Jag är inte med i kanalen, så bara du ser det här. Bjud in mig om alla ska se det.',
    en: "I'm not in this channel, so only you see this. Invite me if everybody should.",
  },
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
