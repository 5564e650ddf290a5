import { randomUUID } from 'node:crypto';
import type { Reach } from '../../src/core/access.ts';
import type { Place } from '../../src/core/command.ts';
import type { FileHeader, FileShape, RowValues, TextShape } from '../../src/csv/types.ts';
import type { ImportState } from '../../src/database/client/client.ts';
import type { Database } from '../../src/database/database.ts';
import type { FieldKey } from '../../src/rules/fields.ts';
import type { Language } from '../../src/rules/language.ts';
import type { CellHint } from '../../src/rules/row-notes.ts';
import type { TemplateKey } from '../../src/rules/templates.ts';
import {
  blockRows,
  blocksInsert,
  loggedCells,
  nothingChanged,
  writeJudgements,
} from '../../src/services/imports/blocks.ts';
import { countRows } from '../../src/services/imports/counting.ts';

/** What a test says of a row of a file; the rest is ordinary. */
export interface GivenRow {
  /** The spreadsheet's number; unless told, the next one. */
  row?: number;
  values?: RowValues;
  /** What became of it (rules/verdict.ts); `u`: updated. */
  letter?: string;
  hints?: CellHint[];
  note?: string;
}

/** What a test says of an import; the rest is ordinary. */
export interface GivenImport {
  by: number;
  rows?: readonly GivenRow[];
  fields?: readonly FieldKey[];
  fileName?: string;
  state?: ImportState;
  template?: TemplateKey;
  language?: Language;
  /** Null: it could not be read. */
  shape?: Partial<FileShape> | null;
  place?: Place['kind'];
  reach?: Reach;
  createdAt?: Date;
  confirmedAt?: Date;
  finishedAt?: Date;
  emptyRows?: number;
  applied?: number;
  fault?: object;
}

const ordinary: TextShape = {
  encoding: 'Windows-1252',
  bom: false,
  delimiter: ';',
  lineEnd: '\r\n',
  sepLine: false,
};

/** How many rows are stored at a time. */
const atOnce = 20 * blockRows;

/** Stores an import with its row log, and answers its number. */
export async function addImport({ prisma, pool }: Database, given: GivenImport): Promise<number> {
  const { rows = [], fields = ['userId', 'employmentNumber', 'connectEmail'] } = given;
  const header: FileHeader = {
    columns: fields,
    fields,
    ignored: [],
    language: given.language ?? 'sv',
    row: 1,
    fits: ['connectEmail', 'employees'],
    leastCells: fields.length,
  };
  const { id } = await prisma.import.create({
    data: {
      dropKey: randomUUID(),
      state: given.state ?? 'done',
      fileName: given.fileName ?? 'adresser.csv',
      source: {},
      language: given.language ?? 'sv',
      template: given.template ?? 'connectEmail',
      ...(given.shape === null
        ? {}
        : { shape: { ...ordinary, ...given.shape } as object, header: { ...header } }),
      rowCount: rows.length,
      emptyRows: given.emptyRows ?? 0,
      applied: given.applied ?? rows.length,
      reach: { ...(given.reach ?? { companies: 'all', protected: true }) },
      createdBy: given.by,
      createdAt: given.createdAt ?? new Date(),
      confirmedAt: given.confirmedAt ?? null,
      finishedAt: given.finishedAt ?? null,
      ...(given.fault ? { fault: given.fault } : {}),
      place: { surface: 'test', tenant: 'T1', id: 'C1', kind: given.place ?? 'channel' },
    },
  });
  for (let position = 0; position < rows.length; position += atOnce) {
    const some = rows.slice(position, position + atOnce);
    const read = some.map(({ row, values = {} }, i) => ({
      row: row ?? position + i + 2,
      values,
      fault: null,
    }));
    await pool.query(
      blocksInsert(id, {
        position,
        rows: read.map((row) => loggedCells(row, fields)),
        hints: some.map(({ hints = [] }) => hints),
      }),
    );
    await writeJudgements(
      pool,
      id,
      some.map(({ letter = 'u', note = null }, i) => ({
        position: position + i,
        letter,
        note,
        ...nothingChanged,
      })),
    );
  }
  await prisma.import.update({ where: { id }, data: { counts: { ...(await countRows(pool, id)) } } });
  return id;
}
