import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { ImportState } from '../../src/database/client/client.ts';
import { incomingFile } from '../../src/jobs/incoming.ts';
import { createPurgeJob } from '../../src/jobs/purge.ts';
import { emptyFilter } from '../../src/rules/filter.ts';
import { createMessages } from '../../src/services/messages.ts';
import { addPerson } from '../services/campaigns/house.ts';
import { eachStore } from '../support/database.ts';
import { addImport } from '../support/imports.ts';
import { addUser } from '../support/users.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const now = new Date('2026-11-21T13:02:00Z');
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);

eachStore('letting go of what has had its time', (database) => {
  let lena: number;
  const dataDir = mkdtempSync(join(tmpdir(), 'vc-bot-purge-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));
  const purge = (store = database()) =>
    createPurgeJob({
      database: store,
      messages: createMessages(() => now),
      dataDir,
      now: () => now,
    }).run({}, { signal: new AbortController().signal });

  beforeEach(async () => {
    const { prisma } = database();
    await prisma.liveMessage.deleteMany();
    await prisma.import.deleteMany();
    lena = await addPerson(database());
  });

  test('I2 the file of an import that is no longer read is not left behind', async () => {
    const reading = await addImport(database(), { state: 'reading', by: lena });
    const cancelled = await addImport(database(), { state: 'cancelled', by: lena });
    for (const id of [reading, cancelled]) writeFileSync(await incomingFile(dataDir, id), 'Anna');
    await purge();
    expect(readdirSync(join(dataDir, 'incoming'))).toEqual([`import-${reading}`]);
  });

  test('I2 the file of an import that begins meanwhile stays', async () => {
    const store = database();
    const begin = async () => {
      const id = await addImport(store, { state: 'reading', by: lena });
      writeFileSync(await incomingFile(dataDir, id), 'Anna');
      return `import-${id}`;
    };
    let begun = '';
    const asking = store.prisma.$extends({
      query: {
        import: {
          async findMany({ args, query }) {
            const found = await query(args);
            begun = await begin();
            return found;
          },
        },
      },
    });
    await purge({ ...store, prisma: asking as unknown as typeof store.prisma });
    expect(readdirSync(join(dataDir, 'incoming'))).toContain(begun);
  });

  test('A4 personal links and sessions go when they end', async () => {
    const { prisma } = database();
    const ends = [ago(1), ago(0), ago(-1)];
    await prisma.logTicket.createMany({
      data: ends.map((expiresAt, i) => ({
        tokenHash: `t${i}`,
        personId: lena,
        path: '/imports/1',
        expiresAt,
      })),
    });
    await prisma.session.createMany({
      data: ends.map((expiresAt, i) => ({ tokenHash: `s${i}`, personId: lena, expiresAt })),
    });
    await purge();
    expect((await prisma.logTicket.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(['t2']);
    expect((await prisma.session.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(['s2']);
  });

  test('V1 links go 90 days after their end, then closed verifications; an open one keeps its last link (U1)', async () => {
    const { prisma } = database();
    const old = { createdAt: ago(200 * day) };
    const links = (...ends: number[]) => ({
      create: ends.map((end) => ({ tokenHash: randomUUID(), expiresAt: ago(end * day) })),
    });
    const closed = { ...old, usedAt: ago(195 * day) };
    const kinds = {
      'closed long ago': { ...closed, links: links(91) },
      'closed lately': { ...old, revokedAt: ago(day), links: links(91) },
      'closed, its link just ended': { ...closed, links: links(89, 91) },
      open: { ...old, links: links(91, 92) },
    };
    const names = new Map<number, string>();
    for (const [name, data] of Object.entries(kinds)) {
      const userId = await addUser(database());
      const { id } = await prisma.verification.create({ data: { userId, address: 'a@company.se', ...data } });
      names.set(id, name);
    }
    await purge();
    const left = await prisma.verification.findMany({ include: { links: true }, orderBy: { id: 'asc' } });
    expect(left.map(({ id, links }) => [names.get(id), links.map(({ expiresAt }) => expiresAt)])).toEqual([
      ['closed lately', []],
      ['closed, its link just ended', [ago(89 * day)]],
      ['open', [ago(91 * day)]],
    ]);
  });

  test('A6 buttons go when they end, spent ones not before', async () => {
    const { prisma } = database();
    await prisma.press.createMany({
      data: [
        { id: 'ended', line: 'help', acting: false, expiresAt: ago(1) },
        { id: 'spent', line: 'help', acting: true, expiresAt: ago(-1), spentAt: ago(day) },
        { id: 'open', line: 'help', acting: false, expiresAt: ago(-1) },
      ],
    });
    await purge();
    expect((await prisma.press.findMany()).map(({ id }) => id).sort()).toEqual(['open', 'spent']);
  });

  test('I8 events are remembered for longer than any platform repeats them', async () => {
    const { prisma } = database();
    await prisma.incomingEvent.createMany({
      data: [
        { id: 'old', surface: 'slack', receivedAt: ago(3 * day + 1) },
        { id: 'new', surface: 'slack', receivedAt: ago(3 * day - 1) },
      ],
    });
    await purge();
    expect((await prisma.incomingEvent.findMany()).map(({ id }) => id)).toEqual(['new']);
  });

  test('A1 where somebody was seen is forgotten after 90 days, but not their own conversation', async () => {
    const { prisma } = database();
    const seen = {
      surface: 'teams',
      tenant: 'T1',
      platformId: 'lena',
      serviceUrl: 'https://x',
      botId: '28:x',
    };
    await prisma.conversation.createMany({
      data: [
        { ...seen, id: 'lately', kind: 'internal', seenAt: ago(89 * day) },
        { ...seen, id: 'long ago', kind: 'internal', seenAt: ago(91 * day) },
        { ...seen, id: 'open', kind: 'open', seenAt: ago(91 * day) },
        { ...seen, id: 'own', kind: 'direct', seenAt: ago(910 * day) },
      ],
    });
    await purge();
    const left = await prisma.conversation.findMany({ orderBy: { id: 'asc' } });
    expect(left.map(({ id }) => id)).toEqual(['lately', 'own']);
  });

  test('messages go when they are old, or about something that is gone', async () => {
    const { prisma } = database();
    const id = await addImport(database(), { by: lena });
    const campaign = await prisma.campaign.create({
      data: { filter: { ...emptyFilter() }, createdBy: lena, place: {} },
    });
    const message = (kind: string, subjectId: number, createdAt = ago(hour)) => ({
      id: randomUUID(),
      kind,
      subjectId,
      surface: 'test',
      language: 'sv' as const,
      createdAt,
    });
    const kept = [message('import', id), message('campaign', campaign.id, ago(89 * day))];
    await prisma.liveMessage.createMany({
      data: [
        ...kept,
        message('import', id, ago(91 * day)),
        ...['import', 'campaign', 'export', 'verification'].map((kind) => message(kind, 999_999)),
      ],
    });
    await purge();
    const left = (await prisma.liveMessage.findMany()).map((one) => one.id);
    expect(left.sort()).toEqual(kept.map((one) => one.id).sort());
  });

  test('I5 I8 an import that nobody confirmed within 24 hours ends, its rows go, and its message is drawn again', async () => {
    const { prisma } = database();
    const add = (state: ImportState, age: number) =>
      addImport(database(), { by: lena, state, rows: [{}], createdAt: ago(age) });
    const late = [await add('previewed', day + 1), await add('reading', day + 1)];
    const inTime = [
      await add('previewed', day - 1),
      await add('reading', day - 1),
      await add('applying', 2 * day),
    ];
    const [first = 0] = late;
    const message = await prisma.liveMessage.create({
      data: { kind: 'import', subjectId: first, surface: 'test', language: 'sv' },
    });
    await chunk(first);
    await prisma.import.updateMany({ data: { source: { url: 'https://files' } } });
    await purge();
    const sources = await prisma.import.findMany({ where: { id: { in: late } }, select: { source: true } });
    expect(sources).toEqual([{ source: {} }, { source: {} }]);
    const states = async (of: number[]) =>
      (await prisma.import.findMany({ where: { id: { in: of } }, orderBy: { id: 'asc' } })).map(
        ({ state }) => state,
      );
    expect(await states(late)).toEqual(['expired', 'expired']);
    expect(await states(inTime)).toEqual(['previewed', 'reading', 'applying']);
    expect(await rowsOf(late)).toBe(0);
    expect(await rowsOf(inTime)).toBe(3);
    const jobs = await prisma.$queryRaw<{ key: string }[]>`
      select key from graphile_worker.jobs where task_identifier = 'notify'`;
    expect(jobs).toEqual([{ key: `notify:${message.id}` }]);
    await purge();
    expect(await states(late)).toEqual(['expired', 'expired']);
  });

  test('I8 rows of a refused or cancelled import go at once, those of an applied one after 90 days; the imports stay', async () => {
    const { prisma } = database();
    const add = (state: ImportState, finishedAt: Date, confirmedAt?: Date) =>
      addImport(database(), {
        by: lena,
        state,
        rows: [{}],
        finishedAt,
        ...(confirmedAt ? { confirmedAt } : {}),
      });
    const gone = [
      await add('cancelled', ago(hour)),
      await add('failed', ago(hour)),
      await add('done', ago(90 * day + 1), ago(90 * day + 2)),
      await add('cancelled', ago(90 * day + 1), ago(90 * day + 2)),
    ];
    const kept = [
      await add('done', ago(90 * day - 1), ago(90 * day)),
      await add('cancelled', ago(hour), ago(2 * hour)),
      await add('failed', ago(hour), ago(2 * hour)),
    ];
    await purge();
    expect(await rowsOf(gone)).toBe(0);
    expect(await rowsOf(kept)).toBe(3);
    expect(await prisma.import.count()).toBe(7);
  });

  test('I8 a file in a channel that was none for the bot is forgotten, told faults are not', async () => {
    const { prisma } = database();
    const failed = { by: lena, state: 'failed', shape: null, createdAt: ago(3 * day + 1) } as const;
    await addImport(database(), failed);
    const kept = [
      await addImport(database(), { ...failed, createdAt: ago(3 * day - 1) }),
      await addImport(database(), { ...failed, place: 'direct' }),
      await addImport(database(), { ...failed, shape: {} }),
    ];
    await purge();
    expect((await prisma.import.findMany()).map(({ id }) => id).sort()).toEqual(kept.sort());
  });

  const rowsOf = async (of: number[]) => {
    const where = { importId: { in: of } };
    return (
      (await database().prisma.importBlock.count({ where })) +
      (await database().prisma.importChunk.count({ where }))
    );
  };

  /** Rows on their way into the store. */
  const chunk = (importId: number) =>
    database().pool.query(
      'insert into import_chunk (import_id, chunk, piece, position, faults) values ($1, 0, 0, array[0], array[0])',
      [importId],
    );
});
