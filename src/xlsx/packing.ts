import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

const encoder = new TextEncoder();
/** A zip has a moment for each member; a fixed one gives the same bytes each time. */
const mtime = new Date(2000, 0, 1);

/** A file that goes into a zip piece by piece. */
interface Member {
  push(bytes: Uint8Array, isLast?: boolean): void;
}

/** A zip that is handed on while it is made. */
export class Packing {
  #ready: Uint8Array[] = [];
  readonly #zip = new Zip((error, bytes) => {
    if (error) throw error;
    this.#ready.push(bytes);
  });

  /** A member that is pushed piece by piece; `packed` already, so it is not packed again. */
  begin(name: string, packed = false): Member {
    const member = packed ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    member.mtime = mtime;
    this.#zip.add(member);
    return member;
  }

  add(name: string, text: string): void {
    this.begin(name).push(encoder.encode(text), true);
  }

  end(): void {
    this.#zip.end();
  }

  take(): Uint8Array[] {
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}

/** A file of a zip. */
export interface Packed {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Files that are packed already, such as workbooks, as one zip; each is read to its end before the next. */
export async function* zipOf(files: AsyncIterable<Packed>): AsyncGenerator<Uint8Array, void, undefined> {
  const zip = new Packing();
  for await (const { name, bytes } of files) {
    const member = zip.begin(name, true);
    for await (const piece of bytes) {
      member.push(piece);
      yield* zip.take();
    }
    member.push(new Uint8Array(), true);
  }
  zip.end();
  yield* zip.take();
}
