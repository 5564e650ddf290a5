import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Act, TeamsAct } from '../../src/playground/wire.ts';
import { until } from '../support/until.ts';
import { openStage, type Stage } from './stage.ts';

let folder: string;
let stage: Stage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vc-bot-page-'));
  await writeFile(join(folder, 'page.js'), 'document.title = "page"');
  await writeFile(join(folder, 'teams-4F2A.js'), 'export const part = true');
  await writeFile(join(folder, 'page.css'), 'body { margin: 0 }');
  stage = await openStage(pathToFileURL(`${folder}/`));
});
afterAll(async () => {
  await stage.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  stage.acts.length = 0;
  stage.teamsActs.length = 0;
  stage.files.length = 0;
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(stage.base + path, { headers });

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(stage.base + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** The status of a GET with just these headers, some of which fetch would replace. */
async function statusFor(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const sent = request(stage.base + path, { headers });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

describe('the page', () => {
  test('runs its own script and no other', async () => {
    const response = await get('/');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("default-src 'none'");
    const html = await response.text();
    const [, script] = /<script type="module" src="([^"]+)">/.exec(html) ?? [];
    expect(html.match(/<script/g)).toHaveLength(1);
    expect((await get(String(script))).headers.get('content-type')).toMatch(/^text\/javascript/);
    expect((await get('/playground/gallery')).status).toBe(200);
  });

  test('its parts are handed out by their names, and nothing beside them', async () => {
    const part = await get('/playground/page/teams-4F2A.js');
    expect(part.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(await part.text()).toContain('part');
    expect((await get('/playground/page/..%2Fpackage.json')).status).toBe(404);
    expect((await get('/playground/page/other.js')).status).toBe(404);
  });
});

describe('the guards', () => {
  test.each([
    ['localhost:3000', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:80', 200],
    ['[::1]:3000', 200],
    ['rebound.example.com', 403],
    ['localhost.example.com', 403],
    ['192.168.1.4:3000', 403],
  ])('a request to %s gets %i', async (host, status) => {
    expect(await statusFor('/', { host })).toBe(status);
    expect(await statusFor('/playground/slack/scene?as=lena', { host })).toBe(status);
  });

  const help: Act = { act: 'command', room: 'C1', line: '/vc help' };
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{}, 200],
  ])('an act with %j gets %i', async (headers: Record<string, string>, status) => {
    expect((await post('/playground/slack/acts?as=lena', help, headers)).status).toBe(status);
    expect((await post('/playground/start-over', {}, { ...headers })).status).toBe(status);
    expect(stage.acts).toHaveLength(status === 200 ? 1 : 0);
  });

  test('a link from elsewhere opens the gallery, and reads nothing else', async () => {
    const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await statusFor('/playground/gallery', elsewhere)).toBe(200);
    expect(await statusFor('/playground/mail', { 'sec-fetch-site': 'cross-site' })).toBe(403);
  });
});

