import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/**
 * In milliseconds: how often a process says that it lives, after how long its own word is too old for it to go on
 * working, and after how long others take over.
 */
export interface LeaseTimes {
  beat: number;
  stale: number;
  dead: number;
}

const usual: LeaseTimes = { beat: 2_000, stale: 10_000, dead: 15_000 };

/** A process's right to work on jobs. */
export interface Lease {
  /** Names one more holder of locks that are this process's. */
  add(holder: string): void;
  /** Resolves when the process may no longer work: it could not say that it lives for too long, or was declared dead. */
  lost: Promise<void>;
  /** Gives up the lease: whatever its holders still lock is free for others. */
  end(): Promise<void>;
}

export interface LeaseOptions {
  /** No other process can use this database: nobody takes over from one that is silent because it waits its turn. */
  alone: boolean;
  /** The first lease of this process: where it is alone, all earlier ones are dead. */
  first: boolean;
  times?: LeaseTimes | undefined;
}

/**
 * Lets the queue see which processes live, so that the jobs of one that was killed are taken over within seconds
 * and not after the queue's own four hours.
 */
export async function takeLease(pool: Pool, { alone, first, times = usual }: LeaseOptions): Promise<Lease> {
  const id = randomUUID();
  const holders = new Set<string>();
  let heard = Date.now();
  let beating = false;
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });

  await takeOver(pool, alone && first ? 0 : times.dead);
  await pool.query('insert into process (id, workers, seen_at) values ($1, $2, now())', [id, []]);

  async function beat(): Promise<void> {
    const sent = Date.now();
    const { rowCount } = await pool.query('update process set seen_at = now(), workers = $2 where id = $1', [
      id,
      [...holders],
    ]);
    if (rowCount === 0) return lose();
    heard = sent;
    await takeOver(pool, times.dead);
  }

  function beatOnce(): void {
    if (!alone && Date.now() - heard > times.stale) lose();
    if (beating) return;
    beating = true;
    beat()
      .catch(() => {})
      .finally(() => {
        beating = false;
      });
  }

  const timer = setInterval(beatOnce, times.beat);

  return {
    add(holder) {
      holders.add(holder);
      beatOnce();
    },
    lost,
    async end() {
      clearInterval(timer);
      await unlock(pool, [...holders]).catch(() => {});
      await pool.query('delete from process where id = $1', [id]).catch(() => {});
    },
  };
}

/**
 * Frees the jobs of processes that have been silent for `dead` milliseconds, and those locked that long by somebody
 * whom no process named: one that was killed before it could.
 */
async function takeOver(pool: Pool, dead: number): Promise<void> {
  const ago = `now() - make_interval(secs => $1::float8 / 1000)`;
  await pool.query(`delete from process where seen_at <= ${ago}`, [dead]);
  const { rows } = await pool.query<{ holder: string }>(
    `select distinct locked_by as holder from graphile_worker.jobs
     where locked_at <= ${ago} and not exists (select from process where locked_by = any(workers))`,
    [dead],
  );
  if (rows.length > 0)
    await unlock(
      pool,
      rows.map(({ holder }) => holder),
    );
}

async function unlock(pool: Pool, holders: readonly string[]): Promise<void> {
  await pool.query('select graphile_worker.force_unlock_workers($1::text[])', [holders]);
}
