import type { Text } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';

/** Who asks, what for, and what was pressed. */
export const access = {
  unknown_verb: (p: { verb: string; nearest?: Text }) => ({
    sv: p.nearest
      ? `Jag känner inte till ”${p.verb}”. Menade du \`/vc ${p.nearest.sv}\`?`
      : `Jag känner inte till ”${p.verb}”. Skriv \`/vc hjälp\` för att se vad jag kan.`,
    en: p.nearest
      ? `I don't know "${p.verb}". Did you mean \`/vc ${p.nearest.en}\`?`
      : `I don't know "${p.verb}". Type \`/vc help\` to see what I can do.`,
  }),
  line_too_long: (p: { longest: number }) => ({
    sv: `Det där är längre än ${formatNumber(p.longest, 'sv')} tecken, så jag läser det inte. Skriv kortare, eller släpp det som en fil.`,
    en: `That is longer than ${formatNumber(p.longest, 'en')} characters, so I don't read it. Write less, or drop it as a file.`,
  }),
  no_permission: () => ({
    sv: 'Det här får bara den som har behörighet göra. Be en administratör om hjälp.',
    en: 'Only people with permission can do this. Ask an administrator for help.',
  }),
  person_refused: () => ({
    sv: 'Jag svarar bara den som arbetar här och har ett eget konto. Be HR om hjälp.',
    en: 'I only answer people who work here and have an account of their own. Ask HR for help.',
  }),
  place_shared: () => ({
    sv: 'Den här kanalen delas med en annan organisation, så här säger jag inget. Skriv till mig i vår direktkonversation.',
    en: 'This channel is shared with another organisation, so I say nothing here. Write to me in a direct message.',
  }),
  lookup_failed: () => ({
    sv: 'Jag kunde inte kontrollera vem du är just nu. Inget är gjort. Försök igen om en stund.',
    en: "I couldn't check who you are just now. Nothing was done. Try again in a moment.",
  }),
  press_expired: () => ({
    sv: 'Knappen gäller inte längre. Skriv kommandot igen.',
    en: 'This button is no longer valid. Type the command again.',
  }),
  press_spent: () => ({
    sv: 'Det är redan gjort. Knappen fungerar bara en gång.',
    en: 'This is already done. The button works only once.',
  }),
  press_not_yours: () => ({
    sv: 'Knappen hör till någon annan. Skriv kommandot själv.',
    en: "This button is somebody else's. Type the command yourself.",
  }),
  form_unopened: () => ({
    sv: 'Formuläret gick inte att öppna. Tryck på knappen för att försöka igen.',
    en: 'The form could not be opened. Press the button to try again.',
  }),
  unexpected: () => ({
    sv: 'Något gick fel hos mig. Försök igen om en stund.',
    en: 'Something went wrong on my side. Try again in a moment.',
  }),
  unanswered: () => ({
    sv: 'Jag kunde inte visa svaret. Skriv kommandot igen för att se hur det står till.',
    en: "I couldn't show the answer. Type the command again to see how things stand.",
  }),
} satisfies Record<string, (params: never) => Text>;