describe('acts', () => {
  const at = { room: 'C1', message: '1', block: 'b', action: 'a' };
  const acts: Act[] = [
    { act: 'command', room: 'C1', line: '/vc help' },
    { act: 'write', room: 'D-lena', text: 'hej' },
    { act: 'press', at },
    { act: 'press', at: { block: 'b', action: 'a' } },
    { act: 'choose', at, value: 'x' },
    { act: 'search', at, text: '' },
    { act: 'submit', values: { user: { user: '14' }, ticks: { ticks: ['a', 'b'] }, none: { none: null } } },
    { act: 'close' },
  ];
  test.each(acts)('$act reaches the chat as it was sent', async (act) => {
    stage.answer[act.act] = async () => ({ error: 'words' });
    const response = await post('/playground/slack/acts?as=lena', act);
    expect(await response.json()).toEqual({ error: 'words' });
    expect(stage.acts).toEqual([{ handle: 'lena', act }]);
    delete stage.answer[act.act];
  });

  const inTeams: TeamsAct[] = [
    { act: 'write', room: '19:hr', text: '@vc hej', thread: '1' },
    { act: 'press', room: 'a:lena', message: '1', action: 'a', values: { user: '14' } },
    { act: 'consent', room: 'a:lena', message: '1', accepts: true },
    { act: 'search', input: 'user', text: '' },
    { act: 'submit', values: { user: '14' } },
    { act: 'close' },
    { act: 'install', room: '19:random', isThere: true },
  ];
  test.each(inTeams)('$act reaches Teams as it was sent', async (act) => {
    expect(await (await post('/playground/teams/acts?as=lena', act)).json()).toEqual({});
    expect(stage.teamsActs).toEqual([{ handle: 'lena', act }]);
    expect(stage.acts).toEqual([]);
  });

  test.each([
    ['nobody', { act: 'close' }, 404],
    ['lena', { act: 'write', room: 'C1', text: 'hej' }, 404],
    ['lena', { act: 'write', room: 'a:anna', text: 'hej' }, 404],
    ['lena', { act: 'command', room: '19:hr', line: '/vc help' }, 400],
    ['lena', { act: 'submit', values: { user: { user: '14' } } }, 400],
  ])('in Teams %s: %j gets %i, and nobody hears anything', async (as, body, status) => {
    expect((await post(`/playground/teams/acts?as=${as}`, body)).status).toBe(status);
    expect(stage.teamsActs).toEqual([]);
  });

  test.each([
    ['nobody', { act: 'close' }, 404],
    ['lena', { act: 'write', room: 'C9', text: 'hej' }, 404],
    ['lena', { act: 'write', room: 'D-anna', text: 'hej' }, 404],
    ['gustav', { act: 'press', at: { ...at, room: 'C2' } }, 404],
    ['lena', { act: 'fly' }, 400],
    ['lena', { act: 'write', room: 'C1', text: '' }, 400],
    ['lena', { act: 'submit', values: { user: 3 } }, 400],
    ['lena', 'help', 400],
  ])('%s: %j gets %i, and the chat hears nothing', async (as, body, status) => {
    expect((await post(`/playground/slack/acts?as=${as}`, body)).status).toBe(status);
    expect(stage.acts).toEqual([]);
  });
});

describe('files', () => {
  const drop = (query: string, bytes: Uint8Array<ArrayBuffer>) =>
    fetch(`${stage.base}/playground/slack/files?${query}`, { method: 'POST', body: bytes });

  test('a file of some megabytes arrives whole, and an empty one too', async () => {
    const bytes = new Uint8Array(5 * 1024 * 1024).fill(65);
    const name = 'nyanställda & co.csv';
    const query = new URLSearchParams({ as: 'lena', place: 'C1', name }).toString();
    expect((await drop(query, bytes)).status).toBe(200);
    expect((await drop('as=anna&place=D-anna&name=tom.csv', new Uint8Array(0))).status).toBe(200);
    expect(stage.files).toEqual([
      { handle: 'lena', room: 'C1', name, bytes: bytes.length },
      { handle: 'anna', room: 'D-anna', name: 'tom.csv', bytes: 0 },
    ]);
  });

  test.each([
    ['as=nobody&place=C1&name=a.csv', 404],
    ['as=lena&place=C9&name=a.csv', 404],
    ['as=lena&place=C1', 400],
  ])('%s gets %i', async (query, status) => {
    expect((await drop(query, new Uint8Array(3))).status).toBe(status);
    expect(stage.files).toEqual([]);
  });

  test('what a message brings is downloaded by whoever sees it', async () => {
    const file = await get('/playground/slack/files/F1?as=lena');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=avvisade.csv');
    expect(await file.text()).toBe('a;b');
    for (const path of ['F1?as=anna', 'F2?as=lena', 'F1?as=nobody', 'F1'])
      expect((await get(`/playground/slack/files/${path}`)).status).toBe(404);
  });

  test('the samples are named and handed out', async () => {
    const samples = (await (await get('/playground/samples')).json()) as { name: string; bytes: number }[];
    expect(samples.map(({ name }) => name)).toEqual(['adresser.csv', 'adresser med fel.csv']);
    const bytes = await (
      await get(`/playground/samples/${encodeURIComponent('adresser med fel.csv')}`)
    ).bytes();
    expect(bytes).toHaveLength(samples[1]?.bytes ?? 0);
    expect((await get('/playground/samples/..%2Fpackage.json')).status).toBe(404);
  });
});

