import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MigrationList } from '@prisma/schema-engine-wasm';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { refuse } from '../errors.ts';
import { root } from '../root.ts';
import { openPool } from './pool.ts';
import { openEngine } from './schema-engine.ts';

/** The folder that holds schema.prisma and migrations/. */
export const prismaDir = fileURLToPath(new URL('prisma', root));
const ownMigrations = join(prismaDir, 'migrations');

const migrationName = /^\d{14}_/;
/** Every process takes this lock on the database while it migrates; any number will do. */
const migrationLock = 7_243_391;

/** The tables that are not the schema's own. */
export const filters = { externalTables: [], externalEnums: [] };

/**
 * Brings the database up to the migrations in `folder`, and the queue's tables up to graphile-worker's. All that is to be
 * applied is applied together or, whatever happens, not at all; of processes that start together one
 * applies, the others wait. Throws the refusal `database_newer`, or the engine's words.
 */
export async function migrate(config: pg.ClientConfig, folder = ownMigrations): Promise<void> {
  const pool = openPool({ ...config, max: 1 });
  try {
    if (await isBehind(pool, folder)) await applyOnce(pool, folder);
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}

/** Applies within one transaction, on one connection: the lock ends with it. */
async function applyOnce(pool: pg.Pool, folder: string): Promise<void> {
  const client = await pool.connect();
  try {
    const only: pg.Pool = Object.assign(Object.create(pool), { query: client.query.bind(client) });
    await only.query('begin');
    await only.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    if (await isBehind(only, folder)) await apply(only, folder);
    await only.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function apply(pool: pg.Pool, folder: string): Promise<void> {
  const engine = await openEngine(pool);
  try {
    await engine.applyMigrations({ migrationsList: await readMigrations(folder), filters });
  } finally {
    engine.free();
  }
}

/** Whether something is to be applied; cheap, so that a start with nothing to do loads no engine. */
async function isBehind(pool: pg.Pool, folder: string): Promise<boolean> {
  const applied = await appliedMigrations(pool);
  const known = await migrationNames(folder);
  const newer = applied.find((name) => !known.includes(name));
  if (newer) throw refuse('database_newer', { migration: newer });
  return known.some((name) => !applied.includes(name));
}

async function appliedMigrations(pool: pg.Pool): Promise<string[]> {
  const { rows: tables } = await pool.query(`select to_regclass('_prisma_migrations') as found`);
  if (!tables[0]?.found) return [];
  const { rows } = await pool.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  );
  return rows.map((row) => row.migration_name);
}

async function migrationNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => migrationName.test(name)).sort();
}

/** The migrations folder as the engine wants it. */
async function readMigrations(baseDir: string): Promise<MigrationList> {
  const directories = (await migrationNames(baseDir)).map(async (path) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(join(baseDir, path, 'migration.sql'), 'utf8') },
    },
  }));
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(baseDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(directories),
  };
}
