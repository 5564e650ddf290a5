import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import type { Database } from '../src/database/database.ts';
import { createImportApplyJob } from '../src/jobs/import-apply.ts';
import { createImportReadJob } from '../src/jobs/import-read.ts';
import { createLog } from '../src/log.ts';
import { createMessages } from '../src/services/messages.ts';
import { createPlatform } from '../test/support/platform.ts';
import { cpuTime } from './support/child.ts';
import { addExported } from './support/exported.ts';
import { numbers, writeAddresses } from './support/files.ts';
import { compare, type Took, took } from './support/measure.ts';
import { type Row, shown } from './support/row.ts';
import { addUsers, inDirectory, withStore } from './support/store.ts';

const rows = 100_000;
const rounds = 3;
const rowsPerUpdate = 5_000;

/** A file from the jobs that read, plan and apply it, against reading it and updating the same users, and nothing else. */
export const importFile: Row = {
  name: 'import',
  run: (size) =>
    inDirectory((dataDir) =>
      withStore(dataDir, async (database) => {
        const count = Math.ceil(rows * size);
        await addUsers(database, count);
        const path = join(dataDir, 'addresses.csv');
        const { read, apply } = importer(database, dataDir, path);
        const importing = async () => {
          const { id, took: reading } = await read();
          const applying = await apply(id);
          return { time: reading.time + applying.time, cpu: reading.cpu + applying.cpu };
        };
        const prepared = (tag: string, work: () => Promise<Took>) => async (round: number) => {
          await writeAddresses(path, count, `${tag}${round}`);
          await database.pool.query('vacuum analyze');
          return work();
        };
        const { measured, bare } = await compare(
          rounds,
          prepared('a', importing),
          prepared('b', () => took(() => updateAll(database, path), cpuTime)),
        );
        const ratio = measured.time / bare.time;
        return {
          what: `import of ${shown(count)} rows`,
          measured: `${shown(measured.time / 1_000, 2)} s`,
          bare: `${shown(bare.time / 1_000, 2)} s`,
          ratio,
          value: ratio,
          budget: { is: 'at most', value: 2.5, unit: '×' },
          notes: [
            `embedded store; bare: csv-parse and one update for each ${shown(rowsPerUpdate)} rows`,
            `processor time ${shown(measured.cpu)} ms, bare ${shown(bare.cpu)} ms (${shown(measured.cpu / bare.cpu, 2)} ×)`,
          ],
        };
      }),
    ),
};

/**
 * Reading a file that came from an export, with numbers whose zeros a spreadsheet has taken away, against reading one that came from
 * none: what it costs to know the file again.
 */
export const exportedFile: Row = {
  name: 'import-exported',
  run: (size) =>
    inDirectory((dataDir) =>
      withStore(dataDir, async (database) => {
        const count = Math.ceil(rows * size);
        await addUsers(database, count);
        const path = join(dataDir, 'addresses.csv');
        const { read } = importer(database, dataDir, path);
        const reading = async (number: (n: number) => string) => {
          await writeAddresses(path, count, 'a', number);
          await database.pool.query('vacuum analyze');
          const { id, took } = await read();
          await database.prisma.import.delete({ where: { id, state: 'previewed' } });
          return took;
        };
        const { measured, bare } = await compare(
          rounds,
          async () => {
            const exportId = await addExported(database, count);
            const took = await reading(numbers.withoutZeros);
            await database.prisma.export.delete({ where: { id: exportId } });
            return took;
          },
          () => reading(numbers.whole),
        );
        const ratio = measured.time / bare.time;
        return {
          what: `reading of ${shown(count)} exported rows`,
          measured: `${shown(measured.time / 1_000, 2)} s`,
          bare: `${shown(bare.time / 1_000, 2)} s`,
          ratio,
          value: ratio,
          budget: { is: 'at most', value: 2, unit: '×' },
          notes: [
            'embedded store; bare: as many rows that were not exported',
            `processor time ${shown(measured.cpu)} ms, bare ${shown(bare.cpu)} ms (${shown(measured.cpu / bare.cpu, 2)} ×)`,
          ],
        };
      }),
    ),
};

interface Importer {
  /** From the drop to the preview. */
  read(): Promise<{ id: number; took: Took }>;
  /** From the confirmation on. */
  apply(id: number): Promise<Took>;
}

/** The import's own jobs, run one after the other; what happens between them is a person's decision. */
function importer(database: Database, dataDir: string, path: string): Importer {
  const parts = { database, messages: createMessages(), log: createLog('silent') };
  const { outbox } = createPlatform();
  const download = async () => createReadStream(path);
  const reading = createImportReadJob({
    ...parts,
    outboxes: new Map([['bench', { ...outbox, download }]]),
    dataDir,
    language: 'sv',
  });
  const applying = createImportApplyJob(parts);
  const context = { signal: new AbortController().signal };
  return {
    async read() {
      const importId = await dropped(database);
      return { id: importId, took: await took(() => reading.run({ importId }, context), cpuTime) };
    },
    async apply(importId) {
      const data = { state: 'applying', confirmedAt: new Date() } as const;
      await database.prisma.import.update({ where: { id: importId, state: 'previewed' }, data });
      const time = await took(() => applying.run({ importId }, context), cpuTime);
      await database.prisma.import.findUniqueOrThrow({ where: { id: importId, state: 'done' } });
      return time;
    },
  };
}

let drops = 0;

async function dropped({ prisma }: Database): Promise<number> {
  drops += 1;
  const { id } = await prisma.import.create({
    data: {
      dropKey: `bench-${drops}`,
      fileName: 'addresses.csv',
      source: {},
      language: 'sv',
      reach: { companies: 'all', protected: true },
      createdBy: 1,
      place: { surface: 'bench', tenant: 't', id: 'd', kind: 'direct' },
    },
  });
  return id;
}

async function updateAll({ pool }: Database, path: string): Promise<void> {
  let keys: string[] = [];
  let addresses: string[] = [];
  const update = async () => {
    await pool.query(updateSql, [keys, addresses]);
    keys = [];
    addresses = [];
  };
  const records = createReadStream(path).pipe(parse({ delimiter: ';', from_line: 2 }));
  for await (const [key, , address] of records as AsyncIterable<[string, string, string]>) {
    keys.push(key);
    addresses.push(address);
    if (keys.length === rowsPerUpdate) await update();
  }
  await update();
}

const updateSql = `
update "user" u set connect_email = v.address, connect_address = v.address, connection = 'unverified', updated_at = now()
from unnest($1::text[], $2::text[]) v (key, address)
where u.user_key = v.key`;
