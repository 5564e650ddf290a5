import type { Text } from '../rules/language.ts';
import { list } from '../rules/say.ts';
import { shortened } from './shortened.ts';

/** Exports. */
export const exports = {
  export_unknown: (p: { id: number }) => ({
    sv: `Det finns ingen export #${p.id}. Numren står i \`/vc logg\`.`,
    en: `There is no export #${p.id}. The numbers are in \`/vc log\`.`,
  }),
  export_no_number: () => ({
    sv: 'Vilken export? Skriv numret, till exempel `/vc exportera fil #42`. Numren står i `/vc logg`.',
    en: 'Which export? Write its number, for example `/vc export file #42`. The numbers are in `/vc log`.',
  }),
  export_writing: (p: { id: number }) => ({
    sv: `Export #${p.id} är inte klar ännu. Mitt meddelande om den visar läget.`,
    en: `Export #${p.id} is not done yet. My message about it shows the progress.`,
  }),
  export_failed: (p: { id: number }) => ({
    sv: `Export #${p.id} misslyckades, så det finns ingen fil. Gör en ny med \`/vc exportera\`.`,
    en: `Export #${p.id} failed, so there is no file. Make a new one with \`/vc export\`.`,
  }),
  export_gone: (p: { id: number }) => ({
    sv: `Filen från export #${p.id} är borttagen: den sparas i ett dygn. Gör en ny med \`/vc exportera\`.`,
    en: `The file of export #${p.id} is gone: it is kept for a day. Make a new one with \`/vc export\`.`,
  }),
  export_per_department: (p: { written: string }) => ({
    sv: `Det går bara att dela upp en export per avdelning, inte ”per ${shortened(p.written)}”. Skriv \`per avdelning\`, så får varje avdelning en egen fil.`,
    en: `An export can only be divided per department, not "per ${shortened(p.written)}". Write \`per department\`, and each department gets a file of its own.`,
  }),
  export_no_name: () => ({
    sv: 'Skriv vad filen ska heta efter ”som”, till exempel `som lista.csv`.',
    en: 'Write what the file is to be called after "as", for example `as list.csv`.',
  }),
  export_name_unfit: (p: { written: string }) => ({
    sv: `En fil kan inte heta ”${shortened(p.written)}”. Utelämna \\ / : * ? " < > | och punkt först eller sist.`,
    en: `A file cannot be called "${shortened(p.written)}". Leave out \\ / : * ? " < > | and a full stop at the beginning or the end.`,
  }),
  export_name_long: (p: { most: number }) => ({
    sv: `Filnamnet får ha högst ${p.most} tecken.`,
    en: `The name of the file may have at most ${p.most} characters.`,
  }),
  export_since_passing: (p: { keys: readonly Text[] }) => ({
    sv: `Ta bort ${list(
      p.keys.map(({ sv }) => `\`${sv}:\``),
      'sv',
    )} eller \`sedan-sist\`: den som hamnar där efter att ha bekräftat sin adress skulle annars inte komma med i någon fil.`,
    en: `Leave out ${list(
      p.keys.map(({ en }) => `\`${en}:\``),
      'en',
    )} or \`since-last\`: otherwise somebody who comes to be meant after having confirmed their address would be in no file.`,
  }),
} satisfies Record<string, (params: never) => Text>;
