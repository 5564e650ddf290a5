import { createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { html, json, openServer } from '../../src/playground/local/http.ts';
import type { Cloud } from '../../src/teams/adapter.ts';

/** A key that requests are signed with, and the words on the token. */
export interface Signing {
  key?: KeyObject;
  kid?: string;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
}

/** Stands in for Microsoft's login as far as keys go: it publishes one, and signs with any. */
export interface Login {
  cloud: Cloud;
  /** A token for the app that the service at `serviceUrl` would send, or one that is not quite that. */
  token(serviceUrl: string, signing?: Signing): string;
  /** How often the keys were asked for. */
  asked: number;
  away: boolean;
  stop(): Promise<void>;
}

export const appId = '3b0c5b1e-0000-4c55-9a0e-2f6b1c9a7e10';

export async function startLogin(): Promise<Login> {
  const kid = randomUUID();
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const faults: string[] = [];
  const server = await openServer({ fault: (sentence) => faults.push(sentence) }, async ({ path }) => {
    login.asked += 1;
    if (login.away) return html('', 503);
    if (path === '/keys')
      return json({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid, endorsements: ['msteams'] }] });
    return json({ issuer: 'https://api.botframework.com', jwks_uri: `${server.url}/keys` });
  });
  const login: Login = {
    cloud: { openIdMetadata: `${server.url}/.well-known/openidconfiguration`, login: `${server.url}/login` },
    asked: 0,
    away: false,
    token(serviceUrl, { key = own.privateKey, kid: named = kid, header = {}, claims = {} } = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const payload = {
        iss: 'https://api.botframework.com',
        aud: appId,
        nbf: now - 60,
        exp: now + 3_600,
        serviceurl: serviceUrl,
        ...claims,
      };
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: named, ...header })}.${encode(payload)}`;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
    },
    stop: () => server.close(),
  };
  return login;
}
