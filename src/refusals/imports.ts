import type { Language, Text } from '../rules/language.ts';
import { formatNumber, list } from '../rules/say.ts';
import type { Mismatch } from '../rules/sorted-alone.ts';

/** Where an import's rows come from. */
type Origin = 'file' | 'fill' | 'undo';

/** How to begin anew. */
const again: Readonly<Record<Origin, Text>> = {
  file: { sv: 'Släpp filen igen.', en: 'Drop the file again.' },
  fill: { sv: 'Skriv `/vc fyll` med samma filter igen.', en: 'Write `/vc fill` with the same filter again.' },
  undo: { sv: 'Skriv `/vc importera ångra` igen.', en: 'Write `/vc import undo` again.' },
};

/** How to have the rest done as well. */
const rest: Readonly<Record<Origin, Text>> = {
  ...again,
  file: {
    sv: 'Släpp filen igen, så läser jag in resten.',
    en: 'Drop the file again, and I import the rest.',
  },
};

const importOver = {
  done: (id: number) => ({
    sv: `Import #${id} är redan klar. \`/vc logg visa #${id}\` visar vad som hände med varje rad.`,
    en: `Import #${id} is already done. \`/vc log show #${id}\` shows what happened to each row.`,
  }),
  cancelled: (id: number, origin: Origin) => ({
    sv: `Import #${id} är redan avbruten, och inget är sparat. ${again[origin].sv}`,
    en: `Import #${id} is already cancelled, and nothing is saved. ${again[origin].en}`,
  }),
  failed: (id: number, origin: Origin) => ({
    sv: `Import #${id} misslyckades. \`/vc logg visa #${id}\` visar vad som gick fel. ${again[origin].sv}`,
    en: `Import #${id} failed. \`/vc log show #${id}\` shows what went wrong. ${again[origin].en}`,
  }),
} satisfies Record<string, (id: number, origin: Origin) => Text>;

const mismatches: Readonly<Record<Mismatch['between'], { apart: Text; how: Text }>> = {
  'names and addresses': {
    apart: { sv: 'Namn och adresser', en: 'Names and addresses' },
    how: {
      sv: 'där är adressen skriven som någon annans namn',
      en: "there the address is written as somebody else's name",
    },
  },
  'users and addresses': {
    apart: { sv: 'Användar-id och adresser', en: 'User-IDs and addresses' },
    how: {
      sv: 'där är adressen skriven som någon annans namn än det som registret har',
      en: "there the address is written as another user's name in the register",
    },
  },
  'users and names': {
    apart: { sv: 'Användar-id och namn', en: 'User-IDs and names' },
    how: {
      sv: 'där står namnet på en annan användare i registret',
      en: 'there the name is that of another user in the register',
    },
  },
};

