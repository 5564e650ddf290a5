import type { Database } from '../../src/database/database.ts';
import type { FieldKey } from '../../src/rules/fields.ts';
import type { CellHint } from '../../src/rules/row-notes.ts';
import {
  blocksInsert,
  loggedCells,
  nothingChanged,
  writeJudgements,
} from '../../src/services/imports/blocks.ts';
import { countRows } from '../../src/services/imports/counting.ts';
import { workspace } from './workspace.ts';

const fields: FieldKey[] = ['userId', 'employmentNumber', 'connectEmail'];
/** A multiple of a block's rows. */
const rowsAtOnce = 10_000;

/**
 * Stores an applied import with its log, made by the import's own functions: most rows updated, every reason somewhere,
 * one of them in the last row alone; a third replace an address, and the last one has a slip. Gives its number.
 */
export async function addLoggedImport({ prisma, pool }: Database, rows: number): Promise<number> {
  const { id: createdBy } = await prisma.person.create({
    data: {
      surface: 'slack',
      tenant: workspace.team,
      platformId: workspace.admin.id,
      name: workspace.admin.name,
    },
  });
  const { id } = await prisma.import.create({
    data: {
      dropKey: 'bench',
      state: 'done',
      fileName: 'adresser.csv',
      source: {},
      language: 'sv',
      template: 'connectEmail',
      shape: { encoding: 'UTF-8', bom: false, delimiter: ';', lineEnd: '\r\n', sepLine: false },
      header: {
        columns: fields,
        fields,
        ignored: [],
        language: 'sv',
        row: 1,
        fits: ['connectEmail'],
        leastCells: 3,
      },
      rowCount: rows,
      applied: rows,
      reach: { companies: 'all', protected: true },
      createdBy,
      place: {},
    },
  });
  for (let position = 0; position < rows; position += rowsAtOnce) {
    const some = Array.from({ length: Math.min(rowsAtOnce, rows - position) }, (_, i) => position + i);
    const page = {
      position,
      rows: some.map((i) => loggedCells({ row: i + 2, values: valuesOf(i), fault: null }, fields)),
      hints: some.map((i) => (i === rows - 1 ? [slip] : [])),
    };
    await pool.query(blocksInsert(id, page));
    const judged = some.map((i) => {
      const letter = letterOf(i, rows);
      const note = letter === 'u' && i % 3 === 0 ? `replaces:bo.andersson.${i}@company.se` : null;
      return { position: i, letter, note, ...nothingChanged };
    });
    await writeJudgements(pool, id, judged);
  }
  await prisma.import.update({ where: { id }, data: { counts: await countRows(pool, id) } });
  await pool.query('vacuum analyze');
  return id;
}

/** What row `i` (from 0) says. */
const valuesOf = (i: number) => ({
  userId: `u${i}`,
  employmentNumber: String(i).padStart(7, '0'),
  connectEmail: `anna.andersson.${i}@company.se`,
});

const slip: CellHint = { kind: 'slip', field: 'connectEmail', meant: 'company.se' };

const rare = 'fkewmxipadty';

function letterOf(i: number, rows: number): string {
  if (i === rows - 1) return 'o';
  return rare[i % 50_000] ?? (i % 7 === 0 ? 'n' : 'u');
}
