import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../src/playground/journal.ts';

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

const entry = (n: number): Entry => ({ n, text: `åäö\n"${'x'.repeat(n)}"` });
const entries = [1, 2, 3].map(entry);

function written(): void {
  const journal = openJournal<Entry>(path);
  for (const one of entries) journal.append(one);
  journal.close();
}

/** What is read of the journal as it lies there. */
function read(): Entry[] {
  const journal = openJournal<Entry>(path);
  try {
    return journal.read();
  } finally {
    journal.close();
  }
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
    const journal = openJournal<Entry>(path);
    expect(journal.read()).toEqual(entries.slice(0, lines));
    journal.append(entry(9));
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

test('a compacted journal holds what it was given, and what came after', () => {
  const journal = openJournal<Entry>(path);
  for (const one of entries) journal.append(one);
  journal.compact([entry(7)]);
  journal.append(entry(8));
  journal.close();
  expect(read()).toEqual([entry(7), entry(8)]);
});

test('a process that was killed while it compacted leaves everything', () => {
  written();
  writeFileSync(`${path}.new`, JSON.stringify(entry(7)).slice(0, 5));
  expect(read()).toEqual(entries);
  const journal = openJournal<Entry>(path);
  journal.compact(entries.slice(1));
  journal.close();
  expect(read()).toEqual(entries.slice(1));
});

test('a closed journal takes nothing', () => {
  const journal = openJournal<Entry>(path);
  journal.close();
  journal.close();
  expect(() => journal.append(entry(1))).toThrow('is closed');
  expect(read()).toEqual([]);
});