/** Imports. */
export const imports = {
  import_unknown: (p: { id: number }) => ({
    sv: `Det finns ingen import #${p.id}. Numren står i \`/vc logg\`.`,
    en: `There is no import #${p.id}. The numbers are in \`/vc log\`.`,
  }),
  import_no_number: (p: { example: Text }) => ({
    sv: `Vilken import? Skriv numret, till exempel \`/vc ${p.example.sv}\`. Numren står i \`/vc logg\`.`,
    en: `Which import? Write its number, for example \`/vc ${p.example.en}\`. The numbers are in \`/vc log\`.`,
  }),
  import_reading: (p: { id: number }) => ({
    sv: `Import #${p.id} läses just nu. Vänta tills förhandsvisningen är klar, och titta på den först.`,
    en: `Import #${p.id} is being read just now. Wait for the preview, and look at it first.`,
  }),
  import_none_rejected: (p: { id: number }) => ({
    sv: `Inga rader i import #${p.id} är avvisade. \`/vc logg visa #${p.id}\` visar vad som hände med varje rad.`,
    en: `No rows of import #${p.id} are rejected. \`/vc log show #${p.id}\` shows what happened to each row.`,
  }),
  import_rejected_apart: (p: { id: number }) => ({
    sv: `De avvisade raderna i import #${p.id} gäller personer som inte fanns i avdelningens fil från början. Ska de med läser du in dem i en egen fil.`,
    en: `The rejected rows of import #${p.id} are about people who were not in the department's file from the start. If they belong, import them in a file of their own.`,
  }),
  import_rows_gone: (p: { id: number }) => ({
    sv: `Raderna i import #${p.id} finns inte kvar: de sparas i 90 dagar efter en bekräftad import. Släpp filen igen.`,
    en: `The rows of import #${p.id} are gone: they are kept for 90 days after a confirmed import. Drop the file again.`,
  }),
  import_late: (p: { id: number; origin: Origin }) => ({
    sv: `Import #${p.id} bekräftades inte inom ett dygn, och inget är sparat. ${again[p.origin].sv}`,
    en: `Import #${p.id} was not confirmed within a day, and nothing is saved. ${again[p.origin].en}`,
  }),
  import_no_file: (p: { id: number }) => ({
    sv: `#${p.id} läses inte från någon fil, så ingen mall behövs. Bekräfta eller avbryt i mitt meddelande.`,
    en: `#${p.id} is not read from a file, so it needs no template. Confirm or cancel it in my message.`,
  }),
  import_started: (p: { id: number }) => ({
    sv: `Import #${p.id} pågår redan. Mitt meddelande om den visar läget.`,
    en: `Import #${p.id} is already under way. My message about it shows the progress.`,
  }),
  import_over: (p: { id: number; how: 'done' | 'cancelled' | 'failed'; origin: Origin }) =>
    importOver[p.how](p.id, p.origin),
  import_joined: (p: { id: number; into: number }) => ({
    sv: `Filen i import #${p.id} ingår i import #${p.into}. Skriv det numret i stället, eller använd knapparna i mitt meddelande om #${p.into}.`,
    en: `The file of import #${p.id} is part of import #${p.into}. Use that number, or the buttons of my message about #${p.into}.`,
  }),
  import_together: (p: { id: number; files: number }) => ({
    sv: `Import #${p.id} har ${p.files} filer som läses tillsammans, så mall och blad går inte att byta. Avbryt den och släpp en fil i taget om de ska läsas på olika sätt.`,
    en: `Import #${p.id} has ${p.files} files that are read together, so its template and sheet cannot be changed. Cancel it and drop one file at a time to read them in different ways.`,
  }),
  missing_early: (p: { id: number }) => ({
    sv: `Import #${p.id} är inte klar. De som saknas i filen kan inaktiveras först när den är bekräftad och klar.`,
    en: `Import #${p.id} is not done. Who is missing from the file can be deactivated once it is confirmed and done.`,
  }),
  missing_late: (p: { id: number }) => ({
    sv: `Det har gått mer än ett dygn sedan import #${p.id} blev klar. Släpp en ny fil från HR-systemet, så jämför jag med den.`,
    en: `More than a day has passed since import #${p.id} was done. Drop a new file from the HR system, and I compare with that.`,
  }),
  missing_newer: (p: { id: number }) => ({
    sv: `En nyare lista är inläst efter import #${p.id}, och den gäller. Titta på vilka som saknas i den.`,
    en: `A newer list has been imported after import #${p.id}, and that applies. Look at who is missing from it.`,
  }),
  missing_uncertain: (p: { id: number }) => ({
    sv: `Några rader i import #${p.id} säger inte vem de gäller, så jag kan inte veta vilka som saknas. Rätta dem och släpp hela filen igen.`,
    en: `Some rows of import #${p.id} don't say whom they are about, so I can't know who is missing. Correct them and drop the whole file again.`,
  }),
  missing_nobody: (p: { id: number }) => ({
    sv: `Ingen aktiv användare saknas i filen till import #${p.id}.`,
    en: `No active user is missing from the file of import #${p.id}.`,
  }),
  missing_not_listed: (p: { id: number }) => ({
    sv: `Filen till import #${p.id} läses inte som en lista över alla anställda, så jag vet inte vilka som saknas. Släpp HR-systemets lista här och läs den med mallen Anställda.`,
    en: `The file of import #${p.id} is not read as a list of all employees, so I don't know who is missing. Drop the list from the HR system here and read it by the template Employees.`,
  }),
  import_template_unknown: (p: { own: readonly string[] }) => ({
    sv: `De här mallarna finns: ${list(['anställda', 'e-post', ...p.own], 'sv')}. Skriv till exempel \`/vc importera mall #42 anställda\`.`,
    en: `There are these templates: ${list(['employees', 'connect-email', ...p.own], 'en')}. Write for example \`/vc import template #42 employees\`.`,
  }),
  import_template_unfit: (p: { template: Text; fields: Text }) => ({
    sv: `Filen saknar det som mallen ”${p.template.sv}” behöver: ${p.fields.sv}. Lägg till det och släpp filen igen, eller behåll den mall som är vald.`,
    en: `The file lacks what the template "${p.template.en}" needs: ${p.fields.en}. Add it and drop the file again, or keep the current template.`,
  }),
  import_undo_open: (p: { id: number }) => ({
    sv: `Import #${p.id} är inte bekräftad, så det finns inget att ångra. Avbryt den i stället: \`/vc importera avbryt #${p.id}\`.`,
    en: `Import #${p.id} is not confirmed, so there is nothing to undo. Cancel it instead: \`/vc import cancel #${p.id}\`.`,
  }),
  import_undo_running: (p: { id: number }) => ({
    sv: `Import #${p.id} pågår. Vänta tills den är klar, och ångra den sedan.`,
    en: `Import #${p.id} is under way. Wait until it is done, and undo it then.`,
  }),
  import_undo_nothing: (p: { id: number }) => ({
    sv: `Import #${p.id} har inte ändrat någon adress, så det finns inget att ångra. Bara adresser för inloggningen sätts tillbaka.`,
    en: `Import #${p.id} has not changed any address, so there is nothing to undo. Only addresses for logging in are put back.`,
  }),
  import_undo_gone: (p: { id: number }) => ({
    sv: `Import #${p.id} går inte att ångra: vad adresserna var innan sparas i 90 dagar efter importen. Rätta dem i en fil och släpp den här.`,
    en: `Import #${p.id} cannot be undone: what the addresses were before is kept for 90 days after the import. Correct them in a file and drop it here.`,
  }),
  import_undo_rejected: (p: { id: number }) => ({
    sv: `#${p.id} är en återställning, så det finns inga rader att rätta i en fil. \`/vc logg visa #${p.id}\` visar vad som inte sattes tillbaka.`,
    en: `#${p.id} is an undo, so there are no rows to correct in a file. \`/vc log show #${p.id}\` shows what was not put back.`,
  }),
  import_undone: (p: { id: number; by: number }) => ({
    sv: `Import #${p.id} är redan ångrad, av #${p.by}. \`/vc logg visa #${p.by}\` visar vad som sattes tillbaka.`,
    en: `Import #${p.id} is already undone, by #${p.by}. \`/vc log show #${p.by}\` shows what was put back.`,
  }),
  fill_for_whom: () => ({
    sv: 'Åt vilka? Skriv ett filter, till exempel `/vc fyll avdelning:X`, eller `/vc fyll alla` för alla som du har behörighet till.',
    en: 'For whom? Write a filter, for example `/vc fill department:X`, or `/vc fill all` for everybody you may reach.',
  }),
  fill_words: () => ({
    sv: 'Vilka som ska fyllas i går inte att välja med sökord. Använd till exempel `avdelning:` eller `användare:`, med citattecken runt namn som har mellanslag.',
    en: "Whom to fill in for can't be chosen by search words. Use for example `department:` or `user:`, with quotation marks around names that hold spaces.",
  }),
  import_sorted_alone: ({ between, told, others, rows }: Mismatch) => {
    const { apart, how } = mismatches[between];
    const n = (count: number, language: Language) => formatNumber(count, language);
    return {
      sv: `${apart.sv} hör inte ihop på ${n(others, 'sv')} av ${n(told, 'sv')} jämförda rader: ${how.sv}. Se till exempel rad ${list(rows.map(String), 'sv')}. Troligen är en kolumn sorterad för sig. Hämta listan på nytt, eller ångra sorteringen, och släpp filen igen.`,
      en: `${apart.en} do not go together on ${n(others, 'en')} of ${n(told, 'en')} rows compared: ${how.en}. See for example rows ${list(rows.map(String), 'en')}. Probably one column was sorted alone. Get the list anew, or undo the sorting, and drop the file again.`,
    };
  },
  import_broke_off: (p: { anyApplied: boolean; origin: Origin }) => ({
    sv: `${p.origin === 'file' ? 'Importen' : 'Det'} bröts av ett fel hos mig. ${p.anyApplied ? `Det som hann sparas ligger kvar, och raderna står i loggen. ${rest[p.origin].sv}` : `Inget är sparat. Vänta en stund. ${again[p.origin].sv}`} Händer det igen: be den som sköter boten att titta i programmets logg.`,
    en: `${p.origin === 'file' ? 'The import' : 'This'} was cut short by a fault of mine. ${p.anyApplied ? `What was saved by then remains, and the log has its rows. ${rest[p.origin].en}` : `Nothing is saved. Wait a while. ${again[p.origin].en}`} If it happens again, ask whoever looks after the bot to check the program's log.`,
  }),
  import_file_unreachable: () => ({
    sv: 'Jag lyckades inte hämta filen, trots flera försök. Inget är läst. Släpp den igen om en stund.',
    en: "I couldn't fetch the file, even after several tries. Nothing was read. Drop it again in a while.",
  }),
} satisfies Record<string, (params: never) => Text>;
