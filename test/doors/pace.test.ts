import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { memo } from '../../src/doors/memo.ts';
import { createPace } from '../../src/doors/pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a channel gets a few posts at once, then one a second; another channel is not held up', async () => {
  const pace = createPace({ everyMs: 1_000, atOnce: 3 });
  const start = Date.now();
  const posted: [string, number][] = [];
  const post = (channel: string) => pace(channel).then(() => posted.push([channel, Date.now() - start]));
  const all = [...Array.from({ length: 6 }, () => post('C1')), post('C2')];
  await vi.runAllTimersAsync();
  await Promise.all(all);
  expect(posted.filter(([channel]) => channel === 'C1').map(([, at]) => at)).toEqual([
    0, 0, 0, 1_000, 2_000, 3_000,
  ]);
  expect(posted.find(([channel]) => channel === 'C2')?.[1]).toBe(0);
});

test('after a silence a few go at once again', async () => {
  const pace = createPace({ everyMs: 1_000, atOnce: 2 });
  await Promise.all([pace('C1'), pace('C1')]);
  vi.advanceTimersByTime(2_000);
  const start = Date.now();
  await Promise.all([pace('C1'), pace('C1')]);
  expect(Date.now()).toBe(start);
});

test('what was looked up is remembered for a while, a failure and what is not worth it never', async () => {
  const asked: string[] = [];
  const look = memo(
    async (key) => {
      asked.push(key);
      if (key === 'bad') throw new Error('no');
      return key;
    },
    { lifeMs: 1_000, most: 2, keeps: (value) => value !== 'never' },
  );
  await Promise.all([look('a'), look('a')]);
  expect(asked).toEqual(['a']);
  vi.advanceTimersByTime(1_000);
  await look('a');
  expect(asked).toEqual(['a', 'a']);
  await expect(look('bad')).rejects.toThrow('no');
  await expect(look('bad')).rejects.toThrow('no');
  await look('never');
  await look('never');
  expect(asked).toEqual(['a', 'a', 'bad', 'bad', 'never', 'never']);
  asked.length = 0;
  for (const key of ['b', 'c', 'd', 'c', 'b']) await look(key);
  expect(asked).toEqual(['b', 'c', 'd', 'b']);
});
