import type { Language } from '../../../rules/language.ts';
import { matching } from '../../../rules/template-match.ts';
import { exportTemplates, type ImportTemplate, templates } from '../../../rules/templates.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';

const file: NonNullable<ImportStatus['file']> = {
  shape: { encoding: 'Windows-1252', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
  header: {
    columns: ['userId', 'employmentNumber', 'name', null, 'connectEmail'],
    fields: ['userId', 'employmentNumber', 'name', 'connectEmail'],
    ignored: ['Lönegrupp'],
    language: 'sv',
    row: 1,
    fits: ['connectEmail', 'employees'],
    leastCells: 2,
  },
};
/** A file of addresses, previewed. */
export const previewed: ImportStatus = {
  id: 42,
  state: 'previewed',
  origin: 'file',
  filter: undefined,
  fileName: 'adresser <från kollegorna>.csv',
  file,
  template: templates.connectEmail,
  guessed: false,
  others: [templates.employees],
  rowCount: 1204,
  emptyRows: 3,
  staged: true,
  newCompanies: [],
  counts: { u: 1149, U: 1, n: 40, a: 9, d: 3, y: 2, differs: 12, slip: 2, damaged: 1 },
  protected: true,
  applied: 0,
  confirmed: false,
  fault: undefined,
  files: [],
  filesInAll: 0,
  joined: undefined,
  known: [],
  comparison: undefined,
  goneUsers: [],
  examples: [
    { kind: 'slip', place: { row: 14 }, cell: 'anna@gmial.com', meant: 'gmail.com' },
    { kind: 'slip', place: { row: 203 }, cell: 'bo@foretaget.es', meant: 'foretaget.se' },
    { kind: 'damaged', place: { row: 88 }, cell: '1,98503E+11' },
    { kind: 'invalid_email', place: { row: 5 }, cell: 'nils@company,se', meant: 'nils@company.se' },
    { kind: 'invalid_email', place: { row: 9 }, cell: 'åsa.fors@company.se', meant: 'asa.fors@company.se' },
    { kind: 'invalid_email', place: { row: 31 }, cell: 'nils' },
    { kind: 'address_taken', place: { row: 44 }, cell: 'bo@company.se' },
    { kind: 'address_taken', place: { row: 45 }, cell: 'cia@company.se' },
  ],
  saved: false,
  missing: { users: 0, shielded: 0, connected: 0, deactivated: { users: 0, shielded: 0 } },
  undoable: false,
  undoneBy: undefined,
  undone: undefined,
};
/** A file that was exported, and comes back with some differences. */
export const returned: ImportStatus = {
  ...previewed,
  examples: [],
  counts: { u: 390, i: 6, I: 1, x: 2 },
  comparison: {
    exportId: 40,
    exported: { open: 400, shielded: 1 },
    found: { open: 398, shielded: 1 },
    rows: [
      { kind: 'zeros', open: 5, shielded: 1, examples: [14, 15, 31] },
      { kind: 'number', open: 1, shielded: 0, examples: [88] },
      { kind: 'added', open: 2, shielded: 0, examples: [400, 401] },
    ],
    gone: { open: 2, shielded: 0, users: [14, 28] },
  },
  goneUsers: [
    { name: 'Anna Svensson', userId: '14' },
    { name: 'Åsa Öberg', userId: '28' },
  ],
};
const managers = { exportId: 40, emptyRows: 0 };
/** Three departments' workbooks that came back together, one of them twice. */
export const together: ImportStatus = {
  ...returned,
  id: 45,
  others: [],
  rowCount: 58,
  emptyRows: 0,
  fileName: 'Lön.xlsx',
  files: [
    { ...managers, importId: 42, name: 'Ekonomi & <Lön>.xlsx', rows: 24, last: 25, file: 2 },
    { ...managers, importId: 43, name: 'IT.xlsx', rows: 31, last: 32, file: 4, instead: 41 },
    { ...managers, importId: 45, name: 'Lager.xlsx', rows: 3, last: 4, file: 5 },
  ],
  filesInAll: 8,
  counts: { u: 50, n: 5, a: 2, l: 1 },
  examples: [
    {
      kind: 'invalid_email',
      place: { row: 14, file: 'IT.xlsx' },
      cell: 'nils@company,se',
      meant: 'nils@company.se',
    },
    { kind: 'invalid_email', place: { row: 2, file: 'Lager.xlsx' }, cell: 'nils' },
  ],
  known: [
    { at: new Date('2026-11-17T12:00:00Z'), by: 'Lena', undone: false, file: 'IT.xlsx' },
    { at: new Date('2026-11-18T12:00:00Z'), by: 'Lena', undone: false, file: 'Lager.xlsx' },
  ],
  comparison: {
    exportId: 40,
    exported: { open: 60, shielded: 0 },
    found: { open: 57, shielded: 0 },
    rows: [{ kind: 'zeros', open: 2, shielded: 0, examples: [14, 32] }],
    gone: { open: 2, shielded: 0, users: [31] },
  },
  goneUsers: [{ name: 'Örjan Åkesson', userId: '31' }],
};
/** An export of new users, previewed. */
export const employees: ImportStatus = {
  ...previewed,
  template: templates.employees,
  others: [templates.connectEmail],
  fileName: 'anställda.csv',
  examples: [],
  counts: { c: 1000, f: 40 },
  newCompanies: [
    { name: 'Företagt AB', shielded: false, meant: 'Företaget AB' },
    { name: 'Dotter & Söner AB', shielded: false },
  ],
};
/** A list of everybody, in which some have moved and others are missing. */
export const listing: ImportStatus = {
  ...employees,
  counts: { c: 4, u: 12, n: 984, moved: 8, MOVED: 1 },
  newCompanies: [],
  missing: { users: 14, shielded: 1, connected: 9, deactivated: { users: 0, shielded: 0 } },
};
export const now = new Date('2026-11-21T12:00:00Z');
export const known = { at: new Date('2026-11-17T12:00:00Z'), by: 'Lena', undone: false };
export const caller = (language: Language): Reader => ({ language, audience: 'caller' });
export const place = (language: Language): Reader => ({ language, audience: 'place' });

const own: ImportTemplate = {
  ...matching(exportTemplates.toFlex),
  key: 'own:7',
  name: { sv: 'Vår lista & era', en: 'Vår lista & era' },
  header: false,
};
/** A file without column names, previewed by one's own template. */
export const byOwn: ImportStatus = {
  ...previewed,
  examples: [],
  template: own,
  guessed: true,
  others: ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => ({
    ...own,
    key: `own:${letter}`,
    name: { sv: `Lista ${letter}`, en: `Lista ${letter}` },
  })),
  file: {
    shape: { encoding: 'UTF-8', bom: false, delimiter: '|', lineEnd: '\n', sepLine: false, skipRows: 2 },
    header: {
      columns: own.fields,
      fields: own.fields,
      ignored: [],
      language: 'sv',
      row: 2,
      fits: [],
      leastCells: 2,
      bare: true,
    },
  },
};

/** A workbook of several sheets, previewed. */
export const inWorkbook: ImportStatus = {
  ...previewed,
  fileName: 'adresser.xlsx',
  file: {
    ...file,
    shape: {
      sheet: 'Malmö & Lund',
      passed: 'Läs mig',
      others: [
        { name: 'Läs mig', fits: false },
        { name: 'Göteborg', fits: true },
      ],
      hiddenRows: 4,
      merged: 1,
    },
  },
  counts: { ...previewed.counts, error_value: 2, no_value: 1, formula: 40 },
};
