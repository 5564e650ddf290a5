import { refuse } from '../errors.ts';
import { delimiterName } from '../rules/delimiters.ts';
import {
  type FieldKey,
  fieldByName,
  headerLanguage,
  isFaultColumn,
  isFileColumn,
  nearestField,
} from '../rules/fields.ts';
import { maskPersonalNumbers } from '../rules/personal-number.ts';
import { type ImportTemplate, identity, namesOf, type TemplateKey, templates } from '../rules/templates.ts';
import { cut } from '../rules/text.ts';
import { cleanCell } from './cell.ts';
import type { FileRecord } from './read.ts';
import type { FileHeader } from './types.ts';

/**
 * Reads the header row (I2): Swedish or English names, in any order. Throws where everything stands in one column, two
 * columns are the same field, a name is nearly a known one, none is known, or no template finds what it needs.
 */
export function readHeader(record: FileRecord): FileHeader {
  const { names, columns, unknown } = readNames(record);
  const fields = known(columns);
  if (fields.length === 0)
    throw refuse('header_unknown', {
      first: excerpt(names),
      expected: namesOf(templates.connectEmail.fields),
    });
  requireFields(nearestFirst(fields)[0], fields);
  return {
    columns,
    fields,
    ignored: unknown,
    language: headerLanguage(names),
    row: record.row,
    fits: builtInsFor(fields),
    leastCells: leastCells(columns),
    ...rejectedIn(names),
  };
}

/** As `readHeader`, for a template that says which of the columns are read: the rest is named as ignored. */
export function readHeaderFor(template: ImportTemplate, record: FileRecord): FileHeader {
  const { names, columns: seen, unknown } = readNames(record, template);
  requireFields(template, known(seen));
  const columns = seen.map((field) => (field && template.fields.includes(field) ? field : null));
  const left = names.filter((_, i) => seen[i] && !columns[i]);
  return {
    columns,
    fields: known(columns),
    ignored: [...unknown, ...left],
    language: headerLanguage(names),
    row: record.row,
    fits: builtInsFor(known(seen)),
    leastCells: leastCells(columns),
    seen,
    ...rejectedIn(names),
  };
}

/** What a header row says: its names, and the field of each; `unknown` are those that no field has. */
interface Names {
  names: readonly string[];
  columns: (FieldKey | null)[];
  unknown: string[];
}

function readNames({ cells }: FileRecord, template?: ImportTemplate): Names {
  const names = namesIn(cells);
  if (names.length === 1) refuseOneColumn(cells[0] ?? '', template);
  const columns = names.map((name) => fieldByName(name) ?? null);
  const unknown = unknownNames(names);
  refuseTwice(names, columns);
  refuseNearly(unknown, known(columns), template);
  return { names, columns, unknown };
}

/** Why a header row is one cell, where it should be several. */
function refuseOneColumn(cell: string, template: ImportTemplate | undefined): void {
  const found = ['\t', ';', ',', '|'].find((delimiter) => cell.includes(delimiter));
  if (found === undefined) return;
  if (template?.delimiter && template.delimiter !== found)
    throw refuse('template_delimiter', {
      template: template.name,
      given: delimiterName(template.delimiter),
      found: delimiterName(found),
    });
  if (found === '|') throw refuse('file_other_delimiter', { found });
  throw refuse('file_one_column');
}

/** The cells of a header row, cleaned, without empty ones at its end. */
export function namesIn(cells: readonly string[]): string[] {
  const names = cells.map(cleanCell);
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

/** The names that are no field's, nor of the columns that rejected rows have besides. */
export function unknownNames(names: readonly string[]): string[] {
  return names.filter(
    (name) => name !== '' && !fieldByName(name) && !isFaultColumn(name) && !isFileColumn(name),
  );
}

/** What columns that only rejected rows have tell of a file. */
const rejectedIn = (names: readonly string[]): Pick<FileHeader, 'several' | 'rejected'> => ({
  ...(names.some(isFileColumn) ? { several: true } : {}),
  ...(names.some(isFaultColumn) ? { rejected: true } : {}),
});

const known = (columns: readonly (FieldKey | null)[]): FieldKey[] =>
  columns.filter((field) => field !== null);

/** How many cells a row has at least, if it has those that no row may leave empty. */
export const leastCells = (columns: readonly (FieldKey | null)[]): number =>
  Math.max(...identity.map((field) => columns.indexOf(field) + 1));

function refuseTwice(names: readonly string[], columns: readonly (FieldKey | null)[]): void {
  columns.forEach((field, i) => {
    const earlier = field === null ? i : columns.indexOf(field);
    if (earlier < i) throw refuse('header_twice', { first: names[earlier] ?? '', second: names[i] ?? '' });
  });
}

/** All that is nearly known at once, with what the template, else the nearest, would still need then. */
function refuseNearly(
  unknown: readonly string[],
  found: readonly FieldKey[],
  template: ImportTemplate | undefined,
): void {
  const nearly = unknown.flatMap((name) => {
    const meant = nearestField(name);
    return meant === undefined ? [] : [{ found: cut(name, longestName), meant, field: fieldByName(meant) }];
  });
  if (nearly.length === 0) return;
  const fields = [...found, ...nearly.flatMap(({ field }) => field ?? [])];
  throw refuse('header_nearly', {
    columns: nearly,
    lacking: lackingOf(template ?? nearestFirst(fields)[0], fields),
    perhapsConnect: nearly.some(({ field }) => field === 'email') && !fields.includes('connectEmail'),
  });
}

const missingIn = (fields: readonly FieldKey[], template: ImportTemplate) =>
  template.fields.filter((field) => !fields.includes(field));

const nearestFirst = (fields: readonly FieldKey[]) =>
  Object.values<ImportTemplate & { key: TemplateKey }>(templates).sort(
    (a, b) => missingIn(fields, a).length - missingIn(fields, b).length || b.fields.length - a.fields.length,
  );

/** The built-in templates that find all their fields, the one with most of them first. */
export function builtInsFor(fields: readonly FieldKey[]): TemplateKey[] {
  return nearestFirst(fields)
    .filter((template) => missingIn(fields, template).length === 0)
    .map(({ key }) => key);
}

/** What a template needs beside these fields; undefined where it has everything. */
function lackingOf(template: ImportTemplate | undefined, fields: readonly FieldKey[]) {
  const missing = template ? missingIn(fields, template) : [];
  return template && missing.length > 0 ? { template: template.name, fields: namesOf(missing) } : undefined;
}

/** Throws `header_missing` unless the template finds all its fields. */
function requireFields(template: ImportTemplate | undefined, fields: readonly FieldKey[]): void {
  const lacking = lackingOf(template, fields);
  if (lacking) throw refuse('header_missing', lacking);
}

/** In characters: enough of a name to know it again. */
const longestName = 30;

/** Enough of a row to know it again; where it is no header but somebody's row, without their personal identity number. */
export function excerpt(cells: readonly string[]): string {
  const shown = cells.slice(0, 5).map((cell) => cut(maskPersonalNumbers(cell), longestName));
  return [...shown, ...(cells.length > 5 ? ['…'] : [])].join(', ');
}
