import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Block, FieldValue } from '../../wire.ts';
import { type Element, isInput } from './elements.ts';

/** By block_id. */
export type Values = Readonly<Record<string, FieldValue>>;

/** What the open form holds so far. */
export interface Filling {
  values: Values;
  errors: Readonly<Record<string, string>>;
  set(block: string, value: FieldValue): void;
}

const Context = createContext<Filling>({ values: {}, errors: {}, set: () => {} });
export const FillingProvider = Context.Provider;
export const useFilling = () => useContext(Context);

/** What the fields hold before anybody typed. */
export function initialValues(blocks: readonly Block[]): Values {
  return Object.fromEntries(
    blocks.filter(isInput).map(({ block_id, element }) => [block_id, initialValue(element)]),
  );
}

function initialValue(element: Element): FieldValue {
  if (element.type === 'checkboxes') return (element.initial_options ?? []).map(({ value }) => value);
  return element.initial_option?.value ?? element.initial_value ?? null;
}

/** The values as a submission holds them: by block_id, then action_id. */
export function submission(
  blocks: readonly Block[],
  values: Values,
): Record<string, Record<string, FieldValue>> {
  return Object.fromEntries(
    blocks
      .filter(isInput)
      .map(({ block_id, element }) => [block_id, { [element.action_id]: values[block_id] ?? null }]),
  );
}

/** The fields that Slack itself would not let through empty. */
export function missing(blocks: readonly Block[], values: Values): string[] {
  return blocks
    .filter(isInput)
    .filter(({ block_id, optional }) => !optional && !hasValue(values[block_id]))
    .map(({ block_id }) => block_id);
}

function hasValue(value: FieldValue | undefined): boolean {
  return typeof value === 'string' ? value.trim() !== '' : (value?.length ?? 0) > 0;
}
