import { availableParallelism, loadavg } from 'node:os';

/** Whether this machine has far more to do than it can: a late answer then tells nothing about the program. */
export function overloaded(): boolean {
  const [lastMinute = 0] = loadavg();
  return lastMinute > 2 * availableParallelism();
}
