import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/errors.ts';
import { hashToken } from '../../../src/rules/secret.ts';
import { type Claimed, claim } from '../../../src/services/campaigns/claim.ts';
import { enterLane, leaveLane } from '../../../src/services/campaigns/lane-run.ts';
import { lanesOf } from '../../../src/services/campaigns/lanes.ts';
import { type Fate, record } from '../../../src/services/campaigns/record.ts';
import { createMessages } from '../../../src/services/messages.ts';
import {
  beginVerification,
  markSent,
  mintLink,
  revokeOpen,
} from '../../../src/services/verifications/links.ts';
import { beginMany } from '../../../src/services/verifications/many.ts';
import { eachStore, stores, testDatabase } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, addUsers, by, openHouse, previewed, total } from './house.ts';

const minute = 60_000;
const now = new Date('2026-11-18T12:00:00Z');

test('B3 lanes share the recipients out without a gap, the same way each time', () => {
  for (const recipients of [1, 24, 26, 60, 99, 100, 101, 10_000]) {
    const lanes = lanesOf(7, recipients);
    expect(lanes.length).toBeLessThanOrEqual(4);
    expect(lanes[0]?.first).toBe(1);
    expect(lanes.at(-1)?.last).toBe(recipients);
    for (const [i, { first }] of lanes.entries())
      if (i > 0) expect(first).toBe((lanes[i - 1]?.last ?? 0) + 1);
    expect(lanesOf(7, recipients)).toEqual(lanes);
  }
});

