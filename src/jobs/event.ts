import { z } from 'zod';
import type { Events } from '../services/events.ts';
import type { Job } from './job.ts';

const payload = z.object({ event: z.string() });

/** Hands a stored event of a platform to its door. */
export function createEventJob(
  events: Events,
  doors: ReadonlyMap<string, (body: object) => Promise<void>>,
): Job {
  return {
    name: 'event',
    async run(given) {
      const { event: id } = payload.parse(given);
      const event = await events.take(id);
      const handle = event && doors.get(event.surface);
      if (!event || !handle) return;
      await handle(event.body);
      await events.done(id);
    },
  };
}
