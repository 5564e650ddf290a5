import { type Duplex, pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import iconv from 'iconv-lite';
import { faultColumn, fieldNames } from '../rules/fields.ts';
import { guard } from './cell.ts';
import type { Encoding, FileHeader, FileShape, RejectedRow } from './types.ts';

/**
 * Writes rejected rows as a file like the one they came from (I7): its encoding, delimiter, line ends and header
 * language, its known columns, and last `Fel` / `Error` with the reason. Correct it and drop it again as it is: every
 * value comes back as it was, and none runs as a formula on the way (see cell.ts).
 *
 * The values are expected to come from that same file: then its encoding has every character of them. A reason may
 * have others ("”" in IBM437); they are written with what the encoding has.
 */
export function writeRejected(
  shape: FileShape,
  header: Pick<FileHeader, 'fields' | 'language'>,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Readable {
  const encoder = iconv.encodeStream(shape.encoding, { addBOM: shape.bom }) as Duplex;
  if (shape.sepLine) encoder.write(`sep=${shape.delimiter}${shape.lineEnd}`);
  const table = stringify({ delimiter: shape.delimiter, record_delimiter: shape.lineEnd }).setEncoding(
    'utf8',
  );
  const done = () => {}; // what goes wrong on the way reaches the encoder, and so whoever reads it
  pipeline(Readable.from(cellsOf(shape, header, rows)), table, encoder, done);
  return encoder;
}

async function* cellsOf(
  { encoding }: FileShape,
  { fields, language }: Pick<FileHeader, 'fields' | 'language'>,
  rows: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): AsyncGenerator<string[], void, undefined> {
  yield [...fields.map((field) => fieldNames[field][language]), faultColumn[language]];
  for await (const { values, reason } of rows) {
    yield [...fields.map((field) => guard(values[field] ?? '')), guard(carried(reason, encoding))];
  }
}

const plainer: Readonly<Record<string, string>> = {
  '”': '"',
  '“': '"',
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
};

/** The text with what the encoding has: signs made plainer, letters without their accents, `?` for what is left. */
function carried(text: string, encoding: Encoding): string {
  const fits = (part: string) => iconv.decode(iconv.encode(part, encoding), encoding) === part;
  if (fits(text)) return text;
  const simpler = (sign: string) => plainer[sign] ?? sign.normalize('NFD').charAt(0);
  return Array.from(text, (sign) => (fits(sign) ? sign : simpler(sign))).join('');
}
