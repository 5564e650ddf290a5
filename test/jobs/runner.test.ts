import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addJob, type JobOptions } from '../../src/database/add-job.ts';
import { type Database, openDatabase } from '../../src/database/database.ts';
import type { Job, JobContext } from '../../src/jobs/job.ts';
import { type Runner, startRunner } from '../../src/jobs/runner.ts';
import { eachStore, emptyStore, type Place, stores, testDatabase } from '../support/database.ts';
import { cutConnections, takeAway } from '../support/outage.ts';
import { soon } from '../support/until.ts';

const log = pino({ level: 'silent' });
/** Quick, so that nobody waits long; still far more than what a busy machine holds up. */
const lease = { beat: 300, stale: 3_000, dead: 4_500 };

const running: Runner[] = [];
async function start(database: Database, jobs: Job[], more: object = {}): Promise<Runner> {
  const runner = await startRunner({ database, jobs, log, lease, ...more });
  running.push(runner);
  return runner;
}
afterEach(async () => {
  for (const runner of running.splice(0)) await runner.stop();
});

/** A job that notes its payloads, and then does `work`. */
function noting(work: (context: JobContext, time: number) => Promise<unknown> = async () => {}) {
  const ran: unknown[] = [];
  const job: Job = {
    name: 'note',
    async run(payload, context) {
      ran.push(payload);
      await work(context, ran.length);
    },
  };
  return { job, ran };
}

const add = (database: Database, payload: object = {}, options: JobOptions = {}) =>
  database.transaction((tx) => addJob(tx, 'note', payload, options));

interface Queued {
  attempts: number;
  locked_by: string | null;
  waits: boolean;
}
async function queued(database: Database): Promise<Queued[]> {
  const { rows } = await database.pool.query<Queued>(
    'select attempts, locked_by, run_at > now() as waits from graphile_worker.jobs order by id',
  );
  return rows;
}

