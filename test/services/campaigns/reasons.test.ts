import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { Prisma } from '../../../src/database/client/client.ts';
import { isAllowed } from '../../../src/rules/domains.ts';
import { mayBeSentTo } from '../../../src/rules/employment.ts';
import { skipReason } from '../../../src/services/campaigns/reason-sql.ts';
import { eachStore } from '../../support/database.ts';
import { addUser, type Given } from '../../support/users.ts';

const now = new Date('2026-11-18T12:00:00Z');
const anHourAgo = (minutesMore: number) => new Date(now.getTime() - (60 + minutesMore) * 60_000);

eachStore('whom a campaign skips', (database) => {
  beforeEach(async () => {
    await database().prisma.user.deleteMany();
    await database().prisma.allowedDomain.deleteMany();
  });

  async function reasons(at: Date): Promise<Map<number, string | null>> {
    const rows = await database().prisma.$queryRaw<{ id: number; reason: string | null }[]>(
      Prisma.sql`select u.id, ${skipReason(at)} as reason from "user" u`,
    );
    return new Map(rows.map(({ id, reason }) => [id, reason]));
  }

  test.each<[string | null, Given]>([
    [null, {}],
    [null, { connection: 'pending', lastSentAt: anHourAgo(1) }],
    ['connected', { connection: 'connected', active: false }],
    ['verified', { connection: 'verified', bouncedAt: now }],
    ['no_address', { connect: null, active: false }],
    ['deactivated', { active: false, employments: [{ to: '2026-01-01' }] }],
    ['not_yet', { employments: [{ from: '2026-12-24' }], bouncedAt: now }],
    ['ended', { employments: [{ to: '2026-01-01' }], connect: 'a@elsewhere.se' }],
    ['domain', { connect: 'a@elsewhere.se', bouncedAt: now }],
    ['bounced', { bouncedAt: now, disownedAt: now }],
    ['disowned', { disownedAt: now, lastSentAt: now }],
    ['recent', { connection: 'pending', lastSentAt: anHourAgo(-1) }],
  ])('B2 the first reason that applies: %s', async (reason, given) => {
    await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    const id = await addUser(database(), given);
    expect((await reasons(now)).get(id)).toBe(reason);
  });

  test('U7 is the same rule in SQL and in rules/employment.ts', async () => {
    const day = fc.option(
      fc.integer({ min: 14, max: 22 }).map((n) => `2026-11-${n}`),
      { nil: undefined },
    );
    const employment = fc.record({ from: day, to: day });
    const people = fc.sample(
      fc.record({ active: fc.boolean(), employments: fc.array(employment, { maxLength: 3 }) }),
      { numRuns: 150, seed: 7 },
    );
    const ids = await Promise.all(
      people.map(({ active, employments }) =>
        addUser(database(), {
          active,
          employments: employments.map(({ from, to }) => ({ ...(from && { from }), ...(to && { to }) })),
        }),
      ),
    );
    // Before and after 09.00 in Stockholm, and around its midnight.
    for (const time of ['T07:59:00Z', 'T08:00:00Z', 'T22:59:00Z', 'T23:01:00Z']) {
      const at = new Date(`2026-11-18${time}`);
      const found = await reasons(at);
      const wanted = people.map(({ active, employments }) =>
        mayBeSentTo(
          employments.map(({ from = null, to = null }) => ({ from, to })),
          active,
          at,
        ),
      );
      expect(ids.map((id) => found.get(id) ?? 'ok')).toEqual(wanted);
    }
  });

  test('D1 is the same rule in SQL and in rules/domains.ts', async () => {
    const addresses = [
      'a@company.se',
      'a@evilcompany.se',
      'a@mail.company.se',
      'a@deep.mail.company.se',
      'a@other.se',
      'a@xn--fretag-wxa.se',
      'a.company.se@other.com',
    ];
    const ids = await Promise.all(addresses.map((connect) => addUser(database(), { connect })));
    const lists = [
      [],
      ['company.se'],
      ['*.company.se'],
      ['company.se', 'xn--fretag-wxa.se'],
      ['*.se'],
      ['nobody.se'],
    ];
    for (const entries of lists) {
      await database().prisma.allowedDomain.deleteMany();
      await database().prisma.allowedDomain.createMany({ data: entries.map((entry) => ({ entry })) });
      const found = await reasons(now);
      expect(ids.map((id) => found.get(id) === null)).toEqual(
        addresses.map((key) => isAllowed(key, entries)),
      );
    }
  });
});
