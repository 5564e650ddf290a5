import type { Stage } from './actor.ts';
import { faultsOfView } from './check.ts';
import { textOfObject } from './read.ts';
import type { Ack, Json, View } from './types.ts';

/**
 * Does to the open modal what the bot's answer to its submission says (close, errors, update, push, clear).
 * Returns the errors by label.
 */
export async function showAnswer(
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
    case 'clear':
      book.close(user, true);
      return {};
    case 'update':
    case 'push': {
      if (!body.view) throw new Error(`"${body.response_action}" without a view`);
      for (const fault of faultsOfView(body.view)) book.faults.push(`view_submission: ${fault}`);
      const answer = await (body.response_action === 'update'
        ? workspace.call('views.update', { view_id: view.id, view: body.view }, 'bot')
        : push(workspace, view, body.view));
      book.show(user, answer.view as View);
      return {};
    }
    case undefined:
      book.close(user, false);
      return {};
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
  const labelled = Object.entries(errors).map(([blockId, text]) => {
    const block = view.blocks.find(({ block_id: id }) => id === blockId);
    if (block?.type !== 'input') faults.push(`view_submission: an error for "${blockId}", which is no input`);
    return [block ? textOfObject(block.label) : blockId, text];
  });
  if (labelled.length === 0) faults.push('view_submission: errors without any error');
  return Object.fromEntries(labelled) as Record<string, string>;
}
