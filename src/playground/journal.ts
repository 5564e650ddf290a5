import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * What happened, one JSON line each: written before anything is answered, so that a killed process loses nothing that
 * somebody was told. (A power cut may: nothing waits for the disk.) One process writes it.
 */
export interface Journal<Entry> {
  /** Everything that was written, oldest first. */
  read(): Entry[];
  append(entry: Entry): void;
  /** Puts `entries` in place of everything that was written; a process killed meanwhile leaves the one or the other. */
  compact(entries: Iterable<Entry>): void;
  close(): void;
}

const NEWLINE = '\n'.charCodeAt(0);

/** Opens the journal at `path`, which is made where it is missing. A last line that was cut short is dropped. */
export function openJournal<Entry>(path: string): Journal<Entry> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (existsSync(path)) dropTornLine(path);
  let file = openSync(path, 'a', 0o600);
  /** Whether the last line may have been written in part (no room on the disk). */
  let torn = false;
  let closed = false;

  return {
    read: () => readLines<Entry>(path),

    append(entry) {
      if (closed) throw new Error(`${path} is closed`);
      const line = `${torn ? '\n' : ''}${JSON.stringify(entry)}\n`;
      torn = true;
      appendFileSync(file, line);
      torn = false;
    },

    compact(entries) {
      const fresh = `${path}.new`;
      const written = openSync(fresh, 'w', 0o600);
      for (const entry of entries) writeFileSync(written, `${JSON.stringify(entry)}\n`);
      fsyncSync(written);
      closeSync(written);
      renameSync(fresh, path);
      closeSync(file);
      file = openSync(path, 'a', 0o600);
      torn = false;
    },

    close() {
      if (!closed) closeSync(file);
      closed = true;
    },
  };
}

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
