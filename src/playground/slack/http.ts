import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './types.ts';

/** One request to our side of Slack, read to its end. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly body: Buffer<ArrayBuffer>;
  readonly args: Json;
  readonly token: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

export function json(body: Json, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** Slack's way to say no: 200 and an error code. */
export function refused(error: string): Answer {
  return json({ ok: false, error });
}

export function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** An answer's body where it is a JSON object, else its status. */
export function bodyOf(answer: Answer): Json {
  const isJson = answer.headers['content-type']?.includes('json');
  const body = isJson ? parsed(answer.body.toString()) : undefined;
  return typeof body === 'object' && body !== null ? (body as Json) : { status: answer.status };
}

export async function read(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const path = incoming.url ?? '/';
  const type = incoming.headers['content-type'] ?? 'application/octet-stream';
  const args = { ...Object.fromEntries(new URL(path, 'http://slack').searchParams), ...argsOf(type, body) };
  const header = incoming.headers.authorization?.replace(/^Bearer /, '');
  const token = header ?? (typeof args.token === 'string' ? args.token : undefined);
  return { method: incoming.method ?? 'GET', path, type, body, args, token };
}

const NESTED = new Set(['blocks', 'view', 'metadata', 'attachments', 'files']);

/** A body's arguments: JSON, or a form of which some values are JSON. */
function argsOf(type: string, body: Buffer): Json {
  if (type.includes('json')) return objectIn(body.toString());
  if (!type.includes('urlencoded')) return {};
  const form = [...new URLSearchParams(body.toString())];
  return Object.fromEntries(form.map(([key, value]) => [key, NESTED.has(key) ? parsed(value) : value]));
}

function objectIn(text: string): Json {
  const value = parsed(text);
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Listens on 127.0.0.1; returns the address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
