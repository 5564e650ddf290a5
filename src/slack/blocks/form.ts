import type { types } from '@slack/bolt';
import type { Field, OpenForm, Option } from '../../core/view.ts';
import { limits } from '../limits.ts';
import { type Block, lines, plain, richText, sentence } from './rich.ts';

/** How Slack names our modals when one is submitted. */
export const formCallback = 'form';

/** A form as a modal. `metadata` comes back with its submission and its searches. */
export function drawForm(form: OpenForm, metadata: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: formCallback,
    title: plain(form.title, limits.view.title),
    submit: plain(form.submit, limits.view.button),
    close: plain(form.cancel, limits.view.button),
    private_metadata: metadata,
    blocks: [...(form.text ? richText(lines([sentence(form.text)])) : []), ...form.fields.map(input)],
  };
}

/** The options of a `user` field that Slack shows while one types. */
export function drawOptions(options: readonly Option[]): types.PlainTextOption[] {
  return options
    .filter(({ value }) => value.length <= limits.option.value)
    .slice(0, limits.select.options)
    .map(({ value, label }) => ({ value, text: plain(label || value, limits.option.label) }));
}

function input(field: Field): Block {
  return {
    type: 'input',
    block_id: field.name,
    label: plain(field.label, limits.input.label),
    ...(field.hint ? { hint: plain(field.hint, limits.input.hint) } : {}),
    optional: field.optional ?? false,
    element: element(field),
  };
}

function element(field: Field): types.InputBlockElement {
  const common = {
    action_id: field.name,
    ...(field.placeholder ? { placeholder: plain(field.placeholder, limits.input.placeholder) } : {}),
  };
  switch (field.type) {
    case 'choice': {
      const options = drawOptions(field.options);
      const initial = options.find(({ value }) => value === field.value);
      return { type: 'static_select', ...common, options, ...(initial ? { initial_option: initial } : {}) };
    }
    case 'user': {
      const [initial] = field.value ? drawOptions([field.value]) : [];
      return {
        type: 'external_select',
        ...common,
        min_query_length: 1,
        ...(initial ? { initial_option: initial } : {}),
      };
    }
    // An address is plain text to Slack: its own check of addresses refuses å, ä and ö, and ours says why.
    case 'email':
    case 'text':
    case 'lines':
      return {
        type: 'plain_text_input',
        ...common,
        ...(field.type === 'lines' ? { multiline: true } : {}),
        max_length: limits.input.value,
        ...(field.value ? { initial_value: field.value.slice(0, limits.input.value) } : {}),
      };
  }
}
