import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';

const file: ImportStatus['file'] = {
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
  fileName: 'adresser <från kollegorna>.csv',
  file,
  template: 'connectEmail',
  rowCount: 1204,
  emptyRows: 3,
  staged: true,
  counts: { u: 1149, U: 1, n: 40, a: 9, d: 3, y: 2, differs: 12, damaged: 1 },
  protected: true,
  applied: 0,
  confirmed: false,
  fault: undefined,
  known: undefined,
  saved: false,
};
/** An export of new users, previewed. */
export const employees: ImportStatus = {
  ...previewed,
  template: 'employees',
  fileName: 'anställda.csv',
  counts: { c: 1000, f: 40 },
};
export const now = new Date('2026-11-21T12:00:00Z');
export const known = { at: new Date('2026-11-17T12:00:00Z'), by: 'Lena' };
export const caller: Reader = { language: 'sv', audience: 'caller' };
export const place: Reader = { language: 'en', audience: 'place' };
