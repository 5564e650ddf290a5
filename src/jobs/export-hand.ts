import { z } from 'zod';
import { type Access, may, reach } from '../core/access.ts';
import { CannotHand, CannotPost, type Outbox } from '../core/outbox.ts';
import type { People, Presses } from '../core/ports.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import type { ExportFile, ExportStatus, Exports } from '../services/exports/index.ts';
import { stillLetIn } from '../services/people.ts';
import type { Job } from './job.ts';

export interface ExportHandParts {
  database: Pick<Database, 'prisma'>;
  exports: Pick<Exports, 'file'>;
  people: Pick<People, 'identify'>;
  presses: Pick<Presses, 'keep'>;
  outboxes: ReadonlyMap<string, Outbox>;
  /** What stands beside the file, and the line that asks for it again. */
  about(status: ExportStatus, language: Language): { about: string; line: string };
  now?: () => Date;
}

const payload = z.object({ exportId: z.int() });

/**
 * Hands an export's file to whoever asked for it, in the bot's conversation with them, where they still may have it (A1, A2).
 * Where it cannot be handed over, the button of the export's message is there.
 */
export function createExportHandJob(parts: ExportHandParts): Job {
  const { database, exports, people, presses, outboxes, now = () => new Date() } = parts;
  const { prisma } = database;

  /** Undefined: whoever asked may have it no more, or it is gone. */
  async function fileFor(id: number, access: Access): Promise<ExportFile | undefined> {
    if (!may(access, 'export')) return undefined;
    try {
      return await exports.file(id, reach(access, 'export'));
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  async function hand(personId: number, exportId: number, language: Language): Promise<void> {
    const known = await prisma.person.findUniqueOrThrow({ where: { id: personId } });
    const outbox = outboxes.get(known.surface);
    const person = await stillLetIn(people, known);
    const file = person && (await fileFor(exportId, person.access));
    if (!outbox || !file) return;
    const { status, bytes } = file;
    const { about, line } = parts.about(status, language);
    const [id = ''] = await presses.keep([{ line, acting: true }], { personId, language });
    const to = await outbox.direct(known.tenant, known.platformId);
    await outbox.hand(to, { id, name: status.fileName, size: status.size, about, bytes }, language);
  }

  return {
    name: 'export-hand',
    async run(given) {
      const { exportId } = payload.parse(given);
      const found = await prisma.export.findUnique({ where: { id: exportId } });
      if (!found || found.handedAt) return;
      try {
        await hand(found.createdBy, exportId, found.language);
      } catch (error) {
        if (!(error instanceof CannotHand || error instanceof CannotPost)) throw error;
      }
      await prisma.export.update({ where: { id: exportId }, data: { handedAt: now() } });
    },
  };
}
