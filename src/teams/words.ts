import type { Text } from '../rules/language.ts';

/** What this door itself has to say. */
export const words = {
  /** Where others read, after an answer that is for the asker alone (A3): it names nobody. */
  answeredDirectly: {
    sv: 'Jag har svarat i vår chatt.',
    en: 'I have answered in our chat.',
  },
  /** The answer reached nobody, for a reason that may pass. */
  unanswered: {
    sv: 'Något gick fel och jag kunde inte svara. Försök igen om en stund.',
    en: "Something went wrong and I couldn't answer. Try again in a while.",
  },
  openChat: {
    sv: 'Öppna chatten',
    en: 'Open the chat',
  },
  /** Teams lets the bot begin no chat with somebody who does not have the app. */
  chatNeeded: {
    sv: 'Svaret är bara för dig, men vi har ingen chatt ännu. Öppna chatten, lägg till appen om Teams frågar, och skriv samma sak där.',
    en: 'The answer is for you alone, but we have no chat yet. Open the chat, add the app if Teams asks, and write the same there.',
  },
  /** In a dialog, where a form was asked for and the answer is no form. */
  answeredElsewhere: {
    sv: 'Svaret står i vår chatt.',
    en: 'The answer is in our chat.',
  },
  /** In a dialog, where there is nothing to say. */
  done: {
    sv: 'Klart. Du kan stänga rutan.',
    en: 'Done. You can close the dialog.',
  },
  /** In a dialog that did not come in time; the form's button comes by itself. */
  late: {
    sv: 'Det tog längre tid än väntat. Stäng rutan: svaret kommer i vår chatt.',
    en: 'This took longer than expected. Close the dialog: the answer comes in our chat.',
  },
} satisfies Record<string, Text>;
