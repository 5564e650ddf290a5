import { refuse } from '../errors.ts';
import { foundDelimiters } from '../rules/delimiters.ts';
import type { ImportTemplate } from '../rules/templates.ts';
import type { Workbook } from '../xlsx/index.ts';
import { decodeHead, findEncoding, givenEncoding } from './encoding.ts';
import { faultOfKind, faultOfText } from './faults.ts';
import { type FileRecord, readRecords, type TextLayout } from './read.ts';
import type { Survey } from './survey.ts';
import type { FileShape, LineEnd, WorkbookShape } from './types.ts';

const lineEnds: readonly LineEnd[] = ['\r\n', '\n', '\r'];
/** How many rows the delimiters are tried on. */
const rowsTried = 50;

/** What a template can say of how a file is written. */
export type Said = Pick<ImportTemplate, 'delimiter' | 'encoding' | 'skipRows'>;

/**
 * Finds how the file at `path` is written (I1), from what one pass over its bytes told; what a template says is so.
 * Throws where it is something else than a table in text, or names a delimiter that is not read.
 */
export async function findShape(path: string, survey: Survey, said?: Said): Promise<FileShape> {
  const skipped = said && said.skipRows > 0 ? { skipRows: said.skipRows } : {};
  if (survey.workbook) return { ...sheetOf(survey.workbook), ...skipped };
  const kind = faultOfKind(survey);
  if (kind) throw kind;
  const { encoding, bom } = said?.encoding ? givenEncoding(survey, said.encoding) : findEncoding(survey);
  const text = decodeHead(survey.head, encoding);
  const fault = faultOfText(text);
  if (fault) throw fault;
  const named = namedDelimiter(text, said?.delimiter);
  const layout = { encoding, bom, ...skipped };
  const delimiter = named ?? said?.delimiter ?? (await findDelimiter(path, layout));
  return { ...layout, delimiter, lineEnd: findLineEnd(text), sepLine: named !== undefined };
}

/** What of a workbook goes on being said of it: delimiter and encoding say nothing there. */
function sheetOf({ rows: _, ...shape }: Workbook): WorkbookShape {
  return shape;
}

/**
 * The delimiter that a first line `sep=;` names (perhaps quoted, or with delimiters after it, where it was saved again). Where
 * the delimiter is `given`, a line that names another one is no such line.
 */
function namedDelimiter(text: string, given: string | null | undefined): string | undefined {
  const found = /^\s*"?sep=([^"\r\n])"?[;,\t]*(?:[\r\n]|$)/i.exec(text)?.[1];
  if (found === undefined) return undefined;
  if (given) return found === given ? found : undefined;
  const known = foundDelimiters.find((delimiter) => delimiter === found);
  if (!known) throw refuse('file_delimiter', { found });
  return known;
}

/** The delimiter that gives the first rows most evenly as many cells as the very first; where equal, most cells. */
async function findDelimiter(
  path: string,
  layout: Omit<TextLayout, 'delimiter' | 'sepLine'>,
): Promise<string> {
  let best: { delimiter: string; even: number; width: number } | undefined;
  for (const delimiter of foundDelimiters) {
    const records = await firstRecords(path, { ...layout, delimiter, sepLine: false }, rowsTried);
    const width = records[0]?.cells.length ?? 0;
    if (width < 2) continue;
    const even = records.filter(({ cells }) => cells.length === width).length / records.length;
    if (!best || even > best.even || (even === best.even && width > best.width))
      best = { delimiter, even, width };
  }
  return best?.delimiter ?? ';';
}

/** The first rows that hold something, as many as can be read. */
async function firstRecords(path: string, layout: TextLayout, count: number): Promise<readonly FileRecord[]> {
  try {
    for await (const { records } of readRecords(path, layout, count)) return records;
  } catch {
    // With the wrong delimiter a quote may seem never to close; the right one is read again, and tells of it then.
  }
  return [];
}

/** The line end that most rows have, line breaks inside quotes not counted. */
function findLineEnd(text: string): LineEnd {
  const counts = { '\r\n': 0, '\n': 0, '\r': 0 };
  for (const [end] of text.replace(/"[^"]*"/g, '').matchAll(/\r\n|\n|\r/g)) counts[end as LineEnd]++;
  return lineEnds.reduce((most, end) => (counts[end] > counts[most] ? end : most));
}
