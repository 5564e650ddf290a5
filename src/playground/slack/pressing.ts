import type { Text } from '../../rules/language.ts';
import type { Acknowledged } from '../local/deliver.ts';
import type { Json, Who } from '../local/types.ts';
import { faultsOfOptions, interactiveOf } from './check.ts';
import { actionPayload, interactionPayload, messagePayload, viewPayload } from './payloads.ts';
import { act, placeOf, type Stage } from './stage.ts';
import type { Block, Element, Message, Option, View } from './types.ts';
import { words } from './words.ts';

/** Where an element stands: in a message or in an open modal. */
export type Place = { readonly message: Message } | { readonly view: View };

/** An element that somebody can press, choose in or fill in. */
export interface Found {
  readonly at: Place;
  readonly block: Block;
  readonly element: Element;
}

/** Everything of a message or a modal that can be pressed, chosen in or filled in. */
export function elementsAt(at: Place): Found[] {
  const { blocks } = 'view' in at ? at.view : at.message;
  return blocks.flatMap((block) => interactiveOf(block).map((element) => ({ at, block, element })));
}

/** Presses a button, or chooses an option of a menu. A question that the button asks first was answered yes. */
export function use(
  stage: Stage,
  who: Who,
  { at, block, element }: Found,
  option?: Option,
): Promise<Acknowledged> {
  const trigger = stage.modals.trigger(who.id);
  return act(stage, 'interaction', {
    ...interactionPayload(stage.workspace, who, 'block_actions', trigger),
    ...placePayload(stage, who, at),
    actions: [actionPayload(element, block.block_id, option)],
  });
}

function placePayload(stage: Stage, who: Who, at: Place): Json {
  if ('view' in at) return viewPayload(at.view);
  const { message } = at;
  const { channel, ts } = message;
  return messagePayload(message, placeOf(stage, channel), stage.door.responseUrl(channel, who.id, ts));
}

export interface Suggested {
  readonly options: readonly Option[];
  readonly error?: Text;
}

/** How much must be typed before Slack asks the bot. */
export function leastTyped({ min_query_length: least = 3 }: Element): number {
  return least;
}

/** Asks the bot for the options of a menu. What is chosen next is looked for among them. */
export async function suggest(stage: Stage, who: Who, found: Found, text: string): Promise<Suggested> {
  const { at, block, element } = found;
  const { status, body } = await act(stage, 'interaction', {
    ...interactionPayload(stage.workspace, who, 'block_suggestion'),
    ...placePayload(stage, who, at),
    action_id: element.action_id,
    block_id: block.block_id,
    value: text,
  });
  if (status !== 200) return { options: [], error: words.menuFailed };
  const answer = (body || {}) as { options?: Option[]; option_groups?: { options: Option[] }[] };
  stage.book.fault(...faultsOfOptions(answer).map((fault) => `block_suggestion: ${fault}`));
  const options = answer.options ?? (answer.option_groups ?? []).flatMap((group) => group.options);
  stage.modals.offer(menuOf(found), options);
  return { options };
}

/** The option of a menu that has this value. */
export function optionOf({ modals }: Stage, found: Found, value: string): Option | undefined {
  const { options = [], option_groups = [], initial_option, initial_options = [] } = found.element;
  const known = [
    ...options,
    ...option_groups.flatMap((group) => group.options),
    ...modals.offered(menuOf(found)),
    ...(initial_option ? [initial_option] : []),
    ...initial_options,
  ];
  return known.find((option) => option.value === value);
}

function menuOf({ at, block, element }: Found): string {
  const place = 'view' in at ? at.view.id : `${at.message.channel} ${at.message.ts}`;
  return `${place} ${block.block_id} ${element.action_id}`;
}
