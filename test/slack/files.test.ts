import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { boltLog } from '../../src/slack/bolt-log.ts';
import { createFiles, type Files, isOwnHost } from '../../src/slack/files.ts';
import { createClient } from '../../src/slack/web.ts';
import { type Lifetime, lifetime } from '../support/lifetime.ts';
import { soon } from '../support/until.ts';

const token = 'xoxb-secret';

/** A server and the requests that it saw, each with the token that came along. */
interface Host {
  url: string;
  seen: { path: string; authorization: string | undefined }[];
}

let things: Lifetime;
let other: Host;

beforeEach(async () => {
  things = lifetime();
  other = await host((_, response) => response.end('elsewhere'));
});
afterEach(() => things.end());

async function host(answer: RequestListener): Promise<Host> {
  const seen: Host['seen'] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  things.keep({
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** Slack as far as files go: `files.info` says `file` (its address relative to this host), other paths answer `bytes`. */
async function slackWith(
  file: Record<string, unknown> | string,
  bytes: RequestListener = (_, response) => response.end('a;b\n'),
  idleMs = 30_000,
): Promise<{ files: Files; own: Host }> {
  const own = await host((request, response) => {
    if (request.url !== '/api/files.info') return bytes(request, response);
    const told =
      typeof file === 'string' ? { ok: false, error: file } : { ok: true, file: absolute(file, own.url) };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told));
  });
  const apiUrl = `${own.url}/api/`;
  const client = createClient(token, apiUrl, boltLog(pino({ level: 'silent' })));
  return { files: createFiles(client, { token, apiUrl, idleMs }), own };
}

function absolute(file: Record<string, unknown>, base: string) {
  const address = file.url_private_download;
  return typeof address === 'string' ? { ...file, url_private_download: new URL(address, base).href } : file;
}

const csv = { name: 'lista.csv', mimetype: 'text/csv', size: 4, url_private_download: '/files/F1' };
const source = { file: 'F1' };

async function read(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all).toString();
}

test('a file comes from Slack with the token', async () => {
  const { files, own } = await slackWith(csv);
  expect(await files.describe('F1')).toEqual({ name: 'lista.csv', size: 4 });
  expect(await read(await files.download(source, 100))).toBe('a;b\n');
  expect(own.seen.at(-1)).toEqual({ path: '/files/F1', authorization: `Bearer ${token}` });
});

test('a redirect within Slack is followed, one without end is not', async () => {
  const { files } = await slackWith(csv, (request, response) => {
    if (request.url === '/files/F1') response.writeHead(302, { location: '/files/F2' }).end();
    else response.end('moved');
  });
  expect(await read(await files.download(source, 100))).toBe('moved');
  const circle = await slackWith(csv, (_, response) =>
    response.writeHead(302, { location: '/files/F1' }).end(),
  );
  await expect(circle.files.download(source, 100)).rejects.toThrow('redirected too often');
});

test('the token goes nowhere else: not to another host, not by a redirect', async () => {
  const elsewhere = await slackWith({ ...csv, url_private_download: `${other.url}/files/F1` });
  await expect(elsewhere.files.download(source, 100)).rejects.toMatchObject({ code: 'file_elsewhere' });
  const redirecting = await slackWith(csv, (_, response) =>
    response.writeHead(302, { location: `${other.url}/login` }).end(),
  );
  await expect(redirecting.files.download(source, 100)).rejects.toMatchObject({ code: 'file_elsewhere' });
  expect(other.seen).toEqual([]);
});

test.each([
  ['https://files.slack.com/files-pri/T1-F1/download/lista.csv', true],
  ['https://slack.com/x', true],
  ['https://files.slack-gov.com/x', true],
  ['http://127.0.0.1:4000/files/F1', true],
  ['http://127.0.0.1:4001/files/F1', false],
  ['http://files.slack.com/x', false],
  ['https://files.slack.com:8443/x', false],
  ['https://slack.com.evil.se/x', false],
  ['https://evilslack.com/x', false],
  ['https://slack.com@evil.se/x', false],
  ['https://docs.google.com/spreadsheets/x', false],
  ['file:///etc/passwd', false],
])('whether %s may see the token: %s', (address, may) => {
  expect(isOwnHost(new URL(address), 'http://127.0.0.1:4000')).toBe(may);
});

