import { refuse } from '../errors.ts';
import type { ImportTemplate } from '../rules/templates.ts';
import { findShape } from './detect.ts';
import { readHeader, readHeaderFor } from './header.ts';
import { FILE_LIMITS } from './limits.ts';
import { placeColumns } from './position.ts';
import { type FileRecord, readRecords } from './read.ts';
import { type Survey, surveyFile } from './survey.ts';
import { type FileHeader, type FileLimits, type FileShape, type Inspection, isWorkbook } from './types.ts';

export { besides, requireSheet, zipOf } from '../xlsx/index.ts';
export { FILE_LIMITS } from './limits.ts';
export { readRows, requireRowLimit } from './rows.ts';
export { type Survey, surveyFile } from './survey.ts';
export * from './types.ts';
export { writeRejected, writeRows, writeRowsInWorkbook } from './write.ts';

/**
 * Looks at the file at `path` before its rows are read: what it is, how it is written, what its columns are (I1, I2).
 * Reads it once from end to end, in constant memory. Throws a `Refusal` that names the fault where it cannot be
 * read as rows, is over `limits.bytes`, or has a header that fits no template.
 */
export async function inspectFile(path: string, limits: FileLimits = FILE_LIMITS): Promise<Inspection> {
  return inspect(path, await surveyFile(path, limits.bytes));
}

/** As `inspectFile`, of a file that was read through before; as `template` says, where there is one, and else as it looks. */
export async function inspect(path: string, survey: Survey, template?: ImportTemplate): Promise<Inspection> {
  const shape = await findShape(path, survey, template);
  const first = await firstRecord(path, shape);
  if (!first && isWorkbook(shape)) throw refuse('workbook_sheet_blank', { sheet: shape.sheet });
  if (!first) throw refuse('file_blank');
  const { bytes, sha256, lines } = survey;
  return { shape, header: headerOf(first, template), bytes, sha256, lines };
}

function headerOf(first: FileRecord, template: ImportTemplate | undefined): FileHeader {
  if (!template || template.further) return readHeader(first);
  return template.byHeader ? readHeaderFor(template, first) : placeColumns(template, first);
}

async function firstRecord(path: string, shape: FileShape): Promise<FileRecord | undefined> {
  for await (const { records } of readRecords(path, shape, 1)) {
    if (records[0]) return records[0];
  }
  return undefined;
}
