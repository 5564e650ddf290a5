import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scopesOfMethod } from '../slack-scopes.ts';
import type { Book } from './book.ts';
import { faultsOfMessage, faultsOfView } from './check.ts';
import { limits } from './limits.ts';
import { contentOf, type ResponseUrl, respond } from './respond.ts';
import type { Json, SlackCall, View } from './types.ts';
import { APP_TOKEN, BOT, BOT_TOKEN, type Workspace } from './workspace.ts';

/** What Slack says instead of the truth, for a while. */
export interface Scripted {
  /** Slack's own error code, such as `not_in_channel`. */
  readonly error?: string;
  /** 429 with this many seconds to wait. */
  readonly retryAfter?: number;
  readonly status?: number;
  /** The body as it stands; HTML where it begins with `<`. */
  readonly body?: string;
  /** Milliseconds before anything happens. */
  readonly delay?: number;
  /** The connection breaks: before the call takes effect, or after it did. */
  readonly breaks?: 'before' | 'after';
}

export interface ScriptedWhen {
  /** How many calls get it; 1 unless told. */
  readonly times?: number;
  readonly when?: (args: Json) => boolean;
}

/** The bot's side of Slack: the emulator behind a door that watches, checks and adds what it lacks. */
export interface Door {
  readonly url: string;
  /** The next calls of `method` (or "response_url", "file") get this answer. */
  answers(method: string, scripted: Scripted, when?: ScriptedWhen): void;
  /** A trigger_id, good for one modal within three seconds. */
  trigger(user: string): string;
  /** A response_url for `user` in `channel`; `original` is the ts of the message that was pressed on. */
  responseUrl(channel: string, user: string, original?: string): string;
  /** Changes what `files.info` says of a file. */
  alterFile(id: string, details: Json): void;
  close(): Promise<void>;
}

interface Hooks {
  /** The bot wrote or edited something in a direct conversation. */
  onDirect(channel: string, ts: string, edited: boolean): void;
  /** Address of the socket for Socket Mode; undefined where it is off. */
  readonly socketUrl: (() => string) | undefined;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer<ArrayBuffer>;
  readonly args: Json;
  readonly token: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: Buffer | string;
}

const json = (body: Json, status = 200, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});
const refused = (error: string) => json({ ok: false, error });
const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to Slack</body></html>';

