import type { Import } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';

/** How often in a row an import's job may fail for no fault of the file, before it is given up. */
export const triesInAll = 5;

/** Writes down that a job of the import failed. Throws `error` again while another try may help. */
export async function spendTry({ prisma }: Database, id: number, error: unknown): Promise<Import> {
  const found = await prisma.import.update({ where: { id }, data: { failures: { increment: 1 } } });
  if (found.failures < triesInAll) throw error;
  return found;
}
