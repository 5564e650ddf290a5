import type { Reach } from '../../core/access.ts';
import type { DroppedFile, Place } from '../../core/command.ts';
import { addJob } from '../../database/add-job.ts';
import type { Import, Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Language } from '../../rules/language.ts';
import { importPreviewLifetime } from '../../rules/run.ts';
import type { TemplateKey } from '../../rules/templates.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { type ImportReport, importReport } from './report.ts';
import { unstageImport } from './staging.ts';

export type { ImportReport } from './report.ts';

/** Who decides about an import: how far the permission reaches, and the acting button that was pressed. */
export interface Deciding {
  personId: number;
  reach: Reach;
  press?: string | undefined;
}

/** Somebody who dropped a file, and where. */
export interface Dropping {
  personId: number;
  reach: Reach;
  place: Place;
  language: Language;
}

/** Files that people drop, from the drop to the summary (I1–I8). The reading and applying is done by jobs. */
export interface Imports {
  /** Keeps the drop and queues the reading. A drop that was announced before changes nothing (I8). */
  drop(file: DroppedFile, by: Dropping): Promise<void>;
  /** I5: applies what was previewed, once, within 24 hours. Throws `import_unknown`, `import_not_waiting`, `import_late`. */
  confirm(id: number, by: Deciding): Promise<void>;
  /** Throws `import_unknown` or `import_not_waiting`. */
  cancel(id: number, by: Deciding): Promise<void>;
  /** I2: reads the file by the other template. Throws `import_unknown`, `import_not_waiting` or `import_template`. */
  readAs(id: number, template: TemplateKey, by: Deciding): Promise<void>;
  /** How an import stands, for its message; undefined where there is none. */
  report(id: number): Promise<ImportReport | undefined>;
}

export interface ImportParts {
  database: Database;
  messages: Messages;
  now?: () => Date;
}

/** What reads a file, and what applies it: one at a time. */
export const readJob = 'import-read';
export const applyJob = 'import-apply';

export function createImports({ database, messages, now = () => new Date() }: ImportParts): Imports {
  /** The import, locked, as long as it waits to be decided about. */
  async function take(tx: Tx, id: number, { press }: Deciding): Promise<Import> {
    await spendPress(tx, press, now());
    await tx.$queryRaw`select id from import where id = ${id}::int for update`;
    const found = await tx.import.findUnique({ where: { id } });
    if (!found) throw refuse('import_unknown', { id });
    if (found.state === 'expired') throw refuse('import_late');
    if (found.state !== 'previewed') throw refuse('import_not_waiting', { id });
    return found;
  }

  const change = async (tx: Tx, id: number, data: Prisma.ImportUpdateInput) => {
    await tx.import.update({ where: { id }, data });
    await messages.changed(tx, 'import', id);
  };

  return {
    drop: (file, { personId, reach, place, language }) =>
      database.transaction(async (tx) => {
        const dropKey = [place.surface, place.tenant, place.id, JSON.stringify(file.source)].join(' ');
        const created = await tx.import.createManyAndReturn({
          data: [
            {
              dropKey,
              fileName: file.name,
              source: file.source as Prisma.InputJsonValue,
              language,
              reach: { ...reach },
              createdBy: personId,
              createdAt: now(),
              place: { ...place },
            },
          ],
          skipDuplicates: true,
          select: { id: true },
        });
        const [found] = created;
        if (!found) return;
        // In a channel nothing is said before the header is known to fit (I8).
        if (place.kind === 'direct') {
          const to = { place, orElse: personId };
          await messages.announce(tx, { kind: 'import', subjectId: found.id, to, language });
        }
        await addJob(tx, readJob, { import: found.id }, { jobKey: `${readJob}:${found.id}` });
      }),

    confirm: (id, by) =>
      database.transaction(async (tx) => {
        const { createdAt } = await take(tx, id, by);
        if (now().getTime() - createdAt.getTime() > importPreviewLifetime) throw refuse('import_late');
        const { personId: confirmedBy, reach } = by;
        await change(tx, id, { state: 'applying', confirmedBy, confirmedAt: now(), reach: { ...reach } });
        await addJob(tx, applyJob, { import: id }, { jobKey: `${applyJob}:${id}`, queueName: applyJob });
      }),

    cancel: (id, by) =>
      database.transaction(async (tx) => {
        await take(tx, id, by);
        await unstageImport(tx, id);
        await change(tx, id, { state: 'cancelled', finishedAt: now() });
      }),

    readAs: (id, template, by) =>
      database.transaction(async (tx) => {
        const { header } = await take(tx, id, by);
        const { fits } = header as unknown as { fits: readonly TemplateKey[] };
        if (!fits.includes(template)) throw refuse('import_template');
        await change(tx, id, { state: 'reading', template });
        await addJob(tx, readJob, { import: id }, { jobKey: `${readJob}:${id}` });
      }),

    report: (id) => importReport(database, id),
  };
}
