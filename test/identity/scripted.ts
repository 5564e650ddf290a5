import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One question that came in. */
export interface Asked {
  /** Such as `GET /scim/Users?filter=…`, decoded. */
  line: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** What the server does next: an answer, silence until it stops, or anything else with the response. */
export type Step =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | 'silence'
  | ((response: ServerResponse) => void);

/** A server that answers as it was told to, step by step; the last step again and again. */
export interface Scripted {
  url: string;
  asked: Asked[];
  /** Begins a new script, and forgets what was asked. */
  plays(...steps: Step[]): void;
  stop(): Promise<void>;
}

export async function startScripted(): Promise<Scripted> {
  let script: Step[] = [];
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    const line = `${request.method} ${decodeURIComponent((request.url ?? '').replaceAll('+', ' '))}`;
    asked.push({ line, headers: request.headers, body: text ? JSON.parse(text) : undefined });
    play(script.length > 1 ? script.shift() : script[0], response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    asked,
    plays(...steps) {
      script = steps;
      asked.length = 0;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function play(step: Step | undefined, response: ServerResponse): void {
  if (step === undefined) throw new Error('The script is empty');
  if (step === 'silence') return;
  if (typeof step === 'function') {
    step(response);
    return;
  }
  const { status, body, headers = {} } = step;
  response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
  response.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
}

/** A SCIM list of these accounts. */
export const list = (...Resources: object[]): Step => ({
  status: 200,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: Resources.length,
    Resources,
  },
});

/** A SCIM error. */
export const error = (status: number, detail?: string, headers?: Record<string, string>): Step => ({
  status,
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status), detail },
  ...(headers ? { headers } : {}),
});
