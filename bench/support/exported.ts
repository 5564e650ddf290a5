import type { Database } from '../../src/database/database.ts';
import { exportTemplates } from '../../src/rules/templates.ts';
import { writePairs } from '../../src/services/exports/pairs.ts';
import { addExport } from '../../test/support/exports.ts';
import { numbers } from './files.ts';

const rowsPerPage = 5_000;

/** Stores what is kept of an export of the users u1, u2 … (store.ts), with the columns of `writeAddresses`. Returns its number. */
export async function addExported(database: Database, count: number): Promise<number> {
  const id = await addExport(database, { by: 1, users: count });
  const fields = ['userId', 'employmentNumber', 'connectEmail'];
  const template = { ...exportTemplates.connectEmail, fields };
  await database.prisma.export.update({ where: { id }, data: { template } });
  for (let first = 1; first <= count; first += rowsPerPage) {
    const rows = Array.from({ length: Math.min(rowsPerPage, count - first + 1) }, (_, i) => ({
      userId: `u${first + i}`,
      employmentNumber: numbers.whole(first + i),
    }));
    await writePairs(database.pool, id, { page: Math.floor(first / rowsPerPage), file: null, rows });
  }
  return id;
}
