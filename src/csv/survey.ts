import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { refuse } from '../errors.ts';
import { HEAD_BYTES, SAMPLE_BYTES } from './limits.ts';

/**
 * What one pass over a file's bytes tells. `head` is its beginning; `beyondAscii` starts just before the
 * first byte that is not ASCII, with the word that it stands in (empty where all are); `validUtf8` holds for the whole file.
 */
export interface Survey {
  readonly bytes: number;
  readonly sha256: string;
  readonly head: Buffer;
  readonly beyondAscii: Buffer;
  readonly validUtf8: boolean;
}

/** Reads the file once, in constant memory. Throws where it is empty or larger than `maxBytes`. */
export async function surveyFile(path: string, maxBytes: number): Promise<Survey> {
  const { size } = await stat(path);
  if (size === 0) throw refuse('file_empty');
  if (size > maxBytes) throw refuse('file_too_big', { mebibytes: Math.floor(maxBytes / 1024 ** 2) });

  const hash = createHash('sha256');
  const head = new Beginning(HEAD_BYTES);
  const beyondAscii = new Beginning(SAMPLE_BYTES);
  const utf8 = new Utf8Check();
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: HEAD_BYTES }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    head.add(chunk);
    beyondAscii.add(beyondAscii.started ? chunk : chunk.subarray(wordBeyondAscii(chunk)));
    utf8.add(chunk);
    bytes += chunk.length;
  }
  return {
    bytes,
    sha256: hash.digest('hex'),
    head: head.take(),
    beyondAscii: beyondAscii.take(),
    validUtf8: utf8.holds(),
  };
}

/** Keeps the first `most` bytes of what it is given. */
class Beginning {
  readonly #most: number;
  readonly #parts: Buffer[] = [];
  #length = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get started(): boolean {
    return this.#length > 0;
  }

  add(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#most - this.#length);
    if (part.length === 0) return;
    this.#parts.push(Buffer.from(part));
    this.#length += part.length;
  }

  take(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Whether the chunks together are UTF-8. A last character cut in half does not count against a file that has whole ones. */
class Utf8Check {
  #decoder = new TextDecoder('utf-8', { fatal: true });
  #valid = true;
  #whole = false;

  add(chunk: Buffer): void {
    if (!this.#valid) return;
    try {
      const text = this.#decoder.decode(chunk, { stream: true });
      this.#whole ||= /[\u0080-\uffff]/.test(text);
    } catch {
      this.#valid = false;
    }
  }

  holds(): boolean {
    if (!this.#valid) return false;
    try {
      this.#decoder.decode();
      return true;
    } catch {
      return this.#whole;
    }
  }
}

function wordBeyondAscii(chunk: Buffer): number {
  if (isAscii(chunk)) return chunk.length;
  let at = 0;
  while ((chunk[at] ?? 0x80) < 0x80) at++;
  return Math.max(0, at - 32);
}
