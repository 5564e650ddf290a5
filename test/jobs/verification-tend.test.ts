import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { createNotifyJob } from '../../src/jobs/notify.ts';
import { createVerificationTendJob } from '../../src/jobs/verification-tend.ts';
import { createMessages } from '../../src/services/messages.ts';
import { createPeople } from '../../src/services/people.ts';
import { createPresses } from '../../src/services/presses.ts';
import { reportOn } from '../../src/services/verifications/report.ts';
import { verificationStatus } from '../../src/views/verification.ts';
import { eachStore } from '../support/database.ts';
import { createPlatform, directWith, type Platform } from '../support/platform.ts';
import { addUser } from '../support/users.ts';

const hour = 60 * 60 * 1000;
const start = new Date('2026-11-21T13:00:00Z');

eachStore('links that end', (database) => {
  let at: Date;
  let platform: Platform;
  let lena: number;
  const now = () => at;
  const messages = createMessages(now);
  const { signal } = new AbortController();
  const inHours = (hours: number) => new Date(start.getTime() + hours * hour);

  beforeEach(async () => {
    at = start;
    platform = createPlatform({ lena: { name: 'Lena Berg', address: 'lena@company.se' } });
    const { prisma, pool } = database();
    for (const table of ['live_message', 'verification', '"user"', 'person', 'setting'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await pool.query('delete from graphile_worker._private_jobs');
    const { id } = await prisma.person.create({
      data: { surface: 'test', tenant: 'T1', platformId: 'lena', name: 'Lena Berg' },
    });
    lena = id;
  });

  /** A verification that was sent, with links that end after so many hours, and a message about it. */
  async function sent(ends: number[], data: { usedAt?: Date; revokedAt?: Date } = {}): Promise<string> {
    const { prisma } = database();
    const links = { create: ends.map((end) => ({ tokenHash: randomUUID(), expiresAt: inHours(end) })) };
    const userId = await addUser(database());
    const verification = await prisma.verification.create({
      data: { userId, address: 'anna@company.se', sentAt: start, links, ...data },
    });
    const { id } = await prisma.liveMessage.create({
      data: {
        kind: 'verification',
        subjectId: verification.id,
        surface: 'test',
        place: { ...directWith('lena') },
        personId: lena,
        language: 'en',
      },
    });
    return id;
  }

  /** Looks so many hours later, and gives which messages are to be drawn again. */
  async function looks(hours: number): Promise<string[]> {
    at = inHours(hours);
    await createVerificationTendJob({ database: database(), messages, now }).run({}, { signal });
    const { rows } = await database().pool.query(
      `with gone as (delete from graphile_worker._private_jobs returning payload) select payload ->> 'message' as id from gone`,
    );
    return rows.map(({ id }) => id).sort();
  }

  async function draw(message: string): Promise<void> {
    const outboxes = new Map([['test', platform.outbox]]);
    const gone = async () => undefined;
    await createNotifyJob({
      database: database(),
      presses: createPresses(database()),
      people: createPeople({ database: database(), outboxes, admins: ['lena@company.se'], now }),
      outboxes,
      log: pino({ level: 'silent' }),
      views: {
        campaign: gone,
        import: gone,
        export: gone,
        verification: async (id, { language }) => {
          const report = await database().transaction((tx) => reportOn(tx, id, at));
          return report && verificationStatus(report, language);
        },
      },
    }).run({ message }, { signal });
  }

  test('U1 a message says by itself that its link has expired', async () => {
    const message = await sent([120]);
    await draw(message);
    expect(platform.posted[0]?.shown.at(-1)).toContain('Waiting for the address to be confirmed.');
    for (const id of await looks(121)) await draw(id);
    expect(platform.posted).toHaveLength(1);
    expect(platform.posted[0]?.shown.at(-1)).toContain('The link has expired without an answer.');
  });

  test('U1 it is drawn again once, when its last link has ended', async () => {
    const [one, several] = [await sent([120]), await sent([120, 150])];
    expect(await looks(119)).toEqual([]);
    expect(await looks(120)).toEqual([one]);
    expect(await looks(121)).toEqual([]);
    expect(await looks(150)).toEqual([several]);
    expect(await looks(151)).toEqual([]);
  });

  test('what ended while nobody worked is seen to afterwards', async () => {
    expect(await looks(1)).toEqual([]);
    const message = await sent([120]);
    expect(await looks(500)).toEqual([message]);
  });

  test('what was answered or revoked stays as it is', async () => {
    await sent([120], { usedAt: inHours(1) });
    await sent([120], { revokedAt: inHours(1) });
    expect(await looks(121)).toEqual([]);
  });
});
