import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUpload } from '../../src/teams/upload.ts';
import { type Lifetime, lifetime } from '../support/lifetime.ts';

let things: Lifetime;

beforeEach(() => {
  things = lifetime();
});
afterEach(() => things.end());

interface Piece {
  method: string | undefined;
  range: string | undefined;
  authorization: string | undefined;
  body: Buffer;
}

/** Where files are put: it answers with these statuses first, then as an upload session does. */
async function session(...statuses: number[]) {
  const pieces: Piece[] = [];
  const server = createServer(async (request, response) => {
    const { 'content-range': range, authorization } = request.headers;
    pieces.push({ method: request.method, range, authorization, body: await buffer(request) });
    response.writeHead(statuses.shift() ?? 202, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  things.keep({
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { pieces, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload?tempauth=secret` };
}

const retries = { firstMs: 1, allMs: 200 };
const upload = createUpload({ local: true, retries });
const unit = 320 * 1024;

/** A file whose bytes come in pieces of these sizes. */
const fileOf = (size: number, ...sizes: number[]) => ({
  size,
  bytes: async function* () {
    for (const [index, length] of sizes.entries()) yield Buffer.alloc(length, index);
  },
});

test('a file goes in pieces of whole units, each with its range and without any token', async () => {
  const { pieces, url } = await session();
  const size = 9 * unit + 17;
  await upload(url, fileOf(size, 5 * unit + 3, 14, 4 * unit));
  expect(pieces.map(({ method, authorization }) => [method, authorization])).toEqual(
    pieces.map(() => ['PUT', undefined]),
  );
  const sizes = pieces.map(({ body }) => body.length);
  expect(sizes.slice(0, -1).every((length) => length % unit === 0)).toBe(true);
  const whole = Buffer.concat([
    Buffer.alloc(5 * unit + 3, 0),
    Buffer.alloc(14, 1),
    Buffer.alloc(4 * unit, 2),
  ]);
  // Compared as they are: number by number it takes half a minute.
  expect(Buffer.concat(pieces.map(({ body }) => body)).equals(whole)).toBe(true);
  const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, length) => sum + length, 0));
  expect(pieces.map(({ range }) => range)).toEqual(
    starts.map((start, index) => `bytes ${start}-${start + (sizes[index] ?? 0) - 1}/${size}`),
  );
});

test('a file that is one piece exactly is sent once', async () => {
  const { pieces, url } = await session();
  await upload(url, fileOf(4 * unit, 4 * unit));
  expect(pieces.map(({ range }) => range)).toEqual([`bytes 0-${4 * unit - 1}/${4 * unit}`]);
});

test.each([429, 502, 504])('%s is waited out, and the same piece sent again', async (status) => {
  const { pieces, url } = await session(status, status);
  await upload(url, fileOf(3, 3));
  expect(pieces.map(({ range }) => range)).toEqual(['bytes 0-2/3', 'bytes 0-2/3', 'bytes 0-2/3']);
});

test.each([307, 401, 404, 416, 500])('%s ends it: no redirect is followed', async (status) => {
  const { pieces, url } = await session(status);
  await expect(upload(url, fileOf(3, 3))).rejects.toThrow();
  expect(pieces).toHaveLength(1);
});

test('a file of another size than it says is not sent to its end', async () => {
  const short = await session();
  await expect(upload(short.url, fileOf(9, 3))).rejects.toThrow('another size');
  await expect(upload(short.url, fileOf(2, 3))).rejects.toThrow('another size');
  expect(short.pieces).toEqual([]);
  const long = await session();
  await expect(upload(long.url, fileOf(4 * unit + 9, 4 * unit))).rejects.toThrow('another size');
  expect(long.pieces).toHaveLength(1);
});

test('nothing is sent to anybody but Microsoft, or to anything but this machine without an app', async () => {
  const { pieces, url } = await session();
  const real = createUpload({ local: false, retries });
  await expect(real(url, fileOf(3, 3))).rejects.toThrow('may not have it');
  await expect(real('https://sharepoint.com.evil.example/x', fileOf(3, 3))).rejects.toThrow(
    'may not have it',
  );
  await expect(upload('https://company.sharepoint.com/x', fileOf(3, 3))).rejects.toThrow('may not have it');
  expect(pieces).toEqual([]);
});
