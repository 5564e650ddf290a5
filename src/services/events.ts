import { addJob } from '../database/add-job.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';

/** How often an event is tried in all: for about an hour, because nobody waits longer for an answer. */
const maxAttempts = 8;

/** How many of one platform are done at once: while it is silent, the others' go on. */
const atOnce = 3;

/** A platform's events: kept with their job before they are acknowledged, and done once however often they come (A6, I8). */
export interface Events {
  /** Stores the event and its job. `known`: it came before, and nothing is done. */
  store(surface: string, id: string, body: object): Promise<'new' | 'known'>;
  /** What is to be done; undefined once it is done. */
  take(id: string): Promise<{ surface: string; body: object } | undefined>;
  /** Forgets what the event said, and keeps that it came. A crash before this has the event handled again. */
  done(id: string): Promise<void>;
}

export function createEvents({ prisma, transaction }: Database): Events {
  let stored = 0;
  return {
    store: (surface, id, body) =>
      transaction(async (tx) => {
        const data = { id, surface, body };
        const { count } = await tx.incomingEvent.createMany({ data, skipDuplicates: true });
        if (count === 0) return 'known';
        stored += 1;
        const queueName = `event:${surface}:${stored % atOnce}`;
        await addJob(tx, 'event', { event: id }, { maxAttempts, queueName });
        return 'new';
      }),

    async take(id) {
      const event = await prisma.incomingEvent.findUnique({ where: { id } });
      if (!event?.body) return undefined;
      return { surface: event.surface, body: event.body as object };
    },

    async done(id) {
      await prisma.incomingEvent.update({ where: { id }, data: { body: Prisma.DbNull } });
    },
  };
}
