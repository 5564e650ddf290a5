import { refuse } from '../errors.ts';
import { findShape } from './detect.ts';
import { readHeader } from './header.ts';
import { FILE_LIMITS } from './limits.ts';
import { type FileRecord, readRecords } from './read.ts';
import { surveyFile } from './survey.ts';
import type { FileLimits, FileShape, Inspection } from './types.ts';

export { FILE_LIMITS } from './limits.ts';
export { readRows } from './rows.ts';
export type * from './types.ts';
export { writeRejected } from './write.ts';

/**
 * Looks at the file at `path` before its rows are read: what it is, how it is written, what its columns are (I1, I2).
 * Reads it once from end to end, in constant memory. Throws a `Refusal` that names the fault where it cannot be
 * read as rows, is over `limits.bytes`, or has a header that fits no template.
 */
export async function inspectFile(path: string, limits: FileLimits = FILE_LIMITS): Promise<Inspection> {
  const survey = await surveyFile(path, limits.bytes);
  const shape = await findShape(path, survey);
  const first = await firstRecord(path, shape);
  if (!first) throw refuse('file_blank');
  return { shape, header: readHeader(first), bytes: survey.bytes, sha256: survey.sha256 };
}

async function firstRecord(path: string, shape: FileShape): Promise<FileRecord | undefined> {
  for await (const { records } of readRecords(path, shape, 1)) {
    if (records[0]) return records[0];
  }
  return undefined;
}
