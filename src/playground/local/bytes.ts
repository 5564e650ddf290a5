import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the contents of dropped files lie, by file id. */
export interface Bytes {
  keep(id: string, bytes: Buffer): void;
  /** Throws where there are none. */
  read(id: string): Buffer;
}

export function bytesInMemory(): Bytes {
  const kept = new Map<string, Buffer>();
  return {
    keep: (id, bytes) => kept.set(id, bytes),
    read(id) {
      const bytes = kept.get(id);
      if (!bytes) throw new Error(`The file ${id} was never kept`);
      return bytes;
    },
  };
}

/** One file each, in a folder that is made where it is missing. */
export function bytesInFolder(folder: string): Bytes {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    keep: (id, bytes) => writeFileSync(join(folder, id), bytes, { mode: 0o600 }),
    read: (id) => readFileSync(join(folder, id)),
  };
}
