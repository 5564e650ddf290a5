import { type Answer, asJson, json } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import type { TeamsBook } from './book.ts';
import { attachmentsOf, faultsOfActivity, sizeOf } from './check.ts';
import { limits } from './limits.ts';
import { describeMember, describeTeam } from './roster.ts';
import { type Account, BOT, type Room, rootOf, type Tenant, threadOf } from './tenant.ts';
import type { Message } from './types.ts';

/** One request of the bot's to the Bot Framework's connector, or for a file. */
export interface Call {
  /** What it asks for: a route below, "download", "upload", or its path where Teams knows none such. */
  readonly method: string;
  readonly token: string | undefined;
  /** What stands in its path, and its body as `body`. */
  readonly args: Json;
}

/** What a call needs to be answered. */
export interface ConnectorParts {
  readonly tenant: Tenant;
  readonly book: TeamsBook;
}

type Handler = (parts: ConnectorParts, args: Args) => Answer;
type Args = Readonly<Partial<Record<'conversation' | 'id' | 'member' | 'team', string>>> & {
  readonly body: Json;
  /** One member alone is to see the message, or does. */
  readonly isTargeted?: boolean;
};

interface Route {
  readonly name: string;
  readonly method: string;
  /** Segments behind /v3; those that begin with ":" are arguments. */
  readonly path: string;
  readonly answer: Handler;
}

const routes: readonly Route[] = [
  { name: 'create', method: 'POST', path: 'conversations', answer: create },
  { name: 'post', method: 'POST', path: 'conversations/:conversation/activities', answer: post },
  { name: 'post', method: 'POST', path: 'conversations/:conversation/activities/:id', answer: post },
  { name: 'edit', method: 'PUT', path: 'conversations/:conversation/activities/:id', answer: edit },
  { name: 'delete', method: 'DELETE', path: 'conversations/:conversation/activities/:id', answer: erase },
  { name: 'members', method: 'GET', path: 'conversations/:conversation/members', answer: members },
  { name: 'members', method: 'GET', path: 'conversations/:conversation/pagedmembers', answer: pagedMembers },
  { name: 'member', method: 'GET', path: 'conversations/:conversation/members/:member', answer: member },
  { name: 'team', method: 'GET', path: 'teams/:team', answer: team },
  { name: 'channels', method: 'GET', path: 'teams/:team/conversations', answer: channels },
];

/** The part of the connector's address that names the region, as the real one has it. */
export const REGION = '/emea';

/** Which route a request takes, and what its path names; undefined where there is no such route. */
export function routeOf(method: string, pathname: string): { route: Route; args: Json } | undefined {
  const segments = pathname.replace(`${REGION}/v3/`, '').split('/').map(decodeURIComponent);
  if (!pathname.startsWith(`${REGION}/v3/`)) return undefined;
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== segments.length) continue;
    const pairs = wanted.map((name, index): [string, string] => [name, segments[index] ?? '']);
    if (!pairs.every(([name, found]) => name.startsWith(':') || name === found)) continue;
    const named = pairs.filter(([name]) => name.startsWith(':'));
    return { route, args: Object.fromEntries(named.map(([name, found]) => [name.slice(1), found])) };
  }
  return undefined;
}

export function answerRoute(parts: ConnectorParts, { answer }: Route, args: Json): Answer {
  return answer(parts, { ...args, body: asJson(args.body), isTargeted: args.isTargeted === true });
}

/** The connector's way to say no. */
function refused(status: number, code: string, message: string): Answer {
  return json({ error: { code, message } }, status);
}

/** The conversation with one person, or a new thread in a channel. */
function create(parts: ConnectorParts, { body }: Args): Answer {
  const { tenant, book } = parts;
  const channel = asJson(asJson(body.channelData).channel).id;
  if (typeof channel === 'string') {
    const activity = asJson(body.activity);
    const posted = post(parts, { conversation: channel, body: activity });
    if (posted.status !== 201) return posted;
    const { id } = JSON.parse(posted.body.toString()) as { id: string };
    return json({ id: `${rootOf(channel)};messageid=${id}`, activityId: id }, 201);
  }
  const [first, ...others] = Array.isArray(body.members) ? body.members.map(asJson) : [];
  const account = tenant.accountOf(String(first?.id ?? ''));
  if (!account || others.length > 0) {
    book.fault('a conversation was asked for with nobody whom Teams knows, or with several');
    return refused(400, 'BadSyntax', 'Invalid user identity in provided tenant');
  }
  const room = tenant.personalOf(account);
  if (tenant.hasBot(room)) return json({ id: room.id }, 201);
  return refused(403, 'ForbiddenOperationException', "Bot is not installed in user's personal scope");
}

