import { faultsOfOptions, faultsOfView } from './check.ts';
import { fieldOf, missingIn, pick, stateOf, type Values } from './form.ts';
import { interactionPayload, placePayload } from './payloads.ts';
import { textOfObject } from './read.ts';
import { interact, type Stage, topView, type Who } from './stage.ts';
import type { Ack, Block, Element, Json, Option, View } from './types.ts';

export interface Submitted {
  /** What stands under the fields now, by label; {} when the form was taken. */
  readonly errors: Readonly<Record<string, string>>;
  /** Undefined where Slack itself held the form back. */
  readonly ack: Ack | undefined;
}

/** Asks the bot for the options of a menu of the open modal. */
export async function suggestions(
  stage: Stage,
  who: Who,
  element: Element,
  block: Block,
  text: string,
): Promise<readonly Option[]> {
  const least = element.min_query_length ?? 3;
  if (text.length < least) throw new Error(`Slack asks nothing before ${least} characters are typed`);
  const { body } = await interact(stage, {
    ...interactionPayload(stage.workspace, who, 'block_suggestion'),
    ...placePayload({ view: topView(stage, who) }, {}),
    action_id: element.action_id,
    block_id: block.block_id,
    value: text,
  });
  const answer = (body || {}) as { options?: Option[]; option_groups?: { options: Option[] }[] };
  stage.book.faults.push(...faultsOfOptions(answer).map((fault) => `block_suggestion: ${fault}`));
  return answer.options ?? (answer.option_groups ?? []).flatMap((group) => group.options);
}

/** What a menu of the open modal, by label, offers for a typed text. */
export async function search(stage: Stage, who: Who, field: string, text: string): Promise<string[]> {
  const { element, block } = fieldOf(topView(stage, who), field);
  return (await suggestions(stage, who, element, block, text)).map((option) => textOfObject(option.text));
}

/** Fills the open modal in and submits it. */
export async function submit(stage: Stage, who: Who, values: Values): Promise<Submitted> {
  const view = topView(stage, who);
  const missing = missingIn(view, values);
  if (Object.keys(missing).length > 0) return { errors: missing, ack: undefined };
  const state = await stateOf(view, values, async (element, block, text) =>
    pick(await suggestions(stage, who, element, block, text), text),
  );
  const trigger = stage.door.trigger(who.id);
  const base = interactionPayload(stage.workspace, who, 'view_submission', trigger);
  const ack = await interact(stage, { ...base, view: { ...view, state }, response_urls: [] });
  return { errors: await showAnswer(stage, who.id, view, ack), ack };
}

/** Closes the open modal; the bot hears of it where it asked to. */
export async function closeModal(stage: Stage, who: Who): Promise<void> {
  const view = topView(stage, who);
  stage.book.close(who.id, false);
  if (!view.notify_on_close) return;
  const base = interactionPayload(stage.workspace, who, 'view_closed');
  await interact(stage, { ...base, view, is_cleared: false });
}

/** Does to the open modal what the bot's answer says (close, errors, update, push, clear); the errors by label. */
async function showAnswer(
  { workspace, book }: Stage,
  user: string,
  view: View,
  ack: Ack,
): Promise<Record<string, string>> {
  if (ack.status !== 200) return { '': `The bot answered ${ack.status}` };
  const body = (ack.body || {}) as { response_action?: string; errors?: Record<string, string>; view?: View };
  switch (body.response_action) {
    case 'errors':
      return errorsByLabel(view, body.errors ?? {}, book.faults);
    case undefined:
    case 'clear':
      book.close(user, body.response_action === 'clear');
      return {};
    case 'update':
    case 'push': {
      if (!body.view) throw new Error(`"${body.response_action}" without a view`);
      book.faults.push(...faultsOfView(body.view).map((fault) => `view_submission: ${fault}`));
      const answer = await (body.response_action === 'update'
        ? workspace.call('views.update', { view_id: view.id, view: body.view }, 'bot')
        : push(workspace, view, body.view));
      book.show(user, answer.view as View);
      return {};
    }
    default:
      book.faults.push(`view_submission: response_action "${body.response_action}" is unknown to Slack`);
      return {};
  }
}

async function push(workspace: Stage['workspace'], under: View, view: View): Promise<Json> {
  const { trigger_id } = await workspace.call('views.generateTriggerId', { view_id: under.id }, 'bot');
  return workspace.call('views.push', { trigger_id, view }, 'bot');
}

function errorsByLabel(view: View, errors: Record<string, string>, faults: string[]): Record<string, string> {
  const labelled = Object.entries(errors).map(([blockId, text]): [string, string] => {
    const block = view.blocks.find(({ block_id: id }) => id === blockId);
    if (block?.type !== 'input') faults.push(`view_submission: an error for "${blockId}", which is no input`);
    return [block ? textOfObject(block.label) : blockId, text];
  });
  if (labelled.length === 0) faults.push('view_submission: errors without any error');
  return Object.fromEntries(labelled);
}
