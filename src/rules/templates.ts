import { type FieldKey, fieldKeys } from './fields.ts';
import type { Text } from './language.ts';

/**
 * What a file is read by. `columns`: fields that the file must have. `required`: fields that no row may leave empty.
 * `requiredToCreate`: further ones, for a row that brings a new user. `writes`: fields that it changes; other known
 * columns only serve to warn where they disagree. `creates`: whether unknown users are created.
 */
export interface Template {
  key: string;
  name: Text;
  columns: readonly FieldKey[];
  required: readonly FieldKey[];
  requiredToCreate: readonly FieldKey[];
  writes: readonly FieldKey[];
  creates: boolean;
}

const identity: readonly FieldKey[] = ['userId', 'employmentNumber'];

/** The built-in templates, both by header. */
export const templates = {
  connectEmail: {
    key: 'connectEmail',
    name: { sv: 'E-post Visma Connect', en: 'Connect e-mail' },
    columns: [...identity, 'connectEmail'],
    required: identity,
    requiredToCreate: [],
    writes: ['connectEmail'],
    creates: false,
  },
  employees: {
    key: 'employees',
    name: { sv: 'Anställda', en: 'Employees' },
    columns: identity,
    required: identity,
    requiredToCreate: ['company'],
    writes: fieldKeys.filter((key) => !identity.includes(key)),
    creates: true,
  },
} as const satisfies Record<string, Template>;

/** The key of a built-in template. */
export type TemplateKey = keyof typeof templates;
