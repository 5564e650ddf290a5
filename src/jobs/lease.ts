import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** How often a process says that it lives, after how long its own word is too old to go on working, and after how long others take over: in milliseconds. */
export interface LeaseTimes {
  beat: number;
  stale: number;
  dead: number;
}

const defaults: LeaseTimes = { beat: 2_000, stale: 10_000, dead: 15_000 };

/** A process's right to work on jobs. */
export interface Lease {
  /** Names one more worker whose locks are this process's. */
  add(worker: string): void;
  /** Resolves when the process may no longer work: it could not say that it lives for too long, or was declared dead. */
  lost: Promise<void>;
  /** Gives up the lease: whatever its workers still hold is free for others. */
  end(): Promise<void>;
}

/**
 * Lets the queue see which processes live, so that the jobs of one that was killed are taken over within seconds
 * and not after the queue's own four hours. `alone`: nobody else uses this database, so all earlier ones are dead.
 */
export async function takeLease(pool: Pool, alone: boolean, times: LeaseTimes = defaults): Promise<Lease> {
  const id = randomUUID();
  const workers = new Set<string>();
  let lastBeat = Date.now();
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });

  await takeOver(pool, alone ? 0 : times.dead);
  await pool.query('insert into process (id, workers, seen_at) values ($1, $2, now())', [id, []]);

  async function beat(): Promise<void> {
    const sent = Date.now();
    const { rowCount } = await pool.query('update process set seen_at = now(), workers = $2 where id = $1', [
      id,
      [...workers],
    ]);
    if (rowCount === 0) return lose();
    lastBeat = sent;
    await takeOver(pool, times.dead);
  }

  const timer = setInterval(() => {
    if (Date.now() - lastBeat > times.stale) lose();
    beat().catch(() => {});
  }, times.beat);

  return {
    add(worker) {
      workers.add(worker);
      beat().catch(() => {});
    },
    lost,
    async end() {
      clearInterval(timer);
      await pool
        .query('select graphile_worker.force_unlock_workers($1::text[])', [[...workers]])
        .catch(() => {});
      await pool.query('delete from process where id = $1', [id]).catch(() => {});
    },
  };
}

/** Frees the jobs of processes that have been silent for `dead` milliseconds. */
async function takeOver(pool: Pool, dead: number): Promise<void> {
  await pool.query(
    `with gone as (
       delete from process where seen_at <= now() - make_interval(secs => $1::float8 / 1000) returning workers
     )
     select graphile_worker.force_unlock_workers(workers) from gone`,
    [dead],
  );
}
