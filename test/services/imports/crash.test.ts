import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/database/database.ts';
import { countOf, type VerdictCounts } from '../../../src/rules/verdict.ts';
import { childProcesses } from '../../support/children.ts';
import { type EmptyStore, emptyStore, stores } from '../../support/database.ts';
import { until } from '../../support/until.ts';
import { addUser } from '../../support/users.ts';

const children = childProcesses(join(import.meta.dirname, 'child.ts'));
const minutes = 60_000;
const rowsInFile = 8_000;

/** How the import stands, as a child says. */
interface Standing {
  state: string;
  stagedAt: string | null;
  applied: number;
  chunks: number;
  judged: number;
}

/** Moments at which a process is killed, each after the last. Each lasts: none is over before anybody looks. */
const moments: [string, (now: Standing) => boolean][] = [
  ['while the file is read', ({ chunks }) => chunks > 2],
  ['while it is planned', ({ stagedAt, judged }) => stagedAt !== null && judged > 0],
  ['when the first rows are applied', ({ applied }) => applied > 0],
  ['half-way', ({ applied }) => applied >= rowsInFile / 2],
  ['near the end', ({ applied }) => applied >= 0.7 * rowsInFile],
];

describe.each(stores)('importing processes that die (%s)', (kind) => {
  let store: EmptyStore;
  beforeEach(async () => {
    store = await emptyStore(kind);
  });
  afterEach(async () => {
    await children.killAll();
    await store.remove();
  });

  /** Starts a process, and kills it (SIGKILL) as soon as the import stands so, or the undo of it. */
  async function runUntil(
    isSo: (now: Standing) => boolean,
    file: string,
    undo: { UNDO?: '1' } = {},
  ): Promise<Standing> {
    const started = children.start(store, { FILE: file, ...undo });
    const ended = once(started, 'exit');
    const seen: Standing[] = [];
    createInterface({ input: started.stdout }).on('line', (line) => {
      seen.push(JSON.parse(line) as Standing);
      if (isSo(JSON.parse(line) as Standing)) started.kill('SIGKILL');
    });
    await until(() => seen.some(isSo), { what: 'that moment', deadline: minutes, seen: () => seen.at(-1) });
    await ended;
    return seen.at(-1) as Standing;
  }

  /** The store, while no other process has it. */
  async function inStore<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase({ ...store, log: pino({ level: 'silent' }) });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  test(
    'I6 killed at several moments, importing and undoing it: every row has one outcome, none is applied twice',
    async () => {
      await inStore((database) => addUser(database, { userId: '7', connect: '8@company.se' }));
      const rows = Array.from({ length: rowsInFile }, (_, i) => {
        const address = i === 7 ? '7@company.se' : i === 9 ? 'bad' : `${i}@company.se`;
        return [String(i), String(i).padStart(6, '0'), 'X', address];
      });
      const header = ['Användar-id', 'Anställningsnummer', 'Företag', 'E-post Visma Connect'];
      const file = join(store.dataDir, 'dropped.csv');
      await writeFile(file, [header, ...rows].map((cells) => `${cells.join(';')}\r\n`).join(''));

      for (const [, isSo] of moments) await runUntil(isSo, file);
      await runUntil(({ state }) => state === 'done', file);

      await inStore(async ({ prisma }) => {
        const { counts, applied } = await prisma.import.findFirstOrThrow();
        expect(countOf(counts as VerdictCounts, undefined, true)).toBe(rowsInFile);
        expect(counts).toEqual({ c: rowsInFile - 2, f: 1, a: 1, replaces: 1 });
        expect(applied).toBe(rowsInFile);
        expect(await prisma.user.count()).toBe(rowsInFile - 1);
        expect(await prisma.employment.count()).toBe(rowsInFile);
        expect(await prisma.importChunk.count()).toBe(0);
        const blocks = await prisma.importBlock.findMany();
        expect(blocks.map(({ verdicts }) => verdicts.length).reduce((sum, n) => sum + n)).toBe(rowsInFile);
        const saved = blocks.flatMap((block) => block.saved);
        expect(new Set(saved).size).toBe(saved.length);
        expect(saved).toHaveLength(rowsInFile - 1);
        expect(await prisma.liveMessage.count()).toBe(1);
        await prisma.user.update({ where: { userKey: '11' }, data: { connection: 'verified' } });
      });
      expect(await readdir(join(store.dataDir, 'incoming'))).toEqual([]);

      for (const [, isSo] of moments) await runUntil(isSo, file, { UNDO: '1' });
      await runUntil(({ state }) => state === 'done', file, { UNDO: '1' });
      await inStore(async ({ prisma }) => {
        const undo = await prisma.import.findFirstOrThrow({ where: { origin: 'undo' } });
        // What 7 had before was given to 8, and theirs is put back in the same undo.
        expect(undo.counts).toEqual({ u: rowsInFile - 2, b: 1, removed: rowsInFile - 3 });
        expect(undo.applied).toBe(rowsInFile - 1);
        expect(await prisma.import.count()).toBe(2);
        expect(await prisma.importChunk.count()).toBe(0);
        const left = await prisma.user.findMany({ where: { connectAddress: { not: null } } });
        expect(left.map(({ userId, connectAddress }) => `${userId}: ${connectAddress}`).sort()).toEqual([
          '11: 11@company.se',
          '7: 8@company.se',
        ]);
      });
    },
    10 * minutes,
  );
});
