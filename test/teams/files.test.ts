import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDownload, isFileHost } from '../../src/teams/files.ts';
import { type Lifetime, lifetime } from '../support/lifetime.ts';

let things: Lifetime;

beforeEach(() => {
  things = lifetime();
});
afterEach(() => things.end());

/** Where files lie, and the headers of every request there. */
async function host(answer: RequestListener) {
  const seen: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  things.keep({
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file?tempauth=secret`;
  return { source: { message: '1', url }, seen };
}

async function read(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}

const download = createDownload({ local: true });

test('a file comes from its address without any token', async () => {
  const { source, seen } = await host((_, response) => response.end('a;b\n'));
  expect(await read(await download(source, 100))).toBe('a;b\n');
  expect(seen).toHaveLength(1);
  expect(seen[0]).not.toHaveProperty('authorization');
});

test.each([
  ['https://company.sharepoint.com/personal/lena/_layouts/15/download.aspx?tempauth=x', true],
  ['https://company-my.sharepoint.com/x', true],
  ['https://company.sharepoint.us/x', true],
  ['https://northeurope1-mediap.svc.ms/x', true],
  ['http://company.sharepoint.com/x', false],
  ['https://company.sharepoint.com:8443/x', false],
  ['https://user:password@company.sharepoint.com/x', false],
  ['https://company.sharepoint.com.evil.example/x', false],
  ['https://evilsharepoint.com/x', false],
  ['https://company.sharepoint.com@evil.example/x', false],
  ['https://127.0.0.1/x', false],
  ['http://127.0.0.1:3000/x', false],
  ['https://169.254.169.254/metadata', false],
  ['file:///etc/passwd', false],
])('whether files are fetched from %s: %s', (address, may) => {
  expect(isFileHost(new URL(address), false)).toBe(may);
});

test('without an app, files are fetched from this machine alone', () => {
  for (const address of ['http://127.0.0.1:4000/x', 'http://localhost/x', 'https://[::1]:4000/x'])
    expect(isFileHost(new URL(address), true)).toBe(true);
  for (const address of ['https://company.sharepoint.com/x', 'http://127.0.0.1.evil.example/x', 'file:///x'])
    expect(isFileHost(new URL(address), true)).toBe(false);
});

test('a file elsewhere is not fetched, nor one that leads there', async () => {
  const real = createDownload({ local: false });
  const { source, seen } = await host((_, response) => response.end('a;b\n'));
  await expect(real(source, 100)).rejects.toMatchObject({ code: 'file_elsewhere' });
  expect(seen).toEqual([]);
  const leading = await host((_, response) =>
    response.writeHead(302, { location: 'http://192.0.2.1/x' }).end(),
  );
  await expect(download(leading.source, 100)).rejects.toMatchObject({ code: 'file_elsewhere' });
});

test.each([401, 403, 404, 410])('a file that is answered with %s is gone', async (status) => {
  const { source } = await host((_, response) => response.writeHead(status).end());
  await expect(download(source, 100)).rejects.toMatchObject({ code: 'file_gone' });
});

test('a file that cannot be had just now is an error to try again; so is one that stands still', async () => {
  const busy = await host((_, response) => response.writeHead(503).end());
  await expect(download(busy.source, 100)).rejects.toThrow('answered with 503');
  const silent = await host(() => undefined);
  const impatient = createDownload({ local: true, idleMs: 50 });
  await expect(impatient(silent.source, 100)).rejects.toThrow('sent nothing of a file');
});

test('a file over the limit is stopped', async () => {
  const { source } = await host((_, response) => response.end('x'.repeat(1_000)));
  await expect(read(await download(source, 999))).rejects.toMatchObject({ code: 'file_too_big' });
});

test('what was never a file of Teams, or is not kept any more, is gone', async () => {
  await expect(download({}, 100)).rejects.toMatchObject({ code: 'file_gone' });
  await expect(download({ file: 'F1' }, 100)).rejects.toMatchObject({ code: 'file_gone' });
});
