import { startBot } from './support/bot.ts';
import { startChild } from './support/child.ts';
import { compare, took } from './support/measure.ts';
import { type Row, shown } from './support/row.ts';
import { type Acknowledged, createSpeaker, type Speaker } from './support/speaker.ts';
import { addUsers, inDirectory, withStore } from './support/store.ts';

const rounds = 5;
/** Of each round. */
const commandsEach = 3_000;
/** How many wait for their acknowledgement at a time. */
const atOnce = 16;

/** Signed `/vc help` commands, from the first to the last answer, against a Bolt app that only acknowledges and answers. */
export const commands: Row = {
  name: 'commands',
  run: (size) =>
    inDirectory(async (dataDir) => {
      await withStore(dataDir, (database) => addUsers(database, 1_000));
      const bot = await startBot({ dataDir });
      await bot.speaker.types('help');
      const said = await bot.says((answer) => answer);
      const bolt = await startChild(new URL('support/bare-bolt.ts', import.meta.url), {
        BENCH_API: `${bot.api}/api/`,
        BENCH_ANSWER: JSON.stringify(said),
      });
      const bareSpeaker = createSpeaker(`http://127.0.0.1:${bolt.port}`, bot.api);
      const count = Math.ceil(commandsEach * size);
      const ask = (speaker: Speaker, cpu: () => Promise<number>) => () =>
        took(async () => {
          const answered = bot.slack.ask('answers', count);
          await typeMany(speaker, 'help', count);
          await answered;
        }, cpu);
      try {
        const { measured, bare } = await compare(
          rounds,
          ask(bot.speaker, bot.cpu),
          ask(bareSpeaker, bolt.cpu),
        );
        const perSecond = ({ time }: { time: number }) => (count / time) * 1_000;
        const ratio = perSecond(measured) / perSecond(bare);
        return {
          what: 'signed /vc help commands',
          measured: `${shown(perSecond(measured))}/s`,
          bare: `${shown(perSecond(bare))}/s`,
          ratio,
          value: ratio,
          budget: { is: 'at least', value: 0.7, unit: '×' },
          notes: [
            'bare: a Bolt app that says the same',
            `processor time each ${shown(measured.cpu / count, 2)} ms, bare ${shown(bare.cpu / count, 2)} ms`,
          ],
        };
      } finally {
        bareSpeaker.stop();
        await bolt.stop();
        await bot.stop();
      }
    }),
};

/** Types a line so many times, a few at once. */
async function typeMany(speaker: Speaker, line: string, count: number): Promise<void> {
  let left = count;
  const one = async () => {
    while (left-- > 0) expectOk(await speaker.types(line));
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

function expectOk({ status }: Acknowledged): void {
  if (status !== 200) throw new Error(`A command was answered with ${status}`);
}
