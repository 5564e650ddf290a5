import type { Json } from '../local/types.ts';
import { limits } from './limits.ts';
import type { Block, ConfirmObject, Element, Option, TextObject, View } from './types.ts';

type Report = (fault: string) => void;

/** What Slack would refuse in a message's body, as sentences; [] when it would take it. */
export function faultsOfMessage(body: Json, { updated = false } = {}): string[] {
  const faults: string[] = [];
  const report: Report = (fault) => faults.push(fault);
  const text = typeof body.text === 'string' ? body.text : '';
  length(report, 'the message text', text, updated ? limits.message.updatedText : limits.message.text);
  if (Array.isArray(body.blocks)) {
    const blocks = body.blocks as Block[];
    if (blocks.length > 0 && text === '') {
      report('blocks without a text: notifications and screen readers have nothing to say');
    }
    checkBlocks(report, blocks, limits.message.blocks, 'message');
    const size = JSON.stringify(blocks).length;
    if (size > limits.message.json) report(`the blocks are ${size} characters of JSON, too long for Slack`);
  }
  for (const markup of [text, ...markupIn(body.blocks)]) {
    for (const call of markup.match(/<!(?:channel|here|everyone)\b/g) ?? []) {
      report(`${call}> calls everybody in the channel`);
    }
  }
  return faults;
}

/** The texts that Slack reads markup in; plain and rich text are taken as they stand. */
function markupIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(markupIn);
}

/** What Slack would refuse in a modal, as sentences; [] when it would take it. */
export function faultsOfView(view: View): string[] {
  const faults: string[] = [];
  const report: Report = (fault) => faults.push(fault);
  checkText(report, 'the title', view.title, limits.view.title, 'plain_text');
  if (view.submit) checkText(report, 'the submit button', view.submit, limits.view.button, 'plain_text');
  if (view.close) checkText(report, 'the close button', view.close, limits.view.button, 'plain_text');
  length(report, 'private_metadata', view.private_metadata, limits.view.privateMetadata);
  length(report, 'callback_id', view.callback_id, limits.view.callbackId);
  length(report, 'external_id', view.external_id, limits.view.externalId);
  const blocks = view.blocks ?? [];
  checkBlocks(report, blocks, limits.view.blocks, 'modal');
  if (blocks.some((block) => block.type === 'input') && !view.submit) {
    report('a modal with inputs needs a submit button');
  }
  return faults;
}

/** What Slack would refuse in the answer to a search in a select menu. */
export function faultsOfOptions(body: Json): string[] {
  const faults: string[] = [];
  const report: Report = (fault) => faults.push(fault);
  const groups = body.option_groups;
  if (Array.isArray(groups)) {
    if (groups.length > limits.select.groups) report(`${groups.length} option groups`);
    for (const group of groups as { label: TextObject; options: Option[] }[]) {
      checkText(report, 'an option group label', group.label, limits.option.text, 'plain_text');
      checkOptions(report, 'an option group', group.options, limits.select.options);
    }
  } else if (Array.isArray(body.options)) {
    checkOptions(report, 'the suggestions', body.options as Option[], limits.select.options);
  } else {
    report('neither options nor option_groups');
  }
  return faults;
}

function checkBlocks(report: Report, blocks: readonly Block[], most: number, where: string): void {
  if (blocks.length > most) report(`${blocks.length} blocks in a ${where}, at most ${most}`);
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const name = `block ${index + 1} (${block.type})`;
    if (block.block_id !== undefined) {
      length(report, `the block_id of ${name}`, block.block_id, limits.id);
      if (ids.has(block.block_id)) report(`two blocks with the block_id "${block.block_id}"`);
      ids.add(block.block_id);
    }
    checkBlock(report, name, block, where);
  }
  const tables = blocks.filter((block) => block.type === 'table').length;
  if (tables > limits.table.perMessage) report(`${tables} tables, at most ${limits.table.perMessage}`);
}

function checkBlock(report: Report, name: string, block: Block, where: string): void {
  const check = blockChecks[block.type];
  if (!check) report(`${name} is no kind of block that a ${where} can hold`);
  check?.((fault) => report(`${name}: ${fault}`), block);
  const seen = new Set<string>();
  for (const { action_id: id } of interactiveOf(block)) {
    if (id === undefined) continue;
    if (seen.has(id)) report(`${name} has the action_id "${id}" twice`);
    seen.add(id);
  }
}

const blockChecks: Record<string, (report: Report, block: Block) => void> = {
  section(report, block) {
    if (!block.text && !block.fields) report('needs a text or fields');
    if (block.text) checkText(report, 'text', block.text, limits.section.text);
    if ((block.fields?.length ?? 0) > limits.section.fields) report(`${block.fields?.length} fields`);
    for (const field of block.fields ?? []) checkText(report, 'a field', field, limits.section.field);
    if (block.accessory) checkElement(report, block.accessory);
  },
  header: (report, block) => checkText(report, 'text', block.text, limits.header.text, 'plain_text'),
  divider() {},
  context(report, block) {
    many(report, 'elements', block.elements, limits.context.elements);
    for (const element of block.elements ?? []) {
      if (element.type === 'image') checkImage(report, element);
      else checkText(report, 'an element', element as unknown as TextObject, limits.context.text);
    }
  },
  actions(report, block) {
    many(report, 'elements', block.elements, limits.actions.elements);
    for (const element of block.elements ?? []) checkElement(report, element);
  },
  input(report, block) {
    checkText(report, 'label', block.label, limits.input.label, 'plain_text');
    if (block.hint) checkText(report, 'hint', block.hint, limits.input.hint, 'plain_text');
    if (block.element) checkElement(report, block.element);
    else report('needs an element');
  },
  image: (report, block) => checkImage(report, block),
  table(report, block) {
    many(report, 'rows', block.rows, limits.table.rows);
    for (const row of block.rows ?? []) many(report, 'cells in a row', row, limits.table.columns);
  },
  markdown(report, block) {
    length(report, 'text', typeof block.text === 'string' ? block.text : '', limits.markdown.text, 1);
  },
  rich_text: (report, block) => many(report, 'elements', block.elements, 1_000),
};

