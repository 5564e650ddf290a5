import { beforeEach, expect, test } from 'vitest';
import { eachStore } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, channel, direct, openHouse, previewed } from './house.ts';

const now = new Date('2026-11-18T12:00:00Z');

eachStore('previewing a campaign', (database) => {
  const open = (options: Partial<Parameters<typeof openHouse>[0]> = {}) =>
    openHouse({ database: database(), smtpUrl: 'smtp://127.0.0.1:1', now: () => now, ...options });
  let person: number;
  beforeEach(async () => {
    await database().prisma.user.deleteMany();
    person = await addPerson(database());
  });

  test('B2 says how many, skips by reason, and how long it takes at MAIL_RATE', async () => {
    await addUser(database(), { name: 'Åsa' });
    await addUser(database(), { name: 'Örjan' });
    await addUser(database(), { connection: 'connected' });
    await addUser(database(), { connect: null });
    await addUser(database(), { connect: null });
    const preview = await previewed(open({ rate: '4/min' }), person);
    expect(preview).toMatchObject({
      send: 2,
      skipped: { connected: 1, no_address: 2 },
      seconds: 30,
      canPost: true,
    });
    const recipients = await database().prisma.campaignRecipient.findMany({
      where: { campaignId: preview.id },
      orderBy: { position: 'asc' },
      include: { user: true },
    });
    expect(recipients.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    expect(recipients.flatMap(({ user, state }) => (state === 'waiting' ? [user?.name] : []))).toEqual([
      'Åsa',
      'Örjan',
    ]);
    expect(recipients.flatMap(({ state, reason }) => (state === 'skipped' ? [reason] : [])).sort()).toEqual([
      'connected',
      'no_address',
      'no_address',
    ]);
  });

  test('A3 asks whether the bot may post in the place', async () => {
    const asked: unknown[] = [];
    const house = open({
      placeFacts: async (place) => {
        asked.push(place);
        return { canPost: false, shared: false };
      },
    });
    await addUser(database());
    expect((await previewed(house, person)).canPost).toBe(false);
    await previewed(house, person, 'all', undefined, direct);
    expect(asked).toEqual([channel, direct]);
  });

  test('A2, U8 nobody out of reach is counted', async () => {
    await addUser(database(), { employments: [{ company: 'X' }] });
    await addUser(database(), { employments: [{ company: 'X' }, { company: 'Y' }], protected: true });
    await addUser(database(), { employments: [{ company: 'Y' }], connection: 'connected' });
    const preview = await previewed(open(), person, 'all', { companies: ['x'], protected: false });
    expect(preview).toMatchObject({ send: 1, skipped: {} });
  });

  test('B2 ten thousand recipients are a matter of one statement', async () => {
    await database().prisma.$executeRaw`
      insert into "user" (user_id, user_key, name, name_key, connect_email, connect_address, connection)
      select 'b' || i, 'b' || i, 'N' || i, 'n' || i, i || '@company.se', i || '@company.se', 'unverified'
      from generate_series(1, 10000) i`;
    const { id, send } = await previewed(open(), person);
    expect(send).toBe(10_000);
    expect(await database().prisma.campaignRecipient.count({ where: { campaignId: id } })).toBe(10_000);
  });
});
