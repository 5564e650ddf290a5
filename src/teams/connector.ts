import { z } from 'zod';
import { CannotPost } from '../core/outbox.ts';
import { isLoopback } from './files.ts';
import { limits } from './limits.ts';
import { conversationOf } from './origin.ts';

/** A conversation of Teams, and where it is reached. */
export interface Reference {
  serviceUrl: string;
  /** With its thread, where it is one of a channel. */
  conversation: string;
}

/** A message as Teams takes it. */
export type Outgoing = Readonly<Record<string, unknown>>;

/** What Teams says of somebody in a conversation. */
export interface Member {
  /** What Teams calls them there. */
  id: string;
  name?: string | undefined;
  aadObjectId?: string | undefined;
  email?: string | undefined;
  userPrincipalName?: string | undefined;
  tenantId?: string | undefined;
  userRole?: string | undefined;
}

/** Teams' answer to a call that it did not do. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly status: number;
  /** Teams' own word, such as `BotNotInConversationRoster`. */
  readonly code: string | undefined;
  /** How long Teams asks us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, code?: string, retryAfterMs?: number) {
    super(`Teams answered with ${status}${code ? ` ${code}` : ''}`);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The calls to the Bot Framework's connector, each made once. Throw CallRefused where Teams does not do it, and CannotPost
 * where the conversation's address is none that may be called.
 */
export interface Connector {
  /** Posts a message, and returns its id. */
  post(to: Reference, message: Outgoing): Promise<string>;
  /** Posts a message in a channel or a group that one member alone sees, by what Teams calls them there. */
  postOnlyFor(memberId: string, to: Reference, message: Outgoing): Promise<string>;
  update(at: Reference, activityId: string, message: Outgoing): Promise<void>;
  remove(at: Reference, activityId: string): Promise<void>;
  /** The bot's conversation with one member alone; returns its id. */
  open(serviceUrl: string, botId: string, memberId: string, tenant: string): Promise<string>;
  /** By Entra object id or Teams' own. */
  member(of: Reference, memberId: string): Promise<Member>;
  /** A page of everybody in a conversation, the first unless `from` says which; `next`: the one after it. */
  members(of: Reference, from?: string): Promise<{ members: Member[]; next: string | undefined }>;
}

const text = z
  .string()
  .nullish()
  .transform((said) => said || undefined);
const posted = z.object({ id: z.string().default('') });
const opened = z.object({ id: z.string().min(1) });
const member = z
  .object({
    id: z.string(),
    name: text,
    aadObjectId: text,
    objectId: text,
    email: text,
    userPrincipalName: text,
    tenantId: text,
    userRole: text,
  })
  .transform(
    ({ objectId, aadObjectId, ...known }): Member => ({
      ...known,
      aadObjectId: (aadObjectId ?? objectId)?.toLowerCase(),
    }),
  );
const page = z.object({ members: z.array(member), continuationToken: text });
const refusal = z.object({ error: z.object({ code: z.string() }) });

/** What is told to Teams goes to nobody else's machine, and never in the clear; `local`: to this machine alone. */
export function isReachable(serviceUrl: string, local: boolean): boolean {
  const { protocol, hostname } = new URL(serviceUrl);
  return local ? isLoopback(hostname) : protocol === 'https:';
}

export interface ConnectorParts {
  /** What a call proves with that it is ours; undefined where nobody asks (a client on this machine). */
  token(): Promise<string | undefined>;
  /** This machine alone is called. */
  local: boolean;
}

export function createConnector({ token, local }: ConnectorParts): Connector {
  async function call(method: string, serviceUrl: string, path: string, body?: unknown): Promise<unknown> {
    // The store may hold what was remembered under other settings.
    if (!isReachable(serviceUrl, local)) throw new CannotPost('The address may not be called');
    const bearer = await token();
    const response = await fetch(`${serviceUrl.replace(/\/+$/, '')}/v3/conversations${path}`, {
      method,
      // Whoever is sent elsewhere would take the token along.
      redirect: 'error',
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(limits.callTimeoutMs),
    });
    const said = await response.text();
    if (!response.ok) throw refusedBy(response, said);
    return parsed(said);
  }

  const at = ({ conversation }: Reference) => `/${encodeURIComponent(conversation)}`;
  const one = (where: Reference, activityId: string) =>
    `${at(where)}/activities/${encodeURIComponent(activityId)}`;

  return {
    async post(to, message) {
      return posted.parse(await call('POST', to.serviceUrl, `${at(to)}/activities`, message)).id;
    },

    async postOnlyFor(id, to, message) {
      const path = `${at({ ...to, conversation: conversationOf(to.conversation) })}/activities`;
      const wanted = { ...message, recipient: { id } };
      return posted.parse(await call('POST', to.serviceUrl, `${path}?isTargetedActivity=true`, wanted)).id;
    },

    async update(to, activityId, message) {
      await call('PUT', to.serviceUrl, one(to, activityId), { ...message, id: activityId });
    },

    async remove(from, activityId) {
      await call('DELETE', from.serviceUrl, one(from, activityId));
    },

    async open(serviceUrl, botId, memberId, tenant) {
      const wanted = {
        isGroup: false,
        bot: { id: botId },
        members: [{ id: memberId }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      };
      return opened.parse(await call('POST', serviceUrl, '', wanted)).id;
    },

    async member(of, memberId) {
      const path = `${at(of)}/members/${encodeURIComponent(memberId)}`;
      return member.parse(await call('GET', of.serviceUrl, path));
    },

    async members(of, from) {
      const query = new URLSearchParams({ pageSize: '500', ...(from ? { continuationToken: from } : {}) });
      const found = page.parse(await call('GET', of.serviceUrl, `${at(of)}/pagedmembers?${query}`));
      return { members: found.members, next: found.continuationToken };
    },
  };
}

/** What Teams refused, by its answer. */
export function refusedBy(response: Response, said = ''): CallRefused {
  const code = refusal.safeParse(parsed(said)).data?.error.code;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new CallRefused(response.status, code, Number.isFinite(seconds) ? seconds * 1_000 : undefined);
}

/** What an answer says; {} where it says nothing that can be read. */
function parsed(said: string): unknown {
  try {
    return JSON.parse(said || '{}');
  } catch {
    return {};
  }
}
