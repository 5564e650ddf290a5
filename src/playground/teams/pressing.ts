import type { Text } from '../../rules/language.ts';
import type { Acknowledged } from '../local/deliver.ts';
import { asJson } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import { invokeActivity, submitActivity } from './activities.ts';
import { ADAPTIVE_CARD, FILE_CONSENT } from './cards.ts';
import { faultsOfExecuted } from './check.ts';
import { openDialog } from './filling.ts';
import { announce, ask, type Stage } from './stage.ts';
import type { Account, Room } from './tenant.ts';
import type { Action, Message } from './types.ts';
import { invokeError, words } from './words.ts';

/** What came of a press: the bot's acknowledgement where it was asked, and what Teams says where it went wrong. */
export interface Pressed {
  readonly ack?: Acknowledged;
  readonly error?: Text;
  /** What the bot says to the presser alone, beside the card. */
  readonly notice?: string;
  /** Where the button leads, for one that opens a page. */
  readonly url?: string;
}

export interface Pressing {
  readonly who: Account;
  readonly room: Room;
  readonly message: Message;
  /** What the card's inputs hold. */
  readonly values?: Json;
  /** On a client that cannot execute: the button's fallback is pressed in its place. */
  readonly oldClient?: boolean;
}

/** Presses a button of a card in a message. One that shows a card does so by itself: the bot hears nothing of it. */
export async function press(stage: Stage, pressing: Pressing, action: Action): Promise<Pressed> {
  const { oldClient = false } = pressing;
  switch (action.type) {
    case 'Action.Execute':
      if (!oldClient) return execute(stage, pressing, action);
      return typeof action.fallback === 'object' ? press(stage, pressing, action.fallback) : {};
    case 'Action.Submit':
      return submit(stage, pressing, action);
    case 'Action.OpenUrl':
      return action.url === undefined ? {} : { url: action.url };
    default:
      return {};
  }
}

async function execute(stage: Stage, pressing: Pressing, action: Action): Promise<Pressed> {
  const { who, room, message, values } = pressing;
  const { type, id, title, verb, data } = action;
  const named = { type, ...(id ? { id } : {}), title, verb, data: { ...data, ...values } };
  const value = { action: named, trigger: 'manual' };
  const ack = await ask(stage, invokeActivity(stage, { who, room }, 'adaptiveCard/action', value, message));
  const error = invokeError(ack);
  if (error) return { ack, error };
  stage.book.fault(...faultsOfExecuted(ack.body));
  const answer = asJson(ack.body);
  if (answer.type === ADAPTIVE_CARD) {
    const attachments = [{ contentType: ADAPTIVE_CARD, content: answer.value }];
    stage.book.edit(message, { text: message.text, summary: message.summary, attachments });
  }
  if (answer.type === 'application/vnd.microsoft.error') return { ack, error: words.wentWrong };
  const isNotice = answer.type === 'application/vnd.microsoft.activity.message' && answer.value !== '';
  return { ack, ...(isNotice ? { notice: String(answer.value) } : {}) };
}

async function submit(stage: Stage, pressing: Pressing, { data = {} }: Action): Promise<Pressed> {
  const { who, room, message, values } = pressing;
  const { msteams, ...rest } = data;
  const kind = asJson(msteams).type;
  if (kind === 'task/fetch') return openDialog(stage, pressing, { ...data, ...values });
  if (kind !== undefined)
    stage.book.fault(`a button of the kind "${String(kind)}" is none that this bot needs`);
  const value = { ...rest, ...values };
  await announce(stage, submitActivity(stage, { who, room }, message, value)).ack;
  return {};
}

/** Accepts or declines a file that the bot offers. The card stays as it is until the bot changes it. */
export async function consent(stage: Stage, pressing: Pressing, accepts: boolean): Promise<Pressed> {
  const { who, room, message } = pressing;
  const card = message.attachments.find(({ contentType }) => contentType === FILE_CONSENT);
  const { acceptContext, declineContext } = asJson(card?.content);
  const name = card?.name ?? '';
  const base = { type: 'fileUpload', action: accepts ? 'accept' : 'decline' };
  const value = accepts
    ? { ...base, context: acceptContext, uploadInfo: uploadInfo(stage, pressing, name) }
    : { ...base, context: declineContext };
  const ack = await ask(stage, invokeActivity(stage, { who, room }, 'fileConsent/invoke', value, message));
  const error = invokeError(ack);
  return { ack, ...(error ? { error } : {}) };
}

function uploadInfo({ files }: Stage, { who, room }: Pressing, name: string): Json {
  const { id, url } = files.upload(room.id, name);
  return {
    contentUrl: `https://contoso-my.sharepoint.com/personal/${who.handle}/Documents/Applications/${encodeURIComponent(name)}`,
    name,
    uploadUrl: url,
    uniqueId: id,
    fileType: /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '',
  };
}