describe('reading', () => {
  test('a scene is of somebody', async () => {
    expect(await (await get('/playground/slack/scene?as=erik')).json()).toMatchObject({
      me: { name: 'Erik Holm' },
    });
    expect((await get('/playground/slack/scene?as=nobody')).status).toBe(404);
    expect((await get('/playground/slack/scene')).status).toBe(404);
  });

  test('a mail is listed without its letter, and read with it', async () => {
    stage.send({ to: 'anna@company.se', subject: 'Hej', text: 'Hej', html: '<p>Hej</p>' });
    const [head] = (await (await get('/playground/mail')).json()) as Record<string, string>[];
    expect(head).toMatchObject({ to: 'anna@company.se', subject: 'Hej' });
    expect(head).not.toHaveProperty('html');
    expect(await (await get(`/playground/mail/${head?.id}`)).json()).toMatchObject({ html: '<p>Hej</p>' });
    expect((await get('/playground/mail/none')).status).toBe(404);
  });

  test('changes are told as they happen, many at once as one', async () => {
    const response = await get('/playground/changes');
    let told = '';
    const reading = (async () => {
      for await (const chunk of response.body ?? []) told += Buffer.from(chunk).toString();
    })();
    await until(() => told.startsWith(':'));
    for (const text of ['a', 'b', 'c']) stage.say({ room: 'C1', text });
    await until(() => told.includes('event: slack\ndata:\n\n'));
    stage.send({ to: 'bo@company.se' });
    await until(() => told.includes('event: mail\ndata:\n\n'));
    expect(told.match(/event: slack/g)).toHaveLength(1);
    await post('/playground/start-over', {});
    await reading;
    expect(stage.startedOver()).toBeGreaterThan(0);
  });

  /** Until every change so far has been told, also those of other tests. */
  async function allTold(): Promise<void> {
    const told = (await get('/playground/changes')).body?.getReader();
    await told?.read();
    stage.say({ room: 'C1', text: 'the last so far' });
    await told?.read();
    await told?.cancel();
  }

  test('after streams that ended while a change was waiting, changes are told again', async () => {
    await allTold();
    const response = await get('/playground/changes');
    const reading = response.text();
    stage.onStartOver(() => stage.say({ room: 'C1', text: 'a' }));
    await post('/playground/start-over', {});
    await reading;
    const next = await get('/playground/changes');
    const told = next.body?.getReader();
    await told?.read();
    stage.say({ room: 'C1', text: 'b' });
    expect(Buffer.from((await told?.read())?.value ?? []).toString()).toBe('event: slack\ndata:\n\n');
    await told?.cancel();
  });

  test.each(['slack', 'teams'])('a scene of %s names its world', async (surface) => {
    const scene = await get(`/playground/${surface}/scene?as=erik`);
    expect(await scene.json()).toMatchObject({ me: { handle: 'erik' }, surface, world: 'first' });
  });

  test('a change in Teams is told as one', async () => {
    // On a stage where nothing has been said before.
    const fresh = await openStage(pathToFileURL(`${folder}/`));
    const told = (await fetch(`${fresh.base}/playground/changes`)).body?.getReader();
    await told?.read();
    fresh.sayInTeams({ room: '19:hr', text: 'a' });
    expect(Buffer.from((await told?.read())?.value ?? []).toString()).toBe('event: teams\ndata:\n\n');
    await told?.cancel();
    await fresh.stop();
  });
});
