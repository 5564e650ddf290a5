import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../log.ts';

/**
 * Bolt's words in the program's log: warnings and errors, and the rest at level debug.
 * What Bolt itself says at level debug holds whole requests, so it goes nowhere (A5).
 */
export function boltLog(log: Log): Logger {
  const slack = log.child({ part: 'slack' });
  return {
    debug() {},
    info: (...said) => slack.debug(sentence(said)),
    warn: (...said) => slack.warn(sentence(said)),
    error: (...said) => slack.error(sentence(said)),
    getLevel: () => LogLevel.INFO,
    setLevel() {},
    setName() {},
  };
}

function sentence(said: readonly unknown[]): string {
  return said.map((one) => (one instanceof Error ? one.message : String(one))).join(' ');
}
