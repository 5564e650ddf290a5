import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { refuse } from '../errors.ts';
import { WORKBOOK_LIMITS } from './limits.ts';

/** A zip on disk, whose members are read one by one. */
export interface Archive {
  /** The members' names, as they are written there. */
  readonly names: readonly string[];
  /** A member's name as it is written, from one that another part says, without regard to case or a leading slash. */
  find(name: string): string | undefined;
  /** A member's bytes. Throws `workbook_broken`, `workbook_protected`, and `workbook_too_large` beyond `limit` bytes, or where too much is unpacked in all. */
  read(name: string, limit: number): AsyncGenerator<Buffer, void, undefined>;
  close(): void;
}

/** Opens a zip. Throws `workbook_broken` where it is cut or damaged, `workbook_too_large` where it has too many members. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await orBroken(
    openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false }),
  );
  try {
    return archiveOf(zip, await entriesOf(zip));
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** As the archive, but reading a member throws once `signal` aborts. */
export function abortable(archive: Archive, signal: AbortSignal): Archive {
  return {
    ...archive,
    async *read(name, limit) {
      for await (const piece of archive.read(name, limit)) {
        signal.throwIfAborted();
        yield piece;
      }
    },
  };
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > WORKBOOK_LIMITS.entries) throw refuse('workbook_too_large');
  const entries: Entry[] = [];
  const all = zip.eachEntry();
  for (;;) {
    const next = await orBroken(all.next());
    if (next.done) return entries;
    entries.push(next.value);
  }
}

function archiveOf(zip: ZipFile, entries: readonly Entry[]): Archive {
  let total = 0;
  const byName = new Map(entries.map((entry) => [keyOf(entry.fileName), entry]));
  return {
    names: entries.map(({ fileName }) => fileName),
    find: (name) => byName.get(keyOf(name))?.fileName,
    async *read(name, limit) {
      const entry = byName.get(keyOf(name));
      if (!entry) throw refuse('workbook_broken');
      if (entry.isEncrypted()) throw refuse('workbook_protected');
      if (entry.uncompressedSize > limit) throw refuse('workbook_too_large');
      for await (const piece of bytesOf(zip, entry)) {
        total += piece.length;
        if (total > WORKBOOK_LIMITS.totalBytes) throw refuse('workbook_too_large');
        yield piece;
      }
    },
    close: () => zip.close(),
  };
}

/** yauzl lets no more bytes through than the entry says. */
async function* bytesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, undefined> {
  const stream = await orBroken(zip.openReadStreamPromise(entry));
  const pieces = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let sum = 0;
  try {
    for (;;) {
      const next = await orBroken(pieces.next());
      if (next.done) break;
      sum = crc32(next.value, sum);
      yield next.value;
    }
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32) throw refuse('workbook_broken');
}

const keyOf = (name: string): string => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();

/** Whatever goes wrong while a zip is read, but for the disk, is the zip's fault. */
async function orBroken<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw isOfDisk(error) ? error : refuse('workbook_broken');
  }
}

const isOfDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
