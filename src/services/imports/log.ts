import type { Reach } from '../../core/access.ts';
import type { FileHeader, FileShape, RowValues } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import type { Import, ImportOrigin, ImportState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { Filter } from '../../rules/filter.ts';
import {
  headerRowOf,
  type ImportFile,
  numbersBefore,
  placesIn,
  type RowPlace,
} from '../../rules/import-files.ts';
import type { RejectReason } from '../../rules/import-row.ts';
import type { Language, Text } from '../../rules/language.ts';
import { maskPersonalNumbers } from '../../rules/personal-number.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import type { LookKind } from '../../rules/row-warnings.ts';
import type { ImportTemplate } from '../../rules/templates.ts';
import { fold } from '../../rules/text.ts';
import {
  countOf,
  lettersOf,
  type Verdict,
  type VerdictCounts,
  type VerdictGroup,
  verdictGroups,
  verdictOf,
} from '../../rules/verdict.ts';
import { importReached } from '../filter-sql.ts';
import { requireOwn } from './files.ts';
import { type Chosen, foundBy, type Hidden, hiddenFrom, saidIn } from './log-counts.ts';
import {
  kindsOf,
  type LoggedFile,
  type LoggedRow,
  loggedRows,
  rowsAbout,
  type Start,
  type Wanted,
} from './log-rows.ts';
import { type RejectedFile, rejectedFile } from './rejected-file.ts';
import { templateOf } from './template-column.ts';
import { undoStanding } from './undos.ts';

const { sql } = Prisma;

/** Which rows of an import's log are asked for. */
export interface ImportLogQuery extends Chosen {
  /** The page begins at this row; without it, at the first. */
  from?: number | undefined;
  /** Of several files, in which one that row stands, from 0: then it is the spreadsheet's number. */
  file?: number | undefined;
  /** The page ends before this row instead. */
  before?: number | undefined;
  limit: number;
}

/** One row of the file, as the log shows it. */
export interface ImportLogRow {
  /** Its number in the log: the spreadsheet's, and where there are several files, more by the rows of those before it. */
  row: number;
  /** Where it stands, as people are told. */
  place: RowPlace;
  /** What it said. */
  values: RowValues;
  verdict: Verdict;
  hints: readonly CellHint[];
  /** What else was decided (blocks.ts), such as `kept`. */
  notes: readonly string[];
}

/** One page of an import's log, within the reader's reach (A2, U8). */
export interface ImportLog {
  id: number;
  /** Where its rows come from, and whom a fill is about. */
  origin: ImportOrigin;
  filter: Filter | null;
  /** Which import an undo is of. */
  undoes: number | null;
  /** The reader may know of people with protected identity (U8), whom a filter may name. */
  protected: boolean;
  fileName: string;
  /** The departments' files that the rows are from; of one file, none. */
  files: readonly ImportFile[];
  /** The import that its rows are in now, if not in this one. */
  joinedInto: number | null;
  state: ImportState;
  /** Why it failed. */
  fault: Text | undefined;
  createdAt: Date;
  /** Whoever dropped the file. */
  by: string;
  /** The rows go 90 days later (I8). */
  finishedAt: Date | null;
  template: ImportTemplate | null;
  /** The known columns, in the file's order. */
  fields: readonly FieldKey[];
  /** Data rows in the file, and wholly empty ones beside them. */
  rowCount: number;
  emptyRows: number;
  /** How far applying has come, in rows. */
  applied: number;
  /** Some Connect address was changed, and can be put back. */
  undoable: boolean;
  /** How many in each group, whatever page and search are asked for. */
  counts: Partial<Record<VerdictGroup, number>>;
  /** Of how many rows each kind is said, likewise. */
  said: Partial<Record<LookKind, number>>;
  /** How many rows are chosen; undefined: nobody has counted. */
  found: number | undefined;
  rows: ImportLogRow[];
  /** `before` of the page before, and `from` of the page after; undefined: there is none. */
  previous: number | undefined;
  next: number | undefined;
}

/** The rejected rows, ready to be written as a file like the one they came from (I7). */
export interface RejectedRows {
  fileName: string;
  shape: FileShape;
  header: FileHeader;
  /** They are from several files. */
  several: boolean;
  /** How many there are. */
  count: number;
  /** From the first on, each time. */
  rows(): AsyncGenerator<Rejection, void, undefined>;
}

/** A rejected row of the log, and why it is. */
interface Rejection extends Pick<ImportLogRow, 'place' | 'values' | 'hints' | 'notes'> {
  reason: RejectReason;
}

/** I7: what happened to every row of an import. Undefined: there is no such import within reach. */
export interface ImportLogs {
  log(id: number, query: ImportLogQuery, reach: Reach): Promise<ImportLog | undefined>;
  /** Throws `import_reading`, `import_joined`, `import_none_rejected`, `import_rejected_apart`, `import_undo_rejected`, `import_rows_gone`. */
  rejected(id: number, reach: Reach): Promise<RejectedRows | undefined>;
  /** As a file, with the reasons in a language. Throws as `rejected`. */
  rejectedFile(id: number, reach: Reach, language: Language): Promise<RejectedFile | undefined>;
}

/** How many rejected rows are read at a time. */
const rejectedAtOnce = 500;

/** What is known of an import before its rows are read. */
interface Head extends Omit<LoggedFile, 'headerRow' | 'fields' | 'files'> {
  origin: ImportOrigin;
  filter: Filter | null;
  undoes: number | null;
  fileName: string;
  state: ImportState;
  fault: { text: Text } | null;
  createdAt: Date;
  by: string;
  finishedAt: Date | null;
  template: string | null;
  ownTemplate: Import['ownTemplate'];
  shape: FileShape | null;
  header: FileHeader | null;
  emptyRows: number;
  applied: number;
  counts: VerdictCounts | null;
  files: readonly ImportFile[] | null;
  joinedInto: number | null;
}

export function createImportLogs({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>): ImportLogs {
  async function headOf(id: number, reach: Reach): Promise<Head | undefined> {
    const [head] = await prisma.$queryRaw<Head[]>(sql`
      select i.id, i.origin::text as origin, i.filter, i.undoes, i.file_name as "fileName", i.state::text as state, i.fault, i.created_at as "createdAt",
        coalesce(p.name, '') as by, i.finished_at as "finishedAt", i.template, i.own_template as "ownTemplate", i.shape, i.header, i.row_count as "rowCount",
        i.empty_rows as "emptyRows", i.applied, i.counts, i.files, i.joined_into as "joinedInto"
      from import i left join person p on p.id = i.created_by
      where i.id = ${id}::int and ${importReached(reach)}`);
    return head;
  }

  async function rejected(id: number, reach: Reach): Promise<RejectedRows | undefined> {
    const head = await headOf(id, reach);
    if (!head) return undefined;
    const { fileName, header, shape, state } = head;
    if (state === 'reading') throw refuse('import_reading', { id });
    requireOwn(head);
    if (head.origin === 'undo') throw refuse('import_undo_rejected', { id });
    const hidden = await hiddenFrom(pool, reach);
    const counts = await countsOf(pool, head, hidden);
    const all = countOf(counts, 'rejected', reach.protected);
    if (all === 0 || !header || !shape) throw refuse('import_none_rejected', { id });
    const count = all - countOf(counts, apart, reach.protected);
    if (count === 0) throw refuse('import_rejected_apart', { id });
    const rows = () => rejectedRows(pool, fileOf(head, header), hidden);
    if ((await firstOf(rows(), 1)).length === 0) throw refuse('import_rows_gone', { id });
    return { fileName, header, shape, several: (head.files ?? []).length > 1, count, rows };
  }

  return {
    rejected,

    async rejectedFile(id, reach, language) {
      const found = await rejected(id, reach);
      return found && rejectedFile(found, language);
    },

    async log(id, query, reach) {
      const head = await headOf(id, reach);
      if (!head) return undefined;
      const { shape: _, header, counts: _all, fault, template, ownTemplate, ...known } = head;
      const hidden = await hiddenFrom(pool, reach);
      const page = header ? await pageOf(pool, fileOf(head, header), query, hidden) : noRows;
      const counts = await countsOf(pool, head, hidden);
      const count = (group: VerdictGroup | undefined) => countOf(counts, group, reach.protected);
      return {
        ...known,
        ...page,
        files: head.files ?? [],
        undoable: (await undoStanding(prisma, head)).undoable,
        protected: reach.protected,
        fault: fault?.text,
        template: templateOf({ template, ownTemplate }),
        fields: header?.fields ?? [],
        counts: Object.fromEntries(verdictGroups.map((group) => [group, count(group)])),
        said: saidIn(counts, reach.protected),
        found: foundBy(query, counts, reach.protected),
      };
    },
  };
}

/** How many rows have each letter, and each kind said of them, without those of people who were protected later (U8). */
async function countsOf(pool: Pool, head: Head, { users }: Hidden): Promise<VerdictCounts> {
  const counts = { ...head.counts };
  if (!head.header) return counts;
  const open = lettersOf(undefined, false);
  for await (const row of rowsAbout(pool, fileOf(head, head.header), open, users))
    for (const name of [row.letter, ...kindsOf(row)]) counts[name] = Math.max(0, (counts[name] ?? 0) - 1);
  return counts;
}

type RowPage = Pick<ImportLog, 'rows' | 'previous' | 'next'>;

const noRows: RowPage = { rows: [], previous: undefined, next: undefined };

/** Its files, too. */
interface Logged extends LoggedFile {
  files: readonly ImportFile[];
}

const fileOf = ({ id, rowCount, files }: Head, header: FileHeader): Logged => ({
  id,
  rowCount,
  headerRow: headerRowOf(header, files ?? []),
  fields: header.fields,
  files: files ?? [],
});

/** A page downwards from a row, or the one above a row; where fewer rows lie above than fill a page, the first one. */
async function pageOf(
  pool: Pool,
  file: Logged,
  { group, kind, search = '', from: asked = 1, file: inFile, before, limit }: ImportLogQuery,
  hidden: Hidden,
): Promise<RowPage> {
  const from = asked + (numbersBefore(file.files)[inFile ?? 0] ?? 0);
  const wanted: Wanted = {
    letters: lettersOf(group, !hidden.protected),
    kind,
    words: search ? [...new Set([search, maskPersonalNumbers(search)].map(fold))] : [],
    but: hidden.users,
  };
  const take = (start: Start) => firstOf(loggedRows(pool, file, wanted, start, limit + 1), limit + 1);
  const shown = (rows: LoggedRow[]) => rows.map(asSaidIn(file));
  const above = before === undefined ? [] : await take({ before });
  if (above.length > limit) {
    const rows = above.slice(0, limit).reverse();
    return { rows: shown(rows), previous: rows[0]?.row, next: before };
  }
  const start = before === undefined ? from : 1;
  const rows = await take({ from: start });
  const [beyond] = rows.splice(limit);
  const isFirst = start <= file.headerRow + 1;
  return { rows: shown(rows), previous: isFirst ? undefined : (rows[0]?.row ?? start), next: beyond?.row };
}

function asSaidIn({ fields, files }: Logged): (row: LoggedRow) => ImportLogRow {
  const placeOf = placesIn(files);
  return ({ row, cells, letter, hints, note }) => {
    const values = Object.fromEntries(fields.map((field, i) => [field, cells[i] ?? '']));
    // Only rows with a letter that was asked for come here.
    const verdict = verdictOf(letter) as Verdict;
    return { row, place: placeOf(row), values, verdict, hints, notes: note?.split(';') ?? [] };
  };
}

/**
 * The rows of this reason are not handed back with the others: dropped again they would come from no department's file, and so
 * pass as they are.
 */
const apart: RejectReason = 'other_department';

async function* rejectedRows(pool: Pool, file: Logged, hidden: Hidden): ReturnType<RejectedRows['rows']> {
  const without = lettersOf(apart, true);
  const letters = [...lettersOf('rejected', !hidden.protected)].filter((letter) => !without.includes(letter));
  const wanted: Wanted = { letters: letters.join(''), words: [], but: hidden.users };
  const asSaid = asSaidIn(file);
  for await (const row of loggedRows(pool, file, wanted, { from: 1 }, rejectedAtOnce)) {
    const { verdict, ...said } = asSaid(row);
    if (verdict.reason) yield { ...said, reason: verdict.reason };
  }
}

async function firstOf<T>(all: AsyncIterable<T>, count: number): Promise<T[]> {
  const first: T[] = [];
  for await (const one of all) {
    first.push(one);
    if (first.length === count) break;
  }
  return first;
}
