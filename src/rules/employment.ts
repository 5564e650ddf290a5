import { TZDate } from '@date-fns/tz';
import { localDay, timeZone } from './say.ts';

/** When an employment lasts: days such as `2026-11-23`, both included; null where unknown. */
export interface EmploymentDates {
  from: string | null;
  to: string | null;
}

/** Whether a user may be sent anything (U7), and if not, why. */
export type Sendable = 'ok' | 'deactivated' | 'not_yet' | 'ended';

/** The hour, in Stockholm, from which somebody who starts on the next day may be sent to (U7). */
const startHour = 9;

/**
 * U7 as two days, so that a query can ask the same of many users at once: nobody may be sent to whose first
 * employment starts after `latestStart`, or whose last one ended before `today`.
 */
export function sendingDays(now: Date): { today: string; latestStart: string } {
  const today = localDay(now);
  const reachesTomorrow = new TZDate(now, timeZone).getHours() >= startHour;
  return { today, latestStart: reachesTomorrow ? dayAfter(today) : today };
}

/**
 * U7: never a deactivated user; nobody before 09.00 on the day before the first employment starts, or after the last
 * one's last day. One start that is unknown leaves the beginning open, one unknown end the end.
 */
export function mayBeSentTo(employments: readonly EmploymentDates[], active: boolean, now: Date): Sendable {
  if (!active) return 'deactivated';
  const { today, latestStart } = sendingDays(now);
  const start = known(employments.map(({ from }) => from))?.at(0);
  const end = known(employments.map(({ to }) => to))?.at(-1);
  if (start !== undefined && start > latestStart) return 'not_yet';
  return end !== undefined && end < today ? 'ended' : 'ok';
}

/** The days in order, or undefined where one of them is unknown. */
function known(days: readonly (string | null)[]): string[] | undefined {
  const all = days.filter((day) => day !== null);
  return all.length === days.length ? all.sort() : undefined;
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
