import { describe, expect, test } from 'vitest';
import { type EmploymentDates, mayBeSentTo, type Sendable, sendingDays } from '../../src/rules/employment.ts';

const from = (day: string | null, to: string | null = null): EmploymentDates => ({ from: day, to });

describe('U7 when a user may be sent to', () => {
  test.each<[string, EmploymentDates[], string, Sendable]>([
    ['no employment known', [], '2026-11-23T12:00:00Z', 'ok'],
    ['no dates known', [from(null)], '2026-11-23T12:00:00Z', 'ok'],
    ['08.59 the day before, winter', [from('2026-11-24')], '2026-11-23T07:59:59Z', 'not_yet'],
    ['09.00 the day before, winter', [from('2026-11-24')], '2026-11-23T08:00:00Z', 'ok'],
    ['08.59 the day before, summer', [from('2026-07-02')], '2026-07-01T06:59:59Z', 'not_yet'],
    ['09.00 the day before, summer', [from('2026-07-02')], '2026-07-01T07:00:00Z', 'ok'],
    ['08.59, clocks went forward that night', [from('2026-03-30')], '2026-03-29T06:59:59Z', 'not_yet'],
    ['09.00, clocks went forward that night', [from('2026-03-30')], '2026-03-29T07:00:00Z', 'ok'],
    ['08.59, clocks went back that night', [from('2026-10-26')], '2026-10-25T07:59:59Z', 'not_yet'],
    ['09.00, clocks went back that night', [from('2026-10-26')], '2026-10-25T08:00:00Z', 'ok'],
    ['two days before, in the evening', [from('2026-11-25')], '2026-11-23T22:59:00Z', 'not_yet'],
    ['the day before, just after midnight', [from('2026-11-25')], '2026-11-23T23:01:00Z', 'not_yet'],
    ['starts on New Year’s Day', [from('2027-01-01')], '2026-12-31T08:00:00Z', 'ok'],
    ['starts on 1 March in a leap year', [from('2028-03-01')], '2028-02-29T08:00:00Z', 'ok'],
    [
      'starts on 1 March, 28 February in a leap year',
      [from('2028-03-01')],
      '2028-02-28T22:00:00Z',
      'not_yet',
    ],
    ['the last minute of the last day', [from('2020-01-01', '2026-11-23')], '2026-11-23T22:59:59Z', 'ok'],
    ['midnight after the last day', [from('2020-01-01', '2026-11-23')], '2026-11-23T23:00:00Z', 'ended'],
    [
      'midnight after the last day, summer',
      [from('2020-01-01', '2026-07-01')],
      '2026-07-01T22:00:00Z',
      'ended',
    ],
    ['only the end known', [from(null, '2026-11-22')], '2026-11-23T12:00:00Z', 'ended'],
    [
      'one ended, one goes on',
      [from('2020-01-01', '2021-01-01'), from('2021-01-02')],
      '2026-11-23T12:00:00Z',
      'ok',
    ],
    [
      'one ended, one starts later',
      [from('2020-01-01', '2021-01-01'), from('2027-01-01')],
      '2026-11-23T12:00:00Z',
      'ok',
    ],
    [
      'one starts later, one has no known start',
      [from('2027-01-01'), from(null)],
      '2026-11-23T12:00:00Z',
      'ok',
    ],
    ['both start later', [from('2027-02-01'), from('2027-01-01')], '2026-11-23T12:00:00Z', 'not_yet'],
    ['both ended', [from(null, '2021-01-01'), from(null, '2022-01-01')], '2026-11-23T12:00:00Z', 'ended'],
    ['until further notice', [from('2020-01-01', '9999-12-31')], '2026-11-23T12:00:00Z', 'ok'],
  ])('%s', (_, employments, now, expected) => {
    expect(mayBeSentTo(employments, true, new Date(now))).toBe(expected);
  });

  test('never to a deactivated user', () => {
    expect(mayBeSentTo([from('2020-01-01')], false, new Date('2026-11-23T12:00:00Z'))).toBe('deactivated');
  });
});

test.each([
  ['2026-11-23T07:59:59Z', '2026-11-23', '2026-11-23'],
  ['2026-11-23T08:00:00Z', '2026-11-23', '2026-11-24'],
  ['2026-12-31T23:00:00Z', '2027-01-01', '2027-01-01'],
  ['2026-03-29T07:00:00Z', '2026-03-29', '2026-03-30'],
])('U7 as two days for a query, at %s: %s, %s', (now, today, latestStart) => {
  expect(sendingDays(new Date(now))).toEqual({ today, latestStart });
});
