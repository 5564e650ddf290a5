import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { onTestFinished } from 'vitest';
import {
  type Encoding,
  type FileLimits,
  type FileRow,
  type FileShape,
  type Inspection,
  inspectFile,
  isWorkbook,
  type RejectedRow,
  readRows,
  requireRowLimit,
  type TextShape,
  writeRejected,
} from '../../src/csv/index.ts';
import type { WrittenHeader } from '../../src/csv/write.ts';
import { Refusal } from '../../src/errors.ts';

let folder: string | undefined;
let files = 0;

/** The folder of the test that runs. */
function ownFolder(): string {
  if (folder) return folder;
  const made = mkdtempSync(join(realpathSync(tmpdir()), 'vc-bot-csv-'));
  onTestFinished(() => {
    folder = undefined;
    rmSync(made, { recursive: true });
  });
  folder = made;
  return made;
}

/** A file on disk with these bytes, or this text in an encoding, for as long as the test runs; its path. */
export function drop(content: string | Uint8Array, encoding: Encoding = 'UTF-8', addBOM = false): string {
  const path = join(ownFolder(), `${++files}.csv`);
  writeFileSync(path, typeof content === 'string' ? iconv.encode(content, encoding, { addBOM }) : content);
  return path;
}

/** Everything that reading a file gives. */
export interface Reading extends Omit<Inspection, 'shape'> {
  shape: TextShape;
  rows: FileRow[];
  emptyRows: number;
}

/** Inspects and reads a whole file. */
export async function read(path: string, limits?: FileLimits): Promise<Reading> {
  const inspection = await inspectFile(path, limits);
  await requireRowLimit(path, inspection, limits);
  const rows: FileRow[] = [];
  let emptyRows = 0;
  for await (const batch of readRows(path, inspection.shape, inspection.header)) {
    rows.push(...batch.rows);
    emptyRows += batch.emptyRows;
  }
  const { shape } = inspection;
  if (isWorkbook(shape)) throw new Error('the file is a workbook');
  return { ...inspection, shape, rows, emptyRows };
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
  header: WrittenHeader,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of writeRejected(shape, header, rows)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
