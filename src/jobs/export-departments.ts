import { writeRowsInWorkbook, zipOf } from '../csv/index.ts';
import type { RowValues } from '../csv/types.ts';
import type { Pool } from '../database/bulk.ts';
import { departmentFileNames, nameOf } from '../rules/department-files.ts';
import { isKnownAgain } from '../rules/templates.ts';
import { departmentsMeant, type MeantDepartment, readByDepartment } from '../services/exports/departments.ts';
import { writePairs } from '../services/exports/pairs.ts';
import type { readExport } from '../services/exports/status.ts';
import { countMeant, type Meant } from '../services/exports/users.ts';

type Writing = ReturnType<typeof readExport>;

/** How much is written. */
export interface Tally {
  users: number;
  shielded: number;
  rows: number;
}

/** A workbook for each department: as it is, where there is one, and else all of them in a zip. */
export interface DepartmentFiles {
  fileName: string;
  files: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** How many rows of a department are kept at a time, for when its file comes back. */
const pageRows = 1_000;

/** Whom an export is about. */
export const meantBy = ({ template, filter, reach, onlyNew, language }: Writing): Meant => ({
  filter,
  reach,
  onlyNew,
  fields: template.fields,
  language,
});

/**
 * Writes the workbooks that managers fill in, one after the other while the store is read. Somebody who works in several
 * departments is in several, and counts once. A department that nobody worked in when it began has none.
 */
export async function departmentFiles(
  pool: Pool,
  found: Writing,
  readAt: Date,
  tally: Tally,
  tell: (tally: Tally) => Promise<void>,
): Promise<DepartmentFiles> {
  const meant = meantBy(found);
  const { language, template } = found;
  const departments = await departmentsMeant(pool, meant, readAt);
  const names = departmentFileNames(departments, language);
  const byKey = new Map(departments.map((one, file) => [keyOf(one), { one, file, name: names[file] ?? '' }]));
  let pages = 0;
  const total = await countMeant(pool, meant, readAt);

  async function pageRead(rows: number): Promise<void> {
    tally.rows += rows;
    Object.assign(tally, total, { users: Math.min(tally.rows, total.users) });
    await tell(tally);
  }

  /** The rows as they are; who is in them is kept, where the file can be known again by it. */
  async function* kept(file: number, rows: AsyncIterable<RowValues>): AsyncGenerator<RowValues> {
    const page: RowValues[] = [];
    const keep = () => writePairs(pool, found.id, { page: pages++, file, rows: page.splice(0) });
    for await (const row of rows) {
      if (isKnownAgain(template) && page.push(row) === pageRows) await keep();
      yield row;
    }
    if (page.length > 0) await keep();
  }

  async function* files() {
    for await (const { rows, ...keys } of readByDepartment(pool, meant, readAt, pageRead)) {
      const known = byKey.get(keyOf(keys));
      if (!known) {
        for await (const _ of rows);
        continue;
      }
      const sheet = nameOf(known.one.department, language);
      yield {
        name: `${known.name}.xlsx`,
        bytes: writeRowsInWorkbook(template, language, sheet, kept(known.file, rows)),
      };
    }
    Object.assign(tally, total);
  }

  /** Whoever worked in the only department has left it meanwhile. */
  const nobody = () => writeRowsInWorkbook(template, language, names[0] ?? '', noRows());

  const [only] = names;
  const stem = found.fileName.replace(/\.(zip|xlsx)$/i, '');
  return departments.length === 1 && only !== undefined
    ? { fileName: `${stem}.xlsx`, files: 1, bytes: alone(files(), nobody) }
    : { fileName: `${stem}.zip`, files: departments.length, bytes: zipOf(files()) };
}

async function* noRows(): AsyncGenerator<RowValues, void, undefined> {}

/** The bytes of the only file; where there is none any more, of another. */
async function* alone(
  files: AsyncIterable<{ bytes: AsyncIterable<Uint8Array> }>,
  other: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let isThere = false;
  for await (const { bytes } of files) {
    isThere = true;
    yield* bytes;
  }
  if (!isThere) yield* other();
}

const keyOf = ({ companyKey, departmentKey }: Pick<MeantDepartment, 'companyKey' | 'departmentKey'>) =>
  JSON.stringify([companyKey, departmentKey]);
