import type { Text } from '../../rules/language.ts';
import type { Acknowledged } from '../local/deliver.ts';
import type { Who } from '../local/types.ts';
import { faultsOfView } from './check.ts';
import { type FormValues, fill } from './form.ts';
import { interactionPayload } from './payloads.ts';
import { act, type Stage } from './stage.ts';
import type { View } from './types.ts';
import { words } from './words.ts';

export interface Submitted {
  /** Undefined where Slack itself held the form back. */
  readonly ack?: Acknowledged;
  /** What Slack itself says under the fields, by block_id. */
  readonly held?: Readonly<Record<string, Text>>;
  /** What the bot says under the fields, by block_id; the form stays open. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What Slack says where the bot did not answer; the form stays open. */
  readonly error?: Text;
}

/** Submits a modal with what a person put into it, and does to it what the bot answers. */
export async function submit(stage: Stage, who: Who, view: View, values: FormValues): Promise<Submitted> {
  const { state, errors: held } = fill(stage, view, values);
  if (Object.keys(held).length > 0) return { held };
  const trigger = stage.modals.trigger(who.id);
  const base = interactionPayload(stage.workspace, who, 'view_submission', trigger);
  const ack = await act(stage, 'interaction', { ...base, view: { ...view, state }, response_urls: [] });
  if (ack.status !== 200) return { ack, error: words.formFailed };
  const errors = follow(stage, who.id, view, ack);
  return { ack, ...(errors ? { errors } : {}) };
}

/** Closes the modal on top; the bot hears of it where it asked to. */
export async function closeModal(stage: Stage, who: Who, view: View): Promise<void> {
  stage.modals.close(who.id, false);
  if (!view.notify_on_close) return;
  const base = interactionPayload(stage.workspace, who, 'view_closed');
  await act(stage, 'interaction', { ...base, view, is_cleared: false });
}

/** Does to the open modal what the bot's answer says (close, errors, update, push, clear); gives the errors. */
function follow(
  { modals, book }: Stage,
  user: string,
  view: View,
  { body }: Acknowledged,
): Readonly<Record<string, string>> | undefined {
  const answer = (body || {}) as {
    response_action?: string;
    errors?: Record<string, string>;
    view?: View;
  };
  const action = answer.response_action;
  switch (action) {
    case 'errors':
      book.fault(...faultsOfErrors(view, answer.errors ?? {}));
      return answer.errors ?? {};
    case undefined:
    case 'clear':
      modals.close(user, action === 'clear');
      return undefined;
    case 'update':
    case 'push':
      if (!answer.view) {
        book.fault(`view_submission: "${action}" without a view`);
        return undefined;
      }
      book.fault(...faultsOfView(answer.view).map((fault) => `view_submission: ${fault}`));
      if (action === 'update') modals.replace(user, view, answer.view);
      else modals.push(user, answer.view);
      return undefined;
    default:
      book.fault(`view_submission: response_action "${action}" is unknown to Slack`);
      return undefined;
  }
}

function faultsOfErrors(view: View, errors: Readonly<Record<string, string>>): string[] {
  const ids = Object.keys(errors);
  if (ids.length === 0) return ['view_submission: errors without any error'];
  return ids
    .filter((id) => view.blocks.find((block) => block.block_id === id)?.type !== 'input')
    .map((id) => `view_submission: an error for "${id}", which is no input`);
}
