import { type Refusal, refuse, together } from '../errors.ts';
import { canDelimit } from './delimiters.ts';
import { type FieldKey, fieldByName, fieldKeys, fieldNames } from './fields.ts';
import type { Language } from './language.ts';
import { nearest } from './suggest.ts';
import { type Layout, layoutOf, layouts } from './template-words.ts';
import {
  type Doing,
  doings,
  type ExportTemplate,
  type ImportTemplate,
  identity,
  namesOf,
  type Purpose,
  requiredToCreate,
  type Template,
  type TemplateEncoding,
  templateEncodings,
} from './templates.ts';
import { clean } from './text.ts';

/** A template before it is stored. */
export type Draft = Omit<ImportTemplate, 'key'> | Omit<ExportTemplate, 'key'>;

/** What the form of a template holds, by field; an empty field is absent. */
export type DraftValues = Readonly<Partial<Record<DraftField, string | undefined>>>;
type DraftField = 'name' | 'does' | 'fields' | 'layout' | 'delimiter' | 'character' | 'encoding' | 'skipRows';

/** The choices of a delimiter, by the values that the form has for them; `found` and `other` are none in particular. */
const delimiters: Readonly<Record<string, string>> = { tab: '\t', semicolon: ';', comma: ',' };

export const longestTemplateName = 60;
const mostSkipped = 100;

/** Reads what the form of a template held. Throws one refusal of everything that is wrong, each at its field. */
export function readDraft(purpose: Purpose, values: DraftValues): Draft {
  const name = readName(values);
  const fields = readFields(values, purpose);
  const delimiter = readDelimiter(values);
  const parts = [name, fields, delimiter];
  if (purpose === 'export') {
    const draft = {
      purpose,
      name: { sv: name.value, en: name.value },
      fields: fields.value,
      header: values.layout !== 'bare',
      delimiter: delimiter.value ?? ';',
      encoding: encodingIn(values) ?? 'UTF-8 BOM',
    };
    return sound(draft, parts);
  }
  const skipRows = readSkipped(values);
  const does = doings.find((one) => one === values.does) ?? 'addresses';
  const layout = layouts.find((one) => one === values.layout) ?? 'header';
  const draft = {
    purpose,
    name: { sv: name.value, en: name.value },
    fields: fields.value,
    ...layoutFlags(layout),
    delimiter: delimiter.value,
    encoding: encodingIn(values) ?? null,
    skipRows: skipRows.value,
    does,
  };
  return sound(draft, [...parts, skipRows, needed(does, fields)]);
}

/** What a form holds that was filled in with a template. */
export function valuesOf(template: Template | Draft, language: Language): DraftValues {
  const { name, fields, header, delimiter, encoding } = template;
  const choice = Object.keys(delimiters).find((one) => delimiters[one] === delimiter);
  const other = delimiter !== null && !choice;
  const common = {
    name: name[language],
    fields: fields.map((field) => fieldNames[field][language]).join('\n'),
    delimiter: delimiter === null ? 'found' : (choice ?? 'other'),
    ...(other ? { character: delimiter } : {}),
    encoding: encoding ?? 'found',
  };
  if (template.purpose === 'export') return { ...common, layout: header ? 'header' : 'bare' };
  return { ...common, does: template.does, layout: layoutOf(template), skipRows: String(template.skipRows) };
}

/** A part of the draft, and what is wrong with it. */
interface Part<T> {
  readonly value: T;
  readonly faults: readonly Refusal[];
}

function sound<D extends Draft>(draft: D, parts: readonly Part<unknown>[]): D {
  const fault = together(parts.flatMap(({ faults }) => faults));
  if (fault) throw fault;
  return draft;
}

const layoutFlags = (layout: Layout) => ({ byHeader: layout === 'header', header: layout !== 'bare' });

const encodingIn = ({ encoding }: DraftValues): TemplateEncoding | undefined =>
  templateEncodings.find((one) => one === encoding);

function readName({ name = '' }: DraftValues): Part<string> {
  const value = clean(name).replace(/ +/g, ' ');
  const faults =
    value === ''
      ? [refuse('template_name_missing', undefined, 'name')]
      : value.length > longestTemplateName
        ? [refuse('template_name_long', { most: longestTemplateName }, 'name')]
        : [];
  return { value, faults };
}

const allNames = fieldKeys.flatMap((key) => [fieldNames[key].sv, fieldNames[key].en]);

/** One field a line, or with commas between. */
function readFields({ fields: written = '' }: DraftValues, purpose: Purpose): Part<FieldKey[]> {
  const lines = written
    .split(/\r\n|[\n\r]/)
    .map((line, i) => ({ line: i + 1, names: line.split(/[,;\t]/).map(clean) }));
  const value: FieldKey[] = [];
  const faults: Refusal[] = [];
  for (const { line, names } of lines) {
    for (const name of names.filter(Boolean)) {
      const field = fieldByName(name);
      if (!field)
        faults.push(refuse('template_field_unknown', { line, written: name, ...meant(name) }, 'fields'));
      else if (value.includes(field))
        faults.push(refuse('template_field_twice', { line, written: name }, 'fields'));
      else value.push(field);
    }
  }
  const lacking = (purpose === 'import' ? identity : identity.slice(0, 1)).filter(
    (field) => !value.includes(field),
  );
  if (lacking.length > 0) faults.push(refuse('template_fields_lack', { fields: namesOf(lacking) }, 'fields'));
  return { value, faults };
}

function meant(name: string): { nearest?: string } {
  const found = nearest(name, allNames);
  return found ? { nearest: found } : {};
}

/** What a template does with the rows takes some fields. */
function needed(does: Doing, { value: fields }: Part<FieldKey[]>): Part<Doing> {
  const lacks = (some: readonly FieldKey[]) => some.filter((field) => !fields.includes(field));
  if (does === 'addresses' && lacks(['connectEmail']).length > 0)
    return {
      value: does,
      faults: [refuse('template_fields_lack', { fields: namesOf(['connectEmail']) }, 'fields')],
    };
  if (does === 'create' && lacks(requiredToCreate).length > 0)
    return {
      value: does,
      faults: [refuse('template_create_company', { field: namesOf(requiredToCreate) }, 'does')],
    };
  return { value: does, faults: [] };
}

function readDelimiter({ delimiter = 'found', character }: DraftValues): Part<string | null> {
  if (delimiter !== 'other') {
    const faults = character ? [refuse('template_delimiter_unchosen', undefined, 'character')] : [];
    return { value: delimiters[delimiter] ?? null, faults };
  }
  if (!character)
    return { value: null, faults: [refuse('template_delimiter_missing', undefined, 'character')] };
  const faults = canDelimit(character)
    ? []
    : [refuse('template_delimiter_unfit', { written: character }, 'character')];
  return { value: character, faults };
}

function readSkipped({ skipRows = '0' }: DraftValues): Part<number> {
  const value = /^\d{1,4}$/.test(skipRows) ? Number(skipRows) : Number.NaN;
  const fits = value <= mostSkipped;
  return {
    value: fits ? value : 0,
    faults: fits ? [] : [refuse('template_skip_unfit', { most: mostSkipped }, 'skipRows')],
  };
}
