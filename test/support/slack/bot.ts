import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Book } from './book.ts';
import { limits } from './limits.ts';
import { overloaded } from './overloaded.ts';
import type { Ack, Json } from './types.ts';
import { SIGNING_SECRET } from './workspace.ts';

/** What Slack sends to an app. */
export type Outgoing =
  | { readonly kind: 'command'; readonly payload: Json }
  | { readonly kind: 'interaction'; readonly payload: Json }
  | { readonly kind: 'event'; readonly payload: Json };

/** How a request is signed: rightly, not at all, by somebody else, or ten minutes ago. */
export type Signature = 'right' | 'none' | 'forged' | 'old';

export interface RawRequest {
  readonly body: string;
  readonly type?: 'application/json' | 'application/x-www-form-urlencoded';
  readonly signature?: Signature;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** A way to reach the bot: by HTTP, or down the socket of Socket Mode. */
export interface Line {
  send(
    outgoing: Outgoing,
    retry: { number: number; reason: string } | undefined,
  ): Promise<{ status: number; body: unknown }>;
}

/** Posts to the bot's request URL, as Slack does. */
export async function post(botUrl: string, request: RawRequest): Promise<{ status: number; body: unknown }> {
  const type = request.type ?? 'application/json';
  const answer = await fetch(botUrl + (request.path ?? '/slack/events'), {
    method: 'POST',
    headers: {
      'content-type': type,
      ...signed(request.body, request.signature ?? 'right'),
      ...request.headers,
    },
    body: request.body,
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== '';
  return { status: answer.status, body: isJson ? JSON.parse(text) : text };
}

function signed(body: string, signature: Signature): Record<string, string> {
  if (signature === 'none') return {};
  const seconds = Math.floor(Date.now() / 1_000) - (signature === 'old' ? 600 : 0);
  const secret = signature === 'forged' ? 'somebody-elses-secret' : SIGNING_SECRET;
  const hash = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${hash}` };
}

/** The line by HTTP. `botUrl` is asked for at each request, so that the bot may move. */
export function httpLine(botUrl: () => string): Line {
  return {
    send({ kind, payload }, retry) {
      const headers = retry
        ? { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }
        : {};
      if (kind === 'event') return post(botUrl(), { body: JSON.stringify(payload), headers });
      const form =
        kind === 'command'
          ? new URLSearchParams(payload as Record<string, string>)
          : new URLSearchParams({ payload: JSON.stringify(payload) });
      return post(botUrl(), { body: form.toString(), type: 'application/x-www-form-urlencoded' });
    },
  };
}

/**
 * Sends one command or interaction and waits for its acknowledgement.
 * One that takes over three seconds is a fault: the person would have read "operation_timeout".
 */
export async function deliver(line: Line, book: Book, outgoing: Outgoing): Promise<Ack> {
  const from = book.tick();
  const began = performance.now();
  const { status, body } = await line.send(outgoing, undefined);
  late(book, outgoing, performance.now() - began);
  return { status, body, callsBefore: callsSince(book, from), deliveries: 1 };
}

/**
 * Sends one event, and again up to three times while it is not answered by 2xx, as Slack does,
 * only sooner (Slack waits an hour in all). An event that is never taken is no fault: see `status`.
 */
export async function deliverEvent(line: Line, book: Book, payload: Json): Promise<Ack> {
  const from = book.tick();
  let answer: { status: number; body: unknown } = { status: 0, body: '' };
  for (const [number, wait] of [0, 200, 1_000, 3_000].entries()) {
    await pause(wait);
    const began = performance.now();
    const retry = number === 0 ? undefined : { number, reason: 'http_error' };
    answer = await line.send({ kind: 'event', payload }, retry).catch((error: unknown) => ({
      status: 0,
      body: String(error),
    }));
    late(book, { kind: 'event', payload }, performance.now() - began);
    if (answer.status >= 200 && answer.status < 300) {
      return { ...answer, callsBefore: callsSince(book, from), deliveries: number + 1 };
    }
  }
  return { ...answer, callsBefore: callsSince(book, from), deliveries: 4 };
}

/** The same event once more, as if its acknowledgement had been lost. */
export async function redeliver(line: Line, book: Book, payload: Json, number: number): Promise<Ack> {
  const from = book.tick();
  const answer = await line.send({ kind: 'event', payload }, { number, reason: 'http_timeout' });
  return { ...answer, callsBefore: callsSince(book, from), deliveries: 1 };
}

function late(book: Book, outgoing: Outgoing, took: number): void {
  if (took <= limits.ackSeconds * 1_000 || overloaded()) return;
  book.faults.push(`an acknowledgement (${outgoing.kind}) took ${Math.round(took)} ms, at most 3 seconds`);
}

function callsSince(book: Book, from: number) {
  return book.calls.filter(({ moment }) => moment > from);
}
