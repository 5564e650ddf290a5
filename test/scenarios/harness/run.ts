import { describe, test } from 'vitest';
import { stores } from '../../support/database.ts';
import type { Place, Scenario, Surface, World } from './conversation.ts';

/** How long a conversation may take on a busy machine, in milliseconds. */
export const patience = 120_000;

/** Holds every conversation on a surface, each in a world of its own. With SHOW=1 in the environment, prints them. */
export function holdOn(surface: Surface, scenarios: readonly Scenario[]): void {
  describe(`on ${surface.name}`, () => {
    const held = scenarios.filter(({ needs = [] }) => !needs.some((need) => surface.lacks.includes(need)));
    for (const { name, run, ...options } of held) {
      const skip = options.server === true && !stores.includes('server');
      test(name, { timeout: options.timeout ?? patience, skip }, async () => {
        await inWorld(surface.open(options), ({ people, place }) => run(people, place));
      });
    }
  });
}

/** Does something in a world, and ends it. A failure tells what the program's log said of trouble. */
export async function inWorld<W extends World>(
  opening: Promise<W>,
  work: (world: W) => Promise<void>,
): Promise<void> {
  const world = await opening;
  try {
    await work(world);
  } catch (error) {
    // What failed says more than what its end finds.
    await world.close().catch(() => undefined);
    if (error instanceof Error) error.message += `\n\n${troublesOf(world.place)}`;
    throw error;
  }
  if (process.env.SHOW) process.stdout.write(`\n=== ${world.place.transcript()}\n`);
  await world.close();
}

/** What the program's log says of warnings and errors. */
function troublesOf({ program }: Place): string {
  const lines = program.logs().filter(({ level }) => Number(level) >= 40);
  const shown = lines.slice(-12).map((line) => JSON.stringify(line).slice(0, 400));
  return [`The program warned ${lines.length} times:`, ...shown].join('\n');
}
