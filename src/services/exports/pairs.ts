import type { RowValues } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { fold } from '../../rules/text.ts';

/** Some of an export's rows. */
export interface Page {
  /** From 0, over all files of the export. */
  page: number;
  /** Which department's file they stand in, from 0; null: the export is one file. */
  file: number | null;
  rows: readonly RowValues[];
}

/** Keeps which User-IDs and employment numbers the rows of a page had, for when their file comes back filled in. */
export async function writePairs(pool: Pool, exportId: number, { page, file, rows }: Page): Promise<void> {
  await pool.query(
    'insert into export_pairs (export_id, page, file, user_keys, numbers) values ($1, $2, $3, $4::text[], $5::text[])',
    [
      exportId,
      page,
      file,
      rows.map(({ userId = '' }) => fold(userId)),
      rows.map(({ employmentNumber = '' }) => employmentNumber),
    ],
  );
}

/** Takes away what was kept of an export. */
export async function forgetPairs(pool: Pool, exportId: number): Promise<void> {
  await pool.query('delete from export_pairs where export_id = $1', [exportId]);
}
