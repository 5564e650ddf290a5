import type { Readable } from 'node:stream';
import type { FileHeader, FileLimits, FileShape, Inspection, RejectedRow, RowBatch } from './types.ts';

export type * from './types.ts';

/** 200 MiB and 1,000,000 data rows. */
export declare const FILE_LIMITS: FileLimits;

/**
 * Looks at the file at `path` before anything is read from it: what it is, how it is written, what its columns are.
 * Reads it once from end to end, in constant memory. Throws a `Refusal` that names the fault where it cannot be
 * read as rows, is over `limits.bytes`, or has a header that fits no template.
 */
export declare function inspectFile(path: string, limits?: FileLimits): Promise<Inspection>;

/**
 * Reads the data rows, in file order, in batches; memory stays flat and the reader sets the pace. Throws a `Refusal`
 * where the file ends inside a quoted cell (with the row where the quote opens) or has more than `limits.rows` rows.
 */
export declare function readRows(
  path: string,
  shape: FileShape,
  header: FileHeader,
  limits?: FileLimits,
): AsyncIterable<RowBatch>;

/**
 * Writes rejected rows as a file like the one they came from (I7): its encoding, delimiter, line ends and header
 * language, its known columns, and last `Fel` / `Error` with the reason. Correct it and drop it again as it is.
 */
export declare function writeRejected(
  shape: FileShape,
  header: Pick<FileHeader, 'fields' | 'language'>,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Readable;
