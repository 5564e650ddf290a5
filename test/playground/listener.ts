import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../../src/playground/local/types.ts';

/** One request as a bot gets it. */
export interface Heard {
  readonly kind: 'command' | 'interaction' | 'event';
  readonly payload: Json;
  /** The number of the retry; undefined for the first delivery. */
  readonly retry: string | undefined;
}

export interface Reply {
  readonly status?: number;
  readonly body?: string | Json;
  /** Milliseconds before it is given. */
  readonly delay?: number;
}

/** A bot that is nothing but an ear: it keeps what it hears, and answers as it is told. */
export interface Listener {
  readonly url: string;
  readonly heard: Heard[];
  /** What it answers from now on. */
  replies(how: (heard: Heard) => Reply | Promise<Reply>): void;
  stop(): Promise<void>;
}

export async function startListener(): Promise<Listener> {
  const heard: Heard[] = [];
  let how: (heard: Heard) => Reply | Promise<Reply> = () => ({});
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const isEvent = request.headers['content-type']?.includes('json') ?? false;
    const form = new URLSearchParams(body);
    const payload = form.get('payload');
    const one: Heard = {
      kind: isEvent ? 'event' : payload ? 'interaction' : 'command',
      payload: isEvent ? JSON.parse(body) : payload ? JSON.parse(payload) : Object.fromEntries(form),
      retry: request.headers['x-slack-retry-num']?.toString(),
    };
    heard.push(one);
    const { status = 200, body: said = '', delay = 0 } = await how(one);
    await pause(delay, undefined, { ref: false });
    if (typeof said === 'string') response.writeHead(status).end(said);
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    replies(next) {
      how = next;
    },
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
