import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Place } from '../../support/database.ts';

/** The running program's own database, looked into from outside; each question has a connection of its own. */
export interface Store {
  /** DATABASE_URL of a server; undefined for the embedded one. */
  readonly url: string | undefined;
  /** Runs one statement and returns its rows. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The first column of the only row. */
  value<T>(sql: string, values?: readonly unknown[]): Promise<T>;
  /** Lets every job that waits for its time run now. */
  hurries(): Promise<void>;
}

/** The store of the program that runs on `place`. */
export function storeAt({ url, dataDir }: Place): Store {
  const store: Store = {
    url,
    async query(sql, values = []) {
      const client = new pg.Client(url ? { connectionString: url } : await embeddedAt(dataDir));
      // A program that is killed in the middle takes the connection with it.
      client.on('error', () => undefined);
      await client.connect();
      try {
        return (await client.query(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async value<T>(sql: string, values?: readonly unknown[]) {
      const [row, ...more] = await store.query(sql, values);
      if (!row || more.length > 0) throw new Error(`Not one row: ${sql}`);
      return Object.values(row)[0] as T;
    },
    async hurries() {
      await store.query('update graphile_worker._private_jobs set run_at = now() where run_at > now()');
    },
  };
  return store;
}

/** The program listens in the newest of the numbered directories, as PostgreSQL does in its socket directory. */
async function embeddedAt(dataDir: string): Promise<pg.ClientConfig> {
  const sockets = join(dataDir, 'socket');
  const numbers = (await readdir(sockets)).map(Number).filter(Number.isInteger);
  return { host: join(sockets, String(Math.max(...numbers))), user: 'postgres', database: 'postgres' };
}
