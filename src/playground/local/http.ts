import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isOwnName } from '../guards.ts';
import type { Answered, Json } from './types.ts';

/** One request to a local chat, read to its end. */
export interface Request {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly type: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer<ArrayBuffer>;
  /** The bearer token. */
  readonly token: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** What stands between a call and its true answer: it looks on, or answers otherwise; "broken" ends the connection. */
export type Through<Call> = (call: Call, truth: () => Promise<Answer>) => Promise<Answer | 'broken'>;

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** An answer's body where it is a JSON object, else its status. */
export function bodyOf(answer: Answer): Json {
  const isJson = answer.headers['content-type']?.includes('json');
  const body = isJson ? parsed(answer.body.toString()) : undefined;
  return isObject(body) ? body : { status: answer.status };
}

/** The JSON object that a text holds; {} where it holds none. */
export function objectIn(text: string): Json {
  return asJson(parsed(text));
}

/** A value as an object; {} where it is none. */
export function asJson(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** What a text says as JSON, else the text itself. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

const patienceMs = 20_000;

/** Posts to the bot, and gives what it answered. Rejects where nobody does. */
export async function post(
  url: string,
  { body, type, headers }: { body: string; type: string; headers: Readonly<Record<string, string>> },
): Promise<Answered> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body,
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== '';
  return { status: answer.status, body: isJson ? JSON.parse(text) : text };
}

/** Answers requests on 127.0.0.1. */
export interface LocalServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens a server, at `port` unless something else listens there; what goes wrong in it is a fault in the book. */
export async function openServer(
  book: { fault(sentence: string): void },
  answer: (request: Request) => Promise<Answer | 'broken'>,
  port = 0,
): Promise<LocalServer> {
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!isFromProgram(incoming)) {
      outgoing.writeHead(403).end();
      return;
    }
    const given = await answer(await read(incoming));
    if (given === 'broken') outgoing.destroy();
    else outgoing.writeHead(given.status, given.headers).end(given.body);
  };
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      // Whoever asked broke off before the end.
      if (!incoming.complete) return;
      book.fault(`the local chat itself failed: ${String(error)}`);
      outgoing.writeHead(500).end();
    });
  });
  return {
    url: await listen(server, port),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A program of this machine names it, and says of no page that it comes from there. */
function isFromProgram({ headers: { host = '', origin } }: IncomingMessage): boolean {
  return isOwnName(host) && origin === undefined;
}

async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    type: incoming.headers['content-type'] ?? 'application/octet-stream',
    headers: incoming.headers,
    body: Buffer.concat(chunks),
    token: incoming.headers.authorization?.replace(/^Bearer /, ''),
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    const taken = (error: NodeJS.ErrnoException) => {
      if (port === 0 || error.code !== 'EADDRINUSE') reject(error);
      else server.listen(0, '127.0.0.1');
    };
    server.on('error', taken);
    server.once('listening', () => {
      server.off('error', taken);
      resolve();
    });
    server.listen(port, '127.0.0.1');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
