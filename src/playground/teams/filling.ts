import { randomUUID } from 'node:crypto';
import type { Text } from '../../rules/language.ts';
import type { Acknowledged } from '../local/deliver.ts';
import { asJson } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import { invokeActivity } from './activities.ts';
import { actionsOf, inputsOf } from './cards.ts';
import { faultsOfSearch, faultsOfTask } from './check.ts';
import { limits } from './limits.ts';
import type { Pressed, Pressing } from './pressing.ts';
import { ask, type Stage } from './stage.ts';
import type { Account } from './tenant.ts';
import type { Action, Card, Choice, Dialog, Element } from './types.ts';
import { invokeError, words } from './words.ts';

/** What somebody put into a dialog, by the inputs' ids; what they did not touch is as it was drawn. */
export type Values = Readonly<Record<string, string>>;

const context = { theme: 'default' };

/** Asks the bot for the dialog behind a button, and opens what it answers. */
export async function openDialog(stage: Stage, pressing: Pressing, data: Json): Promise<Pressed> {
  const { who, room, message } = pressing;
  const activity = invokeActivity(stage, { who, room }, 'task/fetch', { data, context }, message);
  const ack = await ask(stage, activity);
  const error = invokeError(ack);
  if (error) return { ack, error };
  stage.book.fault(...faultsOfTask('task/fetch', ack.body));
  const place = { id: randomUUID(), room: room.id, thread: message.thread ?? message.id };
  const dialog = dialogIn(ack.body, place);
  if (!dialog) return { ack, error: words.wentWrong };
  stage.dialogs.show(who.id, dialog);
  return { ack };
}

export interface Submitted {
  /** Undefined where Teams itself held the dialog back. */
  readonly ack?: Acknowledged;
  /** What Teams itself says under the inputs, by id. */
  readonly held?: Readonly<Record<string, Text>>;
  /** What Teams says where the bot did not answer; the dialog stays open. */
  readonly error?: Text;
}

/** Submits the open dialog with what somebody put into it, and does to it what the bot answers. */
export async function submitDialog(
  stage: Stage,
  who: Account,
  dialog: Dialog,
  values: Values,
): Promise<Submitted> {
  const { card } = dialog;
  const action = card && submitOf(card);
  if (!card || !action) return { error: words.gone };
  const inputs = inputsOf(card);
  const held = heldBack(stage, who, inputs, values);
  if (Object.keys(held).length > 0) return { held };
  const filled = inputs.map(({ id = '', value = '' }) => [id, values[id] ?? value]);
  const data = { ...action.data, ...Object.fromEntries(filled) };
  const ack = await ask(
    stage,
    invokeActivity(stage, actOf(stage, who, dialog), 'task/submit', { data, context }),
  );
  const error = invokeError(ack);
  if (error) return { ack, error };
  stage.book.fault(...faultsOfTask('task/submit', ack.body));
  const next = dialogIn(ack.body, dialog);
  if (next) stage.dialogs.show(who.id, next);
  else stage.dialogs.close(who.id);
  return { ack };
}

/** The button that submits a dialog. */
function submitOf(card: Card): Action | undefined {
  return actionsOf(card).find(({ action }) => action.type === 'Action.Submit')?.action;
}

export interface Suggested {
  readonly choices: readonly Choice[];
  readonly error?: Text;
}

/** Asks the bot for what an input of the open dialog offers for a typed text. */
export async function search(
  stage: Stage,
  who: Account,
  dialog: Dialog,
  input: Element,
  text: string,
): Promise<Suggested> {
  const dataset = input['choices.data']?.dataset;
  const value = { queryText: text, queryOptions: { skip: 0, top: limits.choices }, dataset };
  const act = actOf(stage, who, dialog);
  const ack = await ask(stage, invokeActivity(stage, act, 'application/search', value));
  if (ack.status !== 200) return { choices: [], error: words.searchFailed };
  const faults = faultsOfSearch(ack.body);
  stage.book.fault(...faults);
  if (faults.length > 0) return { choices: [] };
  const results = asJson(asJson(ack.body).value).results as Choice[];
  const choices = results.slice(0, limits.choices);
  stage.dialogs.offer(who.id, input.id ?? '', choices);
  return { choices };
}

/** Every choice that an input knows now. */
export function choicesOf({ dialogs }: Stage, who: Account, { id = '', choices = [] }: Element): Choice[] {
  return [...choices, ...dialogs.offered(who.id, id)];
}

function actOf({ tenant }: Stage, who: Account, { room: id, thread }: Dialog) {
  const room = tenant.room(id) ?? tenant.personalOf(who);
  return { who, room, thread };
}

function dialogIn(body: unknown, place: Pick<Dialog, 'id' | 'room' | 'thread'>): Dialog | undefined {
  const { type, value } = asJson(asJson(body).task);
  const { id, room, thread } = place;
  if (type === 'message') return { id, room, thread, title: '', card: undefined, message: String(value) };
  if (type !== 'continue') return undefined;
  const { title, card } = asJson(value);
  const content = asJson(card).content as Card;
  return { id, room, thread, title: String(title), card: content, message: undefined };
}

/** Why Teams does not send a dialog as it is filled in, by the inputs' ids; {} where it does. */
function heldBack(
  stage: Stage,
  who: Account,
  inputs: readonly Element[],
  values: Values,
): Record<string, Text> {
  const held: Record<string, Text> = {};
  for (const input of inputs) {
    const { type, id = '', value = '', isRequired, maxLength = Number.POSITIVE_INFINITY } = input;
    const given = values[id] ?? value;
    const isKnown = choicesOf(stage, who, input).some((choice) => choice.value === given);
    if (isRequired && given === '') held[id] = words.required;
    else if (given.length > maxLength) held[id] = words.tooLong(maxLength);
    else if (type === 'Input.ChoiceSet' && given !== '' && !isKnown) held[id] = words.noSuchChoice;
  }
  return held;
}
