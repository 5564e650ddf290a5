import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { addJob } from '../../src/database/add-job.ts';
import { openDatabase } from '../../src/database/database.ts';
import { eachStore, emptyStore, stores, testDatabase } from '../support/database.ts';
import { cutConnections } from '../support/outage.ts';
import { soon } from '../support/until.ts';

const user = (key: string) => ({ userId: key, userKey: key, name: key, nameKey: key });

eachStore('the store', (database) => {
  it('answers', async () => {
    expect(await database().ready()).toBe(true);
    expect(await database().prisma.user.count()).toBe(0);
  });

  it('commits a job together with what it is about, and neither when that fails', async () => {
    const { prisma, pool, transaction } = database();
    const create = (key: string, fault?: Error) =>
      transaction(async (tx) => {
        await tx.user.create({ data: user(key) });
        await addJob(
          tx,
          'greet',
          { key },
          { jobKey: `greet-${key}`, queueName: 'greetings', maxAttempts: 3 },
        );
        if (fault) throw fault;
      });
    await create('anna');
    const fault = new Error('changed its mind');
    await expect(create('bo', fault)).rejects.toBe(fault);
    expect(await prisma.user.findMany({ select: { userKey: true } })).toEqual([{ userKey: 'anna' }]);
    const { rows } = await pool.query(
      'select task_identifier, key, queue_name, max_attempts from graphile_worker.jobs',
    );
    expect(rows).toEqual([
      { task_identifier: 'greet', key: 'greet-anna', queue_name: 'greetings', max_attempts: 3 },
    ]);
  });

  it('replaces a waiting job of the same key, and keeps its moment', async () => {
    const { prisma, pool } = database();
    const later = new Date('2030-01-02T03:04:05.678Z');
    await addJob(prisma, 'remind', { at: 1 }, { jobKey: 'remind' });
    await addJob(prisma, 'remind', { at: 2 }, { jobKey: 'remind', runAt: later });
    const { rows } = await pool.query(
      "select run_at from graphile_worker.jobs where task_identifier = 'remind'",
    );
    expect(rows).toEqual([{ run_at: later }]);
  });

  it('swaps two users’ addresses in one statement (I4), and never lets them share one (U2)', async () => {
    const { prisma } = database();
    await prisma.user.createMany({
      data: [
        { ...user('cia'), connectAddress: 'cia@company.se' },
        { ...user('dan'), connectAddress: 'dan@company.se' },
      ],
    });
    const keys = ['cia', 'dan'];
    const addresses = ['dan@company.se', 'cia@company.se'];
    const swapped = await prisma.$executeRaw`
      update "user" set connect_address = given.address
      from unnest(${keys}::text[], ${addresses}::text[]) given (key, address)
      where user_key = given.key`;
    expect(swapped).toBe(2);
    const shared = prisma.user.update({
      where: { userKey: 'cia' },
      data: { connectAddress: 'cia@company.se' },
    });
    await expect(shared).rejects.toMatchObject({ code: 'P2002' });
  });

  it('takes nulls, å ä ö and 5,000 elements in array parameters', async () => {
    const words = Array.from({ length: 5000 }, (_, at) => (at % 3 ? `å ä ö "${at}", \\{}` : null));
    const rows = await database().prisma
      .$queryRaw`select w from unnest(${words}::text[]) with ordinality u (w, at) order by at`;
    expect(rows).toEqual(words.map((w) => ({ w })));
  });

  it('knows Stockholm’s time', async () => {
    const rows = await database().prisma.$queryRaw`
      select to_char('2026-07-01T10:00Z'::timestamptz at time zone 'Europe/Stockholm', 'HH24:MI') as summer,
             to_char('2026-12-01T10:00Z'::timestamptz at time zone 'Europe/Stockholm', 'HH24:MI') as winter`;
    expect(rows).toEqual([{ summer: '12:00', winter: '11:00' }]);
  });

  it('rolls a long queue of transactions through a few connections', async () => {
    const { transaction } = database();
    const counts = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        transaction(async (tx) => {
          await tx.user.create({ data: user(`many-${at}`) });
          return tx.user.count({ where: { userKey: `many-${at}` } });
        }),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 40 }, () => 1));
  });
});

describe.runIf(stores.includes('server'))('a server', () => {
  const database = testDatabase('server');

  it('that drops every connection is used again at once', async () => {
    const { prisma, pool, ready } = database();
    const asked = Promise.allSettled(Array.from({ length: 5 }, () => pool.query('select pg_sleep(30)')));
    await vi.waitFor(async () => {
      const { rows } = await pool.query(
        "select count(*)::int as n from pg_stat_activity where query like '%sleep(30)'",
      );
      expect(rows).toEqual([{ n: 5 }]);
    }, soon);
    await cutConnections(database().place.url ?? '');
    expect((await asked).map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    await vi.waitFor(async () => expect(await ready()).toBe(true), soon);
    await vi.waitFor(() => prisma.user.count(), soon);
  });

  it('that is not there is a plain error at the start', async () => {
    const { dataDir, remove } = await emptyStore('embedded');
    const url = `postgresql://postgres@localhost/none?host=${encodeURIComponent(dataDir)}`;
    await expect(openDatabase({ url, dataDir, log: pino({ level: 'silent' }) })).rejects.toThrow('ENOENT');
    await remove();
  });
});
