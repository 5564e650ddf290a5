import { describe, expect, test } from 'vitest';
import { ConfigFaults, readConfig } from '../src/config.ts';

const chat = {
  SLACK_BOT_TOKEN: 'xoxb-secret-token',
  SLACK_SIGNING_SECRET: 'signing-secret',
  PUBLIC_URL: 'https://bot.company.se/',
  SMTP_URL: 'smtp://user:mail-secret@mail.company.se',
  MAIL_FROM: 'Företaget <no-reply@company.se>',
};

const guid = '8d7d3f1c-5f0b-4c55-9a0e-2f6b1c9a7e10';
const mail = { SMTP_URL: chat.SMTP_URL, MAIL_FROM: chat.MAIL_FROM };
const teams = {
  TEAMS_APP_ID: guid,
  TEAMS_APP_PASSWORD: 'teams-secret',
  TEAMS_TENANT_ID: guid,
  PUBLIC_URL: chat.PUBLIC_URL,
  ...mail,
};

const faultsOf = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error;
    return error.faults.join('\n');
  }
};

describe('the settings', () => {
  test('without any variable the program serves this machine alone', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      slack: undefined,
      mail: undefined,
      orgLanguage: 'sv',
      role: 'all',
    });
  });

  test('with Slack it listens to the network, and links lose their last slash', () => {
    expect(readConfig(chat)).toMatchObject({ host: '0.0.0.0', publicUrl: 'https://bot.company.se' });
  });

  test('with Teams as well, in one tenant', () => {
    expect(readConfig({ ...teams, TEAMS_APP_ID: guid.toUpperCase() })).toMatchObject({
      host: '0.0.0.0',
      teams: { app: { id: guid, password: 'teams-secret' }, tenantId: guid },
    });
    expect(readConfig({ ...chat, ...teams })).toMatchObject({ slack: {}, teams: {} });
  });

  test('TEAMS_LOCAL=1 is a chat surface for this machine alone, without credentials', () => {
    expect(readConfig({ ...mail, TEAMS_LOCAL: '1' })).toMatchObject({
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      teams: { app: undefined, tenantId: undefined },
    });
    expect(readConfig({ ...chat, TEAMS_LOCAL: '1' }).host).toBe('127.0.0.1');
    expect(readConfig({ TEAMS_LOCAL: '0' }).teams).toBeUndefined();
  });

  test('empty variables count as unset', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });

  test('what stands around a value is not part of it', () => {
    const padded = Object.fromEntries(Object.entries(chat).map(([name, value]) => [name, ` ${value}\t`]));
    expect(readConfig({ ...padded, ROLE: ' all ' })).toEqual(readConfig(chat));
  });

  test.each([
    ['https://BOT.company.se', 'https://bot.company.se'],
    ['https://bot.company.se:443//', 'https://bot.company.se'],
    ['https://bot.company.se/vc/', 'https://bot.company.se/vc'],
  ])('PUBLIC_URL %s is kept as %s', (written, kept) => {
    expect(readConfig({ PUBLIC_URL: written }).publicUrl).toBe(kept);
  });

  test.each([
    ['https://scim.visma.com/v2/', 'https://scim.visma.com/v2'],
    ['http://127.0.0.1:8080/scim', 'http://127.0.0.1:8080/scim'],
    ['http://[::1]', 'http://[::1]'],
    ['http://LOCALHOST:80/', 'http://localhost'],
  ])('CONNECT_SCIM_URL %s is kept as %s, with its token', (CONNECT_SCIM_URL, url) => {
    const { identity } = readConfig({ CONNECT_SCIM_URL, CONNECT_SCIM_TOKEN: 'token' });
    expect(identity).toEqual({ url, token: 'token' });
  });

  test('ADMINS are addresses with commas between', () => {
    expect(readConfig({ ADMINS: ' lena@company.se,erik@company.se, ' }).admins).toEqual([
      'lena@company.se',
      'erik@company.se',
    ]);
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PUBLIC_URL: 'bot.company.se' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://bot.company.se/?from=mail' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://bot.company.se/#top' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://lena:secret@bot.company.se' }, 'PUBLIC_URL'],
    [{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL'],
    [{ MAIL_RATE: 'fast' }, 'MAIL_RATE'],
    [{ MAIL_RATE: '0/s' }, 'MAIL_RATE'],
    [{ ORG_LANGUAGE: 'de' }, 'ORG_LANGUAGE'],
    [{ ROLE: 'worker' }, 'DATABASE_URL'],
    [{ ROLE: 'web', DATABASE_URL: 'postgresql://localhost/x' }, 'the playground is one process'],
    [{ HOST: '0.0.0.0' }, 'in the playground anybody may be an administrator'],
    [{ ADMINS: 'Lena' }, 'ADMINS'],
    [{ SLACK_SIGNING_SECRET: 'x' }, 'SLACK_BOT_TOKEN is missing'],
    [{ ...chat, SLACK_APP_TOKEN: 'xapp-1' }, 'either SLACK_SIGNING_SECRET'],
    [{ ...chat, PUBLIC_URL: undefined }, 'PUBLIC_URL is needed'],
    [{ ...chat, SMTP_URL: undefined, MAIL_FROM: undefined }, 'SMTP_URL is needed'],
    [{ ...teams, TEAMS_APP_PASSWORD: undefined }, 'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID go'],
    [{ ...teams, TEAMS_TENANT_ID: undefined }, 'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID go'],
    [{ TEAMS_TENANT_ID: guid }, 'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID go'],
    [{ ...teams, TEAMS_TENANT_ID: 'company.se' }, 'TEAMS_TENANT_ID must be an id'],
    [{ ...teams, PUBLIC_URL: undefined }, 'PUBLIC_URL is needed'],
    [{ ...teams, SMTP_URL: undefined, MAIL_FROM: undefined }, 'SMTP_URL is needed'],
    [{ ...teams, TEAMS_LOCAL: '1' }, 'does not go together with TEAMS_APP_ID'],
    [{ ...mail, TEAMS_LOCAL: '1', HOST: '0.0.0.0' }, 'TEAMS_LOCAL=1 needs a HOST'],
    [{ ...mail, TEAMS_LOCAL: 'yes' }, 'TEAMS_LOCAL must be 1'],
    [{ TEAMS_LOCAL: '1' }, 'MAIL_FROM is needed'],
    [{ CONNECT_SCIM_URL: 'https://scim.visma.com' }, 'CONNECT_SCIM_URL and CONNECT_SCIM_TOKEN go together'],
    [{ CONNECT_SCIM_TOKEN: 'x' }, 'CONNECT_SCIM_URL and CONNECT_SCIM_TOKEN go together'],
    [{ ...chat, SLACK_API_URL: 'http://proxy.company.se/api/' }, 'SLACK_API_URL must begin with https://'],
    [{ CONNECT_SCIM_URL: 'http://scim.visma.com', CONNECT_SCIM_TOKEN: 'x' }, 'CONNECT_SCIM_URL must begin'],
    [
      { CONNECT_SCIM_URL: 'http://localhost.visma.com', CONNECT_SCIM_TOKEN: 'x' },
      'CONNECT_SCIM_URL must begin',
    ],
    [
      { CONNECT_SCIM_URL: 'https://scim.visma.com', CONNECT_SCIM_TOKEN: 'hemlig nyckel' },
      'CONNECT_SCIM_TOKEN',
    ],
  ])('%j is refused, naming %s', (environment, named) => {
    expect(faultsOf(environment)).toContain(named);
  });

  test('every fault is said at once', () => {
    const faults = faultsOf({ PORT: 'abc', ORG_LANGUAGE: 'de', MAIL_RATE: 'x' });
    for (const name of ['PORT', 'ORG_LANGUAGE', 'MAIL_RATE']) expect(faults).toContain(name);
  });

  test('also what is missing beside what is malformed', () => {
    const faults = faultsOf({ PORT: 'abc', SLACK_BOT_TOKEN: 'xoxb-1', MAIL_FROM: 'no', ADMINS: 'Lena' });
    for (const named of ['PORT', 'MAIL_FROM must', 'either SLACK_SIGNING', 'SMTP_URL is needed', 'ADMINS'])
      expect(faults).toContain(named);
    expect(faults).not.toContain('MAIL_FROM is needed');
  });

  test('A5 secrets are never printed', () => {
    const faults = faultsOf({
      ...chat,
      SMTP_URL: 'http://user:mail-secret@host',
      SLACK_APP_TOKEN: 'xapp-secret',
      CONNECT_SCIM_URL: 'https://scim.visma.com/?token=secret',
      CONNECT_SCIM_TOKEN: 'a secret',
    });
    expect(faults).toContain('SMTP_URL');
    expect(faults).not.toMatch(/secret/);
  });
});
