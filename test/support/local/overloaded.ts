import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

/** Whether this machine has far more to do than it can: a late answer then tells nothing about the program. */
export function overloaded(): boolean {
  const [lastMinute = 0] = loadavg();
  return lastMinute > 2 * availableParallelism() || waitedFor() > 80;
}

/** For how much of the last ten seconds something waited for a processor, in percent; 0 where the system does not say. */
function waitedFor(): number {
  try {
    return Number(/^some avg10=([\d.]+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
