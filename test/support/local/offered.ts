/** How often somebody who is offered nothing types once more, where that may be because the bot was too slow. */
const tries = 5;

/**
 * What a menu offers for what is typed. A bot that has found nothing within `limit` milliseconds offers nothing, and so says
 * the same as where there is nothing: only then it is asked again.
 */
export async function offeredInTime<T>(
  limit: number,
  ask: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  for (let left = tries; ; left--) {
    const began = performance.now();
    const offered = await ask();
    if (offered.length > 0 || left === 1 || performance.now() - began < limit) return offered;
  }
}
