import { PrismaPg } from '@prisma/adapter-pg';
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { addJob } from '../../../src/database/add-job.ts';
import { PrismaClient } from '../../../src/database/client/client.ts';
import { startEmbedded } from '../../../src/database/embedded/index.ts';
import { openPool } from '../../../src/database/pool.ts';
import { emptyStore } from '../../support/database.ts';

const quiet = new Logger(() => () => {});

/** How much each of the eight kinds of client does. */
const rounds = 25;

it('many clients of many kinds at once lose nothing, do nothing twice and never see each other’s halves', async () => {
  const store = await emptyStore('embedded');
  const { close, ...address } = await startEmbedded(store.dataDir);
  const prismaPool = openPool({ ...address, max: 8 });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(prismaPool),
    transactionOptions: { maxWait: 30_000, timeout: 30_000 },
  });
  const queuePool = openPool({ ...address, max: 16 });
  const pool = openPool({ ...address, max: 12 });
  await pool.query('create table account (id int primary key, amount int not null)');
  await pool.query('create table done (job int not null)');
  await pool.query('insert into account select g, 100 from generate_series(1, 20) g');

  const queue = await run({
    pgPool: queuePool,
    concurrency: 16,
    noHandleSignals: true,
    noPreparedStatements: true,
    logger: quiet,
    taskList: {
      async note(payload, helpers) {
        await helpers.query('insert into done values ($1)', [(payload as { id: number }).id]);
      },
    },
  });

  const between = (low: number, high: number) => low + Math.floor(Math.random() * (high - low + 1));
  const move = 'update account set amount = amount + $2 where id = $1';
  const kinds: Record<string, (round: number, client: number) => Promise<unknown>> = {
    async transfers() {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const amount = between(1, 50);
        await client.query(move, [between(1, 20), amount]);
        await client.query(move, [between(1, 20), -amount]);
        await client.query(Math.random() < 0.3 ? 'rollback' : 'commit');
      } finally {
        client.release();
      }
    },
    async sums() {
      const { rows } = await pool.query('select sum(amount)::int as sum from account');
      expect(rows[0].sum).toBe(2000);
    },
    async vanishing() {
      const client = new pg.Client(address);
      client.on('error', () => {});
      await client.connect();
      await client.query('begin');
      await client.query(move, [between(1, 20), 1000]);
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    },
    async mistakes() {
      await expect(pool.query('select 1 / 0')).rejects.toThrow('division by zero');
      await expect(pool.query('insert into account values ($1, 0)', [1])).rejects.toThrow('account_pkey');
    },
    async parameters(round) {
      const words = Array.from({ length: 5000 }, (_, at) => `å${round}-${at}`);
      const { rows } = await pool.query(
        'select count(*)::int as n, max(w) as last from unnest($1::text[]) w',
        [words],
      );
      expect(rows).toEqual([{ n: 5000, last: [...words].sort().at(-1) }]);
    },
    async results(_, client) {
      const { rows } = await pool.query('select g, $1::int as client from generate_series(1, 3000) g', [
        client,
      ]);
      expect(rows).toHaveLength(3000);
      expect(rows.every((row, at) => row.g === at + 1 && row.client === client)).toBe(true);
    },
    async records(round, client) {
      const key = `u${client}-${round}`;
      await prisma.user.create({ data: { userId: key, userKey: key, name: key, nameKey: key } });
      expect((await prisma.user.findUniqueOrThrow({ where: { userKey: key } })).name).toBe(key);
      await expect(
        prisma.user.create({ data: { userId: key, userKey: key, name: key, nameKey: key } }),
      ).rejects.toMatchObject({ code: 'P2002' });
    },
    async jobs(round, client) {
      const id = client * 1000 + round;
      const abandoned = new Error('changed its mind');
      const work = prisma.$transaction(async (tx) => {
        await addJob(tx, 'note', { id });
        await tx.user.count();
        if (round % 4 === 0) throw abandoned;
      });
      if (round % 4 === 0) await expect(work).rejects.toBe(abandoned);
      else await work;
    },
  };

  const clients = Object.values(kinds).flatMap((work, kind) =>
    [1, 2].map(async (twin) => {
      for (let round = 0; round < rounds; round++) await work(round, kind * 10 + twin);
    }),
  );
  await Promise.all(clients);

  const jobs = [71, 72].flatMap((client) =>
    Array.from({ length: rounds }, (_, round) => client * 1000 + round).filter((id) => id % 4 !== 0),
  );
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query<{ job: number }>('select job from done order by job');
      expect(rows.map(({ job }) => job)).toEqual(jobs);
    },
    { timeout: 20_000 },
  );
  await queue.stop();
  expect((await pool.query('select count(*)::int as n from graphile_worker.jobs')).rows).toEqual([{ n: 0 }]);
  expect((await pool.query('select sum(amount)::int as sum from account')).rows).toEqual([{ sum: 2000 }]);
  expect(await prisma.user.count()).toBe(2 * rounds);

  await prisma.$disconnect();
  await Promise.all([pool.end(), queuePool.end(), prismaPool.end()]);
  await close();
  await store.remove();
}, 120_000);
