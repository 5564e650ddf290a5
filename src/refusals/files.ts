import type { Text } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';

/** What was dropped: it cannot be fetched, or not be read as rows. */
export const files = {
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
} satisfies Record<string, (params: never) => Text>;
