import type { Language } from './language.ts';
import { formatNumber } from './say.ts';
import { fold } from './text.ts';

/** One of the files that an import's rows are from, in the order of the rows: a department's, of an export. */
export interface ImportFile {
  /** The import as which it was dropped. */
  importId: number;
  name: string;
  /** Its data rows, and wholly empty ones beside them. */
  rows: number;
  emptyRows: number;
  /** The number of its last row in the spreadsheet. */
  last: number;
  /** Which file of which export it is, from 0. */
  exportId: number;
  file: number;
  /** The import as which an earlier drop of the same department's file came, which gave way to this one. */
  instead?: number;
}

/** Where a row stands, as people are told: `file` only where there are several. */
export interface RowPlace {
  /** The spreadsheet's. */
  row: number;
  file?: string;
}

/** The numbers of an import's rows rise from file to file: this is what is added to those of each. */
export function numbersBefore(files: readonly Pick<ImportFile, 'last'>[]): number[] {
  let before = 0;
  return files.map(({ last }) => {
    const start = before;
    before += last;
    return start;
  });
}

/** What the files are called beside their rows: no two alike. */
export function fileLabels(files: readonly Pick<ImportFile, 'name'>[]): string[] {
  const times = new Map<string, number>();
  return files.map(({ name }) => {
    const n = (times.get(fold(name)) ?? 0) + 1;
    times.set(fold(name), n);
    return n > 1 ? `${name} (${n})` : name;
  });
}

/** Above the numbers of all rows: the header's own row, or, where there are several, none. */
export const headerRowOf = ({ row }: { row: number }, files: readonly ImportFile[]): number =>
  files.length > 1 ? 0 : row;

/** Tells of a row's number in the row log where the row stands. */
export function placesIn(files: readonly ImportFile[]): (logged: number) => RowPlace {
  if (files.length < 2) return (row) => ({ row });
  const before = numbersBefore(files);
  const labels = fileLabels(files);
  return (logged) => {
    const i = before.findLastIndex((start) => start < logged);
    return { row: logged - (before[i] ?? 0), file: labels[i] ?? '' };
  };
}

/** "14", or "14 i Ekonomi.xlsx". */
export function placeText({ row, file }: RowPlace, language: Language): string {
  if (file === undefined) return String(row);
  return language === 'sv' ? `${row} i ${file}` : `${row} of ${file}`;
}

/** What an import of so many departments' files is called: by its one file, or "3 filer". */
export const droppedText = (fileName: string, files: number, language: Language): string =>
  files > 1 ? `${formatNumber(files, language)} ${language === 'sv' ? 'filer' : 'files'}` : fileName;
