import type { Field, OpenForm, Option } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { cut } from '../../rules/text.ts';
import { limits } from '../limits.ts';
import type { Card, Element, Input } from './card.ts';
import { cardOf } from './message.ts';
import { line, sentence, words } from './text.ts';

type Choice = Extract<Input, { type: 'Input.ChoiceSet' }>['choices'][number];

const nobody = ' ';

/** What a submission brought, to be shown again. */
export interface Filled {
  /** What is wrong, by field. */
  faults?: Readonly<Record<string, string>>;
  /** What was filled in, by field; an Option where the chosen one's name is known. */
  values?: Readonly<Record<string, string | Option | undefined>>;
}

/**
 * A form as the card of a dialog, whose title is the form's. Its submission's data names it by `form`, and brings it back
 * in `shown`, so that it can be shown again without anything being done.
 */
export function drawForm(form: OpenForm, language: Language, filled: Filled = {}): Card {
  const fields = form.fields.flatMap((field) => fieldOf(field, form.id, language, filled));
  const body = [...line(sentence(form.text ?? '')), ...fields];
  return cardOf(body, [
    {
      type: 'Action.Submit',
      title: cut(form.submit, limits.button),
      style: 'positive',
      data: { form: form.id, shown: { form, language } },
    },
  ]);
}

/** What was filled in, by field, of a submission's data: nothing where there was nothing. */
export function readValues(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const { form: _form, shown: _shown, ...fields } = data;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    ),
  );
}

/** The options of a `user` field that Teams shows while one types. */
export function drawOptions(options: readonly Option[]): Choice[] {
  return options.slice(0, limits.choices).map(({ value, label }) => ({ title: label || value, value }));
}

/** The form and the field that a search is for, of its dataset. */
export function readDataset(dataset: string): { form: string; field: string } {
  const [form = '', field = ''] = dataset.split('/', 2);
  return { form, field };
}

/** Teams checks nothing itself: what is wrong, or missing, is said by the server, in words. */
function fieldOf(field: Field, form: string, language: Language, { faults, values }: Filled): Element[] {
  const fault = faults?.[field.name];
  return [
    input(field, form, language, values?.[field.name] ?? field.value),
    ...line(words(fault ?? '', { color: 'attention' }), { spacing: 'small' }),
    ...line(words(field.hint ?? '', { isSubtle: true, size: 'small' }), { spacing: 'small' }),
  ];
}

function input(field: Field, form: string, language: Language, filled: string | Option | undefined): Input {
  const optional = field.optional ? speaker(language)(' (valfritt)', ' (optional)') : '';
  const value = typeof filled === 'object' ? filled.value : filled;
  const common = {
    id: field.name,
    label: `${field.label}${optional}`,
    ...(field.placeholder ? { placeholder: field.placeholder } : {}),
    ...(value ? { value: value.slice(0, limits.input.value) } : {}),
  };
  switch (field.type) {
    case 'choice':
      return { type: 'Input.ChoiceSet', ...common, style: 'compact', choices: drawOptions(field.options) };
    case 'user':
      return {
        type: 'Input.ChoiceSet',
        ...common,
        style: 'compact',
        choices: chosen(field, filled),
        'choices.data': { type: 'Data.Query', dataset: `${form}/${field.name}` },
      };
    // An address is plain text here: browsers rewrite å, ä and ö in inputs of the type email.
    case 'email':
    case 'text':
      return { type: 'Input.Text', ...common, maxLength: limits.input.value };
    case 'lines':
      return { type: 'Input.Text', ...common, maxLength: limits.input.value, isMultiline: true };
  }
}

/**
 * What can be chosen before anything is searched: who is chosen already, by the name that is known for them. Nobody yet
 * is a choice too, which says what to do: a list must not be empty, nor a choice's value.
 */
function chosen(field: Field & { type: 'user' }, filled: string | Option | undefined): Choice[] {
  if (!filled) return [{ title: field.placeholder ?? field.label, value: nobody }];
  if (typeof filled === 'object') return drawOptions([filled]);
  return drawOptions([field.value?.value === filled ? field.value : { value: filled, label: filled }]);
}
