import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../database/database.ts';

/** Milliseconds in MAIL_RATE's units. */
const units: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['min', 60_000],
  ['h', 60 * 60_000],
  ['day', 24 * 60 * 60_000],
]);

/** How far ahead one reservation reaches, in milliseconds: others wait no longer, and a crash wastes no more. */
const horizon = 2_000;

/** From so many messages a second on there is nothing to hold back: no mail server takes them faster. */
const unlimited = 10_000;

/** Moments at which messages may leave, in order. */
interface Slots {
  /** How many moments there are: at least one, at most as many as asked for. */
  count: number;
  /** Milliseconds until the first one, at the moment of the reservation. */
  wait: number;
  /** Resolves when message `i` (from 0) may leave; rejects when `signal` aborts. */
  due(i: number, signal?: AbortSignal): Promise<void>;
}

/** Holds MAIL_RATE over all processes together. */
export interface RateLimiter {
  /**
   * Reserves moments for up to `wanted` messages: one statement, whatever their number. Ask again for the rest;
   * a moment that is not used is lost.
   */
  reserve(wanted: number): Promise<Slots>;
}

/** MAIL_RATE ("10/s", "10", "30/min", "500/h", "5000/day") as the milliseconds from one message to the next; undefined: unreadable. */
export function parseRate(text: string): number | undefined {
  const [, count = '', unit = 's'] = /^([1-9]\d*)(?:\/(\w+))?$/.exec(text.trim()) ?? [];
  const length = units.get(unit);
  return count === '' || length === undefined ? undefined : length / Number(count);
}

/** Messages leave evenly, as far apart as MAIL_RATE says, by the database's clock. Throws where the rate is unreadable. */
export function createRateLimiter({ prisma }: Pick<Database, 'prisma'>, rate: string): RateLimiter {
  const interval = parseRate(rate);
  if (interval === undefined)
    throw new RangeError('MAIL_RATE must be a number, or one such as 10/s or 500/h');
  if (interval <= 1_000 / unlimited) {
    return { reserve: async (wanted) => ({ count: wanted, wait: 0, due: async () => {} }) };
  }
  const most = Math.max(1, Math.floor(horizon / interval));

  return {
    async reserve(wanted) {
      const count = Math.min(wanted, most);
      const seconds = (count * interval) / 1_000;
      const [row] = await prisma.$queryRaw<{ wait: number }[]>`
        insert into mail_rate (id, next_at)
        values (1, clock_timestamp() + make_interval(secs => ${seconds}::float8))
        on conflict (id) do update
          set next_at = greatest(mail_rate.next_at, clock_timestamp()) + make_interval(secs => ${seconds}::float8)
        returning (extract(epoch from next_at - clock_timestamp()) - ${seconds}::float8)::float8 * 1000 as wait`;
      const wait = Math.max(0, row?.wait ?? 0);
      const start = performance.now() + wait;
      return {
        count,
        wait,
        async due(i, signal) {
          const left = start + i * interval - performance.now();
          if (left > 0) await pause(left, undefined, signal ? { signal } : {});
        },
      };
    },
  };
}
