import type { Block } from '../../wire.ts';

/** The parts of Block Kit that the bot draws, as far as the page reads them. */
export interface TextObject {
  readonly text: string;
}

export interface Option {
  readonly text: TextObject;
  readonly value: string;
  readonly description?: TextObject;
}

export interface Confirm {
  readonly title: TextObject;
  readonly text: TextObject;
  readonly confirm: TextObject;
  readonly deny: TextObject;
  readonly style?: string;
}

/** A button, a menu or a field. */
export interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly text?: TextObject;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
  readonly accessibility_label?: string;
  readonly placeholder?: TextObject;
  readonly options?: readonly Option[];
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly initial_value?: string;
  readonly multiline?: boolean;
  readonly max_length?: number;
  readonly min_query_length?: number;
}

export interface InputBlock extends Block {
  readonly block_id: string;
  readonly label: TextObject;
  readonly hint?: TextObject;
  readonly optional?: boolean;
  readonly element: Element;
}

/** Text that stands as it is: nothing in it is markup. */
export const isPlain = (text: unknown): text is TextObject =>
  typeof text === 'object' && text !== null && 'type' in text && text.type === 'plain_text';

export const accessoryOf = (block: Block) => block.accessory as Element | undefined;
export const elementsOf = (block: Block) => (block.elements ?? []) as readonly Element[];
export const isInput = (block: Block): block is InputBlock => block.type === 'input';
