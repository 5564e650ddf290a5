import { setTimeout as pause } from 'node:timers/promises';
import { type Shift, type ShiftParts, startShift } from './shift.ts';

/** The running queue. */
export interface Runner {
  /** Whether jobs are being taken right now. */
  ready(): boolean;
  /** Lets the jobs at hand finish their step, and ends; after 20 seconds whatever they do. */
  stop(): Promise<void>;
}

/** In milliseconds: between two tries to start, and how long the end waits for steps at hand. */
const retryAfter = 1_000;
const patience = 20_000;

/**
 * Works on the queue until stopped. A job that a killed process left behind is taken over within seconds; when the
 * database is gone for a while the queue starts again by itself. Throws where it cannot start the first time.
 */
export async function startRunner(parts: ShiftParts): Promise<Runner> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
  });
  const ending = new Set<Promise<void>>();
  let current: Shift | undefined = await startShift(parts, true);

  async function startAgain(): Promise<Shift | undefined> {
    while (!signal.aborted) {
      try {
        return await startShift(parts, false);
      } catch (error) {
        parts.log.warn({ err: error }, 'the queue cannot start yet');
        await pause(retryAfter, undefined, { signal }).catch(() => {});
      }
    }
    return undefined;
  }

  /** Lets a shift end by itself: the next one does not wait for it, because its jobs are others' by now. */
  function end(shift: Shift): void {
    const ended = shift.end().finally(() => ending.delete(ended));
    ending.add(ended);
  }

  async function supervise(): Promise<void> {
    for (let shift = current; shift; shift = current) {
      await Promise.race([shift.over, stopped]);
      current = undefined;
      end(shift);
      if (!signal.aborted) parts.log.warn('the queue stopped; starting it again');
      current = await startAgain();
    }
  }
  const supervised = supervise();

  return {
    ready: () => current !== undefined,
    async stop() {
      stopping.abort();
      const done = supervised.then(() => Promise.all(ending));
      await Promise.race([done, pause(patience, undefined, { ref: false })]);
    },
  };
}
