import { refuse } from '../errors.ts';
import {
  type FieldKey,
  fieldByName,
  fieldNames,
  headerLanguage,
  isFaultColumn,
  nearestField,
} from '../rules/fields.ts';
import type { Language, Text } from '../rules/language.ts';
import { list } from '../rules/say.ts';
import { type Template, type TemplateKey, templates } from '../rules/templates.ts';
import { cleanCell } from './cell.ts';
import type { FileRecord } from './read.ts';
import type { FileHeader } from './types.ts';

/**
 * Reads the header row (I2): Swedish or English names, in any order. Throws where everything stands in one column, two
 * columns are the same field, a name is nearly a known one, none is known, or no template finds what it needs.
 */
export function readHeader({ row, cells }: FileRecord): FileHeader {
  const names = withoutEmptyEnd(cells.map(cleanCell));
  if (names.length === 1 && /[\t;,|]/.test(cells[0] ?? '')) throw refuse('file_one_column');
  const columns = names.map((name) => fieldByName(name) ?? null);
  const unknown = names.filter((name, i) => columns[i] === null && !isFaultColumn(name));
  refuseTwice(names, columns);
  refuseNearly(unknown);
  const fields = columns.filter((field) => field !== null);
  if (fields.length === 0)
    throw refuse('header_unknown', { first: excerpt(names), expected: expectedNames() });
  const fits = fittingTemplates(fields);
  return {
    columns,
    fields,
    ignored: unknown.filter((name) => name !== ''),
    language: headerLanguage(names),
    row,
    fits,
    leastCells: Math.max(...requiredBy(fits).map((field) => columns.indexOf(field) + 1)),
  };
}

function withoutEmptyEnd(names: string[]): string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

function refuseTwice(names: readonly string[], columns: readonly (FieldKey | null)[]): void {
  columns.forEach((field, i) => {
    const earlier = field === null ? i : columns.indexOf(field);
    if (earlier < i) throw refuse('header_twice', { first: names[earlier] ?? '', second: names[i] ?? '' });
  });
}

function refuseNearly(unknown: readonly string[]): void {
  for (const found of unknown) {
    const meant = nearestField(found);
    if (meant) throw refuse('header_nearly', { found: cut(found), meant });
  }
}

function fittingTemplates(fields: readonly FieldKey[]): TemplateKey[] {
  const missing = (template: Template) => template.columns.filter((field) => !fields.includes(field));
  const nearestFirst = Object.values<Template & { key: TemplateKey }>(templates).sort(
    (a, b) => missing(a).length - missing(b).length || b.columns.length - a.columns.length,
  );
  const fits = nearestFirst.filter((template) => missing(template).length === 0);
  const nearest = nearestFirst[0];
  if (fits.length === 0 && nearest) {
    throw refuse('header_missing', { template: nearest.name, fields: namesOf(missing(nearest)) });
  }
  return fits.map(({ key }) => key);
}

const requiredBy = (keys: readonly TemplateKey[]): FieldKey[] =>
  keys.flatMap((key) => [...templates[key].required]);

function expectedNames(): Text {
  return namesOf(templates.connectEmail.columns);
}

function namesOf(fields: readonly FieldKey[]): Text {
  const inLanguage = (language: Language) =>
    list(
      fields.map((field) => fieldNames[field][language]),
      language,
    );
  return { sv: inLanguage('sv'), en: inLanguage('en') };
}

/** Enough of a row to know it again. */
function excerpt(cells: readonly string[]): string {
  const shown = cells.slice(0, 5).map(cut).join(', ');
  return cells.length > 5 ? `${shown}, …` : shown;
}

function cut(cell: string): string {
  return cell.length > 30 ? `${cell.slice(0, 29)}…` : cell;
}
