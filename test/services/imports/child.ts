// A process of its own that reads, confirms and applies the file FILE, however often it is killed and started again. It
// writes how the import stands, one line of JSON each time that it has changed, and each text of its message.
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { openDatabase } from '../../../src/database/database.ts';
import { createPlatform, directWith } from '../../support/platform.ts';
import { addPerson, everything, openHouse } from './house.ts';

const { DATABASE_URL: url, DATA_DIR: dataDir = '', FILE: path = '' } = process.env;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const database = await openDatabase({ url, dataDir, log: pino({ level: 'silent' }) });
const platform = createPlatform();
platform.outbox.edit = async () => {};
const house = openHouse({ database, dataDir, platform });
const { prisma } = database;

async function begin(): Promise<void> {
  const personId = await addPerson(database);
  const by = { personId, place: directWith('lena'), language: 'sv', reach: everything } as const;
  await house.imports.begin({ name: 'file.csv', size: 1, source: { path } }, by);
}

if ((await prisma.import.count()) === 0) await begin();
await house.start({ beat: 500, stale: 4_000, dead: 5_000 });

let said = '';
for (;;) {
  const found = await prisma.import.findFirstOrThrow({
    select: { id: true, state: true, stagedAt: true, applied: true },
  });
  const chunks = await prisma.importChunk.count();
  const judged = await prisma.importBlock.count({ where: { NOT: { verdicts: { startsWith: ' ' } } } });
  const now = { ...found, chunks, judged };
  if (JSON.stringify(now) !== said) say(now);
  said = JSON.stringify(now);
  if (found.state === 'previewed') await house.imports.confirm(found.id, { personId: 1, reach: everything });
  await pause(10);
}
