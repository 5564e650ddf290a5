import type { Language, Text } from '../../rules/language.ts';
import { type Acknowledged, LATE, UNREACHABLE } from '../local/deliver.ts';
import type { SlackPerson } from './types.ts';

/** What Slack itself says to a person. */
export const words = {
  invalidCommand: (command: string): Text => ({
    sv: `${command} är inget giltigt kommando. I Slack tolkas alla meddelanden som börjar med tecknet "/" som kommandon. Vill du skicka ett meddelande, börja med ett mellanslag före "/".`,
    en: `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands. If you are trying to send a message and not run a command, try preceding the "/" with an empty space.`,
  }),
  commandFailed: (command: string, error: string): Text => ({
    sv: `${command} misslyckades med felet "${error}"`,
    en: `${command} failed with the error "${error}"`,
  }),
  actionFailed: (status: number): Text => ({
    sv: `Appen svarade med statuskod ${status}.`,
    en: `This app responded with status code ${status}.`,
  }),
  noAnswer: {
    sv: 'Något gick fel: appen svarade inte i tid. Försök igen.',
    en: 'Something went wrong: this app did not respond in time. Please try that again.',
  },
  formFailed: {
    sv: 'Vi fick ingen kontakt. Försök igen?',
    en: 'We had some trouble connecting. Try again?',
  },
  menuFailed: { sv: 'Det gick inte att hämta alternativen.', en: 'The options could not be loaded.' },
  required: { sv: 'Fyll i det här obligatoriska fältet.', en: 'Please complete this required field.' },
  noSuchOption: { sv: 'Välj ett av alternativen.', en: 'Choose one of the options.' },
  tooShort: (least: number): Text => ({
    sv: `Skriv minst ${least} tecken.`,
    en: `Enter at least ${least} characters.`,
  }),
  tooLong: (most: number): Text => ({
    sv: `Skriv högst ${most} tecken.`,
    en: `Enter at most ${most} characters.`,
  }),
  gone: { sv: 'Det finns inte längre.', en: 'It is no longer there.' },
  notHere: { sv: 'Du är inte med i den konversationen.', en: 'You are not in that conversation.' },
  added: (by: string): Text => ({
    sv: `lades till i kanalen av ${by}.`,
    en: `was added to the channel by ${by}.`,
  }),
  alreadyIn: { sv: 'vc-bot är redan med i kanalen.', en: 'vc-bot is already in this channel.' },
} as const;

/** What the person reads when the bot did not acknowledge a command as it should; undefined where it did. */
export function commandError(command: string, { status }: Acknowledged): Text | undefined {
  if (status === 200) return undefined;
  if (status === LATE) return words.commandFailed(command, 'operation_timeout');
  if (status === UNREACHABLE) return words.commandFailed(command, 'dispatch_failed');
  return words.commandFailed(command, status >= 500 ? 'http_service_error' : 'http_client_error');
}

/** The same for a button or a menu. */
export function actionError({ status }: Acknowledged): Text | undefined {
  if (status === 200) return undefined;
  return status > UNREACHABLE ? words.actionFailed(status) : words.noAnswer;
}

/** The language of somebody's client. */
export function languageOf({ locale }: SlackPerson): Language {
  return locale?.startsWith('sv') ? 'sv' : 'en';
}
