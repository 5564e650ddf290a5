import { CallRefused } from './connector.ts';
import { limits } from './limits.ts';

/** What passes by itself, Teams says: somebody else writes just now, too much at once, a server on its way. */
const passing = [412, 429, 502, 504];

export interface Retries {
  /** The first pause; each later one is twice as long. */
  firstMs: number;
  /** How long the pauses may be in all. */
  allMs: number;
}

/**
 * Makes one call, and again after a pause where that may help, while others go on. The pauses grow and are never quite
 * the same, so that those who were refused together do not come back together; Retry-After is the least of them. Gives
 * up with the last error once they add up to more than `allMs`.
 */
export async function patiently<T>(
  call: () => Promise<T>,
  { firstMs, allMs }: Retries = limits.retries,
): Promise<T> {
  for (let waited = 0, next = firstMs; ; next *= 2) {
    try {
      return await call();
    } catch (error) {
      const asked = pauseAfter(error);
      if (asked === undefined) throw error;
      const wait = Math.max(next, asked) * (1 + Math.random() / 2);
      waited += wait;
      if (waited > allMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** How long Teams asks us to wait, in milliseconds; undefined where another try does not help. */
function pauseAfter(error: unknown): number | undefined {
  if (error instanceof CallRefused)
    return passing.includes(error.status) ? (error.retryAfterMs ?? 0) : undefined;
  return isBroken(error) ? 0 : undefined;
}

/** Whether the connection failed, such as one that was kept and that the other side closed just now. */
function isBroken(error: unknown): boolean {
  const cause = error instanceof TypeError ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause;
}