function post({ tenant, book }: ConnectorParts, args: Args): Answer {
  const { conversation = '', id, body, isTargeted = false } = args;
  const room = roomIn(tenant, conversation);
  if (!('id' in room)) return room;
  const refusal = refusalOf(book, body);
  if (refusal) return refusal;
  const only = isTargeted ? targetOf(tenant, room, body) : undefined;
  if (isTargeted && !only) {
    book.fault('a message for one member alone was posted in a chat of two, or for nobody who is there');
    return refused(400, 'BadSyntax', 'The recipient of a targeted activity must be in the conversation');
  }
  if (body.type === 'typing') return json({ id: '' }, 201);
  // In a channel, an answer to any message of a thread stands in that thread.
  const answered = id === undefined ? undefined : book.at(room.id, id);
  const thread = threadOf(conversation) ?? answered?.thread ?? answered?.id;
  const message = book.write({
    ...contentOf(body),
    room: room.id,
    by: BOT.id,
    thread: room.kind === 'channel' ? thread : undefined,
    ...(only ? { onlyFor: only.id } : {}),
  });
  return json({ id: message.id }, 201);
}

/** Who alone is to see a message; undefined where Teams shows none so. */
function targetOf(tenant: Tenant, { kind, members: all }: Room, { recipient }: Json): Account | undefined {
  const account = tenant.accountOf(String(asJson(recipient).id ?? ''));
  return kind !== 'personal' && account && all.includes(account) ? account : undefined;
}

function edit({ tenant, book }: ConnectorParts, args: Args): Answer {
  const { id = '', body } = args;
  const found = ownMessage(tenant, book, args);
  if (!('room' in found)) return found;
  const refusal = refusalOf(book, body);
  if (refusal) return refusal;
  book.edit(found, contentOf(body));
  return json({ id });
}

function erase({ tenant, book }: ConnectorParts, args: Args): Answer {
  const found = ownMessage(tenant, book, args);
  if (!('room' in found)) return found;
  book.erase(found);
  return json({});
}

function members({ tenant }: ConnectorParts, { conversation = '' }: Args): Answer {
  const room = roomIn(tenant, conversation);
  return 'id' in room ? json(room.members.map(describeMember)) : room;
}

function pagedMembers(parts: ConnectorParts, args: Args): Answer {
  const answer = members(parts, args);
  return answer.status === 200 ? json({ members: JSON.parse(answer.body.toString()) }) : answer;
}

function member({ tenant }: ConnectorParts, { conversation = '', member: id = '' }: Args): Answer {
  const room = roomIn(tenant, conversation);
  if (!('id' in room)) return room;
  const account = tenant.accountOf(id);
  if (account && room.members.includes(account)) return json(describeMember(account));
  return refused(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
}

function team({ tenant }: ConnectorParts, { team: id = '' }: Args): Answer {
  const all = tenant.teamRooms(id);
  const [first] = all;
  if (!first) return refused(404, 'TeamNotFound', 'Team not found.');
  return tenant.hasBot(first) ? json(describeTeam(first, all)) : notInRoster();
}

function channels({ tenant }: ConnectorParts, { team: id = '' }: Args): Answer {
  const all = tenant.teamRooms(id);
  const [first] = all;
  if (!first) return refused(404, 'TeamNotFound', 'Team not found.');
  const listed = all.map(({ id: channel, name }) => ({ id: channel, name }));
  return tenant.hasBot(first) ? json({ conversations: listed }) : notInRoster();
}

/** The room of a conversation that the bot may use, else the refusal. */
function roomIn(tenant: Tenant, conversation: string): Room | Answer {
  const room = tenant.room(conversation);
  if (!room) return refused(404, 'ConversationNotFound', 'Conversation not found.');
  return tenant.hasBot(room) ? room : notInRoster();
}

function notInRoster(): Answer {
  return refused(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
}

/** A message that the bot may change, else the refusal. One that one member alone sees is found as such alone. */
function ownMessage(
  tenant: Tenant,
  book: TeamsBook,
  { conversation = '', id = '', isTargeted = false }: Args,
): Message | Answer {
  const room = roomIn(tenant, conversation);
  if (!('id' in room)) return room;
  const message = book.at(room.id, id);
  if (!message || (message.onlyFor !== undefined) !== isTargeted) {
    return refused(
      404,
      'ActivityNotFoundInConversation',
      "The message ID provided couldn't be found in the conversation.",
    );
  }
  if (message.by === BOT.id) return message;
  book.fault('the bot wanted to change what somebody else wrote');
  return refused(
    403,
    'NotEnoughPermissions',
    'You do not have the required permissions to perform this operation.',
  );
}

/** Why Teams does not take an activity; it takes some that it does not show well. */
function refusalOf(book: TeamsBook, body: Json): Answer | undefined {
  const faults = faultsOfActivity(body);
  book.fault(...faults);
  if (sizeOf(body) > limits.message) return refused(413, 'MessageSizeTooBig', 'Message size too large.');
  return faults.length > 0 ? refused(400, 'BadSyntax', faults.join('; ')) : undefined;
}

function contentOf(body: Json): Pick<Message, 'text' | 'summary' | 'attachments'> {
  return {
    text: typeof body.text === 'string' ? body.text : '',
    summary: typeof body.summary === 'string' ? body.summary : undefined,
    attachments: attachmentsOf(body),
  };
}
