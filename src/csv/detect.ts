import { refuse } from '../errors.ts';
import { decodeHead, findEncoding } from './encoding.ts';
import { faultOfKind, faultOfText } from './faults.ts';
import { type FileRecord, type Layout, readRecords } from './read.ts';
import type { Survey } from './survey.ts';
import type { Delimiter, FileShape, LineEnd } from './types.ts';

const delimiters: readonly Delimiter[] = ['\t', ';', ','];
const lineEnds: readonly LineEnd[] = ['\r\n', '\n', '\r'];
/** How many rows the delimiters are tried on. */
const rowsTried = 50;

/**
 * Finds how the file at `path` is written (I1), from what one pass over its bytes told.
 * Throws where it is something else than a table in text, or names a delimiter that is not read.
 */
export async function findShape(path: string, survey: Survey): Promise<FileShape> {
  const kind = faultOfKind(survey);
  if (kind) throw kind;
  const { encoding, bom } = findEncoding(survey);
  const text = decodeHead(survey.head, encoding);
  const fault = faultOfText(text);
  if (fault) throw fault;
  const named = namedDelimiter(text);
  const delimiter = named ?? (await findDelimiter(path, { encoding, bom }));
  return { encoding, bom, delimiter, lineEnd: findLineEnd(text), sepLine: named !== undefined };
}

/** The delimiter that a first line `sep=;` names (perhaps quoted, or with delimiters after it, where it was saved again). */
function namedDelimiter(text: string): Delimiter | undefined {
  const found = /^\s*"?sep=([^"\r\n])"?[;,\t]*(?:[\r\n]|$)/i.exec(text)?.[1];
  if (found === undefined) return undefined;
  const known = delimiters.find((delimiter) => delimiter === found);
  if (!known) throw refuse('file_delimiter', { found });
  return known;
}

/** The delimiter that gives the first rows most evenly as many cells as the very first; where equal, most cells. */
async function findDelimiter(path: string, layout: Pick<Layout, 'encoding' | 'bom'>): Promise<Delimiter> {
  let best: { delimiter: Delimiter; even: number; width: number } | undefined;
  for (const delimiter of delimiters) {
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
async function firstRecords(path: string, layout: Layout, count: number): Promise<readonly FileRecord[]> {
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
