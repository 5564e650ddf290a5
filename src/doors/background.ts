import { setTimeout as pause } from 'node:timers/promises';

/** Work that goes on after its acknowledgement (A6). */
export interface Background {
  run(work: () => Promise<void>): void;
  /** Waits until everything under way is over, `withinMs` at most. */
  ended(withinMs?: number): Promise<void>;
}

/** `lost` is told of work that failed: nobody waits for it any more. */
export function createBackground(lost: (error: unknown) => void): Background {
  const underWay = new Set<Promise<void>>();
  return {
    run(work) {
      const done = work()
        .catch(lost)
        .finally(() => underWay.delete(done));
      underWay.add(done);
    },
    async ended(withinMs = 10_000) {
      await Promise.race([Promise.all(underWay), pause(withinMs, undefined, { ref: false })]);
    },
  };
}

/** What `work` gives, or undefined where it takes longer than a platform waits; it goes on all the same. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work, pause(ms, undefined, { ref: false })]);
}
