import { type Answer, asJson, json } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import type { SlackBook } from './book.ts';
import { faultsOfMessage, faultsOfView } from './check.ts';
import { describeChannel, describeFile, describeUser } from './describing.ts';
import { refused, type SlackRequest } from './http.ts';
import type { Modals } from './modals.ts';
import { missingScopes } from './scopes.ts';
import type { Message, SharedFile, View } from './types.ts';
import type { Uploads } from './uploads.ts';
import { BOT, TEAM, type Workspace } from './workspace.ts';

/** What a Web API method needs to be answered. */
export interface MethodParts {
  readonly workspace: Workspace;
  readonly book: SlackBook;
  readonly modals: Modals;
  readonly uploads: Uploads;
  /** The bot's token, and what it may do. */
  readonly token: string;
  readonly scopes: readonly string[];
  /** The local Slack's own address. */
  url(): string;
  /** The bot wrote or edited something in a direct conversation. */
  onDirect(message: Message): void;
  /** The bot shared a file. */
  onShared(file: SharedFile): void;
}

type Method = (parts: MethodParts, args: Json) => Answer;

/** Answers one call of the Web API: what Slack checks first, then what the method does. */
export function answerMethod(parts: MethodParts, name: string, { args, token }: SlackRequest): Answer {
  if (token === undefined) return refused('not_authed');
  if (token !== parts.token) return refused('invalid_auth');
  const method = methods[name];
  if (!method) {
    parts.book.fault(`${name} is no method that the local Slack knows`);
    return refused('unknown_method');
  }
  const lacking = missingScopes(name, parts.scopes) ?? [];
  if (lacking.length > 0) return lacksScope(parts, name, lacking.join(' and '));
  const broken = brokenRules(name, args);
  if (broken.length > 0) {
    parts.book.fault(...broken.map((rule) => `${name}: ${rule}`));
    return json({ ok: false, error: 'invalid_blocks', response_metadata: { messages: broken } });
  }
  return method(parts, args);
}

function lacksScope({ book, scopes }: MethodParts, name: string, needed: string): Answer {
  book.fault(`${name} needs the scope ${needed}`);
  return json({ ok: false, error: 'missing_scope', needed, provided: scopes.join(',') });
}

function brokenRules(name: string, args: Json): string[] {
  if (name === 'chat.postMessage' || name === 'chat.postEphemeral') return faultsOfMessage(args);
  if (name === 'chat.update') return faultsOfMessage(args, { updated: true });
  if (name.startsWith('views.')) return faultsOfView((args.view ?? { blocks: [] }) as View);
  return [];
}

