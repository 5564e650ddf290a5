import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { refuse } from '../../errors.ts';
import { code } from '../../root.ts';
import { socketPort } from './lock.ts';
import type { Report, WorkerData } from './worker.ts';

/** Where `pg` finds the embedded database, and how to stop it. */
export type Embedded = { host: string; port: number; user: string; database: string; close(): Promise<void> };

/**
 * Starts PostgreSQL inside this process, in a thread, with its data in `dataDir` (made where missing, for its
 * owner only). A client silent within a transaction for `patience` milliseconds is rolled back.
 * Throws the refusals `data_dir_in_use` and `data_dir_unusable`. A fault of the thread later on ends the process.
 */
export async function startEmbedded(dataDir: string, patience = 60_000): Promise<Embedded> {
  const dir = resolve(dataDir);
  const unusable = (error: NodeJS.ErrnoException) => {
    if (!error.syscall) throw error;
    throw refuse('data_dir_unusable', { dir, reason: error.code ?? error.message });
  };
  await makeDir(dir).catch(unusable);
  await access(dir, constants.R_OK | constants.W_OK | constants.X_OK).catch(unusable);
  const worker = new Worker(new URL(`database/embedded/worker${extname(import.meta.url)}`, code), {
    workerData: { dataDir: dir, patience } satisfies WorkerData,
  });
  const [report] = (await once(worker, 'message').catch(unusable)) as [Report];
  if ('inUse' in report) throw refuse('data_dir_in_use', { dir });
  return {
    host: report.socketDir,
    port: socketPort,
    user: 'postgres',
    database: 'postgres',
    async close() {
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
}

/** Makes a folder where it is missing. Node's own `recursive` never ends where the system makes none, as in /proc. */
async function makeDir(dir: string): Promise<void> {
  const fault = await mkdir(dir, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => error);
  if (!(fault instanceof Error)) return;
  if (fault.code === 'EEXIST' && (await stat(dir)).isDirectory()) return;
  const parent = dirname(dir);
  if (fault.code !== 'ENOENT' || existsSync(parent)) throw fault;
  await makeDir(parent);
  await makeDir(dir);
}
