import { createHmac } from 'node:crypto';
import { post } from '../local/http.ts';
import type { Answered, Json } from '../local/types.ts';

/** What Slack sends to an app. */
export interface Outgoing {
  readonly kind: 'command' | 'interaction' | 'event';
  readonly payload: Json;
}

/** A way to reach the bot. */
export interface Line {
  /** Rejects where nobody answers. */
  send(outgoing: Outgoing, retry?: { readonly number: number; readonly reason: string }): Promise<Answered>;
}

const PATH = '/slack/events';

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
