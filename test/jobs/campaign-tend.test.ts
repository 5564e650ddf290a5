import { beforeEach, expect, test } from 'vitest';
import { createCampaignTendJob } from '../../src/jobs/campaign-tend.ts';
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
  createCampaignTendJob({ database: database(), now: () => clock }).run(
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
