import { matching } from '../../../rules/template-match.ts';
import { type ExportTemplate, exportTemplates, type ImportTemplate } from '../../../rules/templates.ts';

const called = (name: string) => ({ sv: name, en: name });

export const exported: ExportTemplate = {
  ...exportTemplates.toFlex,
  key: 'own:1',
  name: called('Till kollegorna & vännerna'),
  delimiter: ';',
};

export const imported: ImportTemplate = {
  ...matching(exported),
  key: 'own:2',
  name: called('Import Till kollegorna & vännerna'),
};
