import type { Text } from '../rules/language.ts';

/** Imports. */
export const imports = {
  import_unknown: (p: { id: number }) => ({
    sv: `Det finns ingen import #${p.id}. Numren står i \`/vc logg\`.`,
    en: `There is no import #${p.id}. The numbers are in \`/vc log\`.`,
  }),
  import_no_number: () => ({
    sv: 'Vilken import? Skriv dess nummer, till exempel `/vc import bekräfta #42`. Numren står i `/vc logg`.',
    en: 'Which import? Write its number, for example `/vc import confirm #42`. The numbers are in `/vc log`.',
  }),
  import_reading: (p: { id: number }) => ({
    sv: `Filen till import #${p.id} läses fortfarande. Vänta tills förhandsvisningen är klar.`,
    en: `The file of import #${p.id} is still being read. Wait for the preview.`,
  }),
  import_late: (p: { id: number }) => ({
    sv: `Import #${p.id} bekräftades inte inom ett dygn, och inget är sparat. Släpp filen igen.`,
    en: `Import #${p.id} was not confirmed within a day, and nothing is saved. Drop the file again.`,
  }),
  import_started: (p: { id: number }) => ({
    sv: `Import #${p.id} pågår redan. Mitt meddelande om den visar läget.`,
    en: `Import #${p.id} is already under way. My message about it shows the progress.`,
  }),
  import_over: (p: { id: number }) => ({
    sv: `Import #${p.id} är redan avslutad. Släpp filen igen om den ska läsas in på nytt.`,
    en: `Import #${p.id} is already over. Drop the file again to import it anew.`,
  }),
  import_template_unknown: () => ({
    sv: 'Det finns två mallar: `anställda` och `e-post`. Skriv till exempel `/vc import mall #42 anställda`.',
    en: 'There are two templates: `employees` and `connect-email`. Write for example `/vc import template #42 employees`.',
  }),
  import_template_unfit: (p: { template: Text; fields: Text }) => ({
    sv: `Filen saknar det som mallen ”${p.template.sv}” behöver: ${p.fields.sv}. Lägg till det och släpp filen igen, eller behåll mallen den har.`,
    en: `The file lacks what the template "${p.template.en}" needs: ${p.fields.en}. Add it and drop the file again, or keep the template it has.`,
  }),
  import_broke_off: (p: { anyApplied: boolean }) => ({
    sv: `Importen bröts av ett fel hos mig. ${p.anyApplied ? 'Det som hann sparas ligger kvar, och raderna står i loggen. Släpp filen igen, så läser jag in resten.' : 'Inget är sparat. Släpp filen igen om en stund.'} Händer det igen: be den som driver mig att titta i min logg.`,
    en: `The import was cut short by a fault of mine. ${p.anyApplied ? 'What was saved by then remains, and the log has its rows. Drop the file again, and I import the rest.' : 'Nothing is saved. Drop the file again in a while.'} If it happens again, ask whoever runs me to look at my log.`,
  }),
  import_file_unreachable: () => ({
    sv: 'Jag lyckades inte hämta filen, trots flera försök. Inget är läst. Släpp den igen om en stund.',
    en: "I couldn't fetch the file, in several tries. Nothing was read. Drop it again in a while.",
  }),
} satisfies Record<string, (params: never) => Text>;
