import { interactiveOf } from './check.ts';
import { textOfObject } from './read.ts';
import type { Block, Element, Json, Option, View } from './types.ts';

/** What a person put into a modal: by label (or its beginning) or action_id; several choices separated by "|". */
export type Values = Readonly<Record<string, string>>;

/** Finds an element by the label of its block or its action_id. */
export function fieldOf(view: View, name: string): { block: Block; element: Element } {
  const fields = view.blocks.flatMap((block) => interactiveOf(block).map((element) => ({ block, element })));
  const named = ({ block }: { block: Block }) => textOfObject(block.label ?? block.text);
  const found =
    fields.find((field) => field.element.action_id === name || named(field) === name) ??
    fields.find((field) => named(field).startsWith(name));
  if (!found) {
    throw new Error(`No field "${name}" in "${textOfObject(view.title)}": ${fields.map(named).join(', ')}`);
  }
  return found;
}

/** Which required fields would be empty: by label, what Slack itself says under them. */
export function missingIn(view: View, values: Values): Record<string, string> {
  const given = new Set(Object.keys(values).map((name) => fieldOf(view, name).element));
  const missing = view.blocks.filter(
    ({ type, optional, element }) =>
      type === 'input' && !optional && element && !given.has(element) && !isPrefilled(element),
  );
  return Object.fromEntries(missing.map((block) => [textOfObject(block.label), 'Slack: fill this in']));
}

function isPrefilled(element: Element): boolean {
  const filled = [
    element.initial_value,
    element.initial_option,
    element.initial_options,
    element.initial_date,
  ];
  return element.type === 'checkboxes' || filled.some((value) => value !== undefined);
}

/**
 * The `state` of a submission. `options` finds the option that was meant where Slack asks the app for them.
 * Throws where Slack would not let the person type what `values` say.
 */
export async function stateOf(
  view: View,
  values: Values,
  options: (element: Element, block: Block, text: string) => Promise<Option>,
): Promise<Json> {
  const typed = new Map(Object.entries(values).map(([name, value]) => [fieldOf(view, name).element, value]));
  const state: Record<string, Json> = {};
  for (const block of view.blocks) {
    for (const element of interactiveOf(block)) {
      if (element.type === 'button' || !block.block_id || !element.action_id) continue;
      const value = await stateOfElement(element, block, typed.get(element), options);
      state[block.block_id] = { ...state[block.block_id], [element.action_id]: value };
    }
  }
  return { values: state };
}

async function stateOfElement(
  element: Element,
  block: Block,
  text: string | undefined,
  options: (element: Element, block: Block, text: string) => Promise<Option>,
): Promise<Json> {
  const { type } = element;
  const choose = (choice: string) =>
    type.includes('external') ? options(element, block, choice) : Promise.resolve(optionOf(element, choice));
  if (type === 'datepicker') return { type, selected_date: text ?? element.initial_date ?? null };
  if (type.startsWith('multi_') || type === 'checkboxes') {
    const chosen = text === undefined ? element.initial_options : undefined;
    const names = text ? text.split('|') : [];
    return { type, selected_options: chosen ?? (await Promise.all(names.map(choose))) };
  }
  if (type.endsWith('select') || type === 'radio_buttons') {
    return { type, selected_option: text ? await choose(text) : (element.initial_option ?? null) };
  }
  const value = text ?? element.initial_value ?? '';
  if (element.max_length !== undefined && value.length > element.max_length) {
    throw new Error(`Slack lets nobody type more than ${element.max_length} characters there`);
  }
  return { type, value: value === '' ? null : value };
}

/** The option of a menu by its text, or the one that begins with it. */
export function optionOf(element: Element, text: string): Option {
  const options = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap((group) => group.options),
  ];
  return pick(options, text);
}

/** Out of `options`, the one called `text`, else the first that begins with it or holds it. */
export function pick(options: readonly Option[], text: string): Option {
  const name = (option: Option) => textOfObject(option.text);
  const found =
    options.find((option) => name(option) === text || option.value === text) ??
    options.find((option) => name(option).startsWith(text)) ??
    options.find((option) => name(option).toLowerCase().includes(text.toLowerCase()));
  if (!found) throw new Error(`No option "${text}" among: ${options.map(name).join(', ') || 'none at all'}`);
  return found;
}