/** Something that a job waits for until the test lets it go. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** Starts a process that holds a job, and kills it. */
async function killHolder(place: Place): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, '../../scripts/typescript.mjs'),
      join(import.meta.dirname, 'holder.ts'),
      JSON.stringify(place),
      JSON.stringify(lease),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  try {
    await Promise.race([
      once(child.stdout, 'data'),
      exited.then(() => Promise.reject(new Error('It ended by itself'))),
    ]);
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

eachStore('the queue', (database) => {
  beforeEach(async () => {
    await database().pool.query('delete from graphile_worker._private_jobs');
  });

  it('runs jobs, and forgets them', async () => {
    const { job, ran } = noting();
    const runner = await start(database(), [job]);
    expect(runner.ready()).toBe(true);
    await add(database(), { n: 1 });
    await vi.waitFor(() => expect(ran).toEqual([{ n: 1 }]), soon);
    await vi.waitFor(async () => expect(await queued(database())).toEqual([]), soon);
  });

  it('tries a job again that failed, later', async () => {
    const again = gate();
    const { job, ran } = noting(async (_context, time) => {
      if (time === 1) throw new Error('no');
      await again.opened;
    });
    await start(database(), [job]);
    await add(database());
    await vi.waitFor(() => expect(ran).toHaveLength(2), soon);
    const { rows } = await database().pool.query(
      `select attempts, run_at > created_at + interval '2 s' as later from graphile_worker.jobs`,
    );
    expect(rows).toEqual([{ attempts: 2, later: true }]);
    again.open();
    await vi.waitFor(async () => expect(await queued(database())).toEqual([]), soon);
  });

  it('runs the jobs of one name in a queue one at a time', async () => {
    let atOnce = 0;
    let most = 0;
    const { job, ran } = noting(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await database().pool.query('select 1');
      atOnce -= 1;
    });
    await start(database(), [job]);
    for (let n = 0; n < 10; n++) await add(database(), { n }, { queueName: 'one' });
    await vi.waitFor(() => expect(ran).toHaveLength(10), soon);
    expect(most).toBe(1);
  });

  it('keeps one waiting job of a key, at the moment that was told first', async () => {
    const { job, ran } = noting();
    const inAnHour = new Date(Date.now() + 3_600_000);
    await add(database(), { n: 1 }, { jobKey: 'k', runAt: inAnHour });
    await add(database(), { n: 2 }, { jobKey: 'k', keepRunAt: true });
    expect(await queued(database())).toMatchObject([{ waits: true }]);
    await add(database(), { n: 3 }, { jobKey: 'k' });
    await start(database(), [job]);
    await vi.waitFor(() => expect(ran).toEqual([{ n: 3 }]), soon);
  });

  it('knows the jobs that come by the clock', async () => {
    await start(database(), [{ ...noting().job, every: '0 3 * * *' }]);
    const known = 'select identifier from graphile_worker._private_known_crontabs';
    await vi.waitFor(
      async () => expect((await database().pool.query(known)).rows).toEqual([{ identifier: 'note' }]),
      soon,
    );
  });

  it('waits at its end for the step at hand', async () => {
    const step = gate();
    const { job, ran } = noting(() => step.opened);
    const runner = await start(database(), [job]);
    await add(database());
    await vi.waitFor(() => expect(ran).toHaveLength(1), soon);
    let stopped = false;
    const stopping = runner.stop().then(() => {
      stopped = true;
    });
    expect(runner.ready()).toBe(true);
    await database().pool.query('select 1');
    expect(stopped).toBe(false);
    step.open();
    await stopping;
    expect(await database().prisma.process.count()).toBe(0);
  });

  it('gives back at its end what was interrupted, to go on at once and with all its tries', async () => {
    const interrupted = noting(async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const runner = await start(database(), [interrupted.job]);
    await add(database());
    await vi.waitFor(() => expect(interrupted.ran).toHaveLength(1), soon);
    await runner.stop();
    expect(await queued(database())).toEqual([{ attempts: 0, locked_by: null, waits: false }]);
    const next = noting();
    await start(database(), [next.job]);
    await vi.waitFor(() => expect(next.ran).toHaveLength(1), soon);
  });

  it('stops the work when its right to it is lost, and begins again', async () => {
    const signals: AbortSignal[] = [];
    const { job, ran } = noting(async ({ signal }, time) => {
      signals.push(signal);
      if (time === 1) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    const runner = await start(database(), [job]);
    await add(database());
    await vi.waitFor(() => expect(ran).toHaveLength(1), soon);
    // Others have declared it dead.
    await database().pool.query('delete from process');
    await vi.waitFor(() => expect(signals[0]?.aborted).toBe(true), soon);
    await vi.waitFor(() => expect(ran).toHaveLength(2), soon);
    await vi.waitFor(() => expect(runner.ready()).toBe(true), soon);
    expect(signals[1]?.aborted).toBe(false);
  });

  it('frees what is locked by somebody whom no process named', async () => {
    await add(database(), {}, { queueName: 'lost' });
    const lock = `set locked_by = 'pool-killed-at-once', locked_at = now() - interval '1 minute'`;
    await database().pool.query(`update graphile_worker._private_jobs ${lock}`);
    await database().pool.query(`update graphile_worker._private_job_queues ${lock}`);
    const { job, ran } = noting();
    await start(database(), [job]);
    await vi.waitFor(() => expect(ran).toHaveLength(1), soon);
  });
});

describe.each(stores)('a killed process (%s)', (kind) => {
  it('has its job taken over within seconds', async () => {
    const { remove, ...place } = await emptyStore(kind);
    try {
      await killHolder(place);
      const database = await openDatabase({ ...place, log });
      expect(await queued(database)).toMatchObject([
        { attempts: 1, locked_by: expect.stringMatching(/^pool-/) },
      ]);
      const ran: unknown[] = [];
      const runner = await start(database, [
        { name: 'hold', run: async (payload) => void ran.push(payload) },
      ]);
      await vi.waitFor(() => expect(ran).toEqual([{}]), soon);
      await vi.waitFor(async () => expect(await queued(database)).toEqual([]), soon);
      await runner.stop();
      await database.close();
    } finally {
      await remove();
    }
  });
});

describe.runIf(stores.includes('server'))('processes beside each other', () => {
  const database = testDatabase('server');

  it('run each job once', async () => {
    const { job, ran } = noting();
    for (let n = 0; n < 60; n++) await add(database(), { n });
    await Promise.all([start(database(), [job]), start(database(), [job])]);
    await vi.waitFor(async () => expect(await queued(database())).toEqual([]), soon);
    expect(ran).toHaveLength(60);
    expect(new Set(ran.map((one) => JSON.stringify(one))).size).toBe(60);
  });

  it('take over the job of one that is killed', async () => {
    const { remove, ...place } = await emptyStore('server');
    const database = await openDatabase({ ...place, log });
    try {
      const { job, ran } = noting();
      const busy = gate();
      const block = { name: 'block', run: () => busy.opened };
      await start(database, [block, { ...job, name: 'hold' }], { concurrency: 1 });
      await database.transaction((tx) => addJob(tx, 'block', {}));
      await vi.waitFor(async () => expect(await queued(database)).toMatchObject([{ attempts: 1 }]), soon);
      await killHolder(place);
      busy.open();
      await vi.waitFor(() => expect(ran).toHaveLength(1), soon);
    } finally {
      for (const runner of running.splice(0)) await runner.stop();
      await database.close();
      await remove();
    }
  });
});

describe.runIf(stores.includes('server'))('the queue without its database', () => {
  const database = testDatabase('server');
  const without = () => takeAway(database().place.url ?? '');
  beforeEach(() =>
    database()
      .pool.query('delete from graphile_worker._private_jobs')
      .then(() => {}),
  );

  it.each([1, 2, 3, 4])('goes on after every connection was cut as it began (%i)', async (n) => {
    const { job, ran } = noting();
    await start(database(), [job]);
    await cutConnections(database().place.url ?? '');
    await add(database(), { n });
    await vi.waitFor(() => expect(ran).toEqual([{ n }]), soon);
  });

  it('goes on after its right to work was lost in the meantime', async () => {
    const { job, ran } = noting();
    const runner = await start(database(), [job]);
    const restore = await without();
    await vi.waitFor(() => expect(runner.ready()).toBe(false), soon);
    await restore();
    await vi.waitFor(() => expect(runner.ready()).toBe(true), soon);
    await add(database(), { n: 1 });
    await vi.waitFor(() => expect(ran).toEqual([{ n: 1 }]), soon);
  });

  it('runs a job again whose end it could not write down', async () => {
    const step = gate();
    const { job, ran } = noting((_context, time) => (time === 1 ? step.opened : Promise.resolve()));
    await start(database(), [job]);
    await add(database(), { n: 1 });
    await vi.waitFor(() => expect(ran).toHaveLength(1), soon);
    const restore = await without();
    step.open();
    await restore();
    await vi.waitFor(async () => expect(await queued(database())).toEqual([]), soon);
    await add(database(), { n: 2 });
    await vi.waitFor(() => expect(ran.at(-1)).toEqual({ n: 2 }), soon);
  });

  it('goes on after it could write down the ends of none of several jobs', async () => {
    const steps = [gate(), gate(), gate(), gate()];
    const { job, ran } = noting((_context, time) => steps[time - 1]?.opened ?? Promise.resolve());
    const unwritten: string[] = [];
    const lines = new Writable({
      write(line, _encoding, done) {
        if (/Failed to (complete|fail) jobs/.test(String(line))) unwritten.push(String(line));
        done();
      },
    });
    await start(database(), [job], { log: pino(lines) });
    for (const n of [1, 2, 3, 4]) await add(database(), { n });
    await vi.waitFor(() => expect(ran).toHaveLength(4), soon);
    const restore = await without();
    for (const [at, step] of steps.entries()) {
      step.open();
      await vi.waitFor(() => expect(unwritten).toHaveLength(at + 1), soon);
    }
    await restore();
    await vi.waitFor(async () => expect(await queued(database())).toEqual([]), soon);
    await add(database(), { n: 5 });
    await vi.waitFor(() => expect(ran.at(-1)).toEqual({ n: 5 }), soon);
  });

  it('can be stopped while it is gone', async () => {
    const runner = await start(database(), [noting().job]);
    const restore = await without();
    await vi.waitFor(() => expect(runner.ready()).toBe(false), soon);
    await runner.stop();
    await restore();
  });
});
