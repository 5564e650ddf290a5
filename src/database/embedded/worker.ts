import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { Gate } from './gate.ts';
import { keepHouse } from './housekeeping.ts';
import { DirectoryInUse, takeDirectory } from './lock.ts';
import { startup } from './messages.ts';

/** What the thread is told. */
export type WorkerData = { dataDir: string; patience: number };

/** What the thread reports, once: that it serves, or why not. */
export type Report = { socketDir: string } | { inUse: true };

const { dataDir, patience } = workerData as WorkerData;
const port = parentPort;
if (!port) throw new Error('The embedded database runs in a thread of its own');

/**
 * A log that does not grow: the backend makes no checkpoint by itself. And little memory for pages, which all of it takes at the
 * start, page by page: reading one again from the operating system costs less than it seems.
 */
const settings = ['min_wal_size=32MB', 'max_wal_size=128MB', 'shared_buffers=16MB'];

const options = {
  startParams: [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])],
};

/** Opens the cluster; the first time, makes it aside, so that a death in the middle leaves none half made. */
async function openCluster(): Promise<PGlite> {
  const cluster = join(dataDir, 'database');
  if (!existsSync(cluster)) {
    const unfinished = join(dataDir, 'database.new');
    await rm(unfinished, { recursive: true, force: true });
    await (await PGlite.create(unfinished, options)).close();
    await rename(unfinished, cluster);
  }
  return PGlite.create(cluster, options);
}

async function main(report: (report: Report) => void): Promise<() => Promise<void>> {
  const lock = await takeDirectory(join(dataDir, 'socket'));
  const backend = await openCluster();
  const greeting = Buffer.from(await backend.execProtocolRaw(startup('postgres', 'postgres')));
  const gate = new Gate(backend, greeting, patience);
  const house = keepHouse(backend);
  lock.server.on('connection', (socket) => gate.serve(socket));
  report({ socketDir: lock.socketDir });
  return async () => {
    gate.closeClients();
    await house.stop();
    await backend.close();
    await lock.release();
  };
}

try {
  const stop = await main((report) => port.postMessage(report));
  port.once('message', () => stop().then(() => port.close()));
} catch (error) {
  if (!(error instanceof DirectoryInUse)) throw error;
  port.postMessage({ inUse: true } satisfies Report);
  port.close();
}
