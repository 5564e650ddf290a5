import type { PGlite } from '@electric-sql/pglite';

/** How much may be written, in bytes, before a checkpoint: what a start after a crash has to read again. */
const checkpointAfter = 32 * 1024 * 1024;

/**
 * Where the log ends, and how much of it a start after a crash would read now. With it the statistics of what was done
 * are published, which a backend does by itself only while it works on, and once in a second at most.
 */
const logState = `
  select e as "end", (e - redo_lsn)::float8 as written, pg_stat_force_next_flush()
  from pg_current_wal_insert_lsn() e, pg_control_checkpoint()`;

/** Autovacuum's own rule, with its default settings. */
const untidyTables = `
  select format('%I.%I', schemaname, relname) as name
  from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup
    or n_mod_since_analyze > 50 + 0.1 * n_live_tup
    or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup`;

/**
 * Does what a server's background processes do and the embedded backend lacks: checkpoints, vacuum and analyze, one
 * table at a time, between the clients' turns. Looks `every` so many milliseconds whether there is something to do.
 */
export function keepHouse(backend: PGlite, every = 5000): { stop(): Promise<void> } {
  let seen: string | undefined;
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    const [log] = (await backend.query<{ end: string; written: number }>(logState)).rows;
    if (!log || log.end === seen) return;
    const untidy = await backend.query<{ name: string }>(untidyTables);
    for (const { name } of untidy.rows) await backend.exec(`vacuum (analyze) ${name}`);
    if (log.written > checkpointAfter) await backend.exec('checkpoint');
    seen = log.end;
  };

  const timer = setInterval(() => {
    looking ??= look()
      // A table may have gone since: the next look is soon enough.
      .catch((error: Error) => process.emitWarning(error))
      .finally(() => {
        looking = undefined;
      });
  }, every);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
