import { beforeEach, expect, test } from 'vitest';
import { createCampaignTendJob } from '../../../src/jobs/campaign-tend.ts';
import { toldOfConnections } from '../../../src/services/campaigns/connected.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { eachStore } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, by, channel, direct, everybody, openHouse, previewed } from './house.ts';

const start = new Date('2026-11-18T12:00:00Z');
const minute = 60_000;

eachStore('deciding about a campaign', (database) => {
  let clock: Date;
  let facts: { canPost: boolean; shared: boolean };
  let house: ReturnType<typeof openHouse>;
  let person: number;
  const later = (minutes: number) => {
    clock = new Date(start.getTime() + minutes * minute);
  };
  beforeEach(async () => {
    await database().prisma.user.deleteMany();
    await database().prisma.liveMessage.deleteMany();
    await database().prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    clock = start;
    facts = { canPost: true, shared: false };
    house = openHouse({
      database: database(),
      smtpUrl: 'smtp://127.0.0.1:1',
      now: () => clock,
      placeFacts: async () => facts,
    });
    person = await addPerson(database());
  });

  const jobs = () =>
    database().prisma.$queryRaw<{ task: string }[]>`
      select task_identifier as task from graphile_worker.jobs where task_identifier = 'campaign-send'`;
  const stateOf = async (id: number) => (await house.campaigns.status(id, 'caller'))?.state;

  test('B2 Confirm works once, also when pressed twice at the same moment', async () => {
    await addUser(database());
    const { id } = await previewed(house, person);
    const presses = await Promise.allSettled([
      house.campaigns.confirm(id, by(person)),
      house.campaigns.confirm(id, by(person)),
    ]);
    expect(presses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(house.campaigns.confirm(id, by(person))).rejects.toMatchObject({ code: 'campaign_started' });
    expect(await jobs()).toHaveLength(1);
    expect(await database().prisma.liveMessage.count()).toBe(1);
  });

  test('A6 the button is spent by what it did, and not by what was refused', async () => {
    await addUser(database());
    const { id } = await previewed(house, person);
    const [press = ''] = await house.presses.keep([{ line: `bulk-verify confirm #${id}`, acting: true }], {
      personId: person,
    });
    const nowhere = { companies: [], protected: false };
    await expect(house.campaigns.confirm(id, by(person, { press, reach: nowhere }))).rejects.toThrow();
    expect((await house.presses.find(press))?.spent).toBe(false);
    await house.campaigns.confirm(id, by(person, { press }));
    await expect(house.campaigns.confirm(id, by(person, { press }))).rejects.toMatchObject({
      code: 'press_spent',
    });
  });

  test('B2 after 15 minutes Confirm asks to preview again, with the line to paste', async () => {
    await addUser(database(), { employments: [{ company: 'X' }] });
    const { id } = await previewed(house, person, 'company:X');
    later(16);
    await expect(house.campaigns.confirm(id, by(person))).rejects.toMatchObject({
      code: 'campaign_late',
      text: { sv: expect.stringContaining('`/vc massverifiera företag:X`') },
    });
    expect(await jobs()).toEqual([]);
    await createCampaignTendJob({ database: database(), messages: createMessages(), now: () => clock }).run(
      {},
      { signal: AbortSignal.abort() },
    );
    expect(await stateOf(id)).toBe('expired');
    expect(await database().prisma.campaignRecipient.count({ where: { campaignId: id } })).toBe(0);
    for (const attempt of [house.campaigns.confirm, house.campaigns.cancel])
      await expect(attempt(id, by(person))).rejects.toMatchObject({ code: 'campaign_late' });
  });

  test('B2, A2 only somebody who reaches everyone concerned decides', async () => {
    await addUser(database(), { employments: [{ company: 'X' }] });
    await addUser(database(), { employments: [{ company: 'Y' }] });
    const { id } = await previewed(house, person);
    const half = by(person, { reach: { companies: ['x'], protected: true } });
    const refused = { code: 'campaign_out_of_reach' };
    await expect(house.campaigns.confirm(id, half)).rejects.toMatchObject(refused);
    await expect(house.campaigns.cancel(id, half)).rejects.toMatchObject(refused);
    await expect(house.campaigns.resume(id, half)).rejects.toMatchObject(refused);
    await house.campaigns.confirm(id, by(person, { reach: { companies: ['x', 'y'], protected: false } }));
  });

  test('U8 somebody who may not know of protected identities does not decide about them', async () => {
    await addUser(database(), { protected: true });
    const { id } = await previewed(house, person);
    const open = by(person, { reach: { companies: 'all', protected: false } });
    await expect(house.campaigns.confirm(id, open)).rejects.toMatchObject({ code: 'campaign_out_of_reach' });
  });

  test('there must be a campaign, and somebody in it', async () => {
    const unknown = { code: 'campaign_unknown' };
    await expect(house.campaigns.confirm(999, by(person))).rejects.toMatchObject(unknown);
    await expect(house.campaigns.cancel(999, by(person))).rejects.toMatchObject(unknown);
    await expect(house.campaigns.copy(999, by(person))).rejects.toMatchObject(unknown);
    const { id } = await previewed(house, person);
    await expect(house.campaigns.confirm(id, by(person))).rejects.toMatchObject({ code: 'campaign_nobody' });
  });

  test('B3 a cancelled preview is over', async () => {
    const user = await addUser(database());
    const { id } = await previewed(house, person);
    expect(await house.campaigns.cancel(id, by(person))).toEqual({ was: 'previewed' });
    const over = { code: 'campaign_over' };
    await expect(house.campaigns.confirm(id, by(person))).rejects.toMatchObject(over);
    await expect(house.campaigns.cancel(id, by(person))).rejects.toMatchObject(over);
    await expect(house.campaigns.resume(id, by(person))).rejects.toMatchObject({
      code: 'campaign_not_paused',
    });
    expect(await database().prisma.campaignRecipient.findMany({ where: { userId: user } })).toMatchObject([
      { state: 'cancelled' },
    ]);
  });

  test.each([
    ['A3', 'where the bot may not post', { canPost: false, shared: false }],
    ['A1', 'where another organisation came to read', { canPost: true, shared: true }],
  ])('%s the message goes to the place, or to whoever confirms %s', async (_rule, _where, then) => {
    await addUser(database());
    const first = await previewed(house, person);
    expect(await house.campaigns.confirm(first.id, { ...by(person), language: 'en' })).toEqual({
      send: 1,
      inPlace: true,
    });
    facts = then;
    const second = await previewed(house, person);
    const other = await addPerson(database());
    expect(await house.campaigns.confirm(second.id, { ...by(other), language: 'en' })).toEqual({
      send: 1,
      inPlace: false,
    });
    expect(
      await database().prisma.liveMessage.findMany({
        orderBy: { subjectId: 'asc' },
        select: { subjectId: true, place: true, personId: true, language: true },
      }),
    ).toEqual([
      { subjectId: first.id, place: channel, personId: person, language: 'sv' },
      { subjectId: second.id, place: null, personId: other, language: 'en' },
    ]);
  });

  test("A3 who confirms a preview in another person's direct conversation is told in their own, and so is the other", async () => {
    await addUser(database());
    const { id } = await previewed(house, person, 'all', everybody, direct);
    const other = await addPerson(database());
    expect(await house.campaigns.confirm(id, { ...by(other), language: 'en' })).toEqual({
      send: 1,
      inPlace: false,
    });
    const told = await database().prisma.liveMessage.findMany({
      orderBy: { personId: 'asc' },
      select: { place: true, personId: true, language: true },
    });
    expect(told).toEqual([
      { place: null, personId: person, language: 'sv' },
      { place: null, personId: other, language: 'en' },
    ]);
  });

  test('"connected since" is kept up to date for 30 days, at most once a minute', async () => {
    const user = await addUser(database());
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    await database().prisma.campaignRecipient.updateMany({ data: { state: 'sent', sentAt: start } });
    await database().prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    const waiting = () =>
      database().prisma.$queryRaw<{ seconds: number }[]>`
        select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs
        where task_identifier = 'notify'`;
    const tell = toldOfConnections(createMessages(), () => clock);
    const connect = () => database().transaction((tx) => tell(tx, user));
    later(31 * 24 * 60);
    await connect();
    expect(await waiting()).toEqual([]);
    later(29 * 24 * 60);
    await connect();
    await connect();
    const [job, ...more] = await waiting();
    expect(more).toEqual([]);
    expect(job?.seconds).toBeGreaterThan(30);
    expect(job?.seconds).toBeLessThanOrEqual(60);
  });

  test('U8 what a place reads leaves protected identities out; connected counts since the sending', async () => {
    const at = new Date(start.getTime() + minute);
    for (const given of [{}, {}, { protected: true }]) await addUser(database(), given);
    await addUser(database(), { connect: null, protected: true });
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    await database().prisma.campaignRecipient.updateMany({
      where: { state: 'waiting' },
      data: { state: 'sent' },
    });
    await database().prisma.user.updateMany({
      where: { protectedIdentity: true },
      data: { connection: 'connected', connectedAt: at },
    });
    expect(await house.campaigns.status(id, 'caller')).toMatchObject({
      counts: { sent: 3 },
      skipped: { no_address: 1 },
      connected: 1,
    });
    expect(await house.campaigns.status(id, 'place')).toMatchObject({
      counts: { sent: 2 },
      skipped: {},
      connected: 0,
    });
  });

  test('U8 the log names nobody who is protected by now, but to those who may know', async () => {
    await addUser(database(), { name: 'Anna', connect: 'anna@company.se' });
    await addUser(database(), { name: 'Bo', connect: 'bo@FÖRETAG.se' });
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    const names = async (mayKnow: boolean, search?: string) => {
      const log = await house.campaigns.log(id, { limit: 10, search }, { ...everybody, protected: mayKnow });
      return { names: log?.rows.map(({ name }) => name), found: log?.found, counts: log?.counts };
    };
    const both = { names: ['Anna', 'Bo'], found: 2, counts: { waiting: 2 } };
    expect(await names(false)).toEqual(both);
    await database().prisma.user.updateMany({ where: { name: 'Anna' }, data: { protectedIdentity: true } });
    expect(await names(true)).toEqual(both);
    expect(await names(false)).toEqual({ names: ['Bo'], found: 1, counts: { waiting: 1 } });
    expect(await names(false, 'anna')).toEqual({ names: [], found: 0, counts: { waiting: 1 } });
    expect((await names(false, 'bo@FÖRE')).names).toEqual(['Bo']);
  });
});
