import type { Pool } from '../../database/bulk.ts';

/** How many bytes a part of a file has; the last may have fewer. */
export const partSize = 256 * 1024;

/** Stores one part of an export's file. */
export async function writePart(
  pool: Pool,
  exportId: number,
  part: number,
  bytes: Uint8Array,
): Promise<void> {
  await pool.query('insert into export_part (export_id, part, bytes) values ($1, $2, $3)', [
    exportId,
    part,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ]);
}

/** An export's file, a part at a time. */
export async function* readParts(pool: Pool, exportId: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let part = 0; ; part++) {
    const { rows } = await pool.query<{ bytes: Buffer }>(
      'select bytes from export_part where export_id = $1 and part = $2',
      [exportId, part],
    );
    const [found] = rows;
    if (!found) return;
    yield found.bytes;
  }
}

/** Takes away what there is of an export's file. */
export async function forgetParts(pool: Pool, exportId: number): Promise<void> {
  await pool.query('delete from export_part where export_id = $1', [exportId]);
}
