import { beforeAll, describe, expect, test } from 'vitest';
import type { AccountFailure, Holder } from '../../src/identity/identity.ts';
import { createScimIdentity } from '../../src/identity/scim.ts';
import { stopsAfterAll } from '../support/lifetime.ts';
import { error, list, type Scripted, startScripted } from './scripted.ts';

const token = 'the-token-of-the-tests';
const anna: Holder = { address: 'anna@company.se', name: 'Anna von Svensson', externalId: '14' };
const account = { id: 'a/1', userName: 'Anna@Company.se', active: true };

describe('V4 the SCIM client', () => {
  const { keep } = stopsAfterAll();
  let server: Scripted;
  beforeAll(async () => {
    server = keep(await startScripted());
  });

  const identity = (patience = 5_000) => createScimIdentity({ url: server.url, token, patience });
  const connect = (holder = anna) => identity().connect(holder);
  const lines = () => server.asked.map(({ line }) => line);
  const failure = async (doing: Promise<unknown>) => {
    const failed = (await doing.then(
      () => undefined,
      (error: unknown) => error,
    )) as AccountFailure;
    const { name, fault, words, waitFor } = failed;
    return { name, fault, words, waitFor };
  };

  test('finds the account that is there, in whatever case', async () => {
    server.plays(list(account));
    expect(await connect()).toEqual({ accountId: 'a/1' });
    expect(lines()).toEqual(['GET /scim/Users?filter=userName eq "anna@company.se"']);
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      accept: 'application/scim+json, application/json',
    });
  });

  test('makes one where there is none', async () => {
    server.plays(list(), { status: 201, body: account });
    expect(await connect()).toEqual({ accountId: 'a/1' });
    expect(server.asked[1]).toMatchObject({
      line: 'POST /scim/Users',
      body: {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'anna@company.se',
        externalId: '14',
        displayName: 'Anna von Svensson',
        name: { formatted: 'Anna von Svensson', givenName: 'Anna von', familyName: 'Svensson' },
        emails: [{ value: 'anna@company.se', type: 'work', primary: true }],
        active: true,
      },
    });
    expect(server.asked[1]?.headers['content-type']).toBe('application/scim+json');
  });

  test('a name of one word is both names', async () => {
    server.plays(list(), { status: 201, body: account });
    await connect({ ...anna, name: 'Anna' });
    expect(server.asked[1]?.body).toMatchObject({ name: { givenName: 'Anna', familyName: 'Anna' } });
  });

  test('quotes in a filter are escaped', async () => {
    server.plays(list(), { status: 201, body: account });
    await connect({ ...anna, address: 'a"\\b@company.se' });
    expect(lines()[0]).toBe('GET /scim/Users?filter=userName eq "a\\"\\\\b@company.se"');
  });

  test('U6 leaves a suspended account suspended', async () => {
    const suspended = { fault: 'refused', words: 'The account is suspended' };
    server.plays(list({ ...account, active: false }), { status: 204 });
    expect(await failure(connect())).toMatchObject(suspended);
    expect(lines()).toHaveLength(1);
    server.plays(list(), error(409, 'Taken'), list({ ...account, active: false }), { status: 204 });
    expect(await failure(connect())).toMatchObject(suspended);
    expect(lines()).toHaveLength(3);
  });

  test('an account that somebody makes at the same moment is found', async () => {
    server.plays(list(), error(409, 'Taken'), list(account));
    expect(await connect()).toEqual({ accountId: 'a/1' });
    expect(lines()).toHaveLength(3);
  });

  test("never takes somebody else's account, whatever the server gives", async () => {
    server.plays(list({ id: 'b', userName: 'bo@company.se', active: true }), { status: 201, body: account });
    expect(await connect()).toEqual({ accountId: 'a/1' });
    server.plays(list(account, { ...account, id: 'a2' }));
    expect(await failure(connect())).toMatchObject({ fault: 'refused' });
  });

  test('an address that is taken by an account without that name is refused', async () => {
    server.plays(list(), error(409, 'The email is in use'), list());
    expect(await failure(connect())).toMatchObject({ fault: 'refused', words: '409 The email is in use' });
  });

  test('suspends and resumes, and never deletes (U6)', async () => {
    server.plays({ status: 204 });
    await identity().suspend('a/1');
    await identity().resume('a/1');
    const operations = (value: boolean) => ({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value }],
    });
    expect(server.asked.map(({ body }) => body)).toMatchObject([operations(false), operations(true)]);
    expect(lines()).toEqual(['PATCH /scim/Users/a/1', 'PATCH /scim/Users/a/1']);
    server.plays(error(404, 'No such account'));
    expect(await failure(identity().suspend('gone'))).toMatchObject({ fault: 'refused' });
  });

  test.each([
    [error(429, 'Slow down', { 'retry-after': '90' }), 'busy', '429 Slow down', 90_000],
    [
      error(503, undefined, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
      'busy',
      '503 Service Unavailable',
      0,
    ],
    [error(500), 'busy', '500 Internal Server Error', 0],
    [{ status: 502, body: '<html>Bad gateway</html>' }, 'busy', '502 Bad Gateway', 0],
    [error(401, 'Bad token'), 'refused', '401 Bad token', 0],
    [error(403, 'Not\nfor\tyou'), 'refused', '403 Not for you', 0],
    [error(404), 'refused', '404 Not Found', 0],
    [error(501), 'refused', '501 Not Implemented', 0],
    [error(400, `You sent ${token}`), 'refused', '400 You sent …', 0],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'refused', '302 Found', 0],
    [{ status: 200, body: '<html>Log in</html>' }, 'garbled', '', 0],
    [{ status: 200, body: '{"ok":true}' }, 'garbled', '', 0],
    [{ status: 200, body: 'x'.repeat(1_000_001) }, 'garbled', '', 0],
  ] as const)('%# an answer is sorted by whom it is about', async (answer, fault, words, waitFor) => {
    server.plays(answer);
    expect(await failure(connect())).toEqual({ name: 'AccountFailure', fault, words, waitFor });
  });

  test('Retry-After as a date', async () => {
    server.plays(error(429, '', { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }));
    const { waitFor } = await failure(connect());
    expect(waitFor).toBeGreaterThan(3_500_000);
    expect(waitFor).toBeLessThanOrEqual(3_600_000);
  });

  test('words are cut at 300 characters', async () => {
    server.plays(error(400, 'x'.repeat(500)));
    expect((await failure(connect())).words).toHaveLength(300);
  });

  test('a token at the cut is taken out whole', async () => {
    server.plays(error(400, `${'x'.repeat(285)} ${token}`));
    expect((await failure(connect())).words).toBe(`400 ${'x'.repeat(285)} …`);
  });

  test('silence, before and within an answer, is a failure like any other', async () => {
    const silent = { name: 'AccountFailure', fault: 'silent', words: '', waitFor: 0 };
    server.plays('silence');
    expect(await failure(identity(50).connect(anna))).toEqual(silent);
    server.plays((response) => response.writeHead(200).write('{'));
    expect(await failure(identity(50).connect(anna))).toEqual(silent);
    server.plays((response) => response.destroy());
    expect(await failure(connect())).toEqual(silent);
    const nobody = createScimIdentity({ url: 'http://127.0.0.1:1', token });
    expect(await failure(nobody.connect(anna))).toEqual(silent);
  });

  test('an account that was made while the answer got lost is found the next time', async () => {
    server.plays(list(), 'silence');
    expect(await failure(identity(200).connect(anna))).toMatchObject({ fault: 'silent' });
    server.plays(list(account));
    expect(await connect()).toEqual({ accountId: 'a/1' });
  });

  test('breaks off when the program stops', async () => {
    const stop = new AbortController();
    server.plays(() => stop.abort());
    expect(await failure(identity().connect(anna, stop.signal))).toMatchObject({ name: 'AbortError' });
  });

  test('A5 a failure tells no token and no address', async () => {
    server.plays('silence');
    const failed = await identity(50)
      .connect(anna)
      .catch((error: unknown) => error as AccountFailure);
    const told = JSON.stringify([
      failed,
      String((failed as AccountFailure).stack),
      String((failed as AccountFailure).cause),
    ]);
    expect(told).not.toContain(token);
    expect(told).not.toContain('anna');
  });
});
