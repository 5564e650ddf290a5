import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Database, openDatabase } from '../../src/database/database.ts';

/** Where a test's store is: what a process of its own would be given as DATABASE_URL and DATA_DIR. */
export type Place = { url: string | undefined; dataDir: string };

/** An empty, migrated store that nobody has opened yet, and how to throw it away. */
export type EmptyStore = Place & { remove(): Promise<void> };

let made = 0;
/** Many small files: Node's own `cp` takes five times as much for them. */
const copied = promisify(execFile);

/** The kinds of store that tests run on here: the embedded one, and a server where PostgreSQL is installed. */
export const stores: readonly ('embedded' | 'server')[] = inject('server')
  ? ['embedded', 'server']
  : ['embedded'];

/** Makes an empty store of a kind, without opening it. */
export async function emptyStore(kind: (typeof stores)[number] = 'embedded'): Promise<EmptyStore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vc-bot-test-'));
  const removeDir = () => rm(dataDir, { recursive: true, force: true });
  if (kind === 'embedded') {
    await copied('cp', ['-r', join(inject('template'), 'database'), dataDir]);
    return { url: undefined, dataDir, remove: removeDir };
  }
  const name = `test_${process.pid}_${++made}`;
  await administer(`create database ${name} template template`);
  const url = (inject('server') ?? '').replace('/template?', `/${name}?`);
  return { url, dataDir, remove: () => administer(`drop database ${name} with (force)`).then(removeDir) };
}

/** Runs one statement on the server, outside the tests' databases. */
async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('server')?.replace('/template?', '/postgres?') });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** An open, empty store; `close` throws it away. */
export type TestDatabase = Database & { place: Place };

/** Opens an empty store of a kind. */
async function openTestDatabase(kind: (typeof stores)[number] = 'embedded'): Promise<TestDatabase> {
  const { remove, ...place } = await emptyStore(kind);
  const database = await openDatabase({ ...place, log: pino({ level: 'silent' }) });
  return { ...database, place, close: () => database.close().then(remove) };
}

/**
 * An open, empty store for the tests of the `describe` or file that calls it, opened before the first and thrown away
 * after the last. Call the answer within a test.
 */
export function testDatabase(kind: (typeof stores)[number] = 'embedded'): () => TestDatabase {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database?.close());
  return () => {
    if (!database) throw new Error('The store is open within tests only');
    return database;
  };
}

/** Describes tests once for each kind of store that is at hand, each time with an open, empty one. */
export function eachStore(name: string, tests: (database: () => TestDatabase) => void): void {
  describe.each(stores)(`${name} (%s)`, (kind) => tests(testDatabase(kind)));
}
