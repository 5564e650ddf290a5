import type { Language, Text } from '../../rules/language.ts';
import { type Acknowledged, UNREACHABLE } from '../local/deliver.ts';
import type { Account } from './tenant.ts';

/** What Teams itself says to a person. */
export const words = {
  wentWrong: { sv: 'Något gick fel. Försök igen.', en: 'Something went wrong. Please try again.' },
  unreachable: { sv: 'Det gick inte att nå appen.', en: 'Unable to reach app. Please try again.' },
  searchFailed: { sv: 'Det gick inte att hämta alternativen.', en: 'The options could not be loaded.' },
  required: { sv: 'Det här fältet är obligatoriskt.', en: 'This field is required.' },
  noSuchChoice: { sv: 'Välj ett av alternativen.', en: 'Choose one of the options.' },
  tooLong: (most: number): Text => ({
    sv: `Skriv högst ${most} tecken.`,
    en: `Enter at most ${most} characters.`,
  }),
  noSuchCommand: {
    sv: 'Det finns inget sådant kommando här. Välj ett i listan efter /.',
    en: 'There is no such command here. Choose one from the list after /.',
  },
  gone: { sv: 'Det finns inte längre.', en: 'It is no longer there.' },
  notHere: { sv: 'Du är inte med i den konversationen.', en: 'You are not in that conversation.' },
} as const;

/** What the person reads when the bot did not answer an invoke as it should; undefined where it did. */
export function invokeError({ status }: Acknowledged): Text | undefined {
  if (status === 200) return undefined;
  return status > UNREACHABLE ? words.wentWrong : words.unreachable;
}

/** The language of somebody's client. */
export function languageOf({ locale }: Account): Language {
  return locale?.startsWith('sv') ? 'sv' : 'en';
}
