import type { Reach } from '../../src/core/access.ts';
import type { ExportState } from '../../src/database/client/client.ts';
import type { Database } from '../../src/database/database.ts';
import { emptyFilter, type Filter } from '../../src/rules/filter.ts';
import { exportTemplates } from '../../src/rules/templates.ts';

/** What a test says of an export; the rest is ordinary. */
export interface GivenExport {
  by: number;
  fileName?: string;
  state?: ExportState;
  filter?: Partial<Filter>;
  reach?: Reach;
  users?: number;
  finishedAt?: Date;
  /** What is in its file, in two parts. */
  text?: string;
}

/** Stores an export with its file, and answers its number. */
export async function addExport({ prisma }: Database, given: GivenExport): Promise<number> {
  const { users = 3, text = 'Användar-id\r\n14\r\n', finishedAt = new Date() } = given;
  const bytes = new Uint8Array(Buffer.from(text));
  const half = Math.ceil(bytes.length / 2);
  const { id } = await prisma.export.create({
    data: {
      state: given.state ?? 'done',
      fileName: given.fileName ?? 'lista.csv',
      template: exportTemplates.connectEmail,
      templateKey: exportTemplates.connectEmail.key,
      filter: { ...emptyFilter(), ...given.filter },
      language: 'sv',
      reach: { ...(given.reach ?? { companies: 'all', protected: true }) },
      place: { surface: 'test', tenant: 'T1', id: 'C1', kind: 'channel' },
      createdBy: given.by,
      createdAt: finishedAt,
      readAt: finishedAt,
      finishedAt,
      expected: users,
      expectedShielded: 0,
      users,
      rows: users,
      size: bytes.length,
      parts: {
        create: [bytes.slice(0, half), bytes.slice(half)].map((one, part) => ({ part, bytes: one })),
      },
    },
  });
  return id;
}
