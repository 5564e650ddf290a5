import { setTimeout as pause } from 'node:timers/promises';

/** What one run took. */
export interface Took {
  /** Milliseconds by the clock. */
  time: number;
  /** Milliseconds of processor time. */
  cpu: number;
}

/** Takes the time of `work`; `cpu` tells the processor time used so far by whoever does it. */
export async function took(work: () => Promise<unknown>, cpu: () => number | Promise<number>): Promise<Took> {
  const before = await cpu();
  const start = performance.now();
  await work();
  const time = performance.now() - start;
  return { time, cpu: (await cpu()) - before };
}

export type Side = (round: number) => Promise<Took>;

/** Two ways to do the same, as they took in the median. */
export interface Compared {
  measured: Took;
  bare: Took;
}

/** Runs both by turns, so that what else the machine does hits both; the first round of each warms up and does not count. */
export async function compare(rounds: number, measured: Side, bare: Side): Promise<Compared> {
  const all: Compared[] = [];
  for (let round = 0; round <= rounds; round++) {
    const one = { bare: await bare(round), measured: await measured(round) };
    if (round > 0) all.push(one);
    await pause(100);
  }
  return {
    measured: medianOf(all.map((one) => one.measured)),
    bare: medianOf(all.map((one) => one.bare)),
  };
}

const medianOf = (all: readonly Took[]): Took => ({
  time: quantile(
    all.map(({ time }) => time),
    0.5,
  ),
  cpu: quantile(
    all.map(({ cpu }) => cpu),
    0.5,
  ),
});

/** The value below which a share of them lies (0.5: the median). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
