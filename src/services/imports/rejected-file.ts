import type { Readable } from 'node:stream';
import { writeRejected } from '../../csv/index.ts';
import { type FileShape, isWorkbook } from '../../csv/types.ts';
import type { Language, Text } from '../../rules/language.ts';
import { noteText, rejectionTexts } from '../../rules/row-notes.ts';
import type { RejectedRows } from './log.ts';

/** I7: the rejected rows in the file's own format, to be corrected and dropped again. */
export interface RejectedFile {
  name: string;
  /** How many rows it has below its header. */
  count: number;
  /** Its bytes, written anew each time while they are read. */
  bytes(): Readable;
}

/** The rejected rows as a file whose last column says why, in a language. */
export function rejectedFile(
  { fileName, shape, header, several, count, rows }: RejectedRows,
  language: Language,
): RejectedFile {
  return {
    name: nameOf(several ? together[language] : fileName, shape, language),
    count,
    bytes: () =>
      writeRejected(
        shapeFor(shape, several, language),
        { ...header, several },
        withReasons(rows(), language),
      ),
  };
}

/**
 * Without its mark Excel reads UTF-8 as Windows-1252. Several files may have had several encodings, which that one holds all; and
 * the sheet of one of them is not that of the others.
 */
function shapeFor(shape: FileShape, several: boolean, language: Language): FileShape {
  if (isWorkbook(shape)) return several ? { ...shape, sheet: sheetName[language] } : shape;
  return several || shape.encoding === 'UTF-8' ? { ...shape, encoding: 'UTF-8', bom: true } : shape;
}

const sheetName: Text = { sv: 'Avvisade', en: 'Rejected' };

/** What the rows of several files are called. */
const together: Text = { sv: 'avdelningar', en: 'departments' };

function nameOf(fileName: string, shape: FileShape, language: Language): string {
  const [, stem = fileName, said = 'csv'] = /^(.*)\.(csv|tsv|txt|xlsx|xlsm|xltx|xls)$/i.exec(fileName) ?? [];
  const extension = isWorkbook(shape) ? 'xlsx' : /^xl/i.test(said) ? 'csv' : said;
  return `${stem}-${language === 'sv' ? 'avvisade' : 'rejected'}.${extension}`;
}

async function* withReasons(rows: ReturnType<RejectedRows['rows']>, language: Language) {
  for await (const { place, values, reason, hints, notes } of rows) {
    const texts = [
      ...rejectionTexts(reason, hints, values),
      ...notes.flatMap((note) => noteText(note, undefined) ?? []),
    ];
    yield { file: place.file, values, reason: texts.map((text) => text[language]).join(' ') };
  }
}
