import { describe, test } from 'vitest';
import type { Scenario, Surface } from './conversation.ts';

/** Holds every conversation on a surface, each in a world of its own. */
export function holdOn(surface: Surface, scenarios: readonly Scenario[]): void {
  describe(`on ${surface.name}`, () => {
    for (const { name, run, ...options } of scenarios) {
      test(name, { timeout: options.timeout ?? 60_000 }, async () => {
        const world = await surface.open(options);
        let failed = true;
        try {
          await run(world.people, world.place);
          failed = false;
        } finally {
          // The conversation's own failure says more than what its end finds.
          await world.close().catch((error: unknown) => {
            if (!failed) throw error;
          });
        }
      });
    }
  });
}
