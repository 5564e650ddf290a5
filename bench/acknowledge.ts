import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startBot } from './support/bot.ts';
import { writeAddresses } from './support/files.ts';
import { importByDrop } from './support/import.ts';
import { quantile } from './support/measure.ts';
import { type Row, shown } from './support/row.ts';
import type { Speaker } from './support/speaker.ts';
import { addUsers, inDirectory, withStore } from './support/store.ts';

const rows = 100_000;
const imports = 2;
const perSecond = 25;
const lines = ['help', 'whoami', 'user u1', 'log'];

/** How soon signed commands are acknowledged while files are read, planned and applied; they come evenly, whatever waits. */
export const acknowledge: Row = {
  name: 'acknowledge',
  run: (size) =>
    inDirectory(async (dataDir) => {
      const count = Math.ceil(rows * size);
      await withStore(dataDir, (database) => addUsers(database, count));
      const bot = await startBot({ dataDir });
      try {
        await typeDuring(bot.speaker, pause(2_000));
        const idle = await typeDuring(bot.speaker, pause(5_000));
        const busy: number[] = [];
        for (let round = 0; round < imports; round++) {
          const path = join(dataDir, `addresses-${round}.csv`);
          await writeAddresses(path, count, `r${round}`);
          busy.push(...(await typeDuring(bot.speaker, importByDrop(bot, path))));
        }
        const p99 = quantile(busy, 0.99);
        return {
          what: `acknowledgement while ${shown(count)} rows are imported`,
          measured: `p99 ${shown(p99)} ms`,
          bare: `p99 ${shown(quantile(idle, 0.99))} ms`,
          ratio: p99 / quantile(idle, 0.99),
          value: p99,
          budget: { is: 'at most', value: 250, unit: 'ms' },
          notes: [
            `embedded store; bare: while nothing is imported; ${shown(busy.length)} commands, ${perSecond} a second`,
            `median ${shown(quantile(busy, 0.5))} ms, slowest ${shown(Math.max(...busy))} ms`,
          ],
        };
      } finally {
        await bot.stop();
      }
    }),
};

/** Types one line after another, evenly, until `work` is done; gives how long each waited for its acknowledgement. */
async function typeDuring(speaker: Speaker, work: Promise<unknown>): Promise<number[]> {
  const waiting: Promise<number>[] = [];
  const type = async () => (await speaker.types(lines[waiting.length % lines.length] ?? 'help')).time;
  const timer = setInterval(() => waiting.push(type()), 1_000 / perSecond);
  await work.finally(() => clearInterval(timer));
  return Promise.all(waiting);
}
