import type { Text } from '../../rules/language.ts';
import type { Json } from '../local/types.ts';
import type { FieldValue } from '../wire.ts';
import { elementsAt, type Found, optionOf } from './pressing.ts';
import type { Stage } from './stage.ts';
import type { Element, Option, View } from './types.ts';
import { words } from './words.ts';

/** What a person put into a modal, by block_id and action_id. What they did not touch is as it was drawn. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;

interface Filled {
  /** The `state` of a submission. */
  readonly state: Json;
  /** Why Slack itself holds the form back, by block_id; {} where it does not. */
  readonly errors: Readonly<Record<string, Text>>;
}

/** Fills a modal in. */
export function fill(stage: Stage, view: View, values: FormValues): Filled {
  const state: Record<string, Json> = {};
  const errors: Record<string, Text> = {};
  for (const found of elementsAt({ view })) {
    const { block, element } = found;
    const { block_id: blockId, optional, type } = block;
    if (element.type === 'button' || !blockId || !element.action_id) continue;
    const held = heldOf(stage, found, values[blockId]?.[element.action_id]);
    state[blockId] = { ...state[blockId], [element.action_id]: held.value };
    const error = held.error ?? (type === 'input' && !optional && held.empty ? words.required : undefined);
    if (error) errors[blockId] = error;
  }
  return { state: { values: state }, errors };
}

interface Held {
  readonly value: Json;
  readonly empty: boolean;
  readonly error?: Text;
}

function heldOf(stage: Stage, found: Found, given: FieldValue | undefined): Held {
  const { element } = found;
  const { type } = element;
  if (type === 'datepicker') {
    const date = given === undefined ? element.initial_date : single(given);
    return { value: { type, selected_date: date ?? null }, empty: !date };
  }
  if (type.startsWith('multi_') || type === 'checkboxes') return chosen(stage, found, given);
  if (type.endsWith('select') || type === 'radio_buttons') {
    const { selected_options, error } = options(stage, found, given, element.initial_option);
    const [selected_option = null] = selected_options;
    return { value: { type, selected_option }, empty: selected_option === null, ...(error ? { error } : {}) };
  }
  return text(element, given === undefined ? element.initial_value : single(given));
}

function chosen(stage: Stage, found: Found, given: FieldValue | undefined): Held {
  const { type, initial_options = [] } = found.element;
  const { selected_options, error } = options(stage, found, given, ...initial_options);
  return {
    value: { type, selected_options },
    empty: selected_options.length === 0,
    ...(error ? { error } : {}),
  };
}

function options(
  stage: Stage,
  found: Found,
  given: FieldValue | undefined,
  ...initial: readonly (Option | undefined)[]
): { selected_options: Option[]; error?: Text } {
  const isOption = (option: Option | undefined) => option !== undefined;
  if (given === undefined) return { selected_options: initial.filter(isOption) };
  const values = [given].flat().filter((value): value is string => typeof value === 'string' && value !== '');
  const known = values.map((value) => optionOf(stage, found, value)).filter(isOption);
  const error = known.length < values.length ? { error: words.noSuchOption } : {};
  return { selected_options: known, ...error };
}

function single(given: FieldValue): string | undefined {
  return [given].flat()[0] || undefined;
}

function text({ type, min_length: least = 0, max_length: most }: Element, typed = ''): Held {
  const value: Json = { type, value: typed === '' ? null : typed };
  if (most !== undefined && typed.length > most) return { value, empty: false, error: words.tooLong(most) };
  const short = typed !== '' && typed.length < least;
  return { value, empty: typed === '', ...(short ? { error: words.tooShort(least) } : {}) };
}
