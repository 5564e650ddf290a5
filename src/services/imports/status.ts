import type { Reach } from '../../core/access.ts';
import type { FileHeader, FileShape } from '../../csv/types.ts';
import type { ImportState } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { Text } from '../../rules/language.ts';
import type { TemplateKey } from '../../rules/templates.ts';
import type { VerdictCounts } from '../../rules/verdict.ts';

const { sql } = Prisma;

/** How an import stands: everything that its message says. */
export interface ImportStatus {
  id: number;
  state: ImportState;
  fileName: string;
  /** How the file is written and what its columns are, once looked at. */
  file: { shape: FileShape; header: FileHeader } | undefined;
  template: TemplateKey | null;
  rowCount: number;
  emptyRows: number;
  /** Every row is in the store, and being judged. */
  staged: boolean;
  /** As planned, and in the end as applied. */
  counts: VerdictCounts;
  /** Whoever imports may know of people with protected identity (U8). */
  protected: boolean;
  /** How far applying has come, in rows. */
  applied: number;
  /** It was confirmed, so rows may be applied, also where it failed. */
  confirmed: boolean;
  /** Why it failed. */
  fault: Text | undefined;
  /** I6: when, and by whom, the same file was imported before. */
  known: { at: Date; by: string } | undefined;
  /** Some Connect address was saved. */
  saved: boolean;
}

/** Reads how an import stands; undefined: there is no such import. */
export async function importStatus({ prisma }: Database, id: number): Promise<ImportStatus | undefined> {
  const found = await prisma.import.findUnique({ where: { id } });
  if (!found) return undefined;
  // The Json columns were written by the jobs that read and apply.
  const shape = found.shape as unknown as FileShape | null;
  const header = found.header as unknown as FileHeader | null;
  const known = found.fileHash === null ? undefined : await knownFile(prisma, id, found.fileHash);
  const { state, fileName, rowCount, emptyRows, applied } = found;
  return {
    id,
    state,
    fileName,
    rowCount,
    emptyRows,
    applied,
    known,
    file: shape && header ? { shape, header } : undefined,
    template: found.template as TemplateKey | null,
    staged: found.stagedAt !== null,
    counts: (found.counts as VerdictCounts | null) ?? {},
    protected: (found.reach as unknown as Reach).protected,
    fault: (found.fault as { text: Text } | null)?.text,
    confirmed: found.confirmedAt !== null,
    saved: (state === 'done' || state === 'failed') && (await savedAny(prisma, id)),
  };
}

async function knownFile(
  prisma: Database['prisma'],
  id: number,
  hash: string,
): Promise<{ at: Date; by: string } | undefined> {
  const [earlier] = await prisma.$queryRaw<{ at: Date; by: string }[]>(sql`
    select i.finished_at as at, coalesce(p.name, '') as by
    from import i left join person p on p.id = i.created_by
    where i.file_hash = ${hash} and i.state = 'done' and i.id < ${id}::int
    order by i.finished_at desc limit 1`);
  return earlier;
}

async function savedAny(prisma: Database['prisma'], id: number): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ any: boolean }[]>(sql`
    select exists (select from import_block where import_id = ${id}::int and cardinality(saved) > 0) as any`);
  return row?.any ?? false;
}
