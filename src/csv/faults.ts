import { type Refusal, refuse } from '../errors.ts';
import type { Survey } from './survey.ts';

const pdf = Buffer.from('%PDF-', 'latin1');

/** Excel's own dialects of HTML and XML, which some systems save as .xls or .csv. */
const officeMarkup = /urn:schemas-microsoft-com:office:(excel|spreadsheet)/i;
const markup = /^\s*<(!doctype\s+html|!--|html|head|body|meta|script|table|\?xml)\b/i;

/** The refusal for a file that is something else than a table in text, by how it begins; undefined where it may be one. */
export function faultOfKind({ head }: Pick<Survey, 'head'>): Refusal | undefined {
  return head.subarray(0, pdf.length).equals(pdf) ? refuse('file_pdf') : undefined;
}

/** The refusal for decoded text (the file's beginning) that is no table: a web page, or not text at all. */
export function faultOfText(text: string): Refusal | undefined {
  if (markup.test(text)) return refuse(officeMarkup.test(text) ? 'file_spreadsheet' : 'file_web_page');
  if (text.includes('\0') || controlShare(text) > 0.05) return refuse('file_binary');
  return undefined;
}

/** The share of characters that no text holds; tab, line ends, form feed and the end mark of DOS (0x1a) are text. */
function controlShare(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is counted
  const controls = text.match(/[\x00-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]/g)?.length ?? 0;
  return controls / Math.max(text.length, 1);
}
