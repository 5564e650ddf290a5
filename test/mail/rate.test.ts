import { afterEach, expect, test } from 'vitest';
import { createRateLimiter, parseRate } from '../../src/mail/rate.ts';
import { eachStore } from '../support/database.ts';

test.each([
  ['10/s', 100],
  ['10', 100],
  ['30/min', 2_000],
  ['500/h', 7_200],
  ['5000/day', 17_280],
  [' 2/s ', 500],
])('B3 MAIL_RATE %s is one message every %d ms', (text, interval) => {
  expect(parseRate(text)).toBe(interval);
});

test.each(['', '0', '-1', '10/', '10/w', '1.5/s', 'ten', '10 /s', '10/toString'])(
  'B3 MAIL_RATE "%s" is no rate',
  (text) => {
    expect(parseRate(text)).toBeUndefined();
  },
);

eachStore('B3 MAIL_RATE over all processes', (database) => {
  afterEach(() => database().prisma.mailRate.deleteMany());

  test('a message leaves at once, and the next ones wait their turn, whoever reserves', async () => {
    const [one, other] = [createRateLimiter(database(), '1/min'), createRateLimiter(database(), '1/min')];
    const waits = [];
    for (const limiter of [one, other, one, other]) waits.push((await limiter.reserve(1)).wait);
    expect(waits.map((wait) => Math.round(wait / 60_000))).toEqual([0, 1, 2, 3]);
  });

  test('reservations made at the same time never share a moment', async () => {
    const limiters = Array.from({ length: 8 }, () => createRateLimiter(database(), '1/min'));
    const slots = await Promise.all(limiters.map((limiter) => limiter.reserve(1)));
    const minutes = slots.map(({ wait }) => Math.round(wait / 60_000)).sort((a, b) => a - b);
    expect(minutes).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('a batch reserves what leaves within two seconds, and at least one', async () => {
    expect((await createRateLimiter(database(), '10/s').reserve(100)).count).toBe(20);
    expect((await createRateLimiter(database(), '10/s').reserve(3)).count).toBe(3);
    expect((await createRateLimiter(database(), '500/h').reserve(100)).count).toBe(1);
  });

  test('time that nobody used is not saved up', async () => {
    await database().prisma.mailRate.create({ data: { nextAt: new Date(Date.now() - 3_600_000) } });
    const limiter = createRateLimiter(database(), '1/min');
    expect((await limiter.reserve(1)).wait).toBe(0);
    expect((await limiter.reserve(1)).wait).toBeGreaterThan(50_000);
  });

  test('a message waits for its moment', async () => {
    const slots = await createRateLimiter(database(), '20/s').reserve(3);
    const left: number[] = [];
    await Promise.all([2, 0, 1].map((i) => slots.due(i).then(() => left.push(i))));
    expect(left).toEqual([0, 1, 2]);
  });

  test('waiting ends when the program stops', async () => {
    const limiter = createRateLimiter(database(), '1/h');
    await limiter.reserve(1);
    const stop = new AbortController();
    const waiting = (await limiter.reserve(1)).due(0, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow();
  });

  test('a lifted rate reserves everything and asks nobody', async () => {
    const slots = await createRateLimiter(database(), '10000/s').reserve(5_000);
    await slots.due(4_999);
    expect(slots).toMatchObject({ count: 5_000, wait: 0 });
    expect(await database().prisma.mailRate.count()).toBe(0);
  });
});
