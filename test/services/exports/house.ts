import { pino } from 'pino';
import { exportCommand } from '../../../src/commands/export.ts';
import { type Access, administrator } from '../../../src/core/access.ts';
import type { Place, Values } from '../../../src/core/command.ts';
import type { Outbox } from '../../../src/core/outbox.ts';
import { plain } from '../../../src/core/plain.ts';
import { createExportHandJob } from '../../../src/jobs/export-hand.ts';
import { createExportWriteJob } from '../../../src/jobs/export-write.ts';
import { createNotifyJob } from '../../../src/jobs/notify.ts';
import { createPurgeJob } from '../../../src/jobs/purge.ts';
import type { Language } from '../../../src/rules/language.ts';
import { tokenize } from '../../../src/rules/line.ts';
import { createExports } from '../../../src/services/exports/index.ts';
import { createFilters } from '../../../src/services/filter.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { createPeople } from '../../../src/services/people.ts';
import { createPresses } from '../../../src/services/presses.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { aboutExport } from '../../../src/views/export/answers.ts';
import { exportMessage } from '../../../src/views/export/message.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createPlatform, directWith, seen } from '../../support/platform.ts';
import { requestWith } from '../../support/request.ts';

/** A file that somebody was handed. */
export interface Handed {
  to: Place;
  name: string;
  about: string;
  bytes: Buffer;
}

/** Who asks, where and in which language: an administrator, alone with the bot, in Swedish unless told. */
export interface Asking {
  access?: Access;
  place?: Place;
  language?: Language;
  press?: string;
}

const lena = { name: 'Lena Berg', address: 'lena@company.se' };

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

/** Exports around a store: the command and the jobs are real, the platform is in memory, the clock is the test's. */
export async function openHouse(database: TestDatabase) {
  let at = new Date('2026-11-21T13:02:00Z');
  const now = () => at;
  const { prisma } = database;
  const log = pino({ level: 'silent' });
  const messages = createMessages(now);
  const platform = createPlatform({ lena });
  const handed: Handed[] = [];
  let refusing: Error | undefined;
  let admins = [lena.address];
  const outbox: Outbox = {
    ...platform.outbox,
    async hand(to, { name, about, bytes }) {
      if (refusing) throw refusing;
      handed.push({ to, name, about, bytes: await bytesOf(bytes()) });
    },
  };
  const outboxes = new Map([['test', outbox]]);
  const people: Parameters<typeof createNotifyJob>[0]['people'] = {
    identify: (origin) => createPeople({ database, outboxes, admins, now }).identify(origin),
  };
  const exports = createExports({ database, messages, language: 'sv', now });
  const presses = createPresses(database, now);
  const none = async () => undefined;
  const jobs = [
    createExportWriteJob({ database, messages, log, now }),
    createExportHandJob({ database, exports, people, presses, outboxes, about: aboutExport, now }),
    createPurgeJob({ database, messages, dataDir: database.place.dataDir, now }),
    createNotifyJob({
      database,
      presses,
      people,
      outboxes,
      log,
      views: {
        export: async (id, reader) => {
          const status = await exports.status(id);
          return status && exportMessage(status, reader, now());
        },
        verification: none,
        campaign: none,
        import: none,
      },
    }),
  ];
  const command = exportCommand({
    exports,
    filters: createFilters(database),
    templates: createTemplates({ database, now }),
    now,
  });
  const { id: personId } = await people.identify({ place: directWith('lena'), platformId: 'lena' });

  const requestOf = ({
    access = administrator,
    place = directWith('lena'),
    language = 'sv',
    press,
  }: Asking) => {
    const request = requestWith(access, language);
    return { ...request, person: { ...request.person, id: personId }, place, ...(press ? { press } : {}) };
  };
  const newest = async () => (await prisma.export.findFirst({ orderBy: { id: 'desc' } }))?.id ?? 0;

  async function run(
    name: string,
    payload: object = {},
    signal = new AbortController().signal,
  ): Promise<void> {
    await jobs.find((job) => job.name === name)?.run(payload, { signal });
  }

  async function draw(): Promise<string[]> {
    for (const { id } of await prisma.liveMessage.findMany({ orderBy: { createdAt: 'asc' } }))
      await run('notify', { message: id });
    return platform.posted.map(({ view }) => seen(view, 'sv'));
  }

  return {
    exports,
    presses,
    platform,
    handed,
    run,
    /** Draws every message as it stands, and gives what all show now. */
    draw,
    /** The queued jobs about exports, by name. */
    async queued(): Promise<string[]> {
      const { rows } = await database.pool.query<{ task_identifier: string }>(
        `select task_identifier from graphile_worker.jobs where task_identifier like 'export-%' order by id`,
      );
      return rows.map((row) => row.task_identifier);
    },
    answers: (line: string, asking: Asking = {}) => command.run(requestOf(asking), tokenize(line)),
    /** What a line answers, as people see it. */
    async asks(line: string, asking: Asking = {}): Promise<string> {
      const { language = 'sv' } = asking;
      const answers = await this.answers(line, asking);
      return answers
        .map(({ view }) => (view.kind === 'form' ? `form: ${view.title}` : plain(view, language)))
        .join('\n');
    },
    async submits(values: Values, asking: Asking = {}) {
      return command.submit?.(requestOf(asking), tokenize('form'), values);
    },
    /** Asks for an export, has it written, and gives its number. */
    async exported(line: string, asking: Asking = {}): Promise<number> {
      const before = await newest();
      const answer = await this.asks(line, asking);
      const id = await newest();
      if (id === before) throw new Error(`No export was begun: ${answer}`);
      await run('export-write', { exportId: id });
      return id;
    },
    /** The file of an export, as whoever may do everything gets it. */
    async file(id: number): Promise<Buffer> {
      return bytesOf((await exports.file(id, { companies: 'all', protected: true })).bytes());
    },
    /** The rows of an export's file below its header, without what marks its beginning. */
    async rows(id: number): Promise<string[]> {
      const [, ...rows] = (await this.file(id)).toString().split('\r\n');
      return rows.slice(0, -1);
    },
    refuses(error: Error | undefined): void {
      refusing = error;
    },
    dismissAdmins(): void {
      admins = [];
    },
    pass(milliseconds: number): void {
      at = new Date(at.getTime() + milliseconds);
    },
    now,
  };
}

export type House = Awaited<ReturnType<typeof openHouse>>;
