import { createHash } from 'node:crypto';
import { addJob } from '../database/add-job.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';

/** How often an event is tried in all: for about half an hour, because nobody waits longer for an answer. */
const maxAttempts = 8;

/** In how many queues one platform's events stand, and so how many are done at once: while it is silent, the others' go on. */
const queues = 3;

/**
 * What is said in one room stands in one queue: of two files, the one that was dropped first is read first, but where it has
 * to be tried again. Rooms that share a queue wait for each other.
 */
function queueOf(surface: string, room: string): string {
  const number = createHash('sha256').update(room).digest().readUInt32BE();
  return `event:${surface}:${number % queues}`;
}

/** A platform's events: kept with their job before they are acknowledged, and done once however often they come (A6, I8). */
export interface Events {
  /** Stores the event and its job, behind those of the same room. `known`: it came before, and nothing is done. */
  store(surface: string, id: string, room: string, body: object): Promise<'new' | 'known'>;
  /** What is to be done; undefined once it is done. */
  take(id: string): Promise<{ surface: string; body: object } | undefined>;
  /** Forgets what the event said, and keeps that it came. A crash before this has the event handled again. */
  done(id: string): Promise<void>;
}

export function createEvents({ prisma, transaction }: Database): Events {
  return {
    store: (surface, id, room, body) =>
      transaction(async (tx) => {
        const data = { id, surface, body };
        const { count } = await tx.incomingEvent.createMany({ data, skipDuplicates: true });
        if (count === 0) return 'known';
        await addJob(tx, 'event', { event: id }, { maxAttempts, queueName: queueOf(surface, room) });
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
