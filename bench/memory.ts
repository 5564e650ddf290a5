import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../test/support/server.ts';
import { type Bot, startBot } from './support/bot.ts';
import { exportByLine } from './support/export.ts';
import { writeAddresses } from './support/files.ts';
import { importByDrop } from './support/import.ts';
import type { Uses } from './support/probe.ts';
import { type Row, shown } from './support/row.ts';
import { addUsers, inDirectory, withStore } from './support/store.ts';

const rows = 1_000_000;
const settled = 5_000;
const sampleEvery = 50;
const mebibyte = 1024 * 1024;

/** What is measured: whatever it needs beforehand, and what the bot is then made to do. */
interface Work {
  name: string;
  /** "imported". */
  done: string;
  prepare(dataDir: string, count: number): Promise<(bot: Bot) => Promise<unknown>>;
}

/** While a file goes from the drop to its summary. */
export const memory = row({
  name: 'memory',
  done: 'imported',
  async prepare(dataDir, count) {
    const path = join(dataDir, 'addresses.csv');
    await writeAddresses(path, count, 'new');
    return (bot) => importByDrop(bot, path);
  },
});

/** While all users are written to a file. */
export const exportMemory = row({
  name: 'export-memory',
  done: 'exported',
  prepare: async () => exportByLine,
});

/**
 * What the program holds more than when it was idle, at most, meanwhile. On a server where `initdb` is found: the embedded
 * store's own memory is the process's as well.
 */
function row({ name, done, prepare }: Work): Row {
  return {
    name,
    heavy: true,
    run: (size) =>
      inDirectory(async (dataDir) => {
        const count = Math.ceil(rows * size);
        const server = await startServer();
        await withStore(dataDir, (database) => addUsers(database, count), server?.url);
        const work = await prepare(dataDir, count);
        const bot = await startBot({ dataDir, env: server ? { DATABASE_URL: server.url } : {} });
        try {
          await pause(settled);
          const idle = await bot.uses();
          const most = await mostUsed(bot, work(bot));
          const over = (most.rss - idle.rss) / mebibyte;
          return {
            what: `memory while ${shown(count)} rows are ${done}`,
            measured: `${shown(over)} MB`,
            value: over,
            budget: { is: 'at most', value: 100, unit: 'MB' },
            notes: [
              `${server ? 'PostgreSQL server' : 'embedded store'}; resident memory over idle (${megabytes(idle.rss)}), sampled`,
              `at most: heap ${megabytes(most.heapUsed)}, external ${megabytes(most.external)}, idle: heap ${megabytes(idle.heapUsed)}, external ${megabytes(idle.external)}`,
              `highest resident ever ${megabytes(most.peak)}`,
            ],
          };
        } finally {
          await bot.stop();
          await server?.stop();
        }
      }),
  };
}

/** The most of each that the program holds until `work` is done. */
async function mostUsed(bot: Bot, work: Promise<unknown>): Promise<Uses> {
  const most = await bot.uses();
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => {});
  while (!isDone) {
    const uses = await bot.uses();
    for (const key of Object.keys(most) as (keyof Uses)[]) most[key] = Math.max(most[key], uses[key]);
    await pause(sampleEvery);
  }
  await done;
  return most;
}

const megabytes = (bytes: number) => `${shown(bytes / mebibyte)} MB`;
