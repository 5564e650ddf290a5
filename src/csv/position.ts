import { refuse } from '../errors.ts';
import { parseAddress } from '../rules/address.ts';
import { type FieldKey, fieldByName, headerLanguage } from '../rules/fields.ts';
import { type ImportTemplate, namesOf } from '../rules/templates.ts';
import { builtInsFor, excerpt, leastCells, namesIn, unknownNames } from './header.ts';
import type { FileRecord } from './read.ts';
import type { FileHeader } from './types.ts';

/**
 * Takes the columns from a template that goes by their order, after a look at the first row (I2). Where that row has names
 * of fields, it is the header, whatever the template says, and its order must be the template's. Throws where it is
 * not, where a header is missing, or where there are too few or too many columns for the template.
 */
export function placeColumns(template: ImportTemplate, { row, cells }: FileRecord): FileHeader {
  const names = namesIn(cells);
  const seen = names.map((name) => fieldByName(name) ?? null);
  const isHeader = template.header || seen.filter(Boolean).length > 1;
  return isHeader ? below(template, row, names, seen) : bare(template, row, cells);
}

function below(
  template: ImportTemplate,
  row: number,
  names: readonly string[],
  seen: readonly (FieldKey | null)[],
): FileHeader {
  const { fields } = template;
  if (names.some(isData)) throw refuse('template_header_missing', { row, template: template.name });
  const agrees = fields.every((field, i) => i < seen.length && (seen[i] === null || seen[i] === field));
  if (!agrees)
    throw refuse('template_order', {
      template: template.name,
      row,
      found: excerpt(names),
      expected: namesOf(fields),
    });
  const further = names.slice(fields.length);
  const columns = [...fields, ...further.map(() => null)];
  const known = further.filter((name) => fieldByName(name));
  return {
    columns,
    fields,
    ignored: [...unknownNames(further), ...known],
    language: headerLanguage(names),
    row,
    fits: builtInsFor(seen.filter((field) => field !== null)),
    leastCells: leastCells(columns),
    seen,
  };
}

function bare({ fields, name }: ImportTemplate, row: number, cells: readonly string[]): FileHeader {
  const least = leastCells(fields);
  const found = Math.max(namesIn(cells).length, Math.min(cells.length, fields.length));
  if (found < least || found > fields.length)
    throw refuse('template_width', { row, template: name, found, expected: fields.length });
  return {
    columns: fields,
    fields,
    ignored: [],
    language: 'sv',
    row: row - 1,
    fits: [],
    leastCells: least,
    bare: true,
  };
}

/** No column is called so: it is a number, or somebody's address. */
const isData = (cell: string): boolean => /^\d+$/.test(cell) || parseAddress(cell).ok;
