import { generateKeyPairSync } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limits } from '../../src/teams/limits.ts';
import { testDatabase } from '../support/database.ts';
import { activity, invoke, message } from './activities.ts';
import { type House, openHouse } from './house.ts';
import { elsewhere, lena, tenant } from './people.ts';
import { appId, type Login, type Signing, startLogin } from './tokens.ts';

/** What is said on standard error: from before our part that keeps the library quiet is loaded, here anew. */
const { complaints, hearNoMore } = vi.hoisted(() => {
  vi.resetModules();
  const { console } = globalThis;
  const { error, warn } = console;
  const complaints: unknown[] = [];
  console.error = console.warn = (...words: unknown[]) => complaints.push(words);
  return { complaints, hearNoMore: () => Object.assign(console, { error, warn }) };
});
afterAll(hearNoMore);

const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const database = testDatabase();
let house: House;
let login: Login;

beforeEach(async () => {
  complaints.length = 0;
  login = await startLogin();
});
afterEach(async () => {
  await house.stop();
  await login.stop();
});

const openWithApp = async () => {
  house = await openHouse(database(), { app: { id: appId, password: 'secret' }, cloud: login.cloud });
};
const withToken = (signing?: Signing, url = serviceUrl) => ({
  authorization: `Bearer ${login.token(url, signing)}`,
});
const nothingDone = () => {
  expect(house.kept).toEqual([]);
  expect(house.ran).toEqual([]);
};

test('a request that Microsoft vouches for is taken', async () => {
  await openWithApp();
  expect(await house.sends(message('help'), withToken())).toEqual({ status: 200, body: undefined });
  expect(house.kept).toHaveLength(1);
});

const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const hourAgo = Math.floor(Date.now() / 1_000) - 3_600;

test.each<[string, Signing]>([
  ['signed by another key', { key: other }],
  ['of a key that nobody knows', { key: other, kid: 'another' }],
  ['that has expired', { claims: { exp: hourAgo } }],
  ['that is not valid yet', { claims: { nbf: hourAgo + 7_200 } }],
  ['for another app', { claims: { aud: '00000000-0000-4000-8000-000000000000' } }],
  ['for no app', { claims: { aud: undefined } }],
  ['of another issuer', { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } }],
  ['of no issuer', { claims: { iss: undefined } }],
  ['for another service address', { claims: { serviceurl: 'https://smba.trafficmanager.net/amer/' } }],
  ['for no service address', { claims: { serviceurl: undefined } }],
  ['of another bot', { claims: { ver: '1.0', appid: '00000000-0000-4000-8000-000000000000' } }],
  ['that says it needs no signature', { header: { alg: 'none' } }],
  ['signed in another way', { header: { alg: 'HS256' } }],
])('a request with a token %s gets 401, and does nothing', async (_, signing) => {
  await openWithApp();
  expect(await house.sends(message('help'), withToken(signing))).toEqual({ status: 401, body: undefined });
  expect(await house.sends(invoke('task/fetch', { data: { press: 'x' } }), withToken(signing))).toMatchObject(
    {
      status: 401,
    },
  );
  nothingDone();
  expect(complaints).toEqual([]);
});

test.each([
  undefined,
  'Bearer',
  'Bearer ',
  'Basic dmM6dmM=',
  'Bearer x',
  'Bearer a.b.c',
  'Bearer e30.e30.',
  `Bearer e30.${Buffer.from('{"iss":"https://api.botframework.com"}').toString('base64url')}.e30`,
  `Bearer e30.${Buffer.from('null').toString('base64url')}.e30`,
])('a request with the header %j gets 401, and does nothing', async (authorization) => {
  await openWithApp();
  expect(await house.sends(message('help'), authorization === undefined ? {} : { authorization })).toEqual({
    status: 401,
    body: undefined,
  });
  nothingDone();
  expect(complaints).toEqual([]);
});

test('A5 the log tells once that tokens are refused, and nothing that stands in them', async () => {
  await openWithApp();
  for (const aud of ['hemlig-1', 'hemlig-2'])
    expect((await house.sends(message('help'), withToken({ claims: { aud } }))).status).toBe(401);
  const told = house.logged.filter(({ level }) => Number(level) >= 40);
  expect(told.map(({ msg }) => msg)).toEqual(['Teams: the token of a request was refused']);
  expect(JSON.stringify(house.logged)).not.toContain('hemlig');
});

const opens = (said: string) =>
  openHouse(database(), {
    app: { id: appId, password: 'secret' },
    cloud: login.cloud,
    token: async () => {
      throw new Error(said);
    },
  });

test.each([
  ['AADSTS7000215', 'TEAMS_APP_PASSWORD'],
  ['AADSTS7000222', 'TEAMS_APP_PASSWORD'],
  ['AADSTS700016', 'TEAMS_TENANT_ID'],
])('settings that Microsoft answers with %s stop the start, and %s is named', async (reason, variable) => {
  await openWithApp();
  await expect(opens(`invalid_client: ${reason}: Not this app.`)).rejects.toMatchObject({
    text: { sv: expect.stringContaining(variable), en: expect.stringContaining(reason) },
  });
});

