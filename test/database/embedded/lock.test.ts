import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startEmbedded } from '../../../src/database/embedded/index.ts';
import { type Lock, takeDirectory } from '../../../src/database/embedded/lock.ts';
import { type EmptyStore, emptyStore } from '../../support/database.ts';

let dataDir: string;
const stores: EmptyStore[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vc-bot-lock-'));
});

// Processes of their own and first starts take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  for (const store of stores.splice(0)) await store.remove();
  await rm(dataDir, { recursive: true });
});

async function emptyDataDir(): Promise<string> {
  const store = await emptyStore('embedded');
  stores.push(store);
  return store.dataDir;
}

/** A process that writes until it is killed, and the lines that it prints. */
function startWriter(dataDir: string): { child: ChildProcess; lines: AsyncIterator<string> } {
  const writer = new URL('./writer.ts', import.meta.url).pathname;
  const loader = new URL('../../../scripts/typescript.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', loader, writer, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function written(dataDir: string): Promise<number> {
  const { close, ...address } = await startEmbedded(dataDir);
  const client = new pg.Client(address);
  await client.connect();
  const { rows } = await client.query(`
    select count(*)::int as n, max(n) as highest, count(*) filter (where filler not like '%y')::int as half from written`);
  await client.end();
  await close();
  expect(rows[0]).toEqual({ n: rows[0].highest, highest: rows[0].highest, half: 0 });
  return rows[0].n;
}

it('a second process on the same directory ends with a sentence that says so', async () => {
  const taken = await emptyDataDir();
  const first = startWriter(taken);
  expect((await first.lines.next()).value).toBe('open');
  const second = startWriter(taken);
  expect((await second.lines.next()).value).toMatch(
    /^Another vc-bot already uses DATA_DIR \(.+\)\. Stop it first/,
  );
  await once(second.child, 'exit');
  expect(second.child.exitCode).toBe(0);
  await expect(startEmbedded(taken)).rejects.toMatchObject({ code: 'data_dir_in_use' });
});

it('what was committed survives kill -9, again and again, and the next start is not blocked', async () => {
  const dir = await emptyDataDir();
  for (const moment of [3, 40, 200]) {
    const { child, lines } = startWriter(dir);
    expect((await lines.next()).value).toBe('open');
    let last = 0;
    while (last < moment) last = Number((await lines.next()).value);
    await kill(child);
    expect(await written(dir)).toBeGreaterThanOrEqual(last);
  }
});

it('a first start that died half-way is begun again', async () => {
  await mkdir(join(dataDir, 'database.new'));
  await writeFile(join(dataDir, 'database.new/PG_VERSION'), '18\n');
  const { close } = await startEmbedded(dataDir);
  await close();
  expect((await readdir(dataDir)).sort()).toEqual(['database', 'socket']);
});

it('of many that start at once on a directory that a dead one left, exactly one gets it', async () => {
  const dir = join(dataDir, 'socket');
  for (let round = 0; round < 10; round++) {
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => takeDirectory(dir)));
    const locks = tries.flatMap((tried) => (tried.status === 'fulfilled' ? [tried.value] : []));
    expect(locks).toHaveLength(1);
    await Promise.all(locks.map((lock: Lock) => lock.release()));
  }
  expect(await readdir(dir)).toEqual(['10']);
});

it('a directory that is too deep for a socket’s path works, and is as exclusive', async () => {
  const deep = join(dataDir, 'd'.repeat(100), 'e'.repeat(100));
  const lock = await takeDirectory(deep);
  await expect(takeDirectory(deep)).rejects.toThrow();
  await lock.release();
  await (await takeDirectory(deep)).release();
});

it('only the owner may enter the directories', async () => {
  const lock = await takeDirectory(join(dataDir, 'socket'));
  expect((await stat(join(dataDir, 'socket'))).mode & 0o777).toBe(0o700);
  expect((await stat(lock.socketDir)).mode & 0o777).toBe(0o700);
  await lock.release();
});
