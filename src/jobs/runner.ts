import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type Runner as Pool, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import type { Job } from './job.ts';
import { type Lease, takeLease } from './lease.ts';

/** The running queue. */
export interface Runner {
  /** Whether jobs are being taken right now. */
  ready(): boolean;
  /** Lets the jobs at hand finish their step, and ends. */
  stop(): Promise<void>;
}

export interface RunnerParts {
  database: Database;
  jobs: readonly Job[];
  log: Log;
  /** How many jobs at once. */
  concurrency?: number;
}

/**
 * Works on the queue until stopped. A job that a killed process left behind is taken over within seconds; when the
 * database is gone for a while the queue starts again by itself.
 */
export async function startRunner(parts: RunnerParts): Promise<Runner> {
  const stopped = new AbortController();
  let current: Shift | undefined = await startShift(parts);

  async function supervise(): Promise<void> {
    while (!stopped.signal.aborted) {
      await current?.over;
      await current?.end();
      current = undefined;
      if (stopped.signal.aborted) return;
      parts.log.warn('the queue stopped; starting it again');
      current = await startShift(parts).catch(async (error: unknown) => {
        parts.log.warn({ err: error }, 'the queue cannot start');
        await pause(1_000, undefined, { signal: stopped.signal }).catch(() => {});
        return undefined;
      });
    }
  }
  const supervised = supervise();

  return {
    ready: () => current !== undefined,
    async stop() {
      stopped.abort();
      await current?.end();
      await supervised;
    },
  };
}

/** The queue from one start to its end. */
interface Shift {
  /** Resolves when it ended by itself, or must end. */
  over: Promise<unknown>;
  end(): Promise<void>;
}

async function startShift({ database, jobs, log, concurrency = 8 }: RunnerParts): Promise<Shift> {
  const ending = new AbortController();
  const lease = await takeLease(database.pool, database.embedded);
  const pool = await run({
    pgPool: database.pool,
    taskList: taskList(jobs, ending.signal, log),
    crontab: jobs
      .flatMap(({ name, every }) => (every ? [`${every} ${name} ?jobKey=${name}`] : []))
      .join('\n'),
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    noPreparedStatements: database.embedded,
    events: workersOf(lease),
    logger: queueLogger(log),
  }).catch(async (error: unknown) => {
    await lease.end();
    throw error;
  });
  const broken = pool.promise.catch((error: unknown) => log.warn({ err: error }, 'the queue broke off'));
  return {
    over: Promise.race([lease.lost, broken]),
    end: () => endShift(pool, lease, ending, broken),
  };
}

async function endShift(
  pool: Pool,
  lease: Lease,
  ending: AbortController,
  broken: Promise<unknown>,
): Promise<void> {
  if (ending.signal.aborted) return void (await broken);
  ending.abort();
  await pool.stop().catch(() => {});
  await broken;
  await lease.end();
}

function taskList(jobs: readonly Job[], signal: AbortSignal, log: Log): TaskList {
  const task = (job: Job) => async (payload: unknown) => {
    try {
      await job.run(payload, { signal });
    } catch (error) {
      log.warn({ err: error, job: job.name }, 'a job failed and will be tried again');
      throw error;
    }
  };
  return Object.fromEntries(jobs.map((job) => [job.name, task(job)]));
}

function workersOf(lease: Lease): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:create', ({ worker }) => lease.add(worker.workerId));
  return events;
}

/** The queue's own remarks, at the levels that matter to whoever runs the program. */
function queueLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.warn({ queue: message }, 'the queue reports an error');
    else log.trace({ queue: message }, 'queue');
  });
}
