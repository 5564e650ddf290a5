import { delimiterName } from './delimiters.ts';
import type { Text } from './language.ts';
import {
  type Doing,
  type ImportTemplate,
  namesOf,
  type Template,
  type TemplateEncoding,
} from './templates.ts';

/** "UTF-8 with BOM". */
export function encodingName(encoding: TemplateEncoding): Text {
  return encoding === 'UTF-8 BOM'
    ? { sv: 'UTF-8 med BOM', en: 'UTF-8 with BOM' }
    : { sv: encoding, en: encoding };
}

const found: Text = { sv: 'den som filen har', en: 'whatever the file has' };

/** What stands between two cells: "tab", or that it is found by looking. */
export const delimiterOf = ({ delimiter }: Pick<Template, 'delimiter'>): Text =>
  delimiter === null ? found : delimiterName(delimiter);

export const encodingOf = ({ encoding }: Pick<Template, 'encoding'>): Text =>
  encoding === null ? found : encodingName(encoding);

/** Its fields, in order; and that others are read besides, where they are. */
export function fieldsText(template: Template): Text {
  const names = namesOf(template.fields);
  return template.purpose === 'import' && template.further
    ? { sv: `${names.sv}; andra kända fält läses också`, en: `${names.en}; other known fields are read too` }
    : names;
}

/** How columns are found in a file that is read, or whether names are written above them. */
export function columnsText(template: Template): Text {
  if (template.purpose === 'export')
    return template.header
      ? { sv: 'rubrikrad överst', en: 'a header row at the top' }
      : { sv: 'ingen rubrikrad', en: 'no header row' };
  return layoutNames[layoutOf(template)];
}

/** How columns are found. */
export const layouts = ['header', 'position', 'bare'] as const;
export type Layout = (typeof layouts)[number];

export const layoutOf = ({ byHeader, header }: Pick<ImportTemplate, 'byHeader' | 'header'>): Layout =>
  byHeader ? 'header' : header ? 'position' : 'bare';

export const layoutNames: Readonly<Record<Layout, Text>> = {
  header: { sv: 'efter rubrikerna, i valfri ordning', en: 'by their names, in any order' },
  position: { sv: 'efter ordningen, med en rubrikrad', en: 'by their order, with a header row' },
  bare: { sv: 'efter ordningen, utan rubrikrad', en: 'by their order, without a header row' },
};

export const doingNames: Readonly<Record<Doing, Text>> = {
  addresses: { sv: 'sparar bara adresser', en: 'saves addresses only' },
  change: { sv: 'ändrar användare som finns', en: 'changes users that are there' },
  create: { sv: 'ändrar och skapar användare', en: 'changes and creates users' },
};
