import type { Database } from '../../src/database/database.ts';
import type { FieldKey } from '../../src/rules/fields.ts';
import { built } from './built.ts';
import { workspace } from './workspace.ts';

const fields: FieldKey[] = ['userId', 'employmentNumber', 'connectEmail'];
/** A multiple of a block's rows. */
const rowsAtOnce = 10_000;

/**
 * Stores an applied import with its log, made by the import's own functions: most rows updated, every reason somewhere,
 * one of them in the last row alone. Gives its number.
 */
export async function addLoggedImport({ prisma, pool }: Database, rows: number): Promise<number> {
  const { blocksInsert, writeJudgements } =
    await built<typeof import('../../src/services/imports/blocks.ts')>('services/imports/blocks');
  const { countLetters } = await built<typeof import('../../src/rules/verdict.ts')>('rules/verdict');
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
  const counts: Record<string, number> = {};
  for (let position = 0; position < rows; position += rowsAtOnce) {
    const some = Array.from({ length: Math.min(rowsAtOnce, rows - position) }, (_, i) => position + i);
    const page = {
      position,
      rows: some.map((i) => ({ row: i + 2, values: valuesOf(i), fault: null })),
      hints: some.map(() => []),
    };
    await pool.query(blocksInsert(id, fields, page));
    const judged = some.map((i) => ({ position: i, letter: letterOf(i, rows), note: null, saved: null }));
    await writeJudgements(pool, id, judged);
    countLetters(judged.map(({ letter }) => letter).join(''), counts);
  }
  await prisma.import.update({ where: { id }, data: { counts } });
  await pool.query('vacuum analyze');
  return id;
}

/** What row `i` (from 0) says. */
const valuesOf = (i: number) => ({
  userId: `u${i}`,
  employmentNumber: String(i).padStart(7, '0'),
  connectEmail: `anna.andersson.${i}@company.se`,
});

const rare = 'fkewmxipadty';

function letterOf(i: number, rows: number): string {
  if (i === rows - 1) return 'o';
  return rare[i % 50_000] ?? (i % 7 === 0 ? 'n' : 'u');
}
