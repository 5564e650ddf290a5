import type { Survey } from '../../csv/index.ts';
import { type FileShape, isWorkbook } from '../../csv/types.ts';
import { type Import, Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { ImportTemplate } from '../../rules/templates.ts';
import { templateOf } from './template-column.ts';

/** Somebody wants it to be read in another way. */
export const isWanted = ({ wanted, wantedSheet }: Import): boolean => wanted !== null || wantedSheet !== null;

/** The sheet that is asked for, else the one that was read before. */
export function sheetOf({ wantedSheet, shape }: Import): string | undefined {
  // Written above.
  const before = shape as unknown as FileShape | null;
  return wantedSheet ?? (before && isWorkbook(before) ? before.sheet : undefined);
}

/** Somebody chose the template, and it is read by that still: another sheet may need another built-in one. */
export const isChosen = ({ wanted, chosen, ownTemplate }: Import): boolean =>
  wanted !== null || (chosen && ownTemplate !== null);

/** The template that is settled already; none for another sheet, unless somebody chose one's own. */
export function settledTemplate(found: Import): ImportTemplate | null {
  // Written by services/imports.
  const wanted = found.wanted as unknown as ImportTemplate | null;
  if (wanted) return wanted;
  return found.wantedSheet === null || isChosen(found) ? templateOf(found) : null;
}

/**
 * By which template the same file was applied, where that broke off: the rest is meant. Or by which somebody wanted it
 * to be read when it could not be fetched any more.
 */
export async function templateToGoOnWith(
  prisma: Database['prisma'],
  id: number,
  { sha256 }: Survey,
): Promise<ImportTemplate | null> {
  const before = await prisma.import.findFirst({
    where: {
      fileHash: sha256,
      id: { lt: id },
      OR: [{ confirmedAt: { not: null } }, { wanted: { not: Prisma.DbNull } }],
    },
    orderBy: { id: 'desc' },
  });
  if (!before) return null;
  if (!before.confirmedAt) return before.wanted as unknown as ImportTemplate | null;
  return before.state === 'failed' ? templateOf(before) : null;
}
