/** Waits until something may be posted to a channel. */
export type Pace = (channel: string) => Promise<void>;

/** To one channel one post every so many milliseconds, a few at once after a silence. */
export interface PaceLimits {
  everyMs: number;
  atOnce: number;
}

export function createPace({ everyMs, atOnce }: PaceLimits): Pace {
  /** By channel, the moment at which it will have been silent long enough for everything posted so far. */
  const settled = new Map<string, number>();
  return async (channel) => {
    const now = Date.now();
    const from = Math.max(settled.get(channel) ?? 0, now);
    settled.delete(channel);
    settled.set(channel, from + everyMs);
    forgetBefore(now);
    const wait = from - now - (atOnce - 1) * everyMs;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  };

  function forgetBefore(now: number): void {
    for (const [channel, moment] of settled) {
      if (moment > now) return;
      settled.delete(channel);
    }
  }
}
