import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll } from 'vitest';
import {
  type Encoding,
  type FileHeader,
  type FileLimits,
  type FileRow,
  type FileShape,
  type Inspection,
  inspectFile,
  type RejectedRow,
  readRows,
  writeRejected,
} from '../../src/csv/index.ts';
import { Refusal } from '../../src/errors.ts';

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'vc-bot-csv-'));
let files = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file on disk with these bytes, or this text in an encoding; its path. */
export function drop(content: string | Uint8Array, encoding: Encoding = 'UTF-8', addBOM = false): string {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, typeof content === 'string' ? iconv.encode(content, encoding, { addBOM }) : content);
  return path;
}

/** Everything that reading a file gives. */
export interface Reading extends Inspection {
  rows: FileRow[];
  emptyRows: number;
}

/** Inspects and reads a whole file. */
export async function read(path: string, limits?: FileLimits): Promise<Reading> {
  const inspection = await inspectFile(path, limits);
  const rows: FileRow[] = [];
  let emptyRows = 0;
  for await (const batch of readRows(path, inspection.shape, inspection.header, limits)) {
    rows.push(...batch.rows);
    emptyRows += batch.emptyRows;
  }
  return { ...inspection, rows, emptyRows };
}

/** The refusal that reading a file ends in; anything else, also reading well, is a failure. */
export async function refusal(path: string, limits?: FileLimits): Promise<Refusal> {
  const outcome: unknown = await read(path, limits).catch((error: unknown) => error);
  if (outcome instanceof Refusal) return outcome;
  throw outcome instanceof Error ? outcome : new Error('the file was read');
}

/** The bytes of the rejected rows' file. */
export async function written(
  shape: FileShape,
  header: Pick<FileHeader, 'fields' | 'language'>,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of writeRejected(shape, header, rows)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
