import { randomBytes } from 'node:crypto';
import { type Answer, html, json, openServer, type Request, type Through } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import { faultsOfMessage } from './check.ts';
import { mimeOf } from './describing.ts';
import { callIn, type SlackRequest } from './http.ts';
import { limits } from './limits.ts';
import { answerMethod, type MethodParts, maySeeFile } from './methods.ts';
import { type ResponseUrl, respond } from './respond.ts';

/** One request of the bot's, as it came: a Web API method, the use of a response_url, the fetch or the sending of a file. */
export interface Call {
  /** The method's name, "response_url", "file" or "upload". */
  readonly method: string;
  readonly token: string | undefined;
  readonly args: Json;
}

/** What stands between the bot's calls and their true answers. */
export type SlackThrough = Through<Call>;

/** The bot's side of Slack, over HTTP: the Web API, response_urls and files. */
export interface Door {
  readonly url: string;
  /** A response_url for `user` in `channel`; `original` is the ts of the message that was pressed on. */
  responseUrl(channel: string, user: string, original?: string): string;
  close(): Promise<void>;
}

const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to Slack</body></html>';

/** Opens the door on 127.0.0.1. */
export async function openDoor(parts: Omit<MethodParts, 'url'>, through?: SlackThrough): Promise<Door> {
  const { book } = parts;
  const responses = new Map<string, ResponseUrl>();
  let url = '';
  const whole: MethodParts = { ...parts, url: () => url };

  async function truth(
    call: Call,
    pathname: string,
    request: SlackRequest,
    incoming: Request,
  ): Promise<Answer> {
    if (call.method === 'upload') return parts.uploads.receive(incoming) ?? html('', 404);
    if (call.method === 'file') return answerFile(whole, pathname, request);
    if (call.method === 'response_url') {
      return answerResponse(whole, responses.get(pathname.slice('/respond/'.length)), request.args);
    }
    return pathname.startsWith('/api/') ? answerMethod(whole, call.method, request) : html('', 404);
  }

  const server = await openServer(book, async (incoming) => {
    const { pathname } = new URL(incoming.path, url);
    const request = callIn(incoming);
    const method = methodOf(pathname);
    const args = method === 'file' ? { path: pathname } : request.args;
    const call = { method, token: request.token, args };
    const answer = () => truth(call, pathname, request, incoming);
    return through ? through(call, answer) : answer();
  });
  url = server.url;

  return {
    url,
    responseUrl(channel, user, original) {
      for (const [id, { born }] of responses) if (isOld(born)) responses.delete(id);
      const id = randomBytes(12).toString('hex');
      responses.set(id, { channel, user, original, born: Date.now(), uses: 0 });
      return `${url}/respond/${id}`;
    },
    close: server.close,
  };
}

function methodOf(pathname: string): string {
  if (pathname.startsWith('/api/')) return pathname.slice('/api/'.length);
  if (pathname.startsWith('/files-pri/')) return 'file';
  if (pathname.startsWith('/upload/')) return 'upload';
  return pathname.startsWith('/respond/') ? 'response_url' : pathname;
}

function isOld(born: number): boolean {
  return Date.now() - born > limits.responseUrl.minutes * 60_000;
}

/** A file's bytes: a login page for everybody whose token may not see it, as Slack answers. */
function answerFile(parts: MethodParts, pathname: string, { token }: SlackRequest): Answer {
  const file = parts.book.file(pathname.split('/')[2] ?? '');
  if (token !== parts.token || !maySeeFile(parts, file)) return html(LOGIN_PAGE);
  if (!parts.scopes.includes('files:read')) {
    parts.book.fault('a file was fetched without the scope files:read');
    return html(LOGIN_PAGE);
  }
  return { status: 200, headers: { 'content-type': mimeOf(file.name) }, body: parts.book.bytes(file.id) };
}

function answerResponse({ book }: MethodParts, target: ResponseUrl | undefined, args: Json): Answer {
  if (!target || isOld(target.born)) return json({ ok: false, error: 'expired_url' }, 404);
  target.uses += 1;
  if (target.uses > limits.responseUrl.uses) {
    book.fault(`a response_url was used ${target.uses} times, at most ${limits.responseUrl.uses}`);
    return json({ ok: false, error: 'used_url' }, 404);
  }
  const broken = args.delete_original ? [] : faultsOfMessage(args);
  if (broken.length > 0) {
    book.fault(...broken.map((rule) => `response_url: ${rule}`));
    return json({ ok: false, error: 'invalid_blocks' }, 400);
  }
  respond(book, target, args);
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
}
