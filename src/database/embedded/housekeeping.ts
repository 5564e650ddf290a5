import type { PGlite } from '@electric-sql/pglite';

const everySeconds = 5;
/** How much may be written, in bytes, before a checkpoint: what a start after a crash has to read again. */
const checkpointAfter = 32 * 1024 * 1024;

/** Autovacuum's own rule, with its default settings. */
const untidyTables = `
  select format('%I.%I', schemaname, relname) as name
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup
    or n_mod_since_analyze > 50 + 0.1 * n_live_tup
    or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup`;

/**
 * Does what a server's background processes do, and the embedded backend lacks: checkpoints, vacuum and analyze,
 * one table at a time, between the clients' turns.
 */
export function keepHouse(backend: PGlite): { stop(): void } {
  let checkpointAt: string | undefined;
  let seen: string | undefined;
  let busy = false;
  const look = async (): Promise<void> => {
    const { rows } = await backend.query<{ now: string; written: number }>(
      'select p as now, (p - coalesce($1::pg_lsn, p))::float8 as written from pg_current_wal_insert_lsn() p',
      [checkpointAt],
    );
    const [wal] = rows;
    if (!wal || wal.now === seen) return;
    const untidy = await backend.query<{ name: string }>(untidyTables);
    for (const { name } of untidy.rows) await backend.exec(`vacuum (analyze) ${name}`);
    if (wal.written > checkpointAfter) await backend.exec('checkpoint');
    if (wal.written > checkpointAfter || !checkpointAt) checkpointAt = wal.now;
    seen = wal.now;
  };
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    try {
      if (!backend.closed) await look();
    } finally {
      busy = false;
    }
  }, everySeconds * 1000);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
