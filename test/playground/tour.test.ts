import { expect, test } from 'vitest';
import { administrators, employees, members } from '../../src/playground/demo/members.ts';
import { seed } from '../../src/playground/demo/seed.ts';
import { casts } from '../../src/playground/page/demo.ts';
import { stepsIn } from '../../src/playground/page/tour-steps.ts';
import { tourState } from '../../src/playground/tour.ts';
import { languages } from '../../src/rules/language.ts';
import { testDatabase } from '../support/database.ts';

const database = testDatabase();
let loggedIn = false;
const anna = 'anna@company.se';

/** The steps that are done. */
async function done(): Promise<string[]> {
  const state = await tourState(database(), (address) => loggedIn && address === anna);
  return Object.entries(state).flatMap(([step, isDone]) => (isDone ? [step] : []));
}

const attempt = { surface: 'slack', who: 'U1', place: 'C1', outcome: 'done' };
const run = { createdBy: 1, place: {} };

test('of an organisation that nobody has touched, nothing is done', async () => {
  await seed(database());
  expect(await done()).toEqual([]);
});

test('each step is done once what it asks for stands in the store', async () => {
  const { prisma } = database();
  await prisma.audit.create({ data: { ...attempt, what: 'help', outcome: 'person_refused' } });
  expect(await done()).toEqual([]);
  await prisma.audit.create({ data: { ...attempt, what: 'help' } });
  expect(await done()).toEqual(['help']);

  const file = { ...run, dropKey: 'a', fileName: 'a.csv', source: {}, language: 'sv', reach: {} } as const;
  const { id } = await prisma.import.create({ data: { ...file, state: 'previewed' } });
  expect(await done()).toEqual(['help']);
  await prisma.import.update({ where: { id }, data: { state: 'done' } });
  expect(await done()).toEqual(['help', 'import']);

  const { id: userId } = await prisma.user.findFirstOrThrow({ where: { connectAddress: anna } });
  const verification = { userId, address: anna };
  const used = { ...verification, usedAt: new Date() };
  await prisma.verification.create({ data: { ...verification, revokedAt: new Date() } });
  expect(await done()).toEqual(['help', 'import']);
  await prisma.verification.create({ data: used });
  await prisma.verification.create({ data: verification });
  expect(await done()).toEqual(['help', 'import', 'verify']);

  loggedIn = true;
  expect(await done()).toContain('login');

  const campaign = await prisma.campaign.create({ data: { ...run, filter: {}, state: 'running' } });
  const read = { ...attempt, surface: 'web', what: 'log read' };
  await prisma.audit.create({ data: { ...read, place: `/imports/${campaign.id}` } });
  await prisma.campaign.update({ where: { id: campaign.id }, data: { state: 'done' } });
  expect(await done()).not.toContain('bulk');
  await prisma.audit.create({ data: { ...read, place: `/campaigns/${campaign.id}` } });
  const names = stepsIn('sv', 'hr').map(({ name }) => name);
  expect((await done()).toSorted()).toEqual(names.toSorted());
});

test.each(languages)('who the tour is about is there, and reads %s', (language) => {
  const { administrator, employee } = casts[language];
  const [acts, verified] = [administrator.handle, employee.name.toLowerCase()].map((handle) =>
    members.find((member) => member.handle === handle),
  );
  expect(acts).toMatchObject({ language, name: expect.stringContaining(administrator.name) });
  expect(administrators).toContain(acts?.email);
  expect(verified).toMatchObject({ language, email: employee.address });
  expect(employees).toContain(verified?.email);
});
