import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limits } from '../../src/slack/limits.ts';
import { respond } from '../../src/slack/respond.ts';
import { type Lifetime, lifetime } from '../support/lifetime.ts';

const drawn = { text: 'Hej', blocks: [] };
let things: Lifetime;
let taken: Record<string, unknown>[];

beforeEach(() => {
  things = lifetime();
  taken = [];
});
afterEach(() => things.end());

/** A response_url whose answers are made by `answer`. */
async function responseUrl(answer: RequestListener): Promise<{ url: string; at: number; uses: number }> {
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    taken.push(JSON.parse(Buffer.concat(pieces).toString()));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  things.keep({
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`, at: Date.now(), uses: 0 };
}

test('a response_url takes five answers, and none after half an hour', async () => {
  const answering = await responseUrl((_, response) => response.end('ok'));
  for (let n = 0; n < 5; n++) expect(await respond(answering, drawn, false)).toBe(true);
  expect(await respond(answering, drawn, false)).toBe(false);
  expect(
    await respond({ ...answering, uses: 0, at: Date.now() - limits.responseUrl.lifeMs }, drawn, false),
  ).toBe(false);
  expect(taken).toHaveLength(5);
  expect(taken[0]).toMatchObject({ text: 'Hej', response_type: 'ephemeral', replace_original: false });
});

test.each([
  [200, 'ok', true],
  [200, '{"ok":true}', true],
  [200, '{"ok": false, "error": "used_url"}', false],
  [404, '{"ok":false,"error":"expired_url"}', false],
  [302, '', false],
  [500, 'ok', false],
])('an answer of %i %s counts as %s', async (status, body, counts) => {
  const answering = await responseUrl((_, response) => response.writeHead(status).end(body));
  expect(await respond(answering, drawn, true)).toBe(counts);
});

test('Retry-After is obeyed where it is short', async () => {
  const answering = await responseUrl((_, response) =>
    taken.length === 1 ? response.writeHead(429, { 'retry-after': '1' }).end() : response.end('ok'),
  );
  expect(await respond(answering, drawn, false)).toBe(true);
  expect(taken).toHaveLength(2);
  const busy = await responseUrl((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
  expect(await respond(busy, drawn, false)).toBe(false);
});

test('a kept connection that the other side has closed is made anew', async () => {
  const answering = await responseUrl((request, response) =>
    taken.length === 2 ? request.socket.resetAndDestroy() : response.end('ok'),
  );
  expect(await respond(answering, drawn, false)).toBe(true);
  expect(await respond(answering, drawn, false)).toBe(true);
  expect(taken).toHaveLength(3);
});

test('where nobody answers, the answer goes another way', async () => {
  const answering = await responseUrl((request) => request.socket.destroy());
  expect(await respond(answering, drawn, false)).toBe(false);
});
