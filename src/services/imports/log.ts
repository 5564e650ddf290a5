import type { Reach } from '../../core/access.ts';
import type { FileHeader, FileShape, RowValues } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import type { ImportState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { RejectReason } from '../../rules/import-row.ts';
import type { Text } from '../../rules/language.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import type { TemplateKey } from '../../rules/templates.ts';
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
import {
  type LoggedFile,
  type LoggedRow,
  loggedRows,
  rowsAbout,
  type Start,
  type Wanted,
} from './log-rows.ts';

const { sql } = Prisma;

/** Which rows of an import's log are asked for. */
export interface ImportLogQuery {
  /** An outcome, or a reason of rejection. */
  group?: VerdictGroup | undefined;
  /** Found in what the row said, in any case. */
  search?: string | undefined;
  /** The page begins at this row of the spreadsheet; without it, at the first. */
  from?: number | undefined;
  /** The page ends before this row instead. */
  before?: number | undefined;
  limit: number;
}

/** One row of the file, as the log shows it. */
export interface ImportLogRow {
  /** The spreadsheet's. */
  row: number;
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
  fileName: string;
  state: ImportState;
  /** Why it failed. */
  fault: Text | undefined;
  createdAt: Date;
  /** Whoever dropped the file. */
  by: string;
  /** The rows go 90 days later (I8). */
  finishedAt: Date | null;
  template: TemplateKey | null;
  /** The known columns, in the file's order. */
  fields: readonly FieldKey[];
  /** Data rows in the file, and wholly empty ones beside them. */
  rowCount: number;
  emptyRows: number;
  /** How far applying has come, in rows. */
  applied: number;
  /** How many in each group, whatever page and search are asked for. */
  counts: Partial<Record<VerdictGroup, number>>;
  /** How many rows the group has; undefined: they are searched, and nobody has counted. */
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
  rows: AsyncGenerator<Rejection, void, undefined>;
}

/** A rejected row of the log, and why it is. */
interface Rejection extends Pick<ImportLogRow, 'values' | 'hints'> {
  reason: RejectReason;
}

/** I7: what happened to every row of an import. Undefined: there is no such import within reach. */
export interface ImportLogs {
  log(id: number, query: ImportLogQuery, reach: Reach): Promise<ImportLog | undefined>;
  rejected(id: number, reach: Reach): Promise<RejectedRows | undefined>;
}

/** How many rejected rows are read at a time. */
const rejectedAtOnce = 500;

/** What is known of an import before its rows are read. */
interface Head extends Omit<LoggedFile, 'headerRow' | 'fields'> {
  fileName: string;
  state: ImportState;
  fault: { text: Text } | null;
  createdAt: Date;
  by: string;
  finishedAt: Date | null;
  template: TemplateKey | null;
  shape: FileShape | null;
  header: FileHeader | null;
  emptyRows: number;
  applied: number;
  counts: VerdictCounts | null;
}

export function createImportLogs({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>): ImportLogs {
  async function headOf(id: number, reach: Reach): Promise<Head | undefined> {
    const [head] = await prisma.$queryRaw<Head[]>(sql`
      select i.id, i.file_name as "fileName", i.state::text as state, i.fault, i.created_at as "createdAt",
        coalesce(p.name, '') as by, i.finished_at as "finishedAt", i.template, i.shape, i.header, i.row_count as "rowCount",
        i.empty_rows as "emptyRows", i.applied, i.counts
      from import i left join person p on p.id = i.created_by
      where i.id = ${id}::int and ${importReached(reach)}`);
    return head;
  }

  return {
    async log(id, query, reach) {
      const head = await headOf(id, reach);
      if (!head) return undefined;
      const { shape: _, header, counts: _all, fault, ...known } = head;
      const hidden = await hiddenFrom(pool, reach);
      const page = header ? await pageOf(pool, fileOf(head, header), query, hidden) : noRows;
      const counts = await countsOf(pool, head, hidden);
      const count = (group: VerdictGroup | undefined) => countOf(counts, group, reach.protected);
      return {
        ...known,
        ...page,
        fault: fault?.text,
        fields: header?.fields ?? [],
        counts: Object.fromEntries(verdictGroups.map((group) => [group, count(group)])),
        found: query.search ? undefined : count(query.group),
      };
    },

    async rejected(id, reach) {
      const head = await headOf(id, reach);
      if (!head?.header || !head.shape) return undefined;
      const { fileName, header, shape } = head;
      return {
        fileName,
        header,
        shape,
        rows: rejectedRows(pool, fileOf(head, header), await hiddenFrom(pool, reach)),
      };
    },
  };
}

/** U8: of what an import says of people with protected identity, what the reader may not know of. */
interface Hidden {
  /** Rows that said so, or were about somebody who was protected when they were judged. */
  protected: boolean;
  /** Folded User-IDs of those who are protected today; none for a reader who may know. */
  users: ReadonlySet<string>;
}

async function hiddenFrom(pool: Pool, reach: Reach): Promise<Hidden> {
  if (reach.protected) return { protected: false, users: new Set() };
  const { rows } = await pool.query<{ user_key: string }>(
    'select user_key from "user" where protected_identity',
  );
  return { protected: true, users: new Set(rows.map(({ user_key }) => user_key)) };
}

/** How many rows have each letter, without those of people who were protected later (U8). */
async function countsOf(pool: Pool, head: Head, { users }: Hidden): Promise<VerdictCounts> {
  const counts = { ...head.counts };
  if (!head.header) return counts;
  const open = lettersOf(undefined, false);
  for await (const { letter } of rowsAbout(pool, fileOf(head, head.header), open, users))
    counts[letter] = Math.max(0, (counts[letter] ?? 0) - 1);
  return counts;
}

type RowPage = Pick<ImportLog, 'rows' | 'previous' | 'next'>;

const noRows: RowPage = { rows: [], previous: undefined, next: undefined };

const fileOf = ({ id, rowCount }: Head, { row, fields }: FileHeader): LoggedFile => ({
  id,
  rowCount,
  headerRow: row,
  fields,
});

/** A page downwards from a row, or the one above a row; where fewer rows lie above than fill a page, the first one. */
async function pageOf(
  pool: Pool,
  file: LoggedFile,
  { group, search = '', from = 1, before, limit }: ImportLogQuery,
  hidden: Hidden,
): Promise<RowPage> {
  const wanted: Wanted = {
    letters: lettersOf(group, !hidden.protected),
    word: fold(search),
    but: hidden.users,
  };
  const take = (start: Start) => firstOf(loggedRows(pool, file, wanted, start, limit + 1), limit + 1);
  const shown = (rows: LoggedRow[]) => rows.map((row) => asSaid(row, file.fields));
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

function asSaid({ row, cells, letter, hints, note }: LoggedRow, fields: readonly FieldKey[]): ImportLogRow {
  const values = Object.fromEntries(fields.map((field, i) => [field, cells[i] ?? '']));
  // Only rows with a letter that was asked for come here.
  const verdict = verdictOf(letter) as Verdict;
  return { row, values, verdict, hints, notes: note?.split(';') ?? [] };
}

async function* rejectedRows(pool: Pool, file: LoggedFile, hidden: Hidden): RejectedRows['rows'] {
  const wanted: Wanted = { letters: lettersOf('rejected', !hidden.protected), word: '', but: hidden.users };
  for await (const row of loggedRows(pool, file, wanted, { from: 1 }, rejectedAtOnce)) {
    const { values, verdict, hints } = asSaid(row, file.fields);
    if (verdict.reason) yield { values, reason: verdict.reason, hints };
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
