import { type Answer, json, objectIn, parsed, type Request } from '../local/http.ts';
import type { Json } from '../local/types.ts';

/** One call to our side of Slack: its arguments, and the token that it shows, in a header or among them. */
export interface SlackRequest {
  readonly args: Json;
  readonly token: string | undefined;
}

/** Slack's way to say no: 200 and an error code. */
export function refused(error: string): Answer {
  return json({ ok: false, error });
}

/** Reads a request as Slack does: arguments stand in the address, in JSON, or in a form of which some values are JSON. */
export function callIn({ path, type, body, token }: Request): SlackRequest {
  const args = { ...Object.fromEntries(new URL(path, 'http://slack').searchParams), ...argsOf(type, body) };
  return { args, token: token ?? (typeof args.token === 'string' ? args.token : undefined) };
}

const NESTED = new Set(['blocks', 'view', 'metadata', 'attachments', 'files']);

function argsOf(type: string, body: Buffer): Json {
  if (type.includes('json')) return objectIn(body.toString());
  if (!type.includes('urlencoded')) return {};
  const form = [...new URLSearchParams(body.toString())];
  return Object.fromEntries(form.map(([key, value]) => [key, NESTED.has(key) ? parsed(value) : value]));
}
