import { createRequire } from 'node:module';
import { asJson } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import { ADAPTIVE_CARD, actionsOf, cardsOf, elementsOf, FILE_CONSENT, FILE_INFO } from './cards.ts';
import { limits } from './limits.ts';
import type { Action, Attachment, Card } from './types.ts';

/** Where a card stands: some buttons work in one of these places alone. */
type Where = 'message' | 'dialog';

const contentTypes: readonly string[] = [ADAPTIVE_CARD, FILE_CONSENT, FILE_INFO];

/** What Teams would refuse or not show in an activity of the bot's, as sentences; [] when it would take it. */
export function faultsOfActivity(activity: Json): string[] {
  const { type, text, summary } = activity;
  if (type === 'typing') return [];
  if (type !== 'message') return [`the type "${String(type)}" is none that a bot sends`];
  const attachments = attachmentsOf(activity);
  const size = sizeOf(activity);
  return [
    ...(size > limits.message ? [`the message has ${size} bytes, at most ${limits.message}`] : []),
    ...(!text && attachments.length === 0 ? ['the message says nothing'] : []),
    ...(!text && !summary ? ['a card without a summary: the notification has nothing to say'] : []),
    ...attachments
      .filter(({ contentType }) => !contentTypes.includes(contentType))
      .map(({ contentType }) => `an attachment of the unknown type "${contentType}"`),
    ...cardsOf({ attachments }).flatMap((card) => faultsOfCard(card, 'message')),
    ...attachments.filter(({ contentType }) => contentType === FILE_CONSENT).flatMap(faultsOfConsent),
  ];
}

/** How large an activity is, in bytes. */
export function sizeOf(activity: Json): number {
  return Buffer.byteLength(JSON.stringify(activity));
}

export function attachmentsOf({ attachments }: Json): Attachment[] {
  return Array.isArray(attachments) ? (attachments as Attachment[]) : [];
}

/** What is wrong with an Adaptive Card, by the rules of Adaptive Cards and by those of Teams. */
export function faultsOfCard(card: Card, where: Where): string[] {
  if (typeof card !== 'object' || card === null || card.type !== 'AdaptiveCard')
    return ['a card that is none'];
  const version = card.version ?? '';
  const newer = !/^1\.[0-5]$/.test(version);
  return [
    ...(newer ? [`a card of the version "${version}", at most ${limits.cardVersion}`] : []),
    ...faultsOfSchema(card),
    ...rowsOf(card)
      .filter((actions) => actions.length > limits.actions)
      .map((actions) => `${actions.length} buttons in a row, at most ${limits.actions}`),
    ...actionsOf(card).flatMap(({ action }) => faultsOfAction(action, where)),
  ];
}

/** Teams takes searched choices in cards of any version; the schema has them in a later one. */
const takenAnyway = /^Property "choices\.data" is supported in version 1\.6/;

let renderer: typeof import('adaptivecards') | undefined;

/** Microsoft's renderer, from when the first card comes: it takes a while to load, and Node can load its bundle alone. */
function loadRenderer(): typeof import('adaptivecards') {
  renderer ??= createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.min.js');
  return renderer as typeof import('adaptivecards');
}

function faultsOfSchema(card: Card): string[] {
  const { AdaptiveCard, SerializationContext, Versions } = loadRenderer();
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return [...events, ...parsed.validateProperties().validationEvents]
    .map(({ message }) => message)
    .filter((message) => !takenAnyway.test(message))
    .map((message) => `card: ${message}`);
}

function rowsOf(card: Card): (readonly Action[])[] {
  const shown = actionsOf(card).flatMap(({ action }) => (action.card ? [action.card] : []));
  return [card, ...shown].flatMap((one) => [
    one.actions ?? [],
    ...elementsOf(one).flatMap(({ type, actions = [] }) => (type === 'ActionSet' ? [actions] : [])),
  ]);
}

function faultsOfAction({ type, title, verb, fallback }: Action, where: Where): string[] {
  const name = `the button "${title ?? ''}"`;
  const faults = title ? [] : [`a button (${type}) without a title`];
  if (type !== 'Action.Execute') return faults;
  if (!verb) faults.push(`${name} executes nothing: it has no verb`);
  if (where === 'dialog') faults.push(`${name} cannot be in a dialog, which is submitted`);
  if (typeof fallback !== 'object') faults.push(`${name} has no fallback for clients that cannot execute`);
  return faults;
}

function faultsOfConsent({ name, content }: Attachment): string[] {
  const { sizeInBytes, acceptContext, declineContext } = (content ?? {}) as Json;
  return [
    ...(name ? [] : ['a file to be accepted has no name']),
    ...(typeof sizeInBytes === 'number' ? [] : ['a file to be accepted does not say its size']),
    ...(acceptContext && declineContext ? [] : ['a file to be accepted has no context']),
  ];
}

/** What is wrong with the answer to a press of an executing button. */
export function faultsOfExecuted(body: unknown): string[] {
  const { statusCode, type, value } = asJson(body);
  if (typeof statusCode !== 'number') return ['adaptiveCard/action: an answer without a statusCode'];
  switch (type) {
    case ADAPTIVE_CARD:
      return faultsOfCard(value as Card, 'message');
    case 'application/vnd.microsoft.activity.message':
      return typeof value === 'string' ? [] : ['adaptiveCard/action: a message that is no text'];
    case 'application/vnd.microsoft.error':
      return typeof asJson(value).code === 'string' ? [] : ['adaptiveCard/action: an error without a code'];
    default:
      return [`adaptiveCard/action: an answer of the unknown type "${String(type)}"`];
  }
}

/** What is wrong with the answer to `task/fetch` or `task/submit`, of which the second alone may be empty. */
export function faultsOfTask(name: 'task/fetch' | 'task/submit', body: unknown): string[] {
  const task = asJson(body).task;
  if (task === undefined) {
    const isEmpty = body === '' || Object.keys(asJson(body)).length === 0;
    return name === 'task/submit' && isEmpty ? [] : [`${name}: an answer without a task`];
  }
  const { type, value } = asJson(task);
  if (type === 'message') return typeof value === 'string' ? [] : [`${name}: a message that is no text`];
  if (type !== 'continue') return [`${name}: a task of the unknown type "${String(type)}"`];
  const { title, card } = asJson(value);
  const { contentType, content } = asJson(card);
  return [
    ...(typeof title === 'string' && title !== '' ? [] : [`${name}: a dialog without a title`]),
    ...(contentType === ADAPTIVE_CARD
      ? faultsOfCard(content as Card, 'dialog').map((fault) => `${name}: ${fault}`)
      : [`${name}: a dialog without a card`]),
  ];
}

/** What is wrong with the answer to a search. */
export function faultsOfSearch(body: unknown): string[] {
  const { type, value } = asJson(body);
  const { results } = asJson(value);
  if (type !== 'application/vnd.microsoft.search.searchResponse' || !Array.isArray(results)) {
    return ['application/search: an answer without results'];
  }
  const isChoice = (one: unknown) =>
    typeof asJson(one).title === 'string' && typeof asJson(one).value === 'string';
  return results.every(isChoice) ? [] : ['application/search: a result without a title or a value'];
}
