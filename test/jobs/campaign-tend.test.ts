import { beforeEach, expect, test } from 'vitest';
import { plain } from '../../src/core/plain.ts';
import { createCampaignTendJob } from '../../src/jobs/campaign-tend.ts';
import { claim } from '../../src/services/campaigns/claim.ts';
import { type Fate, record } from '../../src/services/campaigns/record.ts';
import { createMessages } from '../../src/services/messages.ts';
import { campaignMessage } from '../../src/views/campaign.ts';
import { addPerson, addUsers, by, openHouse, previewed } from '../services/campaigns/house.ts';
import { testDatabase } from '../support/database.ts';

const start = new Date('2026-11-18T12:00:00Z');
const minute = 60_000;
const day = 24 * 60 * minute;

const database = testDatabase();
let clock: Date;
let house: ReturnType<typeof openHouse>;
let person: number;
beforeEach(async () => {
  await database().prisma.user.deleteMany();
  await database().prisma.campaign.deleteMany();
  await database().prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  clock = start;
  house = openHouse({ database: database(), smtpUrl: 'smtp://127.0.0.1:1', now: () => clock });
  person = await addPerson(database());
  await addUsers(database(), 60);
});

const tend = () =>
  createCampaignTendJob({ database: database(), messages: createMessages(), now: () => clock }).run(
    {},
    { signal: new AbortController().signal },
  );
const lanes = () =>
  database().prisma.$queryRaw<{ key: string }[]>`
    select key from graphile_worker.jobs where task_identifier = 'campaign-send' order by key`;
const states = async () =>
  (await database().prisma.campaign.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state);

test('B2 a preview ends after 15 minutes and forgets whom it was about; a confirmed campaign does not', async () => {
  await previewed(house, person);
  const { id } = await previewed(house, person);
  await house.campaigns.confirm(id, by(person));
  clock = new Date(start.getTime() + 14 * minute);
  await tend();
  expect(await states()).toEqual(['previewed', 'running']);
  clock = new Date(start.getTime() + 16 * minute);
  await tend();
  expect(await states()).toEqual(['expired', 'running']);
  const left = await database().prisma.campaignRecipient.groupBy({ by: ['campaignId'], _count: true });
  expect(left).toEqual([{ campaignId: id, _count: 60 }]);
});

test('B2 a preview that was cancelled forgets whom it was about; a campaign that was does not', async () => {
  const unconfirmed = await previewed(house, person);
  await house.campaigns.cancel(unconfirmed.id, by(person));
  const { id } = await previewed(house, person);
  await house.campaigns.confirm(id, by(person));
  await house.campaigns.cancel(id, by(person));
  await tend();
  expect(await states()).toEqual(['cancelled', 'cancelled']);
  const left = await database().prisma.campaignRecipient.groupBy({ by: ['campaignId'], _count: true });
  expect(left).toEqual([{ campaignId: id, _count: 60 }]);
});

test('B3 a campaign that runs has its jobs again, each once, whatever became of them', async () => {
  const { id } = await previewed(house, person);
  await house.campaigns.confirm(id, by(person));
  const queued = await lanes();
  expect(queued).toHaveLength(3);
  await tend();
  expect(await lanes()).toEqual(queued);
  await database().prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  await tend();
  expect(await lanes()).toEqual(queued);
  await house.campaigns.cancel(id, by(person));
  await database().prisma.$executeRaw`delete from graphile_worker._private_jobs`;
  await tend();
  expect(await lanes()).toEqual([]);
});

test('V6 what nobody has resumed for five days ends, and says why', async () => {
  const { id } = await previewed(house, person);
  await house.campaigns.confirm(id, by(person));
  const { claimed } = await claim(
    { database: database(), messages: createMessages() },
    { campaign: id, lane: 0, first: 1, last: 60 },
    2,
    clock,
  );
  const [sent, refused] = claimed;
  if (!sent || !refused) throw new Error('Two were to be claimed');
  const fates: Fate[] = [
    { claimed: sent, answer: { kind: 'sent', at: clock } },
    { claimed: refused, answer: { kind: 'us', words: '550 5.7.1 policy' } },
  ];
  await record(database(), fates, clock);
  clock = new Date(start.getTime() + 5 * day - minute);
  await tend();
  expect(await states()).toEqual(['paused']);
  await house.campaigns.resume(id, by(person));
  await record(database(), [{ claimed: refused, answer: { kind: 'us', words: '550 5.7.1 still' } }], clock);
  clock = new Date(start.getTime() + 6 * day);
  await tend();
  expect(await states()).toEqual(['paused']);
  clock = new Date(start.getTime() + 10 * day);
  await tend();
  const status = await house.campaigns.status(id, 'caller');
  expect(status).toMatchObject({
    state: 'cancelled',
    counts: { sent: 1, cancelled: 59, waiting: 0 },
    pausedWords: '550 5.7.1 still',
  });
  if (!status) throw new Error('The campaign is to be there');
  expect(plain(campaignMessage(status, { language: 'sv', audience: 'caller' }), 'sv')).toContain(
    'Avbrutet, eftersom utskicket hade varit pausat i 5 dagar. 1 av 60 mejl hann skickas.',
  );
  expect(await database().prisma.user.count({ where: { connection: 'pending' } })).toBe(1);
});

test('a campaign and its log go 90 days after its end', async () => {
  const { id } = await previewed(house, person);
  await house.campaigns.confirm(id, by(person));
  await house.campaigns.cancel(id, by(person));
  clock = new Date(start.getTime() + 89 * day);
  await tend();
  expect(await states()).toEqual(['cancelled']);
  clock = new Date(start.getTime() + 91 * day);
  await tend();
  expect(await states()).toEqual([]);
  expect(await database().prisma.campaignRecipient.count()).toBe(0);
});
