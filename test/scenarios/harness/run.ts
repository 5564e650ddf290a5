import { describe, test } from 'vitest';
import { stores } from '../../support/database.ts';
import type { Place, Scenario, Surface } from './conversation.ts';

/** Holds every conversation on a surface, each in a world of its own. With SHOW=1 in the environment, prints them. */
export function holdOn(surface: Surface, scenarios: readonly Scenario[]): void {
  describe(`on ${surface.name}`, () => {
    for (const { name, run, ...options } of scenarios) {
      const skip = options.server === true && !stores.includes('server');
      test(name, { timeout: options.timeout ?? 120_000, skip }, async () => {
        const world = await surface.open(options);
        try {
          await run(world.people, world.place);
        } catch (error) {
          // The conversation's own failure says more than what its end finds.
          await world.close().catch(() => undefined);
          if (error instanceof Error) error.message += `\n\n${troublesOf(world.place)}`;
          throw error;
        }
        if (process.env.SHOW) process.stdout.write(`\n=== ${name}\n${world.place.transcript()}\n`);
        await world.close();
      });
    }
  });
}

/** What the program's log says of warnings and errors. */
function troublesOf({ program }: Place): string {
  const lines = program.logs().filter(({ level }) => Number(level) >= 40);
  return ['The program warned:', ...lines.map((line) => JSON.stringify(line))].join('\n');
}
