import { interactiveOf } from './check.ts';
import { optionOf, pick } from './form.ts';
import { actionPayload, interactionPayload, placePayload } from './payloads.ts';
import { textOfObject } from './read.ts';
import { interact, type Stage, topView, visibleTo, type Who } from './stage.ts';
import { suggestions } from './submitting.ts';
import type { Ack, Block, Element, Message, Option, View } from './types.ts';

interface Found {
  readonly block: Block;
  readonly element: Element;
  /** Undefined in a modal. */
  readonly message?: Message;
}

type Matches = (element: Element, block: Block, exactly: boolean) => boolean;

export interface Pressed extends Ack {
  /** Where the button leads, for one that opens a page. */
  readonly url?: string;
  /** What was asked before the press counted; the answer was yes. */
  readonly asked?: string;
}

/** Presses a button by label (or its beginning) or action_id: in `only`, else the open modal, else the newest message. */
export async function press(stage: Stage, who: Who, name: string, only?: Message): Promise<Pressed> {
  const found = find(stage, who, `button "${name}"`, only, (element, _block, exactly) => {
    if (element.type !== 'button') return false;
    const label = textOfObject(element.text);
    return exactly ? element.action_id === name || label === name : label.startsWith(name);
  });
  const { url, confirm } = found.element;
  const asked = confirm && `${textOfObject(confirm.title)}\n${textOfObject(confirm.text)}`;
  const ack = await use(stage, who, found);
  return { ...ack, ...(url === undefined ? {} : { url }), ...(asked === undefined ? {} : { asked }) };
}

/** Chooses an option of the menu called `at` (label, placeholder or action_id), or of whichever menu has it. */
export async function choose(
  stage: Stage,
  who: Who,
  option: string,
  at: string | undefined,
  only?: Message,
): Promise<Ack> {
  const found = find(stage, who, `menu with "${option}"`, only, (element, block, exactly) => {
    if (element.type === 'button' || element.type.endsWith('_input')) return false;
    const called = [
      element.action_id,
      textOfObject(block.label ?? block.text),
      textOfObject(element.placeholder),
    ];
    if (at !== undefined) return called.includes(at);
    const groups = (element.option_groups ?? []).flatMap((group) => group.options);
    return [...(element.options ?? []), ...groups]
      .map(({ text }) => textOfObject(text))
      .some((text) => (exactly ? text === option : text.startsWith(option)));
  });
  const { element, block } = found;
  const chosen = element.type.includes('external')
    ? pick(await suggestions(stage, who, element, block, option), option)
    : optionOf(element, option);
  return use(stage, who, found, chosen);
}

async function use(stage: Stage, who: Who, found: Found, option?: Option): Promise<Ack> {
  const { workspace, door } = stage;
  const { block, element, message } = found;
  const actions = [actionPayload(element, block.block_id, option)];
  const base = interactionPayload(workspace, who, 'block_actions', door.trigger(who.id));
  if (!message) {
    return interact(stage, { ...base, ...placePayload({ view: topView(stage, who) }, {}), actions });
  }
  const { channel } = message;
  const where = { id: channel, name: workspace.channel(channel)?.name ?? 'directmessage' };
  const response_url = door.responseUrl(channel, who.id, message.ts);
  return interact(stage, { ...base, ...placePayload({ message, where }, { response_url }), actions });
}

/** The first element that matches, exactly or, where none does, loosely. */
function find(stage: Stage, who: Who, what: string, only: Message | undefined, matches: Matches): Found {
  const places = placesOf(visibleTo(stage, who), stage.book.views(who.id).at(-1), only);
  for (const exactly of [true, false]) {
    for (const { blocks, message } of places) {
      for (const block of blocks) {
        const element = interactiveOf(block).find((one) => matches(one, block, exactly));
        if (element) return { block, element, ...(message ? { message } : {}) };
      }
    }
  }
  const labels = places.flatMap(({ blocks }) =>
    blocks.flatMap(interactiveOf).map(({ text }) => textOfObject(text)),
  );
  throw new Error(`No ${what} to be seen by ${who.handle}; there are: ${labels.filter(Boolean).join(', ')}`);
}

/** Where to look: one message, as it stands now even if the test holds an older copy, or everything, newest first. */
function placesOf(
  messages: readonly Message[],
  view: View | undefined,
  only: Message | undefined,
): { blocks: readonly Block[]; message?: Message }[] {
  const all = messages.map((message) => ({ blocks: message.blocks, message }));
  if (!only) return [...(view ? [view] : []), ...all];
  return all.filter(({ message }) => message.channel === only.channel && message.ts === only.ts);
}
