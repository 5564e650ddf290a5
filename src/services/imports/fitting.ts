import { type FileHeader, type FileShape, isWorkbook } from '../../csv/types.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { type ImportTemplate, templates } from '../../rules/templates.ts';

/** How a file is written and what its columns are, as a look at it told. */
export interface LookedAt {
  readonly shape: FileShape;
  readonly header: FileHeader;
}

/** The templates that a file could be read by, as far as a look at it tells: built-in ones, then one's own. */
export function fittingTemplates(file: LookedAt, own: readonly ImportTemplate[]): ImportTemplate[] {
  return [
    ...file.header.fits.map((key) => templates[key]),
    ...own.filter((template) => fits(template, file)),
  ];
}

/** The fields whose names the file has above its columns. */
export const seenFields = ({ columns, seen = columns }: FileHeader): FieldKey[] =>
  seen.filter((field) => field !== null);

/** Whether a template that reads the same header as was read before, in the same way, lacks a field there. */
export function lacksFields(template: ImportTemplate, { shape, header }: LookedAt): boolean {
  const { byHeader, skipRows, delimiter, encoding, fields } = template;
  if (!byHeader || header.bare || skipRows !== (shape.skipRows ?? 0)) return false;
  const isOtherwise =
    !isWorkbook(shape) &&
    ((delimiter !== null && delimiter !== shape.delimiter) ||
      (encoding !== null && !encoding.startsWith(shape.encoding)));
  return !isOtherwise && !fields.every((field) => seenFields(header).includes(field));
}

function fits(template: ImportTemplate, { shape, header }: LookedAt): boolean {
  const { fields, delimiter, encoding, byHeader, skipRows } = template;
  const { columns, seen = columns, bare = false, row } = header;
  if (!isWorkbook(shape)) {
    const isUtf16 = shape.encoding.startsWith('UTF-16');
    if (delimiter !== null && delimiter !== shape.delimiter) return false;
    if (encoding !== null && (encoding === 'UTF-16') !== isUtf16) return false;
  }
  if (skipRows >= (bare ? row + 1 : row)) return false;
  if (byHeader) return !bare && fields.every((field) => seen.includes(field));
  if (bare) return !template.header && skipRows === row && fields.length === seen.length;
  return fields.every((field, i) => i < seen.length && (seen[i] === null || seen[i] === field));
}
