import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CallRefused } from '../../src/teams/connector.ts';
import { patiently } from '../../src/teams/retry.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A call that fails so many times, and when it was made, in milliseconds from the start. */
function failing(times: number, error: unknown) {
  const start = Date.now();
  const at: number[] = [];
  return {
    at,
    call: async () => {
      at.push(Date.now() - start);
      if (at.length <= times) throw error;
      return 'done';
    },
  };
}

async function settled(work: Promise<unknown>): Promise<unknown> {
  const end = work.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return end;
}

test.each([412, 429, 502, 504])(
  'after %s a call is made again, with pauses that grow and are never the same',
  async (status) => {
    const { at, call } = failing(4, new CallRefused(status));
    vi.spyOn(Math, 'random')
      .mockReturnValueOnce(0)
      .mockReturnValueOnce(0.5)
      .mockReturnValueOnce(1)
      .mockReturnValueOnce(0);
    expect(await settled(patiently(call))).toBe('done');
    expect(at).toEqual([0, 1_000, 3_500, 9_500, 17_500]);
  },
);

test('Retry-After is the least that is waited', async () => {
  const { at, call } = failing(1, new CallRefused(429, 'Throttled', 7_000));
  vi.spyOn(Math, 'random').mockReturnValue(0.2);
  expect(await settled(patiently(call))).toBe('done');
  expect(at).toEqual([0, 7_700]);
});

test('half a minute is the most that is waited in all; then the caller hears of it', async () => {
  const { at, call } = failing(99, new CallRefused(429));
  expect(await settled(patiently(call))).toMatchObject({ status: 429 });
  expect(at.at(-1)).toBeLessThanOrEqual(30_000);
  const asked = failing(99, new CallRefused(429, 'Throttled', 3_600_000));
  expect(await settled(patiently(asked.call))).toMatchObject({ status: 429 });
  expect(asked.at).toEqual([0]);
});

test.each([400, 401, 403, 404, 413, 500, 501])('after %s it is not', async (status) => {
  const { at, call } = failing(1, new CallRefused(status));
  expect(await settled(patiently(call))).toMatchObject({ status });
  expect(at).toEqual([0]);
});

test('a connection that broke is tried again; any other error is none of ours', async () => {
  const cause = Object.assign(new Error('closed'), { code: 'ECONNRESET' });
  const broken = failing(1, new TypeError('fetch failed', { cause }));
  expect(await settled(patiently(broken.call))).toBe('done');
  const other = failing(1, new TypeError('no such thing'));
  expect(await settled(patiently(other.call))).toBeInstanceOf(TypeError);
});
