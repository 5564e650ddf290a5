import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** A database that is gone for a while is asked again after so long each time, and so often, in milliseconds: ten minutes in all. */
const retries = { after: 500, most: 1_200 };

/** Writes down what has left and must be known: a database that is gone for a moment is waited for. Throws its last error. */
export async function insist<T>(log: Pick<Log, 'warn'>, write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (attempt === retries.most) throw error;
      if (attempt === 1) log.warn({ err: error }, 'what was sent could not be written down yet');
      await pause(retries.after);
    }
  }
}