test("Slack's login page in place of the file is told from a page that somebody dropped", async () => {
  const page: RequestListener = (_, response) =>
    response.setHeader('content-type', 'text/html; charset=utf-8').end('<title>Sign in</title>');
  const { files } = await slackWith(csv, page);
  await expect(files.download(source, 100)).rejects.toMatchObject({ code: 'file_login_page' });
  const dropped = await slackWith({ ...csv, mimetype: 'text/html' }, page);
  expect(await read(await dropped.files.download(source, 100))).toBe('<title>Sign in</title>');
});

test('a file over the limit is not fetched, and one that turns out longer than told is stopped', async () => {
  const { files, own } = await slackWith({ ...csv, size: 3 * 1024 * 1024 });
  await expect(files.download(source, 2 * 1024 * 1024)).rejects.toMatchObject({
    code: 'file_too_big',
    text: { en: expect.stringContaining('larger than 2\u00a0MB') },
  });
  expect(own.seen.map(({ path }) => path)).toEqual(['/api/files.info']);

  let closed = false;
  const endless = await slackWith(csv, (_, response) => {
    const writing = setInterval(() => response.write('x'.repeat(1_000)), 1);
    response.on('close', () => {
      clearInterval(writing);
      closed = true;
    });
  });
  const pieces = await endless.files.download(source, 10_000);
  await expect(read(pieces)).rejects.toMatchObject({ code: 'file_too_big' });
  await vi.waitFor(() => expect(closed).toBe(true), soon);
});

test('a reader that stops early ends the download', async () => {
  let closed = false;
  const { files } = await slackWith(csv, (_, response) => {
    response.write('a;b\n');
    response.on('close', () => {
      closed = true;
    });
  });
  for await (const piece of await files.download(source, 100)) {
    expect(Buffer.from(piece).toString()).toBe('a;b\n');
    break;
  }
  await vi.waitFor(() => expect(closed).toBe(true), soon);
});

test('a download that stands still is given up, before its first byte and in the middle', async () => {
  const silent = await slackWith(csv, () => undefined, 50);
  await expect(silent.files.download(source, 100)).rejects.toThrow('sent nothing of a file');
  const halting = await slackWith(csv, (_, response) => response.write('a;'), 1_000);
  await expect(read(await halting.files.download(source, 100))).rejects.toThrow('sent nothing of a file');
});

test.each([{ 'content-length': '8' }, { 'transfer-encoding': 'chunked' }])(
  'a download that is cut off (%j) never passes for the whole file: it is an error to try again',
  async (headers) => {
    const { files } = await slackWith(csv, (_, response) => {
      response.writeHead(200, headers).write('a;b\n', () => response.destroy());
    });
    const reading = read(await files.download(source, 100));
    await expect(reading).rejects.toThrow('terminated');
    await expect(reading).rejects.not.toHaveProperty('code', expect.stringMatching(/^file_/));
  },
);

test('a file that is gone is told of, one that Slack cannot give just now is an error to try again', async () => {
  const { files } = await slackWith('file_not_found');
  expect(await files.describe('F1')).toBeUndefined();
  await expect(files.download(source, 100)).rejects.toMatchObject({ code: 'file_gone' });
  const missing = await slackWith(csv, (_, response) => response.writeHead(404).end());
  await expect(missing.files.download(source, 100)).rejects.toMatchObject({ code: 'file_gone' });
  const forbidden = await slackWith(csv, (_, response) => response.writeHead(403).end());
  await expect(forbidden.files.download(source, 100)).rejects.toMatchObject({ code: 'file_login_page' });
  const busy = await slackWith(csv, (_, response) => response.writeHead(503).end());
  await expect(busy.files.download(source, 100)).rejects.toThrow('answered with 503');
  const nowhere = await slackWith({ ...csv, url_private_download: undefined });
  await expect(nowhere.files.download(source, 100)).rejects.toMatchObject({ code: 'file_gone' });
});
