// A process of its own that reads, confirms and applies the file FILE, or undoes that where UNDO is set, however often it is killed and started again. It
// writes how the import stands, one line of JSON each time that it has changed, and each text of its message.
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { openDatabase } from '../../../src/database/database.ts';
import { createPlatform, directWith } from '../../support/platform.ts';
import { addPerson, everything, openHouse, people } from './house.ts';

const { DATABASE_URL: url, DATA_DIR: dataDir = '', FILE: path = '', UNDO: undo } = process.env;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const database = await openDatabase({ url, dataDir, log: pino({ level: 'silent' }) });
const platform = createPlatform(people);
platform.outbox.edit = async () => {};
const house = openHouse({ database, dataDir, platform });
const { prisma } = database;

const by = { place: directWith('lena'), language: 'sv', reach: everything } as const;

async function begin(): Promise<void> {
  const personId = await addPerson(database);
  await house.imports.begin({ name: 'file.csv', size: 1, source: { path } }, { ...by, personId });
}

const begun = await prisma.import.count();
if (begun === 0) await begin();
if (begun === 1 && undo) await house.undos.begin(1, { ...by, personId: 1 });
await house.start({ beat: 250, stale: 4_000, dead: 5_000 });

/** In one question: asking takes the embedded store's time from the work that is waited for. */
const standing = `
  select id, state, staged_at as "stagedAt", applied,
    (select count(*)::int from import_chunk) as chunks,
    (select count(*)::int from import_block where import_id = i.id and verdicts not like ' %') as judged
  from import i order by id desc limit 1`;

let said = '';
for (;;) {
  const [found] = (await database.pool.query<{ id: number; state: string }>(standing)).rows;
  if (!found) throw new Error('There is no import');
  const { id, ...now } = found;
  if (JSON.stringify(now) !== said) say(now);
  said = JSON.stringify(now);
  if (now.state === 'previewed') await house.imports.confirm(id, { personId: 1, reach: everything });
  await pause(20);
}
