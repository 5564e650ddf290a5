import { expect, test } from 'vitest';
import { isDemo } from '../../src/database/mark.ts';
import { emptyDemo } from '../../src/playground/demo/empty.ts';
import { demoUsers } from '../../src/playground/demo/organisation.ts';
import { seed } from '../../src/playground/demo/seed.ts';
import { testDatabase } from '../support/database.ts';
import { addUser } from '../support/users.ts';

const database = testDatabase();

test('an empty store gets the organisation, once, and keeps what happened to it', async () => {
  const { prisma } = database();
  expect(await isDemo(prisma)).toBe(false);
  await seed(database());
  expect(await prisma.user.count()).toBe(120);
  expect(await prisma.employment.count()).toBe(126);
  await prisma.user.update({ where: { userKey: '14' }, data: { name: 'Anna Berg' } });
  await seed(database());
  expect(await prisma.user.findUnique({ where: { userKey: '14' } })).toMatchObject({ name: 'Anna Berg' });
  expect(await prisma.user.count()).toBe(120);
});

test('every state of a connection, every fact and the unusual ones are there', async () => {
  const { prisma } = database();
  const states = await prisma.user.groupBy({ by: ['connection'], _count: true });
  expect(states.map(({ connection }) => connection).sort()).toEqual([
    'connected',
    'none',
    'pending',
    'unverified',
    'verified',
  ]);
  const some = async (where: object) => expect(await prisma.user.count({ where })).toBeGreaterThan(0);
  await some({ bouncedAt: { not: null } });
  await some({ disownedAt: { not: null } });
  await some({ openedAt: { not: null } });
  await some({ active: false });
  await some({ email: null });
  await some({ protectedIdentity: true });
  await some({ verifications: { some: { links: { some: { expiresAt: { lt: new Date() } } } } } });
  await some({ employments: { some: { startsOn: { gt: new Date() } } } });
  await some({ employments: { some: { endsOn: { lt: new Date() } } } });
  expect(
    new Set(demoUsers().flatMap(({ employments }) => employments.map(({ company }) => company))).size,
  ).toBe(3);
  expect(demoUsers().filter(({ employments }) => employments.length === 2)).toHaveLength(6);
});

test('no two users share an address (U2), and no company has a number twice (U3)', () => {
  const users = demoUsers();
  const addresses = users.flatMap(({ connectEmail }) => connectEmail ?? []);
  expect(new Set(addresses).size).toBe(addresses.length);
  const numbers = users.flatMap((user) =>
    user.employments.map(({ company, number }) => `${company} ${number}`),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('a demo store is told from others; emptied it is none, and real people keep the playground out', async () => {
  expect(await isDemo(database().prisma)).toBe(true);
  await emptyDemo(database());
  expect(await isDemo(database().prisma)).toBe(false);
  expect(await database().prisma.user.count()).toBe(0);
  await addUser(database());
  await expect(seed(database())).rejects.toMatchObject({ code: 'store_not_demo' });
  await emptyDemo(database());
  expect(await database().prisma.user.count()).toBe(1);
});
