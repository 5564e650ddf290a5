import { type FieldKey, fieldNames } from './fields.ts';
import type { Language, Text } from './language.ts';
import { list } from './say.ts';
import { fold } from './text.ts';

/** Whether files are read or written by a template. */
export type Purpose = 'import' | 'export';

/** What is read or written is of the type "Employees/users" (Anställda/användare), the only one there is. */
interface Described {
  /** `connectEmail`, `employees`, … for a built-in one, `own:12` for one's own. */
  readonly key: string;
  readonly name: Text;
  /** In the order of the columns; each once. */
  readonly fields: readonly FieldKey[];
  /** The file has a row of column names. */
  readonly header: boolean;
}

/** The encodings that a template can ask for. `UTF-16` is little-endian with a byte order mark where it is written. */
export const templateEncodings = ['UTF-8', 'UTF-8 BOM', 'Windows-1252', 'UTF-16', 'IBM437'] as const;
export type TemplateEncoding = (typeof templateEncodings)[number];

/**
 * What becomes of the rows: `addresses` saves Connect addresses, and uses other columns just to warn when they disagree;
 * `change` writes every field of users that are there; `create` also creates users, and further employments.
 */
export const doings = ['addresses', 'change', 'create'] as const;
export type Doing = (typeof doings)[number];

/** What a file is read by (I2). */
export interface ImportTemplate extends Described {
  readonly purpose: 'import';
  /** Columns are found by their names, in any order; otherwise by their place. */
  readonly byHeader: boolean;
  /** Null: found by looking at the file. */
  readonly delimiter: string | null;
  readonly encoding: TemplateEncoding | null;
  /** Rows of the spreadsheet above the header, or above the data where there is none. */
  readonly skipRows: number;
  readonly does: Doing;
  /** Further known columns are read too. */
  readonly further?: true;
}

/** What a file is written by. */
export interface ExportTemplate extends Described {
  readonly purpose: 'export';
  readonly delimiter: string;
  readonly encoding: TemplateEncoding;
}

export type Template = ImportTemplate | ExportTemplate;

/** No row may leave these empty: they find the user (I3). */
export const identity: readonly FieldKey[] = ['userId', 'employmentNumber'];

/** Whether a file that is written by the template can be known again when it comes back. */
export const isKnownAgain = ({ fields }: Pick<Template, 'fields'>): boolean =>
  identity.every((field) => fields.includes(field));

const looking = { byHeader: true, header: true, delimiter: null, encoding: null, skipRows: 0 } as const;

/** The built-in import templates, both by header. */
export const templates = {
  connectEmail: {
    ...looking,
    key: 'connectEmail',
    purpose: 'import',
    name: { sv: 'E-post Visma Connect', en: 'Connect e-mail' },
    fields: [...identity, 'connectEmail'],
    does: 'addresses',
    further: true,
  },
  employees: {
    ...looking,
    key: 'employees',
    purpose: 'import',
    name: { sv: 'Anställda', en: 'Employees' },
    fields: identity,
    does: 'create',
    further: true,
  },
} as const satisfies Record<string, ImportTemplate>;

/** The key of a built-in import template. */
export type TemplateKey = keyof typeof templates;

/**
 * The built-in export templates. "Connect e-mail" is what Excel on a Swedish computer opens right: semicolons, and a byte
 * order mark. "To Flex HRM" has the fields that Flex HRM's own import needs, with the delimiter that it mostly has.
 */
export const exportTemplates = {
  connectEmail: {
    key: 'export:connectEmail',
    purpose: 'export',
    name: { sv: 'E-post Visma Connect', en: 'Connect e-mail' },
    fields: [...identity, 'name', 'company', 'department', 'connectEmail'],
    header: true,
    delimiter: ';',
    encoding: 'UTF-8 BOM',
  },
  toFlex: {
    key: 'export:toFlex',
    purpose: 'export',
    name: { sv: 'Till Flex HRM', en: 'To Flex HRM' },
    fields: [...identity, 'connectEmail'],
    header: true,
    delimiter: '\t',
    encoding: 'UTF-8',
  },
} as const satisfies Record<string, ExportTemplate>;

/** Every built-in template. */
export const builtIn: readonly Template[] = [...Object.values(templates), ...Object.values(exportTemplates)];

/**
 * Whether Excel on a Swedish computer opens what the template writes with every field in a column of its own, and å, ä and ö
 * as they are: it expects semicolons, and Windows-1252 unless a byte order mark says UTF-8; of UTF-16 it splits tabs alone.
 */
export function opensInExcel({
  delimiter,
  encoding,
}: Pick<ExportTemplate, 'delimiter' | 'encoding'>): boolean {
  if (encoding === 'UTF-16') return delimiter === '\t';
  return delimiter === ';' && (encoding === 'UTF-8 BOM' || encoding === 'Windows-1252');
}

/** Whether somebody made it: built-in ones are neither changed nor deleted. */
export const isOwn = ({ key }: Pick<Template, 'key'>): boolean => key.startsWith('own:');

/** Whether that is the template's name, in either language, without regard to case. */
export function isNamed({ name }: Pick<Template, 'name'>, called: string): boolean {
  return [name.sv, name.en].some((one) => fold(one) === fold(called));
}

/** Fields that a row must have filled in where it brings a new user. */
export const requiredToCreate: readonly FieldKey[] = ['company'];

/** "User-ID, Employment number and Email Visma Connect", in each language. */
export function namesOf(fields: readonly FieldKey[]): Text {
  const inLanguage = (language: Language) =>
    list(
      fields.map((field) => fieldNames[field][language]),
      language,
    );
  return { sv: inLanguage('sv'), en: inLanguage('en') };
}
