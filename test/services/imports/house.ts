import { createReadStream } from 'node:fs';
import { pino } from 'pino';
import type { Reach } from '../../../src/core/access.ts';
import type { Place } from '../../../src/core/command.ts';
import type { Outbox } from '../../../src/core/outbox.ts';
import { plain } from '../../../src/core/plain.ts';
import type { Database } from '../../../src/database/database.ts';
import { createImportApplyJob } from '../../../src/jobs/import-apply.ts';
import { createImportReadJob } from '../../../src/jobs/import-read.ts';
import { createImportTendJob } from '../../../src/jobs/import-tend.ts';
import { createImportWarnJob } from '../../../src/jobs/import-warn.ts';
import type { LeaseTimes } from '../../../src/jobs/lease.ts';
import { createNotifyJob } from '../../../src/jobs/notify.ts';
import { startRunner } from '../../../src/jobs/runner.ts';
import { createFills } from '../../../src/services/imports/fills.ts';
import { createImports } from '../../../src/services/imports/index.ts';
import { createUndos } from '../../../src/services/imports/undos.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { createPeople } from '../../../src/services/people.ts';
import { createPresses } from '../../../src/services/presses.ts';
import { readableByAll } from '../../../src/views/import/help.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import type { Platform } from '../../support/platform.ts';

export const everything: Reach = { companies: 'all', protected: true };

/** How a test fetches what was dropped; the source that it names is what the test gave. */
export type Download = (source: unknown, limit: number) => Promise<AsyncIterable<Uint8Array>>;

export interface HouseOptions {
  database: Database;
  dataDir: string;
  platform: Platform;
  download?: Download;
  now?: () => Date;
  /** The clock of the job that applies, where it shall be told apart from everybody else's. */
  applyClock?: () => Date;
}

/** Who was told something that nobody else sees. */
export interface Whispered {
  place: Place;
  platformId: string;
  text: string;
}

/** Who drops files, as the platform knows them. */
export const people = { lena: { name: 'Lena Berg', address: 'lena@company.se' } } as const;

/** Everything that imports need of the program, around a store and a platform. */
export function openHouse(options: HouseOptions) {
  const { database, dataDir, platform, download = fromDisk, now, applyClock = now } = options;
  const clock = now ? { now } : {};
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const messages = createMessages();
  const whispered: Whispered[] = [];
  const outbox: Outbox = {
    ...platform.outbox,
    download,
    async whisper(place, platformId, view, language) {
      if (platform.away) throw platform.away;
      whispered.push({ place, platformId, text: plain(view, language) });
    },
  };
  const outboxes = new Map([['test', outbox]]);
  const imports = createImports({ database, messages, ...clock });
  const fills = createFills({ database, messages, language: 'sv', ...clock });
  const undos = createUndos({ database, messages, language: 'sv', ...clock });
  const jobs = [
    createImportReadJob({
      database,
      messages,
      outboxes,
      dataDir,
      language: 'sv',
      log,
      ...clock,
    }),
    createImportWarnJob({ database, outboxes, readable: readableByAll }),
    createImportApplyJob({ database, messages, log, ...(applyClock ? { now: applyClock } : {}) }),
    createImportTendJob(database),
    createNotifyJob({
      database,
      presses: createPresses(database),
      people: createPeople({ database, outboxes, admins: [people.lena.address] }),
      outboxes,
      log,
      views: {
        import: async (id, reader) => {
          const status = await imports.status(id);
          return status && importMessage(status, reader, now?.());
        },
        campaign: async () => undefined,
        export: async () => undefined,
        verification: async () => undefined,
      },
    }),
  ];
  return {
    imports,
    fills,
    undos,
    whispered,
    /** Runs a job outside the queue, once, until it is aborted. */
    async run(name: string, payload: object = {}, { signal } = new AbortController()): Promise<void> {
      await jobs.find((job) => job.name === name)?.run(payload, { signal });
    },
    start: (lease?: LeaseTimes) => startRunner({ database, jobs, log, ...(lease ? { lease } : {}) }),
  };
}

/** A source that names a file on this machine. */
const fromDisk: Download = async (source) => createReadStream((source as { path: string }).path);

/** Somebody who drops files. */
export async function addPerson({ prisma }: Pick<Database, 'prisma'>, platformId = 'lena'): Promise<number> {
  const { id } = await prisma.person.create({
    data: { surface: 'test', tenant: 'T1', platformId, name: 'Lena Berg' },
  });
  return id;
}
