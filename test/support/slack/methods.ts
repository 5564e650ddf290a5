import { scopesOfMethod } from '../slack-scopes.ts';
import type { Book } from './book.ts';
import { faultsOfMessage, faultsOfView } from './check.ts';
import { type Answer, bodyOf, json, type Request, refused } from './http.ts';
import type { Modals } from './modals.ts';
import { contentOf } from './respond.ts';
import type { Json, View } from './types.ts';
import { APP_TOKEN, BOT, BOT_TOKEN, type Workspace } from './workspace.ts';

/** What a Web API method needs to be answered. */
export interface MethodParts {
  readonly workspace: Workspace;
  readonly book: Book;
  readonly modals: Modals;
  /** What `files.info` says otherwise than the emulator, by file id. */
  readonly altered: ReadonlyMap<string, Json>;
  /** The emulator's answer. */
  forward(request: Request, args?: Json): Promise<Answer>;
  /** The bot wrote or edited something in a direct conversation. */
  onDirect(channel: string, ts: string, edited: boolean): void;
  /** Address of the socket for Socket Mode; undefined where it is off. */
  readonly socketUrl: (() => string) | undefined;
}

/** Answers one call of the Web API: what Slack checks first, then the emulator, then what it does not know. */
export async function answerMethod(parts: MethodParts, name: string, request: Request): Promise<Answer> {
  const { workspace, book, modals, socketUrl } = parts;
  if (name === 'apps.connections.open') {
    const allowed = request.token === APP_TOKEN && socketUrl;
    return allowed ? json({ ok: true, url: allowed() }) : refused('not_allowed_token_type');
  }
  const refusal = refusalOf(workspace, book, name, request);
  if (refusal) return refusal;
  if (name === 'views.open' || name === 'views.push') {
    return modals.open(name, request, (args) => parts.forward(request, args));
  }
  const answer = await parts.forward(request);
  const { ok, error, needed } = bodyOf(answer);
  if (error === 'missing_scope') book.faults.push(`${name} needs the scope ${String(needed)}`);
  // The emulator tells of conversations between others; Slack does not know them.
  if (name === 'conversations.info' && error === 'not_in_channel') return refused('channel_not_found');
  if (!ok) return answer;
  note(parts, name, request, bodyOf(answer));
  return completed(parts, name, request, answer);
}

function refusalOf(workspace: Workspace, book: Book, name: string, request: Request): Answer | undefined {
  const { args, token } = request;
  const missing = missingScopes(name, workspace.scopes);
  if (missing === undefined) book.faults.push(`${name} has no row in test/support/slack-scopes.ts`);
  else if (missing.length > 0) {
    book.faults.push(`${name} needs the scope ${missing.join(' and ')}`);
    return json({ ok: false, error: 'missing_scope', needed: missing.join(',') });
  }
  const broken = brokenRules(name, args);
  if (broken.length > 0) {
    book.faults.push(...broken.map((rule) => `${name}: ${rule}`));
    return json({ ok: false, error: 'invalid_blocks', response_metadata: { messages: broken } });
  }
  const posts = name === 'chat.postMessage' || name === 'chat.postEphemeral';
  const channel = workspace.channel(String(args.channel));
  if (posts && token === BOT_TOKEN && channel && !workspace.botIsIn(String(args.channel))) {
    return refused(channel.private ? 'channel_not_found' : 'not_in_channel');
  }
  return undefined;
}

/** The scopes that a method needs and `granted` lacks; undefined for a method that nobody described. */
function missingScopes(method: string, granted: readonly string[]): string[] | undefined {
  return scopesOfMethod[method]
    ?.filter((need) =>
      typeof need === 'string' ? !granted.includes(need) : !need.some((one) => granted.includes(one)),
    )
    .map((need) => (typeof need === 'string' ? need : need.join(' or ')));
}

function brokenRules(name: string, args: Json): string[] {
  if (name === 'chat.postMessage' || name === 'chat.postEphemeral') return faultsOfMessage(args);
  if (name === 'chat.update') return faultsOfMessage(args, { updated: true });
  if (name.startsWith('views.')) return faultsOfView((args.view ?? { blocks: [] }) as View);
  return [];
}

/** Writes into the book what a call did. */
function note({ workspace, book, onDirect }: MethodParts, name: string, { args }: Request, body: Json): void {
  const { channel, ts, message } = body as { channel: string; ts: string; message?: Json };
  const isDirect = () => workspace.ownerOf(channel) !== undefined;
  switch (name) {
    case 'chat.postMessage':
      book.write({ ...contentOf(message), channel, ts, user: BOT.user, ephemeralTo: undefined });
      if (isDirect()) onDirect(channel, ts, false);
      break;
    case 'chat.update':
      book.edit(channel, ts, message ?? {});
      if (isDirect()) onDirect(channel, ts, true);
      break;
    case 'chat.delete':
      book.remove(channel, ts);
      break;
    case 'chat.postEphemeral': {
      const target = { channel: String(args.channel), ephemeralTo: String(args.user) };
      book.write({ ...contentOf(args), ...target, ts: String(body.message_ts), user: BOT.user });
      break;
    }
    case 'views.update':
      book.refresh(body.view as View);
      break;
  }
}

/** An answer with what the emulator leaves out. */
function completed(
  { workspace, altered }: MethodParts,
  name: string,
  { args }: Request,
  answer: Answer,
): Answer {
  const body = bodyOf(answer);
  const add = (key: string, more: Json) => json({ ...body, [key]: { ...(body[key] as Json), ...more } });
  switch (name) {
    case 'users.info':
      return add('user', workspace.detailsOf(String(args.user), String(args.include_locale) === 'true'));
    case 'conversations.info':
      return add('channel', workspace.channelDetails(String(args.channel)));
    case 'files.info':
      return add('file', altered.get(String(args.file)) ?? {});
    case 'auth.test': {
      const { enterprise } = workspace.team;
      return enterprise ? json({ ...body, enterprise_id: enterprise }) : answer;
    }
    default:
      return answer;
  }
}
