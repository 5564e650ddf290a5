import type { Text } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import { formatSize } from '../rules/size.ts';

/** What was dropped: it cannot be fetched, or not be read as rows. And what is to be handed over, and cannot be. */
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
    sv: 'Det här är en webbsida eller XML som utger sig för att vara en arbetsbok. Öppna den i Excel, välj Arkiv > Spara som > Excel-arbetsbok (.xlsx) och släpp den nya filen här.',
    en: 'This is a web page or XML under the name of a workbook. Open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and drop the new file here.',
  }),
  file_document: () => ({
    sv: 'Det här är ett dokument eller en presentation, inte en lista. Lägg listan i en Excel-arbetsbok eller en CSV-fil och släpp den här.',
    en: 'This is a document or a presentation, not a list. Put the list in an Excel workbook or a CSV file and drop it here.',
  }),
  file_zip: () => ({
    sv: 'Det här är ett zip-arkiv. Packa upp det och släpp filen eller filerna i det här i stället.',
    en: 'This is a zip archive. Unpack it and drop the file or files in it here instead.',
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
  file_not_encoding: (p: { given: string }) => ({
    sv: `Mallen säger att filen är ${p.given}, men det är den inte. Spara filen som ${p.given}, eller läs den med en mall som tar den teckenkodning som filen har.`,
    en: `The template says that the file is ${p.given}, but it is not. Save the file as ${p.given}, or read it by a template that takes whatever encoding it has.`,
  }),
  file_too_big: (p: { limit: number }) => ({
    sv: `Filen är större än ${formatSize(p.limit, 'sv')}. Ta bort kolumner som inte behövs eller dela upp den.`,
    en: `The file is larger than ${formatSize(p.limit, 'en')}. Remove columns that are not needed or split it.`,
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
    sv: 'Allt står i en enda kolumn: varje rad är satt inom citattecken. Dela upp den i Excel med Data > Text till kolumner, spara som CSV UTF-8 och släpp filen igen.',
    en: 'Everything is in one column: each row is within quotation marks. Split it in Excel with Data > Text to Columns, save as CSV UTF-8 and drop the file again.',
  }),
  file_other_delimiter: (p: { found: string }) => ({
    sv: `Kolumnerna skiljs åt av ”${p.found}”, så allt står i en enda kolumn. Spara filen med tabb, semikolon eller komma, eller gör en mall med det tecknet: \`/vc mallar\`.`,
    en: `"${p.found}" separates the columns, so everything is in one. Save the file with tabs, semicolons or commas, or make a template with that character: \`/vc templates\`.`,
  }),
  template_delimiter: (p: { template: Text; given: Text; found: Text }) => ({
    sv: `Allt står i en enda kolumn: mallen ”${p.template.sv}” säger att kolumnerna skiljs åt av ${p.given.sv}, men i filen är det ${p.found.sv}. Ändra mallen, eller läs filen med en annan.`,
    en: `Everything is in one column: the template "${p.template.en}" says that the columns are separated by ${p.given.en}, but in the file it is ${p.found.en}. Change the template, or read the file by another.`,
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
  header_nearly: (p: {
    columns: readonly { found: string; meant: string }[];
    lacking: { template: Text; fields: Text } | undefined;
    /** What is nearly "E-post" may be meant for the login. */
    perhapsConnect: boolean;
  }) => ({
    sv: [
      ...p.columns.map(({ found, meant }) => `Kolumnen ”${found}” heter nästan ”${meant}”.`),
      `Döp om ${p.columns.length === 1 ? 'den till det' : 'dem till det'}, eller till något helt annat.`,
      ...(p.perhapsConnect
        ? ['Är det adressen för inloggningen heter kolumnen ”E-post Visma Connect”.']
        : []),
      ...(p.lacking ? [`Mallen ”${p.lacking.template.sv}” behöver också ${p.lacking.fields.sv}.`] : []),
      'Släpp sedan filen igen.',
    ].join(' '),
    en: [
      ...p.columns.map(({ found, meant }) => `The column name "${found}" is nearly "${meant}".`),
      `Rename ${p.columns.length === 1 ? 'it to that' : 'them to those'}, or to something else entirely.`,
      ...(p.perhapsConnect
        ? ['If it is the address for logging in, the column is called "Email Visma Connect".']
        : []),
      ...(p.lacking ? [`The template "${p.lacking.template.en}" also needs ${p.lacking.fields.en}.`] : []),
      'Then drop the file again.',
    ].join(' '),
  }),
  header_twice: (p: { first: string; second: string }) => ({
    sv: `Två kolumner är samma fält: ”${p.first}” och ”${p.second}”. Ta bort den ena och släpp filen igen.`,
    en: `Two columns are the same field: "${p.first}" and "${p.second}". Remove one of them and drop the file again.`,
  }),
  header_missing: (p: { template: Text; fields: Text }) => ({
    sv: `Det här saknas i filen för mallen ”${p.template.sv}”: ${p.fields.sv}. Lägg till det och släpp filen igen.`,
    en: `The file lacks what the template "${p.template.en}" needs: ${p.fields.en}. Add it and drop the file again.`,
  }),
  file_unhanded: () => ({
    sv: 'Filen gick inte att lämna över. Be om den igen om en stund.',
    en: 'The file could not be handed over. Ask for it again in a while.',
  }),
  template_order: (p: { template: Text; row: number; found: string; expected: Text }) => ({
    sv: `Kolumnerna står inte i den ordning som mallen ”${p.template.sv}” säger. Rad ${p.row} i filen: ${p.found}. Mallen: ${p.expected.sv}. Ändra den ena så att de stämmer överens, eller läs filen med en annan mall.`,
    en: `The columns are not in the order that the template "${p.template.en}" says. Row ${p.row} of the file: ${p.found}. The template: ${p.expected.en}. Change one of them so that they agree, or read the file by another template.`,
  }),
  template_header_missing: (p: { template: Text; row: number }) => ({
    sv: `Mallen ”${p.template.sv}” säger att rad ${p.row} är en rubrikrad, men den ser ut att vara en användare. Lägg till rubriker överst i filen, eller läs den med en mall utan rubrikrad.`,
    en: `The template "${p.template.en}" says that row ${p.row} holds column names, but it looks like a user. Add column names at the top of the file, or read it by a template without a header row.`,
  }),
  template_width: (p: { template: Text; row: number; found: number; expected: number }) => ({
    sv: `Mallen ”${p.template.sv}” har ${p.expected} kolumner, men rad ${p.row} i filen har ${p.found}. Kontrollera avgränsaren och kolumnerna, eller läs filen med en annan mall.`,
    en: `The template "${p.template.en}" has ${p.expected} columns, but row ${p.row} of the file has ${p.found}. Check the delimiter and the columns, or read the file by another template.`,
  }),
} satisfies Record<string, (params: never) => Text>;
