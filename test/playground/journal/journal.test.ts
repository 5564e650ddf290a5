import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../../src/playground/journal.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(folder, 'deep', 'slack.jsonl');
});

afterEach(() => rm(folder, { recursive: true }));

interface Entry {
  n: number;
  text: string;
}

const entry = (n: number, length = n): Entry => ({ n, text: `åäö\n"${'x'.repeat(length)}"` });
const entries = [1, 2, 3].map((n) => entry(n));

/** A journal of which the last entry of each number stands. */
function open(mayGrow?: number) {
  const last = new Map<number, Entry>();
  const kept = { apply: (one: Entry) => void last.set(one.n, one), standing: () => last.values() };
  const journal = openJournal<Entry>(path, kept, mayGrow);
  return { ...journal, now: () => [...last.values()] };
}

function written(): void {
  const journal = open();
  for (const one of entries) journal.write(one);
  journal.close();
}

/** What is read of the journal as it lies there. */
function read(): Entry[] {
  const journal = open();
  journal.close();
  return journal.now();
}

test('what was written is read again, oldest first, by nobody but its owner', () => {
  written();
  expect(read()).toEqual(entries);
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('wherever a process was killed while it wrote, every whole line is there, and writing goes on', () => {
  written();
  const whole = readFileSync(path);
  for (let length = 0; length < whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    const lines = whole.subarray(0, length).toString('latin1').split('\n').length - 1;
    const journal = open();
    expect(journal.now()).toEqual(entries.slice(0, lines));
    journal.write(entry(9));
    journal.close();
    expect(read()).toEqual([...entries.slice(0, lines), entry(9)]);
  }
});

test('a line that cannot be read is left out', () => {
  written();
  appendFileSync(path, '{"n":4,\u0000\n');
  appendFileSync(path, `${JSON.stringify(entry(5))}\n`);
  expect(read()).toEqual([...entries, entry(5)]);
});

test('a closed journal takes nothing', () => {
  const journal = open();
  journal.close();
  journal.close();
  expect(() => journal.write(entry(1))).toThrow('is closed');
  expect(read()).toEqual([]);
});

test('however often things change, the file stays within twice what stands and what it may grow by', () => {
  const journal = open(10_000);
  const stands = 20 * (JSON.stringify(entry(1, 500)).length + 10);
  for (let turn = 0; turn < 2_000; turn++) {
    journal.write(entry(turn % 20, 500));
    expect(statSync(path).size).toBeLessThan(2 * stands + 10_000);
  }
  journal.close();
  expect(read().map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

test('a disk that takes no second file is written on, until it does', () => {
  mkdirSync(join(`${path}.new`, 'in the way'), { recursive: true });
  const journal = open(0);
  for (let turn = 0; turn < 100; turn++) journal.write(entry(1));
  journal.close();
  expect(read()).toEqual([entry(1)]);
});

const child = fileURLToPath(new URL('./child.ts', import.meta.url));
const typescript = fileURLToPath(new URL('../../../scripts/typescript.mjs', import.meta.url));

/** Runs child.ts until it has killed itself; gives the numbers that it said were written. */
async function killed(dieAt: number): Promise<number[]> {
  const env = { PATH: process.env.PATH, JOURNAL: path, DIE_AT: String(dieAt) };
  const run = spawn(process.execPath, ['--import', typescript, child], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [, signal]] = await Promise.all([text(run.stdout), once(run, 'exit')]);
  expect(signal).toBe('SIGKILL');
  return said.split('\n').filter(Boolean).map(Number);
}

test.each([0, 1, 7])('a process that is killed %i entries into the new file loses nothing', async (dieAt) => {
  const said = await killed(dieAt);
  expect(existsSync(`${path}.new`)).toBe(true);
  const found: number[] = [];
  const kept = { apply: (number: number) => found.push(number), standing: () => found };
  openJournal<number>(path, kept).close();
  expect(found.slice(0, said.length)).toEqual(said);
  expect(found.length - said.length).toBeLessThanOrEqual(1);
  expect(existsSync(`${path}.new`)).toBe(false);
});
