import { afterAll } from 'vitest';

/** Anything that was started and must be stopped. */
export interface Stoppable {
  stop(): Promise<unknown>;
}

export interface Lifetime {
  /** Remembers a started thing, to stop it at the end; returns it. */
  keep<T extends Stoppable>(thing: T): T;
  /** Stops everything kept, the last started first; every stop is tried, and the first error thrown. */
  end(): Promise<void>;
}

/** A list of started things with one end, for code that is not a test file. */
export function lifetime(): Lifetime {
  const kept: Stoppable[] = [];
  return {
    keep(thing) {
      kept.push(thing);
      return thing;
    },
    async end() {
      const errors: unknown[] = [];
      for (let thing = kept.pop(); thing; thing = kept.pop()) {
        await thing.stop().catch((error: unknown) => errors.push(error));
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}

/**
 * What a test file starts, ended after its last test, whether they passed or not.
 * Call it at the top of the file or of a `describe`: `const { keep } = stopsAfterAll();`
 */
export function stopsAfterAll(): Lifetime {
  const things = lifetime();
  afterAll(() => things.end());
  return things;
}
