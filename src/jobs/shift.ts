import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type JobHelpers,
  Logger,
  type Runner as Queue,
  run,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import type { Job } from './job.ts';
import { type Lease, type LeaseTimes, takeLease } from './lease.ts';

export interface ShiftParts {
  database: Pick<Database, 'pool' | 'embedded'>;
  jobs: readonly Job[];
  log: Log;
  /** How many jobs at once. */
  concurrency?: number;
  lease?: LeaseTimes;
}

/** How often a worker that has nothing to do looks for jobs, in milliseconds, and how many looks may fail in a row. */
const pollInterval = 1_000;
const roundsBeforeRestart = 3;

/** How long the queue may take, in milliseconds, to write down the ends of jobs once all are over. */
const writesDownWithin = 5_000;

/** The queue from one start to its end. */
export interface Shift {
  /** Resolves when it ended by itself, or must end. */
  over: Promise<unknown>;
  /** Waits for the jobs at hand, and gives back those that had to stop half-way. */
  end(): Promise<void>;
}

/** The jobs at hand, and those of them that had to stop half-way. */
interface Hands {
  underWay: Set<Promise<void>>;
  interrupted: Set<string>;
}

/** Takes the right to work, and works. `first`: of this process. Throws where the database does not answer. */
export async function startShift(parts: ShiftParts, first: boolean): Promise<Shift> {
  const { database, jobs, log, concurrency = 8 } = parts;
  const ending = new AbortController();
  const hands: Hands = { underWay: new Set(), interrupted: new Set() };
  const events: WorkerEvents = new EventEmitter();
  const lease = await takeLease(database.pool, { alone: database.embedded, first, times: parts.lease });
  nameHolders(events, lease);
  const failing = fruitless(events, concurrency);
  const closing = new Promise((resolve) => events.once('pool:gracefulShutdown', resolve));
  const queue = await run({
    pgPool: database.pool,
    taskList: taskList(jobs, ending.signal, hands, log),
    crontab: jobs
      .flatMap(({ name, every }) => (every ? [`${every} ${name} ?jobKey=${name}`] : []))
      .join('\n'),
    concurrency,
    pollInterval,
    noHandleSignals: true,
    noPreparedStatements: database.embedded,
    // Groups of one, but their way is the one that waits for a database that is gone, and that the end waits for.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    events,
    logger: queueLogger(log),
  }).catch(async (error: unknown) => {
    await lease.end();
    throw error;
  });
  const broken = queue.promise.catch((error: unknown) => log.warn({ err: error }, 'the queue broke off'));
  return {
    over: Promise.race([lease.lost, failing, closing, broken]),
    async end() {
      ending.abort();
      await Promise.race([stop(queue, broken), givenUp(hands)]);
      await lease.end();
      await giveBack(parts, [...hands.interrupted]).catch(() => {});
    },
  };
}

async function stop(queue: Queue, broken: Promise<unknown>): Promise<void> {
  await queue.stop().catch(() => {});
  await broken;
}

/** The queue never ends by itself where it could not write down the ends of some jobs (graphile-worker 0.17.3). */
async function givenUp({ underWay }: Hands): Promise<void> {
  await Promise.allSettled(underWay);
  await pause(writesDownWithin, undefined, { ref: false });
}

/** A job that was interrupted goes on at once, before what came to its queue after it, and has lost none of its tries. */
async function giveBack({ database }: ShiftParts, jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  await database.pool.query(
    `select graphile_worker.reschedule_jobs(array[id], run_at := created_at, attempts := 0)
    from graphile_worker.jobs where id = any($1::bigint[])`,
    [jobs],
  );
}

function taskList(jobs: readonly Job[], signal: AbortSignal, hands: Hands, log: Log): TaskList {
  const run = async (job: Job, payload: unknown, { job: { id } }: JobHelpers) => {
    try {
      await job.run(payload, { signal });
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error, job: job.name }, 'a job failed and will be tried again');
      throw error;
    } finally {
      if (signal.aborted) hands.interrupted.add(id);
    }
    // It may have returned before its end: then it must not count as done.
    signal.throwIfAborted();
  };
  const task = (job: Job) => (payload: unknown, helpers: JobHelpers) => {
    const running = run(job, payload, helpers).finally(() => hands.underWay.delete(running));
    hands.underWay.add(running);
    return running;
  };
  return Object.fromEntries(jobs.map((job) => [job.name, task(job)]));
}

/** The queue locks jobs in the name of its pool of workers. */
function nameHolders(events: WorkerEvents, lease: Lease): void {
  events.on('pool:create', ({ workerPool }) => lease.add(workerPool.id));
}

/**
 * Resolves when no worker has reached the database for several rounds. The queue alone would not recover: where its
 * very first question failed, it remembers the failure for ever.
 */
function fruitless(events: WorkerEvents, concurrency: number): Promise<void> {
  let failures = 0;
  return new Promise((resolve) => {
    for (const success of ['job:start', 'worker:getJob:empty'] as const) {
      events.on(success, () => {
        failures = 0;
      });
    }
    events.on('worker:getJob:error', () => {
      failures += 1;
      if (failures >= roundsBeforeRestart * concurrency) resolve();
    });
  });
}

/** The queue's own remarks, at the levels that matter to whoever runs the program. A failed job is said already. */
function queueLogger(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    if (meta && 'failure' in meta) return;
    if (level === 'error') log.warn({ queue: message }, 'the queue reports an error');
    else log.trace({ queue: message }, 'queue');
  });
}
