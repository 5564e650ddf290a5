// A process that takes the job "hold" and never ends it: to be killed. Says on its standard output what it does.
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { addJob } from '../../src/database/add-job.ts';
import { openDatabase } from '../../src/database/database.ts';
import { startRunner } from '../../src/jobs/runner.ts';

const [place = '{}', lease = '{}'] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const database = await openDatabase({ ...JSON.parse(place), log });
await startRunner({
  database,
  log,
  lease: JSON.parse(lease),
  jobs: [
    {
      name: 'hold',
      async run() {
        process.stdout.write('holding\n');
        await pause(600_000);
      },
    },
  ],
});
await database.transaction((tx) => addJob(tx, 'hold', {}, { queueName: 'held' }));
