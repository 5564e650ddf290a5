import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Book } from './book.ts';
import { faultsOfMessage } from './check.ts';
import { type Answer, bodyOf, html, json, listen, type Request, read, shut } from './http.ts';
import { limits } from './limits.ts';
import { answerMethod, type MethodParts } from './methods.ts';
import { type Modals, watchModals } from './modals.ts';
import { type ResponseUrl, respond } from './respond.ts';
import { emptyScripts, type Scripts } from './scripted.ts';
import type { Json, SlackCall } from './types.ts';
import type { Workspace } from './workspace.ts';

/** The bot's side of Slack: the emulator behind a door that watches, checks and adds what it lacks. */
export interface Door {
  readonly url: string;
  /** The next calls of `method` (or "response_url", "file") get this answer. */
  readonly answers: Scripts['add'];
  /** A trigger_id, good for one modal within three seconds. */
  readonly trigger: Modals['trigger'];
  /** A response_url for `user` in `channel`; `original` is the ts of the message that was pressed on. */
  responseUrl(channel: string, user: string, original?: string): string;
  /** Changes what `files.info` says of a file. */
  alterFile(id: string, details: Json): void;
  close(): Promise<void>;
}

const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to Slack</body></html>';

/** Opens the door on 127.0.0.1. */
export async function openDoor(
  workspace: Workspace,
  book: Book,
  hooks: Pick<MethodParts, 'onDirect' | 'socketUrl'>,
): Promise<Door> {
  const scripts = emptyScripts();
  const modals = watchModals(workspace, book);
  const responses = new Map<string, ResponseUrl>();
  const altered = new Map<string, Json>();
  let url = '';
  const forward = (request: Request, args?: Json) => forwarded(workspace.url, url, request, args);
  const parts: MethodParts = { workspace, book, modals, altered, forward, ...hooks };

  function answer(method: string, pathname: string, request: Request): Promise<Answer> {
    if (method === 'file') return answerFile(book, request, forward);
    if (method === 'response_url') {
      return answerResponse(workspace, book, responses.get(pathname.slice('/respond/'.length)), request.args);
    }
    return pathname.startsWith('/api/') ? answerMethod(parts, method, request) : forward(request);
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await read(incoming);
    const { pathname } = new URL(request.path, url);
    const method = methodOf(pathname);
    const { token } = request;
    const args = method === 'file' ? { path: pathname } : request.args;
    const call: SlackCall = { moment: book.tick(), at: Date.now(), method, token, args, answer: undefined };
    book.calls.push(call);
    const played = await scripts.play(method, args, () => answer(method, pathname, request));
    if (played === 'broken') {
      outgoing.destroy();
      return;
    }
    call.answer = bodyOf(played);
    outgoing.writeHead(played.status, played.headers).end(played.body);
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      book.faults.push(`The test's own Slack failed: ${String(error)}`);
      outgoing.writeHead(500).end(String(error));
    });
  });
  url = await listen(server);

  return {
    url,
    answers: scripts.add,
    trigger: modals.trigger,
    responseUrl(channel, user, original) {
      const id = `T${responses.size}/${Math.random().toString(36).slice(2)}`;
      responses.set(id, { channel, user, original, uses: 0 });
      return `${url}/respond/${id}`;
    },
    alterFile: (id, details) => altered.set(id, details),
    close: () => shut(server),
  };
}

function methodOf(pathname: string): string {
  if (pathname.startsWith('/api/')) return pathname.slice('/api/'.length);
  if (pathname.startsWith('/files-pri/')) return 'file';
  return pathname.startsWith('/respond/') ? 'response_url' : pathname;
}

/** Hands a request to the emulator; its addresses in the answer become the door's. */
async function forwarded(from: string, to: string, request: Request, args = request.args): Promise<Answer> {
  const isApi = request.path.startsWith('/api/');
  const answer = await fetch(from + request.path, {
    method: request.method,
    headers: {
      ...(request.token ? { authorization: `Bearer ${request.token}` } : {}),
      'content-type': isApi ? 'application/json; charset=utf-8' : request.type,
    },
    ...(request.method === 'GET' ? {} : { body: isApi ? JSON.stringify(args) : request.body }),
  });
  const type = answer.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await answer.arrayBuffer());
  const body = type.includes('json') ? bytes.toString().replaceAll(from, to) : bytes;
  return { status: answer.status, headers: { 'content-type': type }, body };
}

/** A file's bytes: a login page for everybody whose token may not see it, as Slack answers. */
async function answerFile(
  book: Book,
  request: Request,
  forward: (request: Request) => Promise<Answer>,
): Promise<Answer> {
  const answer = request.token ? await forward(request) : undefined;
  if (answer && bodyOf(answer).error === 'missing_scope') {
    book.faults.push('a file was fetched without the scope files:read');
  } else if (answer?.status === 200) return answer;
  return html(LOGIN_PAGE);
}

async function answerResponse(
  workspace: Workspace,
  book: Book,
  target: ResponseUrl | undefined,
  args: Json,
): Promise<Answer> {
  if (!target) return json({ ok: false, error: 'expired_url' }, 404);
  target.uses += 1;
  if (target.uses > limits.responseUrl.uses) {
    book.faults.push(`a response_url was used ${target.uses} times, at most ${limits.responseUrl.uses}`);
    return json({ ok: false, error: 'used_url' }, 404);
  }
  const broken = args.delete_original ? [] : faultsOfMessage(args);
  if (broken.length > 0) {
    book.faults.push(...broken.map((rule) => `response_url: ${rule}`));
    return json({ ok: false, error: 'invalid_blocks' }, 400);
  }
  await respond(workspace, book, target, args);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
}
