import type { Reach } from '../../core/access.ts';
import type { Export, ExportState } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import type { Filter } from '../../rules/filter.ts';
import { exportLifetime, largestInChat } from '../../rules/run.ts';
import type { ExportTemplate } from '../../rules/templates.ts';
import type { UserCount } from './users.ts';

/** How an export stands: everything that its message and its page say. */
export interface ExportStatus {
  id: number;
  state: ExportState;
  fileName: string;
  template: ExportTemplate;
  filter: Filter;
  /** Only what was confirmed since the last time, where there was one. */
  onlyNew: { since: Date | null } | undefined;
  /** A workbook for each department, and how many there are once they are written. */
  departments: { files: number } | undefined;
  createdAt: Date;
  /** Whoever asked for it. */
  by: string;
  /** Whom it is about. */
  expected: UserCount;
  /** What is written so far. */
  written: UserCount;
  rows: number;
  /** The file's, in bytes. */
  size: number;
  /** It is too large to be handed over in chat. */
  large: boolean;
  /** Until when the file can be had; undefined: there is none yet. */
  until: Date | undefined;
}

/** What the store holds of an export, the Json columns as what they were written from (index.ts). */
export function readExport(found: Export) {
  return {
    ...found,
    template: found.template as unknown as ExportTemplate,
    filter: found.filter as unknown as Filter,
    reach: found.reach as unknown as Reach,
    onlyNew: found.onlyNew ? { since: found.since } : undefined,
    departments: found.perDepartment ? { files: found.files } : undefined,
  };
}

/** Reads how an export stands; undefined: there is no such export. */
export async function exportStatus(
  { prisma }: Pick<Database, 'prisma'>,
  id: number,
): Promise<ExportStatus | undefined> {
  const row = await prisma.export.findUnique({ where: { id } });
  if (!row) return undefined;
  const person = await prisma.person.findUnique({ where: { id: row.createdBy }, select: { name: true } });
  const { state, fileName, template, filter, onlyNew, departments, createdAt, rows, size, finishedAt } =
    readExport(row);
  return {
    id,
    state,
    fileName,
    template,
    filter,
    onlyNew,
    departments,
    createdAt,
    rows,
    size,
    by: person?.name ?? '',
    expected: { users: row.expected, shielded: row.expectedShielded },
    written: { users: row.users, shielded: row.shielded },
    large: size > largestInChat,
    until: state === 'done' && finishedAt ? goneAt(finishedAt) : undefined,
  };
}

/** When the file of an export that was done then is taken away. */
const goneAt = (finishedAt: Date): Date => new Date(finishedAt.getTime() + exportLifetime);
