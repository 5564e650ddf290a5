import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Bot, startBot } from './support/bot.ts';
import { addLoggedImport } from './support/logged-import.ts';
import { quantile } from './support/measure.ts';
import { type Row, shown } from './support/row.ts';
import { inDirectory, withStore } from './support/store.ts';

const rows = 1_000_000;
const warmUps = 3;
const times = 9;

const outcomes = [
  'created',
  'updated',
  'unchanged',
  'skipped_connected',
  'skipped_empty',
  'rejected',
  'invalid_email',
  'address_taken',
  'conflict_in_file',
];

/** Pages of the log of a huge import, from the request to the end of its answer; the slowest counts. */
export const logPage: Row = {
  name: 'log-page',
  run: (size) =>
    inDirectory(async (dataDir) => {
      const count = Math.ceil(rows * size);
      const id = await withStore(dataDir, (database) => addLoggedImport(database, count));
      const bot = await startBot({ dataDir });
      const reader = await openLog(bot, id);
      try {
        const asked = queries(count);
        const taken = asked.map((): number[] => []);
        for (let time = 0; time < warmUps + times; time++) {
          for (const [i, query] of asked.entries()) {
            const milliseconds = await reader.read(`/imports/${id}?${query}`);
            if (time >= warmUps) taken[i]?.push(milliseconds);
          }
        }
        const medians = asked.map((query, i): [string, number] => [
          query || 'first page',
          quantile(taken[i] ?? [], 0.5),
        ]);
        medians.sort(([, a], [, b]) => b - a);
        const slowest = medians[0]?.[1] ?? Number.NaN;
        return {
          what: `log page of ${shown(count)} rows`,
          measured: `${shown(slowest)} ms`,
          value: slowest,
          budget: { is: 'at most', value: 50, unit: 'ms' },
          notes: [
            'embedded store; the slowest, each the median of its tries, request to answer',
            medians.map(([query, time]) => `${query} ${shown(time)}`).join(', '),
          ],
        };
      } finally {
        reader.stop();
        await bot.stop();
      }
    }),
};

function queries(count: number): string[] {
  const middle = Math.floor(count / 2);
  return [
    '',
    `from=${middle}`,
    `from=${count - 50}`,
    `before=${middle}`,
    ...outcomes.map((outcome) => `outcome=${outcome}`),
    `outcome=rejected&from=${middle}`,
    'about=replaces',
    `about=replaces&before=${middle}`,
    'about=slip',
    'outcome=updated&about=slip',
    'search=andersson.12',
    `search=u${middle}`,
  ];
}

/** Opens the log as its reader does: the link from the chat, its button, the session. */
async function openLog({ speaker, says, program }: Bot, id: number) {
  await speaker.types(`log show #${id}`);
  const ticket = await says((said) => /\/log\/[\w-]{43}/.exec(JSON.stringify(said))?.[0]);
  const opened = await fetch(program.url + ticket, { method: 'POST', redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const agent = new Agent({ keepAlive: true });
  return {
    /** Milliseconds until the page is there. */
    async read(path: string): Promise<number> {
      const start = performance.now();
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(program.url + path, { agent, headers: { cookie } }, resolve).on('error', reject);
      });
      await text(response);
      if (response.statusCode !== 200) throw new Error(`${path} was answered with ${response.statusCode}`);
      return performance.now() - start;
    },
    stop: () => agent.destroy(),
  };
}
