import { z } from 'zod';
import type { Place } from '../core/command.ts';
import { CannotPost, type Outbox } from '../core/outbox.ts';
import type { MessageView, Pressable } from '../core/view.ts';
import type { Database } from '../database/database.ts';
import type { Language } from '../rules/language.ts';
import type { Job } from './job.ts';

export interface ImportWarnParts {
  database: Pick<Database, 'prisma'>;
  outboxes: ReadonlyMap<string, Outbox>;
  /** What is said. */
  readable(language: Language): MessageView<Pressable>;
}

const payload = z.object({ importId: z.int() });

/** I8: tells whoever dropped a file in a channel, and nobody else, that its members can read it. */
export function createImportWarnJob({ database, outboxes, readable }: ImportWarnParts): Job {
  const { prisma } = database;
  return {
    name: 'import-warn',
    async run(given) {
      const { importId: id } = payload.parse(given);
      const found = await prisma.import.findUnique({ where: { id } });
      if (!found) return;
      const { createdBy, language } = found;
      // Written by services/imports.
      const place = found.place as unknown as Place;
      const person = await prisma.person.findUniqueOrThrow({ where: { id: createdBy } });
      try {
        await outboxes.get(place.surface)?.whisper(place, person.platformId, readable(language), language);
      } catch (error) {
        if (!(error instanceof CannotPost)) throw error;
      }
    },
  };
}
