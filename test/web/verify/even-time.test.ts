import { expect, test } from 'vitest';
import { evenly } from '../../../src/web/verify/even-time.ts';

/** A clock that goes on as it is told to. */
function scripted(at: number) {
  const passes = (ms: number) => {
    at += ms;
  };
  return { now: () => at, passes, pause: async (ms: number) => passes(ms) };
}

test.each([
  ['nothing at all', 0, 400],
  ['little, as where there is nothing to send', 3, 400],
  ['more, as where there is', 57, 400],
  ['longer than a step', 401, 800],
  ['longer than a step, and more', 790, 800],
])('V5 work that takes %s ends with its step of time', async (_, takes, ends) => {
  const clock = scripted(1_000);
  await evenly(async () => clock.passes(takes), clock);
  expect(clock.now()).toBe(1_000 + ends);
});

test('V5 work that fails does so on a step of time too', async () => {
  const clock = scripted(0);
  const failing = evenly(async () => {
    clock.passes(20);
    throw new Error('no');
  }, clock);
  await expect(failing).rejects.toThrow('no');
  expect(clock.now()).toBe(400);
});
