import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal, refuse } from '../errors.ts';
import { layOut, type Workbook } from '../xlsx/index.ts';
import { readHeader } from './header.ts';
import { HEAD_BYTES, SAMPLE_BYTES } from './limits.ts';
import type { FileRecord } from './read.ts';

/**
 * What one pass over a file's bytes tells. `head` is its beginning; `beyondAscii` starts just before the
 * first byte that is not ASCII, with the word that it stands in (empty where all are); `validUtf8` holds for the whole file.
 * `lines`: as many as line ends allow, whatever stands in quotes. `workbook`: it is one, and its rows are laid out beside it.
 */
export interface Survey {
  readonly bytes: number;
  readonly sha256: string;
  readonly head: Buffer;
  readonly beyondAscii: Buffer;
  readonly validUtf8: boolean;
  readonly lines: number;
  readonly workbook?: Workbook;
}

/** How a file is surveyed: which sheet of a workbook is asked for, if one is, and what ends it. */
export interface Surveying {
  readonly sheet?: string | undefined;
  readonly signal?: AbortSignal;
}

/**
 * Reads the file once, in constant memory. Throws where it is empty, larger than `maxBytes`, or a workbook that cannot be read;
 * and once `signal` aborts.
 */
export async function surveyFile(
  path: string,
  maxBytes: number,
  { sheet: asked, signal = new AbortController().signal }: Surveying = {},
): Promise<Survey> {
  const survey = await surveyBytes(path, maxBytes, signal);
  const workbook = await layOut(path, survey.head, { asked, fits }, signal);
  return workbook ? { ...survey, workbook, lines: workbook.rows } : survey;
}

/** Whether a sheet's first row is a header that the built-in templates take. */
function fits(first: FileRecord): boolean {
  try {
    return readHeader(first).fits.length > 0;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function surveyBytes(path: string, maxBytes: number, signal: AbortSignal): Promise<Survey> {
  const { size } = await stat(path);
  if (size === 0) throw refuse('file_empty');
  if (size > maxBytes) throw refuse('file_too_big', { limit: maxBytes });

  const hash = createHash('sha256');
  const head = new Beginning(HEAD_BYTES);
  const beyondAscii = new Beginning(SAMPLE_BYTES);
  const utf8 = new Utf8Check();
  const lines = new LineCount();
  let bytes = 0;
  const file = createReadStream(path, { highWaterMark: HEAD_BYTES, signal });
  for await (const chunk of file as AsyncIterable<Buffer>) {
    hash.update(chunk);
    head.add(chunk);
    beyondAscii.add(beyondAscii.started ? chunk : chunk.subarray(wordBeyondAscii(chunk)));
    utf8.add(chunk);
    lines.add(chunk);
    bytes += chunk.length;
  }
  return {
    bytes,
    sha256: hash.digest('hex'),
    head: head.take(),
    beyondAscii: beyondAscii.take(),
    validUtf8: utf8.holds(),
    lines: lines.atMost(),
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

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Counts line ends of every kind, CRLF as one, byte by byte: in UTF-16 that may be too many, never too few. */
class LineCount {
  #ends = 0;
  #last = 0;

  add(chunk: Buffer): void {
    let last = this.#last;
    for (const byte of chunk) {
      if (byte === carriageReturn || (byte === lineFeed && last !== carriageReturn)) this.#ends++;
      last = byte;
    }
    this.#last = last;
  }

  atMost(): number {
    return this.#ends + 1;
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
