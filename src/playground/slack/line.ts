import { createHmac } from 'node:crypto';
import type { Json } from './types.ts';

/** What Slack sends to an app. */
export interface Outgoing {
  readonly kind: 'command' | 'interaction' | 'event';
  readonly payload: Json;
}

/** What the app answered: the body parsed where it is JSON, else text; '' where it is empty. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** A way to reach the bot. */
export interface Line {
  /** Rejects where nobody answers. */
  send(outgoing: Outgoing, retry?: { readonly number: number; readonly reason: string }): Promise<Answered>;
}

/** One request to the bot's request URL. */
export interface RawRequest {
  readonly body: string;
  readonly type: 'application/json' | 'application/x-www-form-urlencoded';
  readonly headers: Readonly<Record<string, string>>;
}

const PATH = '/slack/events';
const patienceMs = 20_000;

/** The line by HTTP, signed. `botUrl` is asked for at each request, so that the bot may move. */
export function httpLine(botUrl: () => string, secret: string): Line {
  return {
    async send({ kind, payload }, retry) {
      const retried: Record<string, string> = retry
        ? { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }
        : {};
      const body = bodyOf(kind, payload);
      const headers = { ...signed(body, secret), ...retried };
      const type = kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded';
      return post(botUrl() + PATH, { body, type, headers });
    },
  };
}

function bodyOf(kind: Outgoing['kind'], payload: Json): string {
  if (kind === 'event') return JSON.stringify(payload);
  if (kind === 'command') return new URLSearchParams(payload as Record<string, string>).toString();
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** The two headers by which an app knows that a request is Slack's. */
export function signed(
  body: string,
  secret: string,
  seconds: number = Math.floor(Date.now() / 1_000),
): Record<string, string> {
  const hash = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${hash}` };
}

export async function post(url: string, { body, type, headers }: RawRequest): Promise<Answered> {
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
