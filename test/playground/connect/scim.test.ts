import { beforeAll, describe, expect, test } from 'vitest';
import type { AccountFailure } from '../../../src/identity/identity.ts';
import { createScimIdentity } from '../../../src/identity/scim.ts';
import { stopsAfterAll } from '../../support/lifetime.ts';
import { type House, openHouse } from './house.ts';

describe('V4 accounts in the stand-in', () => {
  const { keep } = stopsAfterAll();
  let house: House;
  let made = 0;
  const holder = (address = `anna${++made}@company.se`) => ({
    address,
    name: 'Anna Svensson',
    externalId: '14',
  });
  const identity = () => createScimIdentity(house.connect.identity);

  beforeAll(async () => {
    house = keep(await openHouse({ existing: [{ address: 'bo@company.se', name: 'Bo' }] }));
  });

  /** Asks as anybody with the token may. */
  async function ask(method: string, path: string, body?: object, token = house.connect.identity.token) {
    const response = await fetch(`${house.connect.identity.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }
  const find = (filter: string) => ask('GET', `/Users?${new URLSearchParams({ filter })}`);
  const user = (userName: string, more: object = {}) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    ...more,
  });

  test('the client makes an account once, and finds it afterwards', async () => {
    const anna = holder();
    const { accountId } = await identity().connect(anna);
    expect(await identity().connect(anna)).toEqual({ accountId });
    expect((await ask('GET', `/Users/${accountId}`)).body).toMatchObject({
      id: accountId,
      userName: anna.address,
      displayName: 'Anna Svensson',
      externalId: '14',
      active: true,
    });
    expect((await find(`userName eq "${anna.address.toUpperCase()}"`)).body).toMatchObject({
      totalResults: 1,
    });
  });

  test('many at the same moment make one account', async () => {
    const anna = holder();
    const all = await Promise.all(Array.from({ length: 8 }, () => identity().connect(anna)));
    expect(new Set(all.map(({ accountId }) => accountId)).size).toBe(1);
  });

  test('the client suspends and resumes, and connecting leaves suspended', async () => {
    const anna = holder();
    const { accountId } = await identity().connect(anna);
    const active = async () => (await ask('GET', `/Users/${accountId}`)).body.active;
    await identity().suspend(accountId);
    expect(await active()).toBe(false);
    await identity().suspend(accountId);
    await identity().resume(accountId);
    expect(await active()).toBe(true);
    await identity().suspend(accountId);
    await expect(identity().connect(anna)).rejects.toMatchObject({ fault: 'refused' });
    expect(await active()).toBe(false);
  });

  test('accounts from before are found', async () => {
    const bo = await identity().connect(holder('bo@company.se'));
    await house.restarts();
    expect(await identity().connect(holder('bo@company.se'))).toEqual(bo);
  });

  test('what is wrong is said as SCIM says it', async () => {
    const anna = holder();
    await identity().connect(anna);
    expect(await ask('POST', '/Users', user(anna.address.toUpperCase()))).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
    expect(await ask('POST', '/Users', user('anna'))).toMatchObject({
      status: 400,
      body: { scimType: 'invalidValue' },
    });
    expect(await ask('GET', '/Users/nobody')).toMatchObject({ status: 404 });
    expect(await ask('GET', '/Users', undefined, 'wrong')).toMatchObject({ status: 401 });
    const stranger = createScimIdentity({ ...house.connect.identity, token: 'wrong' });
    const failure = await stranger.connect(anna).catch((error: unknown) => error as AccountFailure);
    expect(failure).toMatchObject({ fault: 'refused', words: '401 The token is not valid' });
    const lost = await identity()
      .suspend('nobody')
      .catch((error: unknown) => error as AccountFailure);
    expect(lost).toMatchObject({ fault: 'refused', words: '404 There is no such account' });
  });

  test('U6 an account cannot be deleted', async () => {
    const { accountId } = await identity().connect(holder());
    expect(await ask('DELETE', `/Users/${accountId}`)).toMatchObject({ status: 403 });
    expect(await ask('GET', `/Users/${accountId}`)).toMatchObject({ status: 200 });
  });

  test('two stand-ins in one process keep their accounts apart', async () => {
    const other = keep(await openHouse());
    const anna = holder();
    await identity().connect(anna);
    await createScimIdentity(other.connect.identity).connect(holder('other@company.se'));
    expect((await find('userName eq "other@company.se"')).body).toMatchObject({ totalResults: 0 });
    expect((await find(`userName eq "${anna.address}"`)).body).toMatchObject({ totalResults: 1 });
  });

  test('accounts survive a restart', async () => {
    const anna = holder();
    const { accountId } = await identity().connect(anna);
    await identity().suspend(accountId);
    await house.restarts();
    expect((await ask('GET', `/Users/${accountId}`)).body).toMatchObject({
      userName: anna.address,
      active: false,
    });
  });
});