/** Opens the door on 127.0.0.1. */
export async function openDoor(workspace: Workspace, book: Book, hooks: Hooks): Promise<Door> {
  const scripts: { method: string; scripted: Scripted; left: number; when: (args: Json) => boolean }[] = [];
  const triggers = new Map<string, { user: string; born: number; used: boolean }>();
  const responses = new Map<string, ResponseUrl>();
  const altered = new Map<string, Json>();
  let count = 0;
  let url = '';

  const fault = (sentence: string) => book.faults.push(sentence);
  const scriptFor = (method: string, args: Json) => {
    const script = scripts.find((one) => one.method === method && one.left > 0 && one.when(args));
    if (script) script.left -= 1;
    return script?.scripted;
  };

  async function forward(request: Request, args: Json = request.args): Promise<Answer> {
    const answer = await fetch(workspace.url + request.path, {
      method: request.method,
      headers: {
        ...(request.token ? { authorization: `Bearer ${request.token}` } : {}),
        ...(request.path.startsWith('/api/')
          ? { 'content-type': 'application/json; charset=utf-8' }
          : { 'content-type': request.headers['content-type'] ?? 'application/octet-stream' }),
      },
      ...(request.method === 'GET'
        ? {}
        : { body: request.path.startsWith('/api/') ? JSON.stringify(args) : request.body }),
    });
    const type = answer.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await answer.arrayBuffer());
    const body = type.includes('json') ? bytes.toString().replaceAll(workspace.url, url) : bytes;
    return { status: answer.status, headers: { 'content-type': type }, body };
  }

  async function answerMethod(name: string, request: Request): Promise<Answer> {
    const { args } = request;
    if (name === 'apps.connections.open') {
      if (request.token !== APP_TOKEN || !hooks.socketUrl) return refused('not_allowed_token_type');
      return json({ ok: true, url: hooks.socketUrl() });
    }
    const missing = missingScopes(name, workspace.scopes);
    if (missing === undefined) fault(`${name} has no row in test/support/slack-scopes.ts`);
    else if (missing.length > 0) {
      fault(`${name} needs the scope ${missing.join(' and ')}`);
      return json({ ok: false, error: 'missing_scope', needed: missing.join(',') });
    }
    const broken = brokenRules(name, args);
    if (broken.length > 0) {
      for (const rule of broken) fault(`${name}: ${rule}`);
      return json({ ok: false, error: 'invalid_blocks', response_metadata: { messages: broken } });
    }
    if (name === 'chat.postMessage' || name === 'chat.postEphemeral') {
      const channel = String(args.channel);
      if (request.token === BOT_TOKEN && workspace.channel(channel) && !workspace.botIsIn(channel)) {
        return refused(workspace.channel(channel)?.private ? 'channel_not_found' : 'not_in_channel');
      }
    }
    if (name === 'views.open' || name === 'views.push') return openView(name, request);
    const answer = await forward(request);
    return note(name, request, answer);
  }

  async function openView(name: string, request: Request): Promise<Answer> {
    const trigger = triggers.get(String(request.args.trigger_id));
    if (!trigger) {
      fault(`${name} with a trigger_id that Slack never gave`);
      return refused('invalid_trigger_id');
    }
    if (trigger.used) {
      fault(`${name} with a trigger_id that was used already`);
      return refused('exchanged_trigger_id');
    }
    const age = performance.now() - trigger.born;
    if (age > limits.triggerSeconds * 1_000) {
      fault(`${name} ${Math.round(age)} ms after the act: a trigger_id lives three seconds`);
      return refused('expired_trigger_id');
    }
    trigger.used = true;
    const top = book.views(trigger.user).at(-1);
    const fresh = await workspace.call(
      'views.generateTriggerId',
      { user_id: trigger.user, ...(name === 'views.push' ? { view_id: top?.id } : {}) },
      'bot',
    );
    const answer = await forward(request, { ...request.args, trigger_id: fresh.trigger_id });
    const { ok, view } = bodyOf(answer);
    if (ok) book.show(trigger.user, view as View);
    return answer;
  }

  function note(name: string, request: Request, answer: Answer): Answer {
    const body = bodyOf(answer);
    // The emulator tells of conversations between others; Slack does not know them.
    if (name === 'conversations.info' && body.error === 'not_in_channel') return refused('channel_not_found');
    if (body.error === 'missing_scope') fault(`${name} needs the scope ${String(body.needed)}`);
    if (!body.ok) return answer;
    const { channel, ts, message } = body as { channel: string; ts: string; message?: Json };
    switch (name) {
      case 'chat.postMessage':
        book.write({ ...contentOf(message), channel, ts, user: BOT.user, ephemeralTo: undefined });
        if (workspace.ownerOf(channel) !== undefined) hooks.onDirect(channel, ts, false);
        break;
      case 'chat.update':
        book.edit(channel, ts, message ?? {});
        if (workspace.ownerOf(channel) !== undefined) hooks.onDirect(channel, ts, true);
        break;
      case 'chat.delete':
        book.remove(channel, ts);
        break;
      case 'chat.postEphemeral':
        book.write({
          ...contentOf(request.args),
          channel: String(request.args.channel),
          ts: String(body.message_ts),
          user: BOT.user,
          ephemeralTo: String(request.args.user),
        });
        break;
      case 'views.update':
        book.refresh(body.view as View);
        break;
      case 'users.info': {
        const id = String(request.args.user);
        const locale = request.args.include_locale === true || request.args.include_locale === 'true';
        return json({ ...body, user: { ...(body.user as Json), ...workspace.detailsOf(id, locale) } });
      }
      case 'conversations.info': {
        const id = String(request.args.channel);
        return json({ ...body, channel: { ...(body.channel as Json), ...workspace.channelDetails(id) } });
      }
      case 'files.info': {
        const id = String(request.args.file);
        return json({ ...body, file: { ...(body.file as Json), ...altered.get(id) } });
      }
      case 'auth.test': {
        const { enterprise } = workspace.team;
        return json({ ...body, ...(enterprise ? { enterprise_id: enterprise } : {}) });
      }
    }
    return answer;
  }

  async function answerResponse(id: string, request: Request): Promise<Answer> {
    const target = responses.get(id);
    if (!target) return json({ ok: false, error: 'expired_url' }, 404);
    target.uses += 1;
    if (target.uses > limits.responseUrl.uses) {
      fault(`a response_url was used ${target.uses} times, at most ${limits.responseUrl.uses}`);
      return json({ ok: false, error: 'used_url' }, 404);
    }
    const { args } = request;
    const broken = args.delete_original ? [] : faultsOfMessage(args);
    if (broken.length > 0) {
      for (const rule of broken) fault(`response_url: ${rule}`);
      return json({ ok: false, error: 'invalid_blocks' }, 400);
    }
    await respond(workspace, book, target, args);
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
  }

  /** A file's bytes: a login page for everybody whose token may not see it, as Slack answers. */
  async function answerFile(request: Request): Promise<Answer> {
    const answer = request.token ? await forward(request) : undefined;
    const refusal = answer && bodyOf(answer).error === 'missing_scope';
    if (refusal) fault('a file was fetched without the scope files:read');
    if (answer?.status === 200 && !refusal) return answer;
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: LOGIN_PAGE };
  }

  async function route(request: Request): Promise<{ call: SlackCall; answer: Answer | 'broken' }> {
    const { pathname } = new URL(request.path, url);
    const method = pathname.startsWith('/api/')
      ? pathname.slice('/api/'.length)
      : pathname.startsWith('/files-pri/')
        ? 'file'
        : pathname.startsWith('/respond/')
          ? 'response_url'
          : pathname;
    const call: SlackCall = {
      moment: book.tick(),
      at: Date.now(),
      method,
      token: request.token,
      args: method === 'file' ? { path: pathname } : request.args,
      answer: undefined,
    };
    book.calls.push(call);
    const script = scriptFor(method, call.args);
    if (script?.delay) await new Promise((resolve) => setTimeout(resolve, script.delay));
    if (script?.breaks === 'before') return { call, answer: 'broken' };
    const said = script && scriptedAnswer(script);
    const answer =
      said ??
      (method === 'file'
        ? await answerFile(request)
        : method === 'response_url'
          ? await answerResponse(pathname.slice('/respond/'.length), request)
          : pathname.startsWith('/api/')
            ? await answerMethod(method, request)
            : await forward(request));
    return { call, answer: script?.breaks === 'after' ? 'broken' : answer };
  }

  const server = createServer((incoming, outgoing) => {
    void read(incoming)
      .then(route)
      .then(({ call, answer }) => {
        if (answer === 'broken') return outgoing.destroy();
        call.answer = bodyOf(answer);
        outgoing.writeHead(answer.status, answer.headers).end(answer.body);
      })
      .catch((error: unknown) => fail(outgoing, book, error));
  });
  url = await listen(server);

  return {
    url,
    answers(method, scripted, { times = 1, when = () => true } = {}) {
      scripts.push({ method, scripted, left: times, when });
    },
    trigger(user) {
      const id = `${Date.now()}.${++count}.trigger`;
      triggers.set(id, { user, born: performance.now(), used: false });
      return id;
    },
    responseUrl(channel, user, original) {
      const id = `T${++count}/${Math.random().toString(36).slice(2)}`;
      responses.set(id, { channel, user, original, uses: 0 });
      return `${url}/respond/${id}`;
    },
    alterFile: (id, details) => altered.set(id, details),
    close: () => shut(server),
  };
}