test('a login that does not answer at the start may answer later', async () => {
  house = await opens('getaddrinfo EAI_AGAIN');
  expect(house.door.ready()).toBe(true);
  expect(house.logged.map(({ msg }) => msg)).toContain('Teams: there is no token for answers yet');
});

test('a token is good for Teams alone, and for what Teams sends', async () => {
  await openWithApp();
  for (const channelId of ['AseChannel', 'emulator', 'directline', undefined]) {
    expect((await house.sends({ ...message('help'), channelId }, withToken())).status).toBe(401);
  }
  expect((await house.sends({ ...message('help'), serviceUrl: undefined }, withToken())).status).toBe(400);
  expect((await house.sends({ ...message('help'), from: null }, withToken())).status).toBe(400);
  expect((await house.sends({}, withToken())).status).toBe(401);
  nothingDone();
});

test('a made-up token makes the bot ask nobody, and remember nothing', async () => {
  await openWithApp();
  for (const tid of ['1', '2']) {
    const claims = { iss: `https://sts.windows.net/${tid}/`, tid };
    expect((await house.sends(message('help'), withToken({ key: other, claims }))).status).toBe(401);
  }
  expect(login.asked).toBe(0);
});

test('while the keys cannot be had, nobody is believed, and Teams may come again', async () => {
  await openWithApp();
  login.away = true;
  expect(await house.sends(message('help'), withToken())).toEqual({ status: 500, body: undefined });
  nothingDone();
  login.away = false;
  expect((await house.sends(message('help'), withToken())).status).toBe(200);
  expect(complaints).toEqual([]);
});

test('A1 an activity of another tenant is refused before anything, whichever way it names it', async () => {
  await openWithApp();
  const { conversation, channelData } = message('help') as { conversation: object; channelData: object };
  const foreign = [
    { conversation: { ...conversation, tenantId: elsewhere } },
    { channelData: { ...channelData, tenant: { id: elsewhere } } },
    { conversation: { ...conversation, tenantId: undefined }, channelData: undefined },
  ];
  for (const more of foreign) {
    expect((await house.sends(message('help', lena, {}, more), withToken())).status).toBe(403);
    expect(
      (await house.sends(invoke('task/fetch', { data: { press: 'x' } }, lena, {}, more), withToken())).status,
    ).toBe(403);
  }
  nothingDone();
  expect(await house.conversations.of(tenant, lena.aadObjectId ?? '')).toEqual([]);
});

test('what is said to Teams goes nowhere in the clear', async () => {
  await openWithApp();
  const url = 'http://smba.trafficmanager.net/emea/';
  const sent = message('help', lena, { serviceUrl: url });
  expect((await house.sends(sent, withToken({}, url))).status).toBe(403);
  nothingDone();
});

test('A5 what goes wrong with a request is told to the log alone, and holds nothing of it', async () => {
  await openWithApp();
  house.failStore(1);
  const headers = withToken();
  expect(await house.sends(message('verify anna@company.se är hemligt'), headers)).toEqual({
    status: 500,
    body: undefined,
  });
  expect(house.logged.map(({ msg }) => msg)).toContain('Teams: a request failed');
  expect(JSON.stringify([house.logged, complaints])).not.toMatch(/anna|hemlig|Lena|Bearer|eyJ/);
});

test('a huge request is refused, one that is no JSON too, and one in another format', async () => {
  await openWithApp();
  const posts = async (body: string, type: string) => {
    const headers = { 'content-type': type, ...withToken() };
    return (await fetch(`${house.url}/api/messages`, { method: 'POST', headers, body })).status;
  };
  expect(await posts(`"${'x'.repeat(limits.requestBody)}"`, 'application/json')).toBe(413);
  expect(await posts('{', 'application/json')).toBe(400);
  expect(await posts('x=y', 'application/x-www-form-urlencoded')).toBe(415);
  expect(await posts('', 'application/json')).toBe(401);
  expect(await posts('[]', 'application/json')).toBe(401);
  nothingDone();
});

test('without an app, only clients of this machine that say so are let in', async () => {
  house = await openHouse(database());
  const local = { serviceUrl: 'http://127.0.0.1:1/' };
  expect((await house.sends(message('help', lena, local))).status).toBe(200);
  const body = JSON.stringify(message('help', lena, local));
  const json = { 'content-type': 'application/json' };
  expect(await postsTo(house.url, body, { ...json, host: 'evil.example' })).toBe(403);
  expect(await postsTo(house.url, body, { ...json, host: '127.0.0.1.evil.example:80' })).toBe(403);
  expect(await postsTo(house.url, body, { ...json, 'x-forwarded-for': '192.0.2.1' })).toBe(403);
  expect(await postsTo(house.url, body, { 'content-type': 'text/plain' })).toBe(415);
  expect(await postsTo(house.url, body, { ...json, host: 'localhost:3000' })).toBe(200);
  expect((await house.sends(message('help'))).status).toBe(403);
  expect((await house.sends(activity(lena, local, { type: 'message', channelId: 'emulator' }))).status).toBe(
    401,
  );
  expect(house.kept).toHaveLength(2);
});

/** Posts with headers that `fetch` would not send. */
function postsTo(url: string, body: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/api/messages`, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject).end(body);
  });
}
