import type { Database } from '../database/database.ts';

/** How often it is looked whether an import is still to be read, in milliseconds. */
const lookEvery = 1_000;

/** A signal, for as long as it is needed. */
export interface Watch {
  signal: AbortSignal;
  stop(): void;
}

/** Aborts as `signal` does, and soon after somebody has ended the import: then what takes long is in vain. */
export function whileReading({ prisma }: Database, id: number, signal: AbortSignal): Watch {
  const ended = new AbortController();
  const look = setInterval(() => {
    // A store that is away says so to whoever reads.
    prisma.import.count({ where: { id, state: 'reading' } }).then(
      (reading) => reading === 0 && ended.abort(),
      () => {},
    );
  }, lookEvery);
  return { signal: AbortSignal.any([signal, ended.signal]), stop: () => clearInterval(look) };
}
