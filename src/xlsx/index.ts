import { rm } from 'node:fs/promises';
import { Refusal, refuse } from '../errors.ts';
import { abortable } from './archive.ts';
import { archiveOf } from './kind.ts';
import type { SheetFacts, SheetRow } from './sheet.ts';
import { writeTable } from './table.ts';
import { isCalled, type OpenWorkbook, openWorkbook, type Sheet } from './workbook.ts';

export { type Packed, zipOf } from './packing.ts';
export type { SheetRow } from './sheet.ts';
export { readTable } from './table.ts';
export { type WrittenSheet, writeWorkbook } from './write.ts';

/** A sheet that could be read. `fits`: its first row is a header as files have it. */
export interface KnownSheet {
  readonly name: string;
  readonly fits: boolean;
}

/** What a look at a workbook told, once the rows of one of its sheets are laid out. */
export interface Workbook extends SheetFacts {
  /** The sheet that is read. */
  readonly sheet: string;
  /** The other visible sheets that hold something, in their order. */
  readonly others: readonly KnownSheet[];
  /** Those that are read only where they are asked for: hidden, without anything, or damaged. Absent: not known. */
  readonly further?: readonly string[];
  /** It is not the first of those, for that one's first row does not fit. */
  readonly passed?: string;
  /** How many rows hold something. */
  readonly rows: number;
}

/** Which sheet is read: the one that is asked for, else the first visible one whose first row fits, else the first. */
export interface Choosing {
  readonly asked?: string | undefined;
  fits(first: SheetRow): boolean;
}

/** Where the rows of the workbook at `path` are laid out. */
export const tablePath = (path: string): string => `${path}.rows`;
const stringsPath = (path: string): string => `${path}.strings`;

/** Everything that lies beside a workbook at `path` while it is read. */
export const besides = (path: string): string[] => [tablePath(path), stringsPath(path)];

/**
 * Lays the rows of a workbook's sheet out beside it, to be read by `readTable`. Undefined where the file, which begins with
 * `head`, is no workbook. Throws a Refusal that says what to do with one that cannot be read; and once `signal` aborts. Memory
 * stays flat.
 */
export async function layOut(
  path: string,
  head: Buffer,
  choosing: Choosing,
  signal: AbortSignal,
): Promise<Workbook | undefined> {
  const archive = await archiveOf(path, head);
  if (!archive) return undefined;
  try {
    const workbook = await openWorkbook(abortable(archive, signal), stringsPath(path));
    try {
      return await layOutSheet(path, workbook, choosing);
    } finally {
      workbook.close();
    }
  } finally {
    archive.close();
    await rm(stringsPath(path), { force: true });
  }
}

interface Seen {
  readonly sheet: Sheet;
  readonly fits: boolean;
}

async function layOutSheet(
  path: string,
  workbook: OpenWorkbook,
  { asked, fits }: Choosing,
): Promise<Workbook> {
  const visible = await seenSheets(workbook, fits);
  const chosen = asked === undefined ? firstOf(visible, workbook) : sheetCalled(asked, workbook);
  const facts: SheetFacts = { hiddenRows: 0, merged: 0 };
  const rows = await writeTable(tablePath(path), workbook.rows(chosen, facts));
  const [first] = visible;
  const others = visible.filter(({ sheet }) => sheet !== chosen);
  const known = new Set([chosen, ...others.map(({ sheet }) => sheet)]);
  const isPassed = asked === undefined && first && first.sheet !== chosen;
  return {
    sheet: chosen.name,
    others: others.map(({ sheet: { name }, fits: isFitting }) => ({ name, fits: isFitting })),
    further: workbook.sheets.filter((sheet) => !known.has(sheet)).map(({ name }) => name),
    ...(isPassed ? { passed: first.sheet.name } : {}),
    rows,
    ...facts,
  };
}

/** The visible sheets that hold something. One that is damaged is none of them, unless it is the only one. */
async function seenSheets(workbook: OpenWorkbook, fits: Choosing['fits']): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const sheet of workbook.sheets.filter(({ isHidden }) => !isHidden)) {
    const first = await firstRow(workbook, sheet).catch((error: unknown) => {
      if (!(error instanceof Refusal) || workbook.sheets.length === 1) throw error;
    });
    if (first) seen.push({ sheet, fits: fits(first) });
  }
  return seen;
}

async function firstRow(workbook: OpenWorkbook, sheet: Sheet): Promise<SheetRow | undefined> {
  for await (const [first] of workbook.rows(sheet)) return first;
  return undefined;
}

function firstOf(visible: readonly Seen[], { sheets }: OpenWorkbook): Sheet {
  const chosen = visible.find(({ fits }) => fits) ?? visible[0];
  if (!chosen) throw refuse('workbook_blank', { anyHidden: sheets.some(({ isHidden }) => isHidden) });
  return chosen.sheet;
}

/** Throws `workbook_sheet_unknown` where a workbook that was looked at has no sheet that is called so. */
export function requireSheet(asked: string, { sheet, others, further }: Omit<Workbook, 'rows'>): void {
  const open = [sheet, ...others.map(({ name }) => name)];
  const isThere = [...open, ...(further ?? [])].some((name) => isCalled({ name }, asked));
  if (further && !isThere) throw unknownSheet(asked, open);
}

/** A hidden one too, where it is asked for by name. */
function sheetCalled(asked: string, { sheets }: OpenWorkbook): Sheet {
  const found = sheets.find((sheet) => isCalled(sheet, asked));
  const open = sheets.filter(({ isHidden }) => !isHidden);
  if (!found)
    throw unknownSheet(
      asked,
      open.map(({ name }) => name),
    );
  return found;
}

/** How many of a workbook's sheets a refusal names. */
const mostNames = 10;

const unknownSheet = (asked: string, sheets: readonly string[]): Error =>
  refuse('workbook_sheet_unknown', { asked, sheets: sheets.slice(0, mostNames) });
