import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** What a journal is about, as its owner has it in memory. */
export interface Kept<Entry> {
  /** Takes in what happened. */
  apply(entry: Entry): void;
  /** Entries that lead to what stands now, however much happened on the way there. */
  standing(): Iterable<Entry>;
}

/**
 * What happened, one JSON line each: written before anything is answered, so that a killed process loses nothing that
 * somebody was told. (A power cut may: nothing waits for the disk.) One process writes it.
 *
 * Whenever it has grown to twice what stands, and by `mayGrow` bytes besides, what stands takes its place; a process that
 * is killed meanwhile leaves the one or the other.
 */
export interface Journal<Entry> {
  /** Writes what happened, then applies it. Throws, and applies nothing, where it cannot be written. */
  write(entry: Entry): void;
  close(): void;
}

const NEWLINE = '\n'.charCodeAt(0);

const lineOf = (entry: unknown): string => `${JSON.stringify(entry)}\n`;

/** Opens the journal at `path`, which is made where it is missing, and applies everything in it, oldest first. */
export function openJournal<Entry>(
  path: string,
  { apply, standing }: Kept<Entry>,
  mayGrow = 1024 * 1024,
): Journal<Entry> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path)) {
    dropTornLine(path);
    for (const entry of readLines<Entry>(path)) apply(entry);
  }
  let file = openSync(path, 'a', 0o600);
  /** Whether the last line may have been written in part (no room on the disk). */
  let torn = false;
  let closed = false;
  let size = 0;
  let mostSize = 0;

  function compact(): void {
    const fresh = replace(path, standing());
    if (fresh) {
      closeSync(file);
      ({ file, size } = fresh);
      torn = false;
    }
    mostSize = size * 2 + mayGrow;
  }

  compact();
  return {
    write(entry) {
      if (closed) throw new Error(`${path} is closed`);
      const line = `${torn ? '\n' : ''}${lineOf(entry)}`;
      torn = true;
      appendFileSync(file, line);
      torn = false;
      size += Buffer.byteLength(line);
      apply(entry);
      if (size > mostSize) compact();
    },

    close() {
      if (!closed) closeSync(file);
      closed = true;
    },
  };
}

/** Puts a new file in the place of the one at `path`, and leaves it open. Undefined where the disk does not take it. */
function replace(path: string, entries: Iterable<unknown>): { file: number; size: number } | undefined {
  const fresh = `${path}.new`;
  let file: number | undefined;
  let size = 0;
  try {
    file = openSync(fresh, 'w', 0o600);
    for (const entry of entries) {
      const line = lineOf(entry);
      appendFileSync(file, line);
      size += Buffer.byteLength(line);
    }
    fsyncSync(file);
    renameSync(fresh, path);
    return { file, size };
  } catch (error) {
    if (file !== undefined) {
      closeSync(file);
      rmSync(fresh, { force: true });
    }
    if (!isOfTheSystem(error)) throw error;
    return undefined;
  }
}

const isOfTheSystem = (error: unknown) => error instanceof Error && 'syscall' in error;

function dropTornLine(path: string): void {
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(NEWLINE) + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}

/** A line that cannot be read was never answered: it is left out. */
function readLines<Entry>(path: string): Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Entry];
      } catch {
        return [];
      }
    });
}
