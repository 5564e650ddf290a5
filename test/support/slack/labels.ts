import type { FormValues } from '../../../src/playground/slack/form.ts';
import { elementsAt, type Found } from '../../../src/playground/slack/pressing.ts';
import type { Option, View } from '../../../src/playground/slack/types.ts';
import type { FieldValue } from '../../../src/playground/wire.ts';
import { textOfObject } from './read.ts';

/** What a person puts into a modal: by label (or its beginning) or action_id; several choices separated by "|". */
export type Values = Readonly<Record<string, string>>;

/** Finds a field of a modal by the label of its block or its action_id. */
export function fieldOf(view: View, name: string): Found {
  const fields = elementsAt({ view });
  const labelOf = ({ block }: Found) => textOfObject(block.label ?? block.text);
  const found =
    fields.find((field) => field.element.action_id === name || labelOf(field) === name) ??
    fields.find((field) => labelOf(field).startsWith(name));
  if (!found) {
    throw new Error(`No field "${name}" in "${textOfObject(view.title)}": ${fields.map(labelOf).join(', ')}`);
  }
  return found;
}

/** What is put into which field, with `choose` to find the option of a menu by its text. */
export async function valuesByField(
  view: View,
  values: Values,
  choose: (found: Found, text: string) => Promise<Option>,
): Promise<FormValues> {
  const filled: Record<string, Record<string, FieldValue>> = {};
  const chosen = async (found: Found, text: string) => (await choose(found, text)).value ?? '';
  for (const [name, text] of Object.entries(values)) {
    const found = fieldOf(view, name);
    const { type, action_id = '' } = found.element;
    const isList = type.startsWith('multi_') || type === 'checkboxes';
    const isMenu = type.endsWith('select') || type === 'radio_buttons';
    const block = found.block.block_id ?? '';
    filled[block] = {
      ...filled[block],
      [action_id]: isList
        ? await Promise.all((text ? text.split('|') : []).map((one) => chosen(found, one)))
        : isMenu && text
          ? await chosen(found, text)
          : text,
    };
  }
  return filled;
}

/** The options of a menu that brings them along. */
export function optionsOf({ element }: Found): readonly Option[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}
