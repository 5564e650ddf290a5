import type { NameKey } from '../rules/filter-words.ts';
import type { Language, Text } from '../rules/language.ts';
import { shortened } from './shortened.ts';

/** That a key has no such value. */
const unknownValues: Readonly<Record<NameKey, Readonly<Record<Language, (value: string) => string>>>> = {
  company: {
    sv: (value) => `Jag hittar inget företag som heter ”${value}”.`,
    en: (value) => `I find no company called "${value}".`,
  },
  department: {
    sv: (value) => `Jag hittar ingen avdelning som heter ”${value}”.`,
    en: (value) => `I find no department called "${value}".`,
  },
  office: {
    sv: (value) => `Jag hittar inget kontor som heter ”${value}”.`,
    en: (value) => `I find no office called "${value}".`,
  },
  role: {
    sv: (value) => `Det finns ingen roll som heter ”${value}”.`,
    en: (value) => `There is no role called "${value}".`,
  },
  status: {
    sv: (value) => `Det finns ingen status som heter ”${value}”.`,
    en: (value) => `There is no status called "${value}".`,
  },
  active: {
    sv: (value) => `Efter \`aktiv:\` går det inte att skriva ”${value}”.`,
    en: (value) => `You can't write "${value}" after \`active:\`.`,
  },
  user: {
    sv: (value) => `Det finns ingen användare med användar-id ”${value}”.`,
    en: (value) => `There is no user with the User-ID "${value}".`,
  },
};

/** What was written on a command line: quotes and filters. */
export const filters = {
  unbalanced_quote: (p: { shown: string }) => ({
    sv: `Ett citattecken saknar sitt par: ${shortened(p.shown)} – skriv ett till där namnet slutar.`,
    en: `A quotation mark has no partner: ${shortened(p.shown)} – add one where the name ends.`,
  }),
  filter_unknown_key: (p: { key: string; nearest?: string; keys: Text }) => ({
    sv: p.nearest
      ? `Det finns inget filter som heter ”${p.key}:”. Menade du \`${p.nearest}:\`?`
      : `Det finns inget filter som heter ”${p.key}:”. Det här går att filtrera på: ${p.keys.sv}.`,
    en: p.nearest
      ? `There is no filter called "${p.key}:". Did you mean \`${p.nearest}:\`?`
      : `There is no filter called "${p.key}:". You can filter on: ${p.keys.en}.`,
  }),
  filter_no_value: (p: { key: Text }) => ({
    sv: `Det står inget efter \`${p.key.sv}:\`. Skriv värdet direkt efter kolonet.`,
    en: `There is nothing after \`${p.key.en}:\`. Write the value right after the colon.`,
  }),
  filter_unknown_value: (p: { key: NameKey; value: string; nearest?: Text; values?: Text }) => ({
    sv: [
      unknownValues[p.key].sv(p.value),
      ...(p.nearest ? [`Menade du \`${p.nearest.sv}\`?`] : []),
      ...(p.values && !p.nearest ? [`Det här går att skriva: ${p.values.sv}.`] : []),
      ...(p.values || p.nearest ? [] : ['Kontrollera stavningen, och att hela namnet är med.']),
    ].join(' '),
    en: [
      unknownValues[p.key].en(p.value),
      ...(p.nearest ? [`Did you mean \`${p.nearest.en}\`?`] : []),
      ...(p.values && !p.nearest ? [`You can write: ${p.values.en}.`] : []),
      ...(p.values || p.nearest ? [] : ['Check the spelling, and that the whole name is there.']),
    ].join(' '),
  }),
  filter_not_a_number: (p: { key: Text; value: string }) => ({
    sv: `\`${p.key.sv}:\` tar ett nummer, till exempel \`${p.key.sv}:42\`, inte ”${p.value}”. Numren står i \`/vc logg\`.`,
    en: `\`${p.key.en}:\` takes a number, for example \`${p.key.en}:42\`, not "${p.value}". The numbers are in \`/vc log\`.`,
  }),
  filter_words_when_sending: (p: { words: string }) => ({
    sv: `Mottagarna av ett utskick går inte att välja med sökord: ${p.words}. Använd till exempel \`avdelning:\` eller \`användare:\`, med citattecken runt namn som har mellanslag.`,
    en: `Recipients can't be chosen by search words: ${p.words}. Use for example \`department:\` or \`user:\`, with quotation marks around names that hold spaces.`,
  }),
  filter_empty: () => ({
    sv: 'Till vilka? Skriv ett filter, till exempel `/vc massverifiera företag:X`, eller `/vc massverifiera alla` för att nå alla.',
    en: 'To whom? Write a filter, for example `/vc bulk-verify company:X`, or `/vc bulk-verify all` for everybody.',
  }),
} satisfies Record<string, (params: never) => Text>;
