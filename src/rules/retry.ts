const minute = 60_000;

/** The pauses after one temporary refusal, two, three …, in minutes; the last one repeats. */
const pauses = [0.5, 1, 2, 5, 15, 30, 60, 120];

/** V6: how long to wait after so many temporary refusals of one message, in milliseconds: longer each time, two hours at most. */
export function retryPause(refusals: number): number {
  return (pauses[Math.min(refusals, pauses.length) - 1] ?? 0.5) * minute;
}

/** V6: for how long a message is tried at all, in milliseconds. */
export const retryFor = 24 * 60 * minute;
