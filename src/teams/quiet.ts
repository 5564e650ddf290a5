import { AsyncLocalStorage } from 'node:async_hooks';

const quiet = new AsyncLocalStorage<true>();

/**
 * Does what a library does, without what it says on standard error meanwhile: botbuilder prints there whatever comes
 * with a request that it refuses, and anybody can send one (A5). What others say at the same time is heard.
 */
export function quietly<T>(work: () => Promise<T>): Promise<T> {
  return quiet.run(true, work);
}

const { console } = globalThis;
for (const level of ['error', 'warn'] as const) {
  const say = console[level];
  console[level] = (...words: unknown[]) => {
    if (!quiet.getStore()) say.apply(console, words);
  };
}
