import type { Text } from '../rules/language.ts';
import { formatNumber, list } from '../rules/say.ts';

/** Workbooks that cannot be read, and why. */
export const workbooks = {
  workbook_old: () => ({
    sv: 'Det här är en arbetsbok i det gamla formatet .xls. Öppna den i Excel, välj Arkiv > Spara som > Excel-arbetsbok (.xlsx) och släpp den nya filen här.',
    en: 'This is a workbook in the old format .xls. Open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and drop the new file here.',
  }),
  workbook_binary: () => ({
    sv: 'Det här är en binär arbetsbok (.xlsb). Öppna den i Excel, välj Arkiv > Spara som > Excel-arbetsbok (.xlsx) och släpp den nya filen här.',
    en: 'This is a binary workbook (.xlsb). Open it in Excel, choose File > Save As > Excel Workbook (.xlsx) and drop the new file here.',
  }),
  workbook_other: () => ({
    sv: 'Det här är ett kalkylark från ett annat program än Excel, till exempel LibreOffice (.ods) eller Numbers. Exportera det som Excel-arbetsbok (.xlsx) eller CSV och släpp den filen här.',
    en: 'This is a spreadsheet from another program than Excel, such as LibreOffice (.ods) or Numbers. Export it as an Excel workbook (.xlsx) or as CSV and drop that file here.',
  }),
  workbook_protected: () => ({
    sv: 'Arbetsboken är skyddad med ett lösenord, så jag kan inte läsa den. Öppna den i Excel, ta bort lösenordet under Arkiv > Info > Skydda arbetsbok, spara den och släpp den här igen.',
    en: 'The workbook is protected by a password, so I cannot read it. Open it in Excel, remove the password under File > Info > Protect Workbook, save it and drop it here again.',
  }),
  workbook_broken: () => ({
    sv: 'Arbetsboken är skadad eller avklippt. Öppna den i Excel, spara den på nytt som .xlsx och släpp den nya filen här.',
    en: 'The workbook is damaged or cut short. Open it in Excel, save it again as .xlsx and drop the new file here.',
  }),
  workbook_too_large: () => ({
    sv: 'Arbetsboken är orimligt stor när den packas upp. Kopiera kolumnerna som behövs till en ny arbetsbok, eller spara bladet som CSV UTF-8, och släpp den filen här.',
    en: 'The workbook is far too large once it is unpacked. Copy the columns that are needed to a new workbook, or save the sheet as CSV UTF-8, and drop that file here.',
  }),
  workbook_too_wide: (p: { row: number }) => ({
    sv: `Rad ${formatNumber(p.row, 'sv')} i bladet är orimligt bred. Kopiera kolumnerna som behövs till en ny arbetsbok och släpp den här.`,
    en: `Row ${formatNumber(p.row, 'en')} of the sheet is far too wide. Copy the columns that are needed to a new workbook and drop it here.`,
  }),
  workbook_blank: (p: { anyHidden: boolean }) => ({
    sv: `Arbetsboken har inget synligt blad med något i. ${p.anyHidden ? 'Ta fram det dolda bladet (högerklicka på en bladflik > Ta fram), spara' : 'Fyll i den, spara'} och släpp den här igen.`,
    en: `The workbook has no visible sheet with anything in it. ${p.anyHidden ? 'Unhide the hidden sheet (right-click a sheet tab > Unhide), save it' : 'Fill it in, save it'} and drop it here again.`,
  }),
  workbook_sheet_blank: (p: { sheet: string }) => ({
    sv: `Bladet ”${p.sheet}” är tomt. Fyll i det och släpp arbetsboken igen, eller läs ett annat blad.`,
    en: `The sheet "${p.sheet}" is empty. Fill it in and drop the workbook again, or read another sheet.`,
  }),
  import_no_sheets: (p: { id: number }) => ({
    sv: `Filen till import #${p.id} är ingen arbetsbok, så den har inga blad att välja mellan.`,
    en: `The file of import #${p.id} is no workbook, so it has no sheets to choose from.`,
  }),
  import_no_sheet: (p: { id: number; sheet: string }) => ({
    sv: `Vilket blad? Skriv dess namn, till exempel \`/vc importera blad #${p.id} ${p.sheet}\`.`,
    en: `Which sheet? Write its name, for example \`/vc import sheet #${p.id} ${p.sheet}\`.`,
  }),
  workbook_sheet_unknown: (p: { asked: string; sheets: readonly string[] }) => ({
    sv: `Arbetsboken har inget blad som heter ”${p.asked}”. De här finns: ${list(p.sheets, 'sv')}.`,
    en: `The workbook has no sheet called "${p.asked}". There are these: ${list(p.sheets, 'en')}.`,
  }),
} satisfies Record<string, (params: never) => Text>;
