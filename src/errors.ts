import { type AddressProblem, addressProblems } from './rules/address.ts';
import { type DomainProblem, domainProblems } from './rules/domains.ts';
import type { Text } from './rules/language.ts';
import { formatNumber } from './rules/say.ts';

/**
 * Everything that the bot refuses, in one table: code → sentence in both languages.
 * A sentence names the fault and the next step, and never more about people than the reader may know.
 */
const sentences = {
  unknown_verb: (p: { verb: string; nearest?: string }) => ({
    sv: p.nearest
      ? `Jag känner inte till ”${p.verb}”. Menade du \`/vc ${p.nearest}\`?`
      : `Jag känner inte till ”${p.verb}”. Skriv \`/vc hjälp\` för att se vad jag kan.`,
    en: p.nearest
      ? `I don't know "${p.verb}". Did you mean \`/vc ${p.nearest}\`?`
      : `I don't know "${p.verb}". Type \`/vc help\` to see what I can do.`,
  }),
  no_permission: () => ({
    sv: 'Det här får bara den som har behörighet göra. Be en administratör om hjälp.',
    en: 'Only people with permission can do this. Ask an administrator for help.',
  }),
  // Who asks, and what was pressed.
  person_refused: () => ({
    sv: 'Jag svarar bara dem som är anställda här och har ett eget konto. Be HR om hjälp.',
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
  // Files: what was dropped cannot be read as rows.
  file_empty: () => ({
    sv: 'Filen är tom. Exportera den på nytt och släpp den här igen.',
    en: 'The file is empty. Export it again and drop it here.',
  }),
  file_blank: () => ({
    sv: 'Filen har bara tomma rader. Exportera den på nytt och släpp den här igen.',
    en: 'The file holds only empty rows. Export it again and drop it here.',
  }),
  file_without_rows: () => ({
    sv: 'Filen har en rubrikrad men inga rader under den. Fyll i minst en rad och släpp filen igen.',
    en: 'The file has a header row and nothing below it. Fill in at least one row and drop the file again.',
  }),
  file_spreadsheet: () => ({
    sv: 'Det här är en arbetsbok, inte en CSV-fil. Öppna den i Excel, välj Arkiv > Spara som > CSV UTF-8 och släpp den nya filen här.',
    en: 'This is a workbook, not a CSV file. Open it in Excel, choose File > Save As > CSV UTF-8 and drop the new file here.',
  }),
  file_zip: () => ({
    sv: 'Det här är ett zip-arkiv. Packa upp det och släpp CSV-filen här.',
    en: 'This is a zip archive. Unpack it and drop the CSV file here.',
  }),
  file_pdf: () => ({
    sv: 'Det här är en PDF. Exportera listan som CSV i stället och släpp den filen här.',
    en: 'This is a PDF. Export the list as CSV instead and drop that file here.',
  }),
  file_web_page: () => ({
    sv: 'Det här är en webbsida, kanske en inloggningssida, inte listan. Logga in där listan finns, ladda ner den och släpp den här.',
    en: 'This is a web page, perhaps a login page, not the list. Log in where the list is, download it and drop it here.',
  }),
  file_binary: () => ({
    sv: 'Filen innehåller inte text, så den går inte att läsa som en lista. Spara listan som CSV UTF-8 och släpp den här.',
    en: 'The file does not hold text, so it cannot be read as a list. Save the list as CSV UTF-8 and drop it here.',
  }),
  file_mixed_encoding: () => ({
    sv: 'Filen blandar två teckenkodningar, så å, ä och ö går inte att läsa säkert. Spara den som CSV UTF-8, kontrollera namnen och släpp den igen.',
    en: 'The file mixes two character encodings, so å, ä and ö cannot be read safely. Save it as CSV UTF-8, check the names and drop it again.',
  }),
  file_too_big: (p: { mebibytes: number }) => ({
    sv: `Filen är större än ${formatNumber(p.mebibytes, 'sv')} MB. Ta bort kolumner som inte behövs eller dela upp den.`,
    en: `The file is larger than ${formatNumber(p.mebibytes, 'en')} MB. Remove columns that are not needed or split it.`,
  }),
  file_too_many_rows: (p: { limit: number }) => ({
    sv: `Filen har fler än ${formatNumber(p.limit, 'sv')} rader. Dela upp den och släpp en del i taget.`,
    en: `The file has more than ${formatNumber(p.limit, 'en')} rows. Split it and drop one part at a time.`,
  }),
  file_cut: (p: { row: number }) => ({
    sv: `Filen tar slut mitt i en cell: citattecknet som börjar på rad ${p.row} avslutas aldrig. Exportera filen på nytt eller rätta raden.`,
    en: `The file ends in the middle of a cell: the quote that opens on row ${p.row} never closes. Export the file again or correct the row.`,
  }),
  file_row_too_long: (p: { row: number }) => ({
    sv: `Rad ${p.row} är orimligt lång: troligen saknas ett avslutande citattecken. Rätta raden och släpp filen igen.`,
    en: `Row ${p.row} is far too long: a closing quote is probably missing. Correct the row and drop the file again.`,
  }),
  file_one_column: () => ({
    sv: 'Allt står i en enda kolumn. Dela upp den i Excel med Data > Text till kolumner, spara som CSV UTF-8 och släpp filen igen.',
    en: 'Everything is in one column. Split it in Excel with Data > Text to Columns, save as CSV UTF-8 and drop the file again.',
  }),
  file_delimiter: (p: { found: string }) => ({
    sv: `Filen säger att kolumnerna skiljs åt av ”${p.found}”. Jag läser tabb, semikolon och komma: spara den med något av dem.`,
    en: `The file says that "${p.found}" separates its columns. I read tab, semicolon and comma: save it with one of those.`,
  }),
  // Files: the platform does not hand out what was dropped.
  file_gone: () => ({
    sv: 'Filen finns inte kvar i chatten. Släpp den här igen.',
    en: 'The file is no longer in the chat. Drop it here again.',
  }),
  file_elsewhere: () => ({
    sv: 'Filen ligger inte i chatten utan hos en annan tjänst. Ladda ner den och släpp själva filen här.',
    en: 'The file is not in the chat but with another service. Download it and drop the file itself here.',
  }),
  file_login_page: () => ({
    sv: 'Chatten lämnade ut sin inloggningssida i stället för filen: jag får inte läsa filer här. Be den som installerade mig om behörigheten files:read.',
    en: 'The chat handed out its login page instead of the file: I may not read files here. Ask whoever installed me for the permission files:read.',
  }),
  // Files: the header row.
  header_unknown: (p: { first: string; expected: Text }) => ({
    sv: `Jag känner inte igen någon rubrik på första raden (${p.first}). Rubrikerna ska heta till exempel ${p.expected.sv}.`,
    en: `I recognise no column name on the first row (${p.first}). The columns should be called, for example, ${p.expected.en}.`,
  }),
  header_nearly: (p: { found: string; meant: string }) => ({
    sv: `Kolumnen ”${p.found}” heter nästan ”${p.meant}”. Döp om den till det, eller till något helt annat, och släpp filen igen.`,
    en: `The column "${p.found}" is nearly called "${p.meant}". Rename it to that, or to something else entirely, and drop the file again.`,
  }),
  header_twice: (p: { first: string; second: string }) => ({
    sv: `Två kolumner är samma fält: ”${p.first}” och ”${p.second}”. Ta bort den ena och släpp filen igen.`,
    en: `Two columns are the same field: "${p.first}" and "${p.second}". Remove one of them and drop the file again.`,
  }),
  header_missing: (p: { template: Text; fields: Text }) => ({
    sv: `Det här saknas i filen för mallen ”${p.template.sv}”: ${p.fields.sv}. Lägg till det och släpp filen igen.`,
    en: `The file lacks what the template "${p.template.en}" needs: ${p.fields.en}. Add it and drop the file again.`,
  }),
  // Verifying one user.
  verify_one: () => ({
    sv: 'Med `/vc verifiera` skickar du till en användare i taget. Till flera på en gång: `/vc massverifiera`, följt av ett filter.',
    en: 'With `/vc verify` you send to one user at a time. To many at once: `/vc bulk-verify`, followed by a filter.',
  }),
  user_not_found: (p: { userId: string }) => ({
    sv: `Jag hittar ingen användare med användar-id ”${shortened(p.userId)}”. Sök med \`/vc användare\`.`,
    en: `I can't find a user with the User-ID "${shortened(p.userId)}". Search with \`/vc users\`.`,
  }),
  user_unnamed: () => ({
    sv: 'Vilken användare? Skriv `/vc visa` och användar-id, eller sök med `/vc användare`.',
    en: 'Which user? Type `/vc user` and the User-ID, or search with `/vc users`.',
  }),
  not_a_page: (p: { written: string }) => ({
    sv: `”${shortened(p.written)}” är inget sidnummer. Skriv till exempel sida:2.`,
    en: `"${shortened(p.written)}" is not a page number. Write for example page:2.`,
  }),
  user_missing: () => ({
    sv: 'Välj en användare i listan: skriv början av namnet, användar-id eller anställningsnumret.',
    en: 'Choose a user from the list: type the beginning of the name, the User-ID or the employment number.',
  }),
  user_deactivated: () => ({
    sv: 'Användaren är inaktiverad och får inga mejl. Aktivera användaren först.',
    en: 'The user is deactivated and gets no email. Activate the user first.',
  }),
  user_not_yet: () => ({
    sv: 'Användaren har inte börjat ännu. Mejlet kan skickas från kl. 09.00 dagen före första arbetsdagen.',
    en: 'The user has not started yet. The email can be sent from 09:00 on the day before the first day of work.',
  }),
  user_ended: () => ({
    sv: 'Användarens anställning har upphört, så inget mejl skickas. Stämmer inte det, rätta slutdatumet först.',
    en: "The user's employment has ended, so no email is sent. If that is wrong, correct the end date first.",
  }),
  addresses_differ: () => ({
    sv: 'Adresserna stämmer inte överens. Skriv samma adress i båda fälten.',
    en: 'The addresses differ. Type the same address in both fields.',
  }),
  domain_not_allowed: (p: { domain: string }) => ({
    sv: `${p.domain} är inte en tillåten domän. Använd en adress i någon av dem som \`/vc domäner\` visar.`,
    en: `${p.domain} is not an allowed domain. Use an address in one of those that \`/vc domains\` shows.`,
  }),
  address_taken: () => ({
    sv: 'Adressen används av en annan användare. Varje person behöver en egen.',
    en: 'Another user has this address. Everyone needs their own.',
  }),
  address_connected: () => ({
    sv: 'Användaren är redan kopplad, så adressen kan inte ändras. Ta bort kopplingen först.',
    en: 'The user is already connected, so the address cannot be changed. Delete the connection first.',
  }),
  already_connected: () => ({
    sv: 'Användaren är redan kopplad till Visma Connect. Inget mejl behövs.',
    en: 'The user is already connected to Visma Connect. No email is needed.',
  }),
  already_verified: () => ({
    sv: 'Adressen är redan verifierad och kontot skapas. Inget mejl behövs.',
    en: 'The address is already verified and the account is being created. No email is needed.',
  }),
  no_address: () => ({
    sv: 'Användaren har ingen e-postadress för Visma Connect. Skriv `/vc verifiera` för att ange en.',
    en: 'The user has no email address for Visma Connect. Type `/vc verify` to enter one.',
  }),
  not_connected: () => ({
    sv: 'Användaren är inte kopplad till Visma Connect, så det finns ingen koppling att ta bort. Skriv `/vc visa` och användar-id för att se hur det står till.',
    en: 'The user is not connected to Visma Connect, so there is no connection to delete. Type `/vc user` and the User-ID to see how things stand.',
  }),
  link_limit: () => ({
    sv: 'Du har redan fått flera länkar den senaste timmen. Titta även i skräpposten, eller försök igen om en timme.',
    en: 'You have been sent several links in the last hour. Check junk mail too, or try again in an hour.',
  }),
  // Starting: read by whoever runs the program.
  slack_refused: (p: { variable: string; reason: string }) => ({
    sv: `Slack godtar inte ${p.variable} (${p.reason}). Kopiera den på nytt från appens sida på api.slack.com/apps.`,
    en: `Slack does not accept ${p.variable} (${p.reason}). Copy it again from the app's page at api.slack.com/apps.`,
  }),
  slack_token_kind: (p: { variable: string; begins: string }) => ({
    sv: `${p.variable} är en annan sorts nyckel än den som behövs: den ska börja med ${p.begins}. Kopiera rätt nyckel från appens sida på api.slack.com/apps.`,
    en: `${p.variable} is another kind of token than the one needed: it should begin with ${p.begins}. Copy the right one from the app's page at api.slack.com/apps.`,
  }),
  slack_scope: (p: { variable: string; scope: string }) => ({
    sv: `${p.variable} saknar behörigheten ${p.scope} i Slack. Lägg till den på appens sida på api.slack.com/apps och installera appen igen.`,
    en: `${p.variable} lacks the scope ${p.scope} in Slack. Add it on the app's page at api.slack.com/apps and install the app again.`,
  }),
  data_dir_unusable: (p: { dir: string; reason: string }) => ({
    sv: `DATA_DIR (${p.dir}) går inte att använda (${p.reason}). Ange en mapp som programmet får skriva i.`,
    en: `DATA_DIR (${p.dir}) cannot be used (${p.reason}). Set it to a folder that the program may write in.`,
  }),
  database_unreachable: (p: { reason: string }) => ({
    sv: `Databasen i DATABASE_URL går inte att nå (${p.reason}). Kontrollera adressen, användaren och lösenordet, och att servern är igång.`,
    en: `The database in DATABASE_URL cannot be reached (${p.reason}). Check the address, the user and the password, and that the server runs.`,
  }),
  port_taken: (p: { port: number }) => ({
    sv: `PORT ${p.port} används redan av ett annat program. Stoppa det, eller ange en annan PORT.`,
    en: `PORT ${p.port} is already used by another program. Stop that, or set another PORT.`,
  }),
  address_unusable: (p: { host: string; port: number; reason: string }) => ({
    sv: `Det går inte att lyssna på HOST ${p.host}, PORT ${p.port} (${p.reason}). Ange en HOST som är den här datorns, till exempel 127.0.0.1, och en PORT som får användas.`,
    en: `HOST ${p.host}, PORT ${p.port} cannot be listened at (${p.reason}). Set HOST to an address of this machine, such as 127.0.0.1, and PORT to one that may be used.`,
  }),
  data_dir_in_use: (p: { dir: string }) => ({
    sv: `En annan vc-bot använder redan DATA_DIR (${p.dir}). Stoppa den först, eller ge den här en egen DATA_DIR.`,
    en: `Another vc-bot already uses DATA_DIR (${p.dir}). Stop it first, or give this one a DATA_DIR of its own.`,
  }),
  database_newer: (p: { migration: string }) => ({
    sv: `Databasen har använts av en nyare vc-bot (${p.migration}). Starta den versionen, eller återställ en äldre säkerhetskopia.`,
    en: `A newer vc-bot has used this database (${p.migration}). Start that version, or restore an older backup.`,
  }),
  invalid_address: (p: { problem: AddressProblem }) => addressProblems[p.problem],
  domain_one: () => ({
    sv: 'Skriv en domän i taget, utan fler ord, till exempel `/vc domäner tillåt company.se`.',
    en: 'Write one domain at a time and no further words, for example `/vc domains allow company.se`.',
  }),
  domain_listed: (p: { domain: string }) => ({
    sv: `${p.domain} är redan tillåten. \`/vc domäner\` visar listan.`,
    en: `${p.domain} is already allowed. \`/vc domains\` shows the list.`,
  }),
  domain_not_listed: (p: { domain: string }) => ({
    sv: `${p.domain} finns inte i listan. \`/vc domäner\` visar den.`,
    en: `${p.domain} is not on the list. \`/vc domains\` shows it.`,
  }),
  invalid_domain: (p: { problem: DomainProblem }) => domainProblems[p.problem],
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
  filter_unknown_value: (p: { key: Text; value: string; nearest?: Text; values?: Text }) => ({
    sv: [
      `Jag hittar inte ”${p.value}” under \`${p.key.sv}:\`.`,
      ...(p.nearest ? [`Menade du \`${p.nearest.sv}\`?`] : []),
      ...(p.values && !p.nearest ? [`Det här går att skriva: ${p.values.sv}.`] : []),
      ...(p.values || p.nearest ? [] : ['Kontrollera stavningen, och att hela namnet är med.']),
    ].join(' '),
    en: [
      `I can't find "${p.value}" under \`${p.key.en}:\`.`,
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
  // Imports.
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
  import_file_unreachable: () => ({
    sv: 'Jag lyckades inte hämta filen, trots flera försök. Inget är läst. Släpp den igen om en stund.',
    en: "I couldn't fetch the file, in several tries. Nothing was read. Drop it again in a while.",
  }),
  // Bulk verification.
  campaign_unknown: (p: { id: number }) => ({
    sv: `Det finns inget utskick #${p.id}. Numren står i \`/vc logg\`.`,
    en: `There is no campaign #${p.id}. The numbers are in \`/vc log\`.`,
  }),
  campaign_no_number: () => ({
    sv: 'Vilket utskick? Skriv numret, till exempel `/vc massverifiera avbryt #42`. Numren står i `/vc logg`.',
    en: 'Which campaign? Write its number, for example `/vc bulk-verify cancel #42`. The numbers are in `/vc log`.',
  }),
  campaign_out_of_reach: () => ({
    sv: 'Utskicket når personer som du inte har behörighet till. Be någon som har det.',
    en: 'The campaign reaches people whom you have no permission for. Ask somebody who has.',
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
    en: `Campaign #${p.id} is confirmed already. It is sent only once.`,
  }),
  campaign_over: (p: { id: number }) => ({
    sv: `Utskick #${p.id} är redan avslutat. Hur det gick står i \`/vc logg\`.`,
    en: `Campaign #${p.id} is over already. How it went is in \`/vc log\`.`,
  }),
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
  // The log.
  log_unknown: (p: { id: number }) => ({
    sv: `Det finns ingen import och inget utskick #${p.id} att visa. \`/vc logg\` listar dem som finns.`,
    en: `There is no import or campaign #${p.id} to show. \`/vc log\` lists those there are.`,
  }),
  log_no_number: () => ({
    sv: 'Vilken logg? Skriv numret, till exempel `/vc logg visa #42`. Numren står i `/vc logg`.',
    en: 'Which log? Write its number, for example `/vc log show #42`. The numbers are in `/vc log`.',
  }),
} satisfies Record<string, (params: never) => Text>;

/** Enough of what somebody wrote to find the place. */
function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

type Sentences = typeof sentences;

/** A code of the table above. */
export type RefusalCode = keyof Sentences;

/** What a code's sentence needs to be filled in. */
export type RefusalParams<C extends RefusalCode> = Parameters<Sentences[C]>[0];

/** Something that the caller may be told, in both languages; `field` names the form field at fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly text: Text;
  readonly field: string | undefined;

  constructor(code: RefusalCode, text: Text, field?: string) {
    super(text.en);
    this.name = 'Refusal';
    this.code = code;
    this.text = text;
    this.field = field;
  }
}

type Args<C extends RefusalCode> =
  RefusalParams<C> extends undefined
    ? [params?: undefined, field?: string]
    : [params: RefusalParams<C>, field?: string];

/** Makes the refusal `code`, ready to throw; the second argument fills its sentence in, the third names a form field. */
export function refuse<C extends RefusalCode>(code: C, ...[params, field]: Args<C>): Refusal {
  const sentence = sentences[code] as (p: unknown) => Text;
  return new Refusal(code, sentence(params), field);
}
