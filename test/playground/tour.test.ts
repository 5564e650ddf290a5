import { expect, test } from 'vitest';
import { follow, isDone, steps, type Trace } from '../../src/playground/page/tour-steps.ts';

const walk = (traces: readonly Trace[]) => traces.reduce(follow, [] as readonly number[]);
const done = (progress: readonly number[]) =>
  steps.flatMap((_, index) => (isDone(progress, index) ? [index + 1] : []));

test('each step ticks when all that belongs to it has happened', () => {
  const traces: Trace[] = [
    { kind: 'line', text: '/vc hjälp' },
    { kind: 'drop', text: 'nya-adresser.csv' },
    { kind: 'press', text: 'Bekräfta' },
    { kind: 'line', text: '/vc verify anna@company.se' },
    { kind: 'said', text: 'Klart: adressen bekräftades kl. 14.02 och användaren är kopplad.' },
    { kind: 'letter', text: 'anna@company.se Välj ett nytt lösenord' },
    { kind: 'line', text: '/vc bulk-verify company:Sydbutik' },
    { kind: 'press', text: 'Confirm' },
    { kind: 'press', text: 'Show log' },
  ];
  const after = traces.map((_, count) => done(walk(traces.slice(0, count + 1))));
  expect(after).toEqual([
    [1],
    [1],
    [1, 2],
    [1, 2],
    [1, 2, 3],
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
  ]);
});

test('what comes before its turn does not count', () => {
  expect(
    done(
      walk([
        { kind: 'press', text: 'Confirm' },
        { kind: 'drop', text: 'a.csv' },
      ]),
    ),
  ).toEqual([]);
  expect(done(walk([{ kind: 'said', text: 'The address was confirmed' }]))).toEqual([]);
});

test('what belongs to no step changes nothing', () => {
  const progress = walk([{ kind: 'line', text: '/vc help' }]);
  expect(follow(progress, { kind: 'line', text: '/vc whoami' })).toBe(progress);
});