function checkElement(report: Report, element: Element): void {
  const say: Report = (fault) => report(`${element.type}: ${fault}`);
  length(say, 'action_id', element.action_id, limits.id);
  if (element.confirm) checkConfirm(say, element.confirm);
  if (element.placeholder) {
    checkText(say, 'placeholder', element.placeholder, limits.input.placeholder, 'plain_text');
  }
  const check = elementChecks[element.type];
  if (check) check(say, element);
  else say('is no element that Slack knows');
}

const checkChoices = (say: Report, { options = [] }: Element) =>
  checkOptions(say, 'it', options, limits.choices.options);
const nothingMore = () => undefined;

const elementChecks: Record<string, (say: Report, element: Element) => void> = {
  button: checkButton,
  image: checkImage,
  overflow: (say, { options = [] }) => checkOptions(say, 'it', options, limits.overflow.options),
  radio_buttons: checkChoices,
  checkboxes: checkChoices,
  static_select: checkSelect,
  external_select: checkSelect,
  multi_static_select: checkSelect,
  multi_external_select: checkSelect,
  users_select: checkSelect,
  conversations_select: checkSelect,
  channels_select: checkSelect,
  plain_text_input: checkTyped,
  email_text_input: checkTyped,
  url_text_input: checkTyped,
  number_input: checkTyped,
  datepicker: nothingMore,
  timepicker: nothingMore,
  datetimepicker: nothingMore,
  file_input: nothingMore,
};

function checkTyped(say: Report, element: Element): void {
  const most = element.max_length ?? 1;
  if (most > limits.input.maxLength) say(`max_length ${most}, at most ${limits.input.maxLength}`);
}

function checkButton(say: Report, element: Element): void {
  checkText(say, 'text', element.text, limits.button.text, 'plain_text');
  length(say, 'value', element.value, limits.button.value);
  length(say, 'url', element.url, limits.button.url);
  length(say, 'accessibility_label', element.accessibility_label, limits.button.label);
  if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger') {
    say(`style "${element.style}" is neither primary nor danger`);
  }
}

function checkSelect(say: Report, element: Element): void {
  if (element.options) checkOptions(say, 'it', element.options, limits.select.options);
  if ((element.option_groups?.length ?? 0) > limits.select.groups) say('too many option groups');
  for (const group of element.option_groups ?? []) {
    checkText(say, 'a group label', group.label, limits.option.text, 'plain_text');
    checkOptions(say, 'a group', group.options, limits.select.options);
  }
  if (element.type.endsWith('static_select') && !element.options && !element.option_groups) {
    say('needs options');
  }
}

function checkOptions(report: Report, whose: string, options: readonly Option[], most: number): void {
  if (options.length === 0 && whose !== 'the suggestions') report(`${whose} has no options`);
  if (options.length > most) report(`${whose} has ${options.length} options, at most ${most}`);
  for (const option of options) {
    checkText(report, 'an option', option.text, limits.option.text);
    length(report, 'an option value', option.value, limits.option.value);
    if (option.description) {
      checkText(report, 'an option description', option.description, limits.option.description);
    }
  }
}

function checkConfirm(report: Report, confirm: ConfirmObject): void {
  checkText(report, 'the title of the question', confirm.title, limits.confirm.title, 'plain_text');
  checkText(report, 'the text of the question', confirm.text, limits.confirm.text);
  checkText(report, 'the yes of the question', confirm.confirm, limits.confirm.button, 'plain_text');
  checkText(report, 'the no of the question', confirm.deny, limits.confirm.button, 'plain_text');
}

function checkImage(report: Report, image: Pick<Block & Element, 'image_url' | 'alt_text'>): void {
  length(report, 'image_url', image.image_url, limits.image.url);
  length(report, 'alt_text', image.alt_text ?? '', limits.image.alt, 1);
}

function checkText(
  report: Report,
  what: string,
  text: TextObject | string | undefined,
  most: number,
  type?: 'plain_text',
): void {
  if (text === undefined || typeof text === 'string') {
    report(`${what} is no text object`);
    return;
  }
  if (text.type !== 'plain_text' && text.type !== 'mrkdwn') report(`${what} has the type "${text.type}"`);
  if (type && text.type !== type) report(`${what} must be ${type}`);
  length(report, what, text.text, most, 1);
}

function length(report: Report, what: string, text: string | undefined, most: number, least = 0): void {
  if (text === undefined) return;
  if (text.length < least) report(`${what} is empty`);
  if (text.length > most) {
    report(`${what} has ${text.length} characters, at most ${most}: "${text.slice(0, 60)}…"`);
  }
}

function many(report: Report, what: string, list: readonly unknown[] | undefined, most: number): void {
  const count = list?.length ?? 0;
  if (count === 0) report(`no ${what}`);
  if (count > most) report(`${count} ${what}, at most ${most}`);
}

/** The elements of a block that a person can press, choose in or fill in. */
export function interactiveOf(block: Block): readonly Element[] {
  const inside = block.type === 'actions' ? (block.elements ?? []) : [];
  return [...inside, block.accessory, block.element].filter((element) => element !== undefined);
}