function brokenRules(name: string, args: Json): string[] {
  if (name === 'chat.postMessage' || name === 'chat.postEphemeral') return faultsOfMessage(args);
  if (name === 'chat.update') return faultsOfMessage(args, { updated: true });
  if (name.startsWith('views.')) return faultsOfView((args.view ?? { blocks: [] }) as View);
  return [];
}

/** The scopes that a method needs and `granted` lacks; undefined for a method that nobody described. */
function missingScopes(method: string, granted: readonly string[]): string[] | undefined {
  return scopesOfMethod[method]
    ?.filter((need) =>
      typeof need === 'string' ? !granted.includes(need) : !need.some((one) => granted.includes(one)),
    )
    .map((need) => (typeof need === 'string' ? need : need.join(' or ')));
}

function scriptedAnswer(script: Scripted): Answer | undefined {
  if (script.retryAfter !== undefined) {
    return json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(script.retryAfter) });
  }
  if (script.error !== undefined) return json({ ok: false, error: script.error }, script.status ?? 200);
  if (script.body === undefined && script.status === undefined) return undefined;
  const body = script.body ?? '';
  const type = body.startsWith('<') ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  return { status: script.status ?? 200, headers: { 'content-type': type }, body };
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const path = incoming.url ?? '/';
  const args = {
    ...Object.fromEntries(new URL(path, 'http://slack').searchParams),
    ...parse(incoming, body),
  };
  const { authorization } = incoming.headers;
  const token =
    authorization?.replace(/^Bearer /, '') ?? (typeof args.token === 'string' ? args.token : undefined);
  return { method: incoming.method ?? 'GET', path, headers: incoming.headers, body, args, token };
}

const NESTED = new Set(['blocks', 'view', 'metadata', 'attachments', 'files']);

/** A body's arguments: JSON, or a form of which some values are JSON. */
function parse({ headers }: IncomingMessage, body: Buffer): Json {
  const type = headers['content-type'] ?? '';
  if (type.includes('json')) return JSON.parse(body.toString() || '{}') as Json;
  if (!type.includes('urlencoded')) return {};
  const form = [...new URLSearchParams(body.toString())];
  return Object.fromEntries(form.map(([key, value]) => [key, NESTED.has(key) ? parsed(value) : value]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function bodyOf(answer: Answer): Json {
  const body = typeof answer.body === 'string' ? parsed(answer.body) : undefined;
  return typeof body === 'object' && body !== null ? (body as Json) : { status: answer.status };
}

function fail(outgoing: ServerResponse, book: Book, error: unknown): void {
  book.faults.push(`The test's own Slack failed: ${String(error)}`);
  outgoing.writeHead(500).end(String(error));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
