import type { Example, Field, FormView, Option } from '../../core/view.ts';
import { delimiterName, foundDelimiters } from '../../rules/delimiters.ts';
import { fieldKeys, fieldNames } from '../../rules/fields.ts';
import { type Language, type Say, speaker } from '../../rules/language.ts';
import { type Draft, longestTemplateName, valuesOf } from '../../rules/template-draft.ts';
import { doingNames, encodingName, layoutNames, layouts } from '../../rules/template-words.ts';
import {
  doings,
  exportTemplates,
  identity,
  type Purpose,
  type Template,
  templateEncodings,
} from '../../rules/templates.ts';
import { cut } from '../../rules/text.ts';
import { templateWord } from './parts/buttons.ts';
import { exported, imported } from './parts/samples.ts';

/** What a new template is begun with. */
const begun: Readonly<Record<Purpose, Draft>> = {
  import: {
    purpose: 'import',
    name: { sv: '', en: '' },
    fields: [...identity, 'connectEmail'],
    header: true,
    byHeader: false,
    delimiter: null,
    encoding: null,
    skipRows: 0,
    does: 'addresses',
  },
  export: { ...exportTemplates.connectEmail, name: { sv: '', en: '' } },
};

/** The form that makes a template. `like`: it begins as a copy of this one. */
export function newTemplate(purpose: Purpose, language: Language, like?: Template): FormView {
  const say = speaker(language);
  const copied = like && cut(say(`${like.name.sv} (kopia)`, `${like.name.en} (copy)`), longestTemplateName);
  const draft = like && copied ? { ...like, name: { sv: copied, en: copied } } : begun[purpose];
  const title =
    purpose === 'import'
      ? say('Ny importmall', 'New import template')
      : say('Ny exportmall', 'New export template');
  return form(draft, title, `templates create ${purpose}`, language);
}

/** The form that changes a template. */
export function changedTemplate(template: Template, language: Language): FormView {
  const title = speaker(language)('Ändra mall', 'Change template');
  return form(template, title, `templates change ${templateWord(template)}`, language);
}

function form(draft: Draft, title: string, line: string, language: Language): FormView {
  const say = speaker(language);
  return {
    kind: 'form',
    title,
    fields: fieldsOf(draft, language, say),
    submit: say('Spara', 'Save'),
    cancel: say('Avbryt', 'Cancel'),
    line,
  };
}

function fieldsOf(draft: Draft, language: Language, say: Say): Field[] {
  const values = valuesOf(draft, language);
  const isImport = draft.purpose === 'import';
  const choice = (name: keyof typeof values, label: string, options: Option[]): Field => {
    const value = values[name];
    return { type: 'choice', name, label, options, ...(value ? { value } : {}) };
  };
  const text = (name: keyof typeof values) => {
    const value = values[name];
    return { name, ...(value ? { value } : {}) };
  };
  return [
    { type: 'text', label: say('Namn', 'Name'), ...text('name') },
    ...(isImport
      ? [
          choice(
            'does',
            say('Importen', 'The import'),
            doings.map((one) => option(one, doingNames[one][language])),
          ),
        ]
      : []),
    {
      type: 'lines',
      label: say('Fält, i ordning', 'Fields, in order'),
      hint: say(
        `Ett fält på varje rad, på svenska eller engelska. De här finns: ${fieldsIn(language)}.`,
        `One field a line, in English or Swedish. There are: ${fieldsIn(language)}.`,
      ),
      ...text('fields'),
    },
    isImport
      ? choice(
          'layout',
          say('Kolumnerna hittas', 'Columns are found'),
          layouts.map((one) => option(one, layoutNames[one][language])),
        )
      : choice('layout', say('Rubriker', 'Column names'), [
          option('header', say('en rubrikrad överst', 'a header row at the top')),
          option('bare', say('ingen rubrikrad', 'no header row')),
        ]),
    choice('delimiter', say('Avgränsare', 'Delimiter'), delimiterOptions(isImport, language, say)),
    {
      type: 'text',
      label: say('Annat tecken', 'Other character'),
      hint: say(
        'Om avgränsaren är ett annat tecken, till exempel |.',
        'Where the delimiter is another character, such as |.',
      ),
      optional: true,
      ...text('character'),
    },
    choice('encoding', say('Teckenkodning', 'Encoding'), [
      ...found(isImport, say),
      ...templateEncodings.map((one) => option(one, encodingName(one)[language])),
    ]),
    ...(isImport
      ? [
          {
            type: 'text' as const,
            label: say('Rader att hoppa över överst', 'Rows to skip at the top'),
            optional: true,
            ...text('skipRows'),
          },
        ]
      : []),
  ];
}

const option = (value: string, label: string): Option => ({ value, label: capital(label) });

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const found = (isImport: boolean, say: Say): Option[] =>
  isImport ? [option('found', say('den som filen har', 'whatever the file has'))] : [];

function delimiterOptions(isImport: boolean, language: Language, say: Say): Option[] {
  const values = ['tab', 'semicolon', 'comma'];
  return [
    ...found(isImport, say),
    ...foundDelimiters.map((one, i) => option(values[i] ?? '', delimiterName(one)[language])),
    option('other', say('ett annat tecken', 'another character')),
  ];
}

const fieldsIn = (language: Language) => fieldKeys.map((key) => fieldNames[key][language]).join(', ');

export const examples: Record<string, Example> = {
  'for a new import': (language) => newTemplate('import', language),
  'for a new export': (language) => newTemplate('export', language),
  'for a copy': (language) => newTemplate('export', language, { ...exported, delimiter: '|' }),
  'for a change': (language) => changedTemplate(imported, language),
};
