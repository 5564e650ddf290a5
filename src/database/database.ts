import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Prisma, PrismaClient } from './client/client.ts';
import { type Embedded, startEmbedded } from './embedded/index.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';

/** A client within a transaction: Prisma's, raw SQL by `$queryRaw` and `$executeRaw` included. */
export type Tx = Prisma.TransactionClient;

/** The open store. */
export type Database = {
  /** Everything outside a transaction. */
  prisma: PrismaClient;
  /**
   * Runs `work` in one transaction; commits when it returns, rolls back when it throws. Inside, use its client
   * alone: on the embedded database everybody else waits meanwhile, so keep it short and never nest it.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same connections, for graphile-worker (`pgPool`). */
  pool: pg.Pool;
  /** Whether it is the embedded one: graphile-worker needs `noPreparedStatements` there, and has no other process beside it. */
  embedded: boolean;
  /** Whether the database answers, within two seconds. */
  ready(): Promise<boolean>;
  /** Ends every connection, and the embedded database with them. Stop the queue first. */
  close(): Promise<void>;
};

/** What `openDatabase` needs: a server's `url`, or a directory for the embedded database, which may be starting already. */
export type DatabaseOptions = {
  url?: string | undefined;
  dataDir: string;
  log: Log;
  embedded?: Promise<Embedded> | undefined;
};

const transactionOptions = { maxWait: 15_000, timeout: 60_000 };

/**
 * Opens the store, migrated: the PostgreSQL server at `url`, else the embedded one in `dataDir`.
 * Throws the refusals `data_dir_in_use`, `data_dir_unusable`, `database_unreachable` and `database_newer`.
 */
export async function openDatabase({ url, dataDir, log, ...given }: DatabaseOptions): Promise<Database> {
  if (url) await reach(url);
  const embedded = url ? undefined : await (given.embedded ?? startEmbedded(dataDir));
  const { close: closeEmbedded, ...address } = embedded ?? { connectionString: url, close: async () => {} };
  const pool = openPool({ ...address, max: embedded ? 8 : 20, connectionTimeoutMillis: 15_000 }, (error) =>
    log.warn({ err: error }, 'lost a connection to the database'),
  );
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), transactionOptions });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
    await closeEmbedded();
  };
  try {
    // Prisma makes its own machinery meanwhile, and asks the database nothing.
    await Promise.all([migrate(address), prisma.$connect()]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    prisma,
    pool,
    embedded: embedded !== undefined,
    transaction: (work) => prisma.$transaction(work),
    ready: () => answers(pool),
    close,
  };
}

/** Throws `database_unreachable` where the server takes no connection: nothing has been asked of it yet. */
async function reach(connectionString: string): Promise<void> {
  const pool = openPool({ connectionString, max: 1, connectionTimeoutMillis: 15_000 });
  try {
    (await pool.connect()).release();
  } catch (error) {
    throw refuse('database_unreachable', { reason: reasonOf(error) });
  } finally {
    await pool.end();
  }
}

/** The driver's words; where it tried several addresses, it has a code alone. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error ? String(error.code) : error.name);
}

async function answers(pool: pg.Pool): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(resolve, 2000, false).unref());
  const asked = pool.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}
