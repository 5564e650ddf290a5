import type { Reach } from '../../../src/core/access.ts';
import type { FileRow, RowBatch, RowValues } from '../../../src/csv/types.ts';
import type { Database } from '../../../src/database/database.ts';
import { type FieldKey, fieldKeys } from '../../../src/rules/fields.ts';
import { type Doing, type TemplateKey, templates } from '../../../src/rules/templates.ts';
import { verdictOf } from '../../../src/rules/verdict.ts';
import { applyChunk, type Judged, plan, waitingChunks } from '../../../src/services/imports/judging.ts';
import { stageFile } from '../../../src/services/imports/staging.ts';

/** What a test says of a file's row: its cells, or that it has the wrong number of them. */
export type Line = RowValues | 'wrong_columns';

const everything: Reach = { companies: 'all', protected: true };
const now = new Date('2026-11-21T12:00:00Z');

const { signal } = new AbortController();

/** A file in the store, its rows on their way. */
export interface Staged extends Judged {
  /** Outcome (or reason) of each row, and a note behind a space, as they stand in the log. */
  log(): Promise<string[]>;
  plan(): Promise<string[]>;
  apply(): Promise<string[]>;
}

/** Stages lines as the rows of a file, from row 2 on. */
export async function stage(
  database: Database,
  lines: readonly Line[],
  {
    template = 'employees',
    does = templates[template].does,
    reach = everything,
  }: { template?: TemplateKey; does?: Doing; reach?: Reach } = {},
): Promise<Staged> {
  const { id: importId } = await database.prisma.import.create({
    data: {
      dropKey: `drop ${Math.random()}`,
      fileName: 'file.csv',
      source: {},
      language: 'sv',
      reach: { ...reach },
      createdBy: 1,
      place: {},
    },
  });
  const rows = lines.map(
    (line, i): FileRow =>
      line === 'wrong_columns'
        ? { row: i + 2, values: {}, fault: 'wrong_columns' }
        : { row: i + 2, values: line, fault: null },
  );
  const used = new Set(lines.flatMap((line) => Object.keys(line)));
  const fields: FieldKey[] = fieldKeys.filter((field) => used.has(field));
  await stageFile(database.pool, importId, { fields }, batchesOf(rows), { signal });
  const judged: Judged = { importId, does, fields, reach };
  const log = () => readLog(database, importId);
  return {
    ...judged,
    log,
    async plan() {
      await plan(database.pool, judged, signal);
      return log();
    },
    async apply() {
      await database.prisma.import.update({ where: { id: importId }, data: { state: 'applying' } });
      for (const chunk of await waitingChunks(database.pool, importId))
        await applyChunk(database.pool, judged, chunk, now, !database.embedded);
      return log();
    },
  };
}

async function* batchesOf(rows: readonly FileRow[]): AsyncGenerator<RowBatch> {
  for (let start = 0; start < rows.length; start += 4_999)
    yield { rows: rows.slice(start, start + 4_999), emptyRows: 0 };
}

async function readLog({ prisma }: Database, importId: number): Promise<string[]> {
  const blocks = await prisma.importBlock.findMany({ where: { importId }, orderBy: { block: 'asc' } });
  return blocks.flatMap(({ verdicts, notes }) =>
    [...verdicts].map((letter, place) => {
      const verdict = verdictOf(letter);
      const note = (notes as Record<string, string> | null)?.[place];
      const shown = verdict
        ? (verdict.reason ?? (verdict.further ? 'further' : verdict.outcome))
        : 'unjudged';
      return note ? `${shown} ${note}` : shown;
    }),
  );
}

/** Users as short lines, by User-ID: `anna: anna@x.se (unverified)`. */
export async function addresses({ prisma }: Database): Promise<string[]> {
  const users = await prisma.user.findMany({ orderBy: { userKey: 'asc' } });
  return users.map(
    ({ userId, connectEmail, connection }) => `${userId}: ${connectEmail ?? '–'} (${connection})`,
  );
}

/** Empties the store of users. */
export async function noUsers({ prisma }: Database): Promise<void> {
  await prisma.allowedDomain.deleteMany();
  await prisma.user.deleteMany();
}
