import { setTimeout } from 'node:timers/promises';

/** In milliseconds. */
export interface Clock {
  now(): number;
  pause(ms: number): Promise<unknown>;
}

/** What takes no longer than this takes just as long; what takes longer, a whole number of it. */
const step = 400;

const real: Clock = { now: () => performance.now(), pause: (ms) => setTimeout(ms) };

/** V5: does `work`, and ends on an even step of time, so that nobody learns from how long it took what it came to. */
export async function evenly<T>(work: () => Promise<T>, clock: Clock = real): Promise<T> {
  const began = clock.now();
  try {
    return await work();
  } finally {
    await clock.pause(step - ((clock.now() - began) % step));
  }
}