eachStore('claiming and recording', (database) => {
  const messages = createMessages();
  let person: number;
  beforeEach(async () => {
    await database().prisma.user.deleteMany();
    person = await addPerson(database());
  });

  async function running(recipients: number, clock = () => now) {
    const house = openHouse({ database: database(), smtpUrl: 'smtp://127.0.0.1:1', now: clock });
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    const lane = { campaign: id, lane: 0, first: 1, last: recipients };
    return {
      id,
      lane,
      house,
      take: (count: number, at = now) => claim({ database: database(), messages }, lane, count, at),
    };
  }
  const fate = (claimed: Claimed, answer: Fate['answer']): Fate => ({ claimed, answer });
  const states = async (id: number) =>
    (
      await database().prisma.campaignRecipient.findMany({
        where: { campaignId: id },
        orderBy: { position: 'asc' },
      })
    ).map(({ state }) => state);

  /** Everything that the store says of a user's verification, but for what is random or a number. */
  async function trace(userId: number): Promise<unknown> {
    const user = await database().prisma.user.findUniqueOrThrow({
      where: { id: userId },
      include: { verifications: { include: { links: true }, orderBy: { id: 'asc' } } },
    });
    const { connection, openedAt, disownedAt, lastSentAt, bouncedAt, bouncedWords } = user;
    return {
      user: { connection, openedAt, disownedAt, lastSentAt, bouncedAt, bouncedWords },
      verifications: user.verifications.map(
        ({ id: _, userId: __, address: ___, campaignId: ____, links, ...rest }) => ({
          ...rest,
          links: links.map(({ createdAt, expiresAt }) => ({ createdAt, expiresAt })),
        }),
      ),
    };
  }

  test('V1 one verification and many leave the same in the store', async () => {
    const { prisma } = database();
    const before = { openedAt: now, disownedAt: now, bouncedAt: now, bouncedWords: 'no' };
    const kinds = [{}, { connection: 'pending' as const, open: true }, before];
    const add = (kind: (typeof kinds)[number]) => {
      const { open, ...given } = { open: false, ...kind };
      return addUser(database(), given).then(async (id) => {
        const asked = { requestedBy: null, now: new Date(now.getTime() - 1_000) };
        if (open) await database().transaction((tx) => beginVerification(tx, { id, address: '' }, asked));
        return id;
      });
    };
    const alone = await Promise.all(kinds.map(add));
    const together = await Promise.all(kinds.map(add));
    const asked = { requestedBy: person, now };
    for (const id of alone) {
      const verification = await database().transaction(async (tx) => {
        await revokeOpen(tx, [id], 'replaced', now);
        return beginVerification(tx, { id, address: 'a@company.se' }, asked);
      });
      await mintLink(prisma, verification, now);
    }
    const minted = await database().transaction((tx) =>
      beginMany(
        tx,
        together.map((id) => ({ id, address: 'a@company.se', open: null })),
        { ...asked, campaignId: 1 },
      ),
    );
    expect(await Promise.all(together.map(trace))).toEqual(await Promise.all(alone.map(trace)));
    for (const [i, { id, token }] of minted.entries()) {
      expect(
        await prisma.verificationLink.findUnique({
          where: { tokenHash: hashToken(token) },
          select: { verification: { select: { id: true, userId: true } } },
        }),
      ).toEqual({ verification: { id, userId: together[i] } });
    }
  });

  test('V6 what was sent is written down as one verification’s is', async () => {
    const [user = 0, other = 0] = await addUsers(database(), 2);
    await database().prisma.user.updateMany({ data: { bouncedWords: 'no' } });
    const { take } = await running(2);
    const { claimed } = await take(2);
    const [first, second] = claimed;
    if (!first || !second) throw new Error('Two were to be claimed');
    await record(database(), [fate(first, { kind: 'sent', at: now })], now);
    await database().transaction((tx) => markSent(tx, second.verification, now, now));
    expect(await trace(user)).toEqual(await trace(other));
  });

  test('V1, B3 after a crash the same verification gets one more link', async () => {
    const [user = 0] = await addUsers(database(), 1);
    const { take, lane, id } = await running(1);
    const [first] = (await take(1)).claimed;
    expect((await take(1)).looked).toBe(0);
    expect(await enterLane(database(), lane)).toBe(1);
    const [second] = (await take(1)).claimed;
    expect(second).toMatchObject({ verification: first?.verification, attempts: 2 });
    expect(second?.token).not.toBe(first?.token);
    const verifications = await database().prisma.verification.findMany({ include: { links: true } });
    expect(verifications.map(({ userId, links, revokedAt }) => [userId, links.length, revokedAt])).toEqual([
      [user, 2, null],
    ]);
    expect(await states(id)).toEqual(['sending']);
  });

  test('B3 a message that left is never sent again, whoever writes it down when', async () => {
    await addUsers(database(), 1);
    const { take, lane, id } = await running(1);
    const [zombie] = (await take(1)).claimed;
    if (!zombie) throw new Error('One was to be claimed');
    await enterLane(database(), lane);
    await record(database(), [fate(zombie, { kind: 'sent', at: now })], now);
    expect((await take(1)).looked).toBe(0);
    await leaveLane(database(), messages, lane, now);
    expect(await states(id)).toEqual(['sent']);
    expect(await database().prisma.campaign.findUnique({ where: { id } })).toMatchObject({ state: 'done' });
  });

  test('B3 whoever is being sent to by one campaign waits in the other', async () => {
    await addUsers(database(), 1);
    const one = await running(1);
    const other = await running(1);
    const [claimed] = (await one.take(1)).claimed;
    if (!claimed) throw new Error('One was to be claimed');
    expect(await other.take(1)).toEqual({ claimed: [], looked: 1 });
    expect(await states(other.id)).toEqual(['waiting']);
    await record(database(), [fate(claimed, { kind: 'recipient', words: '550 5.1.1 no' })], now);
    await other.take(1, new Date(now.getTime() + 5_000));
    expect(
      await database().prisma.campaignRecipient.findFirst({ where: { campaignId: other.id } }),
    ).toMatchObject({
      state: 'skipped',
      reason: 'bounced',
    });
  });

  test('B3 whom another campaign has sent to since is not sent to, however late it is', async () => {
    await addUsers(database(), 1);
    const one = await running(1);
    const other = await running(1);
    const [refusedUs] = (await one.take(1)).claimed;
    if (!refusedUs) throw new Error('One was to be claimed');
    await record(database(), [fate(refusedUs, { kind: 'us', words: '550 5.7.1 policy' })], now);
    const [claimed] = (await other.take(1)).claimed;
    if (!claimed) throw new Error('One was to be claimed');
    const sentAt = new Date(now.getTime() + minute);
    await record(database(), [fate(claimed, { kind: 'sent', at: sentAt })], sentAt);
    await one.house.campaigns.resume(one.id, by(person));
    expect(await one.take(1, new Date(sentAt.getTime() + 65 * minute))).toEqual({ claimed: [], looked: 1 });
    expect(
      await database().prisma.campaignRecipient.findFirst({ where: { campaignId: one.id } }),
    ).toMatchObject({ state: 'skipped', reason: 'recent' });
  });

  test('B3 what was written down late counts for others from then, and for a link asked for meanwhile from when it left', async () => {
    await addUsers(database(), 1);
    const one = await running(1);
    const [claimed] = (await one.take(1)).claimed;
    if (!claimed) throw new Error('One was to be claimed');
    const confirmed = new Date(now.getTime() + minute);
    const written = new Date(now.getTime() + 2 * minute);
    const other = await running(1, () => confirmed);
    await record(database(), [fate(claimed, { kind: 'sent', at: now })], written);
    expect(await database().prisma.verification.findFirst()).toMatchObject({ sentAt: now });
    expect(await other.take(1, new Date(now.getTime() + 65 * minute))).toEqual({ claimed: [], looked: 1 });
    const { prisma } = database();
    const theirs = { where: { campaignId: other.id } };
    expect(await prisma.campaignRecipient.findFirst(theirs)).toMatchObject({ reason: 'recent' });
    const earlier = new Date(now.getTime() - minute);
    await record(database(), [fate(claimed, { kind: 'sent', at: earlier })], written);
    expect(await prisma.verification.findFirst()).toMatchObject({ sentAt: now });
  });

  test('V6 the day of tries counts from the first one, or from when somebody resumed', async () => {
    await addUsers(database(), 1);
    let at = now;
    const { take, house, id } = await running(1, () => at);
    const answered = async (kind: 'temporary' | 'us') => {
      const [claimed] = (await take(1, at)).claimed;
      if (!claimed) throw new Error('One was to be claimed');
      await record(database(), [fate(claimed, { kind, words: '4' })], at);
    };
    const hours = (count: number) => {
      at = new Date(at.getTime() + count * 60 * minute);
    };
    await answered('temporary');
    hours(1);
    await answered('us');
    hours(70);
    await house.campaigns.resume(id, by(person));
    for (const pause of [1, 10, 12]) {
      hours(pause);
      await answered('temporary');
      expect(await states(id)).toEqual(['waiting']);
    }
    hours(1);
    await answered('temporary');
    expect(await states(id)).toEqual(['failed']);
  });

  test('B2 whoever was sent to before the campaign, more than an hour ago, is sent to', async () => {
    await addUsers(database(), 1);
    await database().prisma.user.updateMany({ data: { lastSentAt: new Date(now.getTime() - 61 * minute) } });
    expect((await (await running(1)).take(1)).claimed).toHaveLength(1);
  });

  test('B3 what is given back after the campaign was cancelled ends with it', async () => {
    await addUsers(database(), 3);
    const { take, house, id } = await running(3);
    const [kept, delayed, sent] = (await take(3)).claimed;
    if (!kept || !delayed || !sent) throw new Error('Three were to be claimed');
    await house.campaigns.cancel(id, by(person));
    expect(await states(id)).toEqual(['sending', 'sending', 'sending']);
    const fates = [
      fate(kept, { kind: 'kept' }),
      fate(delayed, { kind: 'temporary', words: '450 later' }),
      fate(sent, { kind: 'sent', at: now }),
    ];
    await record(database(), fates, now);
    expect(await states(id)).toEqual(['cancelled', 'cancelled', 'sent']);
    const users = await database().prisma.user.findMany({ orderBy: { name: 'asc' } });
    expect(users.map(({ connection }) => connection)).toEqual(['unverified', 'unverified', 'pending']);
  });

  test('B3 whatever happens in whatever order, the counts add up to the recipients', async () => {
    await addUsers(database(), 6);
    const answer = fc.constantFrom<Fate['answer']>(
      { kind: 'sent', at: now },
      { kind: 'kept' },
      { kind: 'recipient', words: '550 5.1.1 no' },
      { kind: 'temporary', words: '450 later' },
      { kind: 'us', words: '550 5.7.1 policy' },
    );
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ claim: fc.integer({ min: 1, max: 4 }) }) },
      { weight: 4, arbitrary: fc.record({ answer }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom({ enter: true }, { leave: true }, { resume: true }, { cancel: true }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
        await database().prisma.user.updateMany({
          data: { connection: 'unverified', bouncedAt: null, lastSentAt: null },
        });
        const { id, lane, house, take } = await running(6);
        const claimed: Claimed[] = [];
        for (const one of steps) {
          if ('claim' in one) claimed.push(...(await take(one.claim)).claimed);
          if ('answer' in one)
            await record(
              database(),
              claimed.splice(0, 1).map((c) => fate(c, one.answer)),
              now,
            );
          if ('enter' in one) await enterLane(database(), lane);
          if ('leave' in one) await leaveLane(database(), messages, lane, now);
          if ('resume' in one) await house.campaigns.resume(id, by(person)).catch(refused);
          if ('cancel' in one) await house.campaigns.cancel(id, by(person)).catch(refused);
          const status = await house.campaigns.status(id, 'caller');
          expect(status && total(status)).toBe(6);
        }
      }),
      { numRuns: 15, seed: 11 },
    );
  });
});

function refused(error: unknown): void {
  expect(error).toBeInstanceOf(Refusal);
}

describe.runIf(stores.includes('server'))('claiming on a server', () => {
  const database = testDatabase('server');

  test('V6 claims nobody while somebody is just pausing the campaign', async () => {
    await addUsers(database(), 10);
    const house = openHouse({ database: database(), smtpUrl: 'smtp://127.0.0.1:1', now: () => now });
    const person = await addPerson(database());
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    const lane = { campaign: id, lane: 0, first: 1, last: 10 };
    await database().transaction(async (tx) => {
      await tx.campaign.update({ where: { id }, data: { state: 'paused', pausedAt: now } });
      expect(await claim({ database: database(), messages: createMessages() }, lane, 8, now)).toEqual({
        claimed: [],
        looked: 0,
      });
    });
  });
});
