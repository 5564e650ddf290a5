/** A file for one person. */
export interface Handout {
  name: string;
  /** In bytes. */
  size: number;
  /** What it is, and what to do with it. */
  about: string;
  /** Its bytes, from the first on each time. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** A file as a command hands it over. */
export interface MadeFile extends Handout {
  /** The command line that makes it again, without the leading "/vc". */
  line: string;
}

/** A file once its line is in the store. */
export interface OfferedFile extends Handout {
  id: string;
}

/** How many bytes there are, without keeping them. */
export async function countBytes(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const piece of bytes) size += piece.byteLength;
  return size;
}

/** The bytes of a file. Throws where there are not as many as it says: what it is made of has changed since. */
export async function* bytesOf({
  size,
  bytes,
}: Pick<Handout, 'size' | 'bytes'>): AsyncGenerator<Uint8Array, void, undefined> {
  let left = size;
  for await (const piece of bytes()) {
    left -= piece.byteLength;
    if (left < 0) break;
    yield piece;
  }
  if (left !== 0) throw new Error('A file has another size than it was offered with');
}