const methods: Readonly<Record<string, Method>> = {
  'auth.test': ({ workspace }) => {
    const { name, domain, enterprise } = workspace.team;
    return json({
      ok: true,
      url: `https://${domain}.slack.com/`,
      team: name,
      user: BOT.name,
      team_id: TEAM,
      user_id: BOT.user,
      bot_id: BOT.bot,
      is_enterprise_install: false,
      ...(enterprise ? { enterprise_id: enterprise } : {}),
    });
  },

  'users.info': ({ workspace, scopes }, { user, include_locale }) => {
    const shows = { address: scopes.includes('users:read.email'), locale: String(include_locale) === 'true' };
    const found = describeUser(workspace, String(user), shows);
    return found ? json({ ok: true, user: found }) : refused('user_not_found');
  },

  'conversations.info': (parts, { channel }) => {
    const id = String(channel);
    const needed = readScope(parts.workspace, id);
    if (!parts.scopes.includes(needed)) return lacksScope(parts, 'conversations.info', needed);
    if (!canSee(parts, id)) return refused('channel_not_found');
    return json({ ok: true, channel: describeChannel(parts.workspace, id) });
  },

  'conversations.open': (parts, args) => {
    const { workspace } = parts;
    const users = typeof args.users === 'string' && args.users !== '' ? args.users.split(',') : [];
    const [user] = users;
    if (user === undefined) return refused('users_list_not_supplied');
    if (users.length > 1) return lacksScope(parts, 'conversations.open', 'mpim:write');
    if (!parts.scopes.includes('im:write')) return lacksScope(parts, 'conversations.open', 'im:write');
    const person = workspace.personOf(user);
    if (!person) return refused('user_not_found');
    if (person.bot) return refused('cannot_dm_bot');
    const id = workspace.conversationOf(user, BOT.user);
    return json({ ok: true, no_op: true, already_open: true, channel: { id } });
  },

  'files.getUploadURLExternal': ({ uploads, url }, args) => uploads.begin(args, url()),

  'files.completeUploadExternal': (parts, { files, channel_id, initial_comment }) => {
    const { book, workspace, uploads } = parts;
    const channel = String(channel_id ?? '');
    const refusal = refusalToPost(parts, channel, { text: 'a file' });
    if (refusal) return refused(refusal);
    const [first] = Array.isArray(files) ? files : [];
    const id = String(asJson(first).id);
    const upload = uploads.take(id);
    if (!upload) return refused('file_not_found');
    const { name, bytes } = upload;
    const ts = book.nextTs();
    const file = { id, name, size: bytes.length, user: BOT.user, channel, ts };
    book.keepFile(file, bytes);
    const text = typeof initial_comment === 'string' ? initial_comment : '';
    const message = book.write({ channel, user: BOT.user, text, files: [file.id] }, ts);
    if (workspace.ownerOf(channel)) parts.onDirect(message);
    parts.onShared(file);
    return json({ ok: true, files: [describeFile(workspace, file, parts.url())] });
  },

  'files.info': (parts, { file: id }) => {
    const file = parts.book.file(String(id));
    if (!file || !canSee(parts, file.channel)) return refused('file_not_found');
    return json({ ok: true, file: describeFile(parts.workspace, file, parts.url()), comments: [] });
  },

  'chat.postMessage': (parts, args) => {
    const { workspace, book } = parts;
    const target = String(args.channel ?? '');
    const channel = workspace.personOf(target) ? workspace.conversationOf(target, BOT.user) : target;
    const refusal = refusalToPost(parts, channel, args);
    if (refusal) return refused(refusal);
    const message = book.write({ ...contentOf(args), channel, user: BOT.user });
    if (workspace.ownerOf(channel)) parts.onDirect(message);
    return json({ ok: true, channel, ts: message.ts, message: describeMessage(message) });
  },

  'chat.postEphemeral': (parts, args) => {
    const { workspace, book } = parts;
    const channel = String(args.channel ?? '');
    const user = String(args.user ?? '');
    const refusal = refusalToPost(parts, channel, args);
    if (refusal) return refused(refusal);
    if (!workspace.personOf(user)) return refused('user_not_found');
    if (!workspace.isIn(channel, user)) return refused('user_not_in_channel');
    const { ts } = book.write({ ...contentOf(args), channel, user: BOT.user, ephemeralTo: user });
    return json({ ok: true, message_ts: ts });
  },

  'chat.update': (parts, args) => {
    const { book, workspace } = parts;
    const message = lasting(parts, args);
    if (typeof message === 'string') return refused(message);
    if (message.user !== BOT.user) return refused('cant_update_message');
    if (!hasContent(args)) return refused('no_text');
    const { channel, ts } = message;
    const edited = book.edit(channel, ts, args) ?? message;
    if (workspace.ownerOf(channel)) parts.onDirect(edited);
    return json({ ok: true, channel, ts, text: edited.text, message: describeMessage(edited) });
  },

  'chat.delete': (parts, args) => {
    const message = lasting(parts, args);
    if (typeof message === 'string') return refused(message);
    if (message.user !== BOT.user) return refused('cant_delete_message');
    const { channel, ts } = message;
    parts.book.erase(channel, ts);
    return json({ ok: true, channel, ts });
  },

  'views.open': ({ modals }, args) => modals.open('views.open', args),
  'views.push': ({ modals }, args) => modals.open('views.push', args),
  'views.update': ({ modals }, args) => modals.update(args),
};

/** Whether the bot may know of a conversation: any public channel, and what it is in. */
function canSee({ workspace }: MethodParts, id: string): boolean {
  const channel = workspace.channel(id);
  return (channel !== undefined && !channel.private) || workspace.isIn(id, BOT.user);
}

/** Whether the bot may fetch a file, with its scopes and where it is. */
export function maySeeFile(parts: MethodParts, file: SharedFile | undefined): file is SharedFile {
  return file !== undefined && canSee(parts, file.channel);
}

/** What the bot needs to ask about a conversation, whether it is in there or not. */
function readScope(workspace: Workspace, id: string): string {
  const members = workspace.membersOf(id);
  if (members) return members.length > 2 ? 'mpim:read' : 'im:read';
  return workspace.channel(id)?.private ? 'groups:read' : 'channels:read';
}

/** Why the bot may not post this there, in Slack's word. */
function refusalToPost(parts: MethodParts, channel: string, args: Json): string | undefined {
  if (!canSee(parts, channel)) return 'channel_not_found';
  if (!hasContent(args)) return 'no_text';
  if (parts.workspace.channel(channel)?.archived) return 'is_archived';
  return parts.workspace.isIn(channel, BOT.user) ? undefined : 'not_in_channel';
}

/** The message that `args` name, if it is one that lasts; else Slack's word. */
function lasting(parts: MethodParts, { channel, ts }: Json): Message | string {
  if (!canSee(parts, String(channel))) return 'channel_not_found';
  const message = parts.book.at(String(channel), String(ts));
  return message && message.ephemeralTo === undefined ? message : 'message_not_found';
}

function hasContent({ text, blocks }: Json): boolean {
  return (typeof text === 'string' && text !== '') || (Array.isArray(blocks) && blocks.length > 0);
}

/** The text and blocks of a message body. */
export function contentOf({ text, blocks }: Json): { text: string; blocks: unknown } {
  return { text: typeof text === 'string' ? text : '', blocks };
}

/** A message of the bot's as Slack shows it to the bot. */
function describeMessage({ user, text, ts, blocks, edited }: Message): Json {
  return {
    type: 'message',
    user,
    bot_id: BOT.bot,
    app_id: BOT.app,
    team: TEAM,
    text,
    ts,
    blocks,
    ...(edited ? { edited: { user, ts } } : {}),
  };
}
