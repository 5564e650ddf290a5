import { beforeEach } from 'vitest';
import { administrator, reach } from '../../../src/core/access.ts';
import type { Attempt } from '../../../src/core/ports.ts';
import { toldOfConnections } from '../../../src/services/campaigns/connected.ts';
import { createMessages } from '../../../src/services/messages.ts';
import {
  createVerifications,
  type Verifications,
  type Verifier,
} from '../../../src/services/verifications/index.ts';
import { mintLink } from '../../../src/services/verifications/links.ts';
import { eachStore, type TestDatabase } from '../../support/database.ts';
import { addUser, type Given } from '../../support/users.ts';

/** 14.02 in Stockholm; far ahead of the clock of the queue, so that what is queued for later waits. */
export const noon = new Date('2030-11-21T13:02:00Z');
export const hour = 60 * 60 * 1000;
export const day = 24 * hour;

/** A store with one administrator, a clock that the test turns, and the service. */
export interface Setting {
  database: TestDatabase;
  verifications: Verifications;
  /** Lena, the administrator. */
  lena: Verifier;
  /** Moves the clock. */
  pass(ms: number): void;
  now(): Date;
  /** Adds a user; the User-ID and the store's id. */
  user(given?: Given): Promise<{ id: number; userId: string }>;
  /** The user's row as it stands. */
  row(id: number): ReturnType<typeof userRow>;
  /** A link of the user's open verification, as the mail would hold it. */
  link(userId: number): Promise<string>;
  /** Starts a verification and makes a link of it. */
  started(given?: Given): Promise<{ id: number; userId: string; verificationId: number; token: string }>;
  allow(entry: string): Promise<unknown>;
  /** An acting button, by its id. */
  press(): Promise<string>;
  /** How many sendings wait in the queue. */
  sendings(): Promise<number>;
  /** Has a campaign sent to a user, with a live message, and nothing wait in the queue. */
  sentTo(userId: number): Promise<void>;
  /** When live messages are drawn again. */
  redrawn(): Promise<Date[]>;
  /** What the audit trail heard, in order. */
  attempts: Attempt[];
}

const userRow = ({ prisma }: TestDatabase, id: number) => prisma.user.findUniqueOrThrow({ where: { id } });

/** Describes tests of verifications on each kind of store. */
export function verificationTests(name: string, tests: (setting: () => Setting) => void): void {
  eachStore(name, (database) => {
    let setting: Setting | undefined;
    beforeEach(async () => {
      setting = await settingOn(database());
    });
    tests(() => {
      if (!setting) throw new Error('The setting exists within tests only');
      return setting;
    });
  });
}

async function clear({ prisma }: TestDatabase): Promise<void> {
  await prisma.liveMessage.deleteMany();
  await prisma.press.deleteMany();
  await prisma.campaign.deleteMany();
  await prisma.user.deleteMany();
  await prisma.person.deleteMany();
  await prisma.allowedDomain.deleteMany();
  await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
}

/** Empties the store, and sets it up for one test. */
export async function settingOn(database: TestDatabase): Promise<Setting> {
  const { prisma } = database;
  await clear(database);
  let at = noon;
  const now = () => at;
  const person = await prisma.person.create({
    data: { surface: 'slack', tenant: 'T1', platformId: 'ULENA', name: 'Lena', administrator: true },
  });
  const attempts: Attempt[] = [];
  const verifications = createVerifications({
    database,
    messages: createMessages(now),
    language: 'sv',
    now,
    onConnected: toldOfConnections(createMessages(now), now),
    trail: { record: (attempt) => attempts.push(attempt) },
  });
  const lena: Verifier = { personId: person.id, reach: reach(administrator, 'verify'), language: 'sv' };

  const setting: Setting = {
    database,
    verifications,
    attempts,
    lena,
    pass: (ms) => {
      at = new Date(at.getTime() + ms);
    },
    now,
    async user(given = {}) {
      const id = await addUser(database, given);
      return { id, userId: (await userRow(database, id)).userId };
    },
    row: (id) => userRow(database, id),
    async link(userId) {
      const open = await prisma.verification.findFirstOrThrow({
        where: { userId, revokedAt: null, usedAt: null },
      });
      return mintLink(prisma, open.id, at);
    },
    async started(given) {
      const user = await setting.user(given);
      const { verificationId } = await verifications.start(user.userId, lena);
      return { ...user, verificationId, token: await setting.link(user.id) };
    },
    allow: (entry) => prisma.allowedDomain.create({ data: { entry } }),
    async press() {
      const data = {
        id: 'press',
        line: 'verify',
        acting: true,
        expiresAt: new Date(noon.getTime() + 30 * day),
      };
      return (await prisma.press.create({ data })).id;
    },
    async sentTo(userId) {
      const place = { surface: 'slack', tenant: 'T1', id: 'C1', kind: 'channel' };
      const recipients = { create: { position: 1, userId, state: 'sent' as const } };
      const { id: subjectId } = await prisma.campaign.create({
        data: { filter: {}, createdBy: person.id, place, confirmedAt: at, recipients },
      });
      const data = { kind: 'campaign', subjectId, surface: 'slack', place, language: 'sv' } as const;
      await prisma.liveMessage.create({ data });
      await prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    },
    async redrawn() {
      const jobs = await prisma.$queryRaw<{ run_at: Date }[]>`
        select run_at from graphile_worker.jobs where task_identifier = 'notify' order by id`;
      return jobs.map(({ run_at }) => run_at);
    },
    async sendings() {
      const [row] = await prisma.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from graphile_worker.jobs where task_identifier = 'send'`;
      return row?.count ?? 0;
    },
  };
  return setting;
}
