import type { Reach } from '../../core/access.ts';
import type { FileHeader, FileShape } from '../../csv/types.ts';
import type { ImportState } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { Text } from '../../rules/language.ts';
import type { TemplateKey } from '../../rules/templates.ts';
import type { VerdictCounts } from '../../rules/verdict.ts';

/** How an import stands now: its message is a function of this. */
export interface ImportReport {
  id: number;
  state: ImportState;
  fileName: string;
  template: TemplateKey | null;
  /** Undefined: the file has not been looked at yet. */
  found: { shape: FileShape; header: FileHeader } | undefined;
  /** Data rows, and wholly empty ones beside them. */
  rows: number;
  emptyRows: number;
  /** How far applying has come, in rows. */
  applied: number;
  /** As planned, in the end as applied; null: not known yet. */
  counts: VerdictCounts | null;
  /** Whether whoever decides may know of protected identities (U8). */
  protectedToo: boolean;
  /** How many addresses were saved. */
  saved: number;
  /** I6: when and by whom the same content was imported before. */
  before: { at: Date; by: string } | undefined;
  /** Why it failed. */
  fault: Text | undefined;
}

/** Reads it; undefined where there is no such import. */
export async function importReport({ prisma }: Database, id: number): Promise<ImportReport | undefined> {
  const found = await prisma.import.findUnique({ where: { id } });
  if (!found) return undefined;
  const { state, fileName, fileHash, shape, header, fault } = found;
  const [counted] = await prisma.$queryRaw<{ saved: number }[]>`
    select coalesce(sum(cardinality(saved)), 0)::int as saved from import_block where import_id = ${id}::int`;
  return {
    id,
    state,
    fileName,
    template: found.template as TemplateKey | null,
    found: shape && header ? ({ shape, header } as unknown as ImportReport['found']) : undefined,
    rows: found.rowCount,
    emptyRows: found.emptyRows,
    applied: found.applied,
    counts: found.counts as VerdictCounts | null,
    protectedToo: (found.reach as unknown as Reach).protected,
    saved: counted?.saved ?? 0,
    before: fileHash ? await importedBefore(prisma, id, fileHash) : undefined,
    fault: (fault as { text: Text } | null)?.text,
  };
}

async function importedBefore(
  prisma: Database['prisma'],
  id: number,
  fileHash: string,
): Promise<ImportReport['before']> {
  const [earlier] = await prisma.$queryRaw<{ at: Date; by: string }[]>`
    select i.finished_at as at, coalesce(p.name, '') as by from import i left join person p on p.id = i.confirmed_by
    where i.file_hash = ${fileHash} and i.state = 'done' and i.id < ${id}::int
    order by i.finished_at desc limit 1`;
  return earlier;
}
