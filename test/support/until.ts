import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';

/** A fault that no further waiting can cure: `until` lets it through at once. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** How long something may take to be seen on a busy machine, for `vi.waitFor`, which else waits a second. */
export const soon = { timeout: 45_000 };

export interface UntilOptions {
  /** How long to look, in milliseconds; 45 s unless told. */
  readonly deadline?: number;
  /** What is waited for, in words, for the sentence of a failure. */
  readonly what?: string;
  /** What there was to see instead; printed when the deadline passes. */
  readonly seen?: () => unknown;
}

/**
 * Looks again and again until `look` gives something (not undefined, null or false), and returns it.
 * An error that `look` throws counts as nothing seen yet, but for `Broken`.
 */
export async function until<T>(
  look: () => T | Promise<T>,
  { deadline = 45_000, what = 'what was waited for', seen }: UntilOptions = {},
): Promise<Exclude<T, undefined | null | false>> {
  const end = performance.now() + deadline;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) {
        return found as Exclude<T, undefined | null | false>;
      }
    } catch (error) {
      if (error instanceof Broken) throw error;
      last = error;
    }
    if (performance.now() > end) break;
    await pause(20);
  }
  const lines = [`Not seen within ${deadline} ms: ${what}`];
  if (seen) lines.push(`Seen instead:\n${display(seen())}`);
  throw new Error(lines.join('\n'), last === undefined ? undefined : { cause: last });
}

function display(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 6, maxStringLength: 2_000 });
}
