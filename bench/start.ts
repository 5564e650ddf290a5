import { startProgram } from '../test/support/program.ts';
import { settings, startSlack } from './support/bot.ts';
import { quantile } from './support/measure.ts';
import { startProbe } from './support/probe.ts';
import { type Row, shown } from './support/row.ts';
import { addUsers, inDirectory, withStore } from './support/store.ts';

const runs = 7;
const users = 10_000;

/** From the start of the built program to 200 from /readyz, on Slack alone, with a store that has users. */
export const start: Row = {
  name: 'start',
  run: (size) =>
    inDirectory(async (dataDir) => {
      await withStore(dataDir, (database) => addUsers(database, Math.ceil(users * size)));
      const slack = await startSlack();
      const probe = await startProbe();
      const env = { ...settings(`http://127.0.0.1:${slack.port}`), ...probe.env };
      const times: number[] = [];
      const cpus: number[] = [];
      for (let run = 0; run < runs; run++) {
        const began = performance.now();
        const program = await startProgram({ dataDir, env });
        times.push(performance.now() - began);
        cpus.push((await probe.uses()).cpu);
        await program.stop();
      }
      probe.stop();
      await slack.stop();
      const seconds = quantile(times, 0.5) / 1_000;
      return {
        what: 'start with existing data',
        measured: `${shown(seconds, 2)} s`,
        value: seconds,
        budget: { is: 'at most', value: 2, unit: 's' },
        notes: [`embedded store, ${runs} starts`, `processor time ${shown(quantile(cpus, 0.5))} ms`],
      };
    }),
};
