import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../errors.ts';
import { WORKBOOK_LIMITS } from './limits.ts';
import type { SheetRow } from './sheet.ts';

/*
 * A sheet's rows laid out as lines of JSON, so that they are taken out of the workbook once however often they are read.
 */

/** How much is written at a time, in characters, give or take a row. */
const writtenAtOnce = 256 * 1024;

/** Writes rows to `path`, and answers how many there are. Throws `workbook_too_large`. */
export async function writeTable(path: string, batches: AsyncIterable<SheetRow[]>): Promise<number> {
  let count = 0;
  let bytes = 0;
  function counted(text: string): string {
    bytes += Buffer.byteLength(text);
    if (bytes > WORKBOOK_LIMITS.tableBytes) throw refuse('workbook_too_large');
    return text;
  }
  async function* lines(): AsyncGenerator<string, void, undefined> {
    let text = '';
    for await (const rows of batches) {
      count += rows.length;
      for (const row of rows) {
        text += lineOf(row);
        if (text.length < writtenAtOnce) continue;
        yield counted(text);
        text = '';
      }
    }
    yield counted(text);
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  return count;
}

/** Reads them again, in order. */
export async function* readTable(path: string): AsyncGenerator<SheetRow, void, undefined> {
  const file = createReadStream(path);
  try {
    for await (const line of createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [row, cells, marks = []] = JSON.parse(line) as Line;
      yield { row, cells, marks };
    }
  } finally {
    file.destroy();
  }
}

type Line = [row: number, cells: string[], marks?: SheetRow['marks']];

function lineOf({ row, cells, marks }: SheetRow): string {
  const line: Line = marks.length > 0 ? [row, cells, marks] : [row, cells];
  // A reader of lines would also end one at these two.
  return `${JSON.stringify(line).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}
