import type { Text } from '../rules/language.ts';

/** Bulk verification, and the logs. */
export const campaigns = {
  campaign_unknown: (p: { id: number }) => ({
    sv: `Det finns inget utskick #${p.id}. Numren står i \`/vc logg\`.`,
    en: `There is no campaign #${p.id}. The numbers are in \`/vc log\`.`,
  }),
  campaign_no_number: () => ({
    sv: 'Vilket utskick? Skriv numret, till exempel `/vc massverifiera avbryt #42`. Numren står i `/vc logg`.',
    en: 'Which campaign? Write its number, for example `/vc bulk-verify cancel #42`. The numbers are in `/vc log`.',
  }),
  campaign_out_of_reach: () => ({
    sv: 'Utskicket gäller personer som du inte har behörighet till. Be någon med behörighet om hjälp.',
    en: 'The campaign concerns people whom you have no permission for. Ask somebody with permission for help.',
  }),
  campaign_late: (p: { filter: Text }) => ({
    sv: `Förhandsvisningen är äldre än 15 minuter, så siffrorna stämmer kanske inte. Inget skickades. Gör en ny: \`/vc massverifiera ${p.filter.sv}\``,
    en: `The preview is older than 15 minutes, so its numbers may be wrong. Nothing was sent. Make a new one: \`/vc bulk-verify ${p.filter.en}\``,
  }),
  campaign_nobody: () => ({
    sv: 'Det finns ingen kvar att skicka till i det här utskicket. Ändra filtret och gör en ny förhandsvisning med `/vc massverifiera`.',
    en: 'There is nobody left to send to in this campaign. Change the filter and make a new preview with `/vc bulk-verify`.',
  }),
  campaign_started: (p: { id: number }) => ({
    sv: `Utskick #${p.id} är redan bekräftat. Det skickas bara en gång.`,
    en: `Campaign #${p.id} is already confirmed. It is sent only once.`,
  }),
  campaign_over: (p: { id: number; how: 'done' | 'cancelled' }) =>
    p.how === 'done'
      ? {
          sv: `Utskick #${p.id} är redan klart. \`/vc logg visa #${p.id}\` visar hur det gick.`,
          en: `Campaign #${p.id} is already done. \`/vc log show #${p.id}\` shows how it went.`,
        }
      : {
          sv: `Utskick #${p.id} är redan avbrutet. \`/vc logg visa #${p.id}\` visar hur långt det kom.`,
          en: `Campaign #${p.id} is already cancelled. \`/vc log show #${p.id}\` shows how far it got.`,
        },
  campaign_not_paused: (p: { id: number }) => ({
    sv: `Utskick #${p.id} är inte pausat, så det finns inget att återuppta.`,
    en: `Campaign #${p.id} is not paused, so there is nothing to resume.`,
  }),
  campaign_copy_no_address: () => ({
    sv: 'Jag vet inte vilken mejladress du har. Lägg till en i din profil och försök igen om tio minuter.',
    en: "I don't know your email address. Add one to your profile and try again in ten minutes.",
  }),
  campaign_copy_failed: (p: { words: string; id: number }) => ({
    sv: `Kopian gick inte att skicka. Mejlservern svarade: ${p.words} Visa svaret för den som sköter mejlservern, eller försök igen med \`/vc massverifiera kopia #${p.id}\`.`,
    en: `The copy could not be sent. The mail server answered: ${p.words} Show the answer to whoever looks after the mail server, or try again with \`/vc bulk-verify copy #${p.id}\`.`,
  }),
  log_unknown: (p: { id: number }) => ({
    sv: `Det finns ingen import eller export och inget utskick #${p.id} att visa. \`/vc logg\` listar dem som finns.`,
    en: `There is no import, export or campaign #${p.id} to show. \`/vc log\` lists the ones there are.`,
  }),
  log_no_number: () => ({
    sv: 'Vilken logg? Skriv numret, till exempel `/vc logg visa #42`. Numren står i `/vc logg`.',
    en: 'Which log? Write its number, for example `/vc log show #42`. The numbers are in `/vc log`.',
  }),
} satisfies Record<string, (params: never) => Text>;
