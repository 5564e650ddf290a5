import { clean } from '../rules/text.ts';
import { AccountFailure } from './identity.ts';

/** Where a SCIM server is (CONNECT_SCIM_URL, without a trailing slash), and what opens it (CONNECT_SCIM_TOKEN). */
export interface ScimServer {
  url: string;
  token: string;
  /** How long it may take over one answer, in milliseconds. */
  patience?: number;
}

interface Question {
  body?: object;
  /** Statuses besides the good ones that are an answer and no failure. */
  allowed?: readonly number[];
  signal?: AbortSignal | undefined;
}

interface Answer {
  status: number;
  /** The JSON; undefined: it is none. */
  body: unknown;
  /** The server's `detail`, or else the name of the status. */
  words: string;
}

const usualPatience = 10_000;
/** In bytes, and in characters. */
const limits = { answer: 1_000_000, words: 300 };

/** Besides 5xx: the server can't just now. */
const passing = [408, 425, 429];
/** Among 5xx: the server never will. */
const lasting = [501, 505];

/** Asks the SCIM server something, and gives its answer where it is a good one; else throws AccountFailure. */
export async function ask(
  server: ScimServer,
  method: string,
  path: string,
  question: Question = {},
): Promise<Answer> {
  const { allowed = [], signal } = question;
  const { response, text } = await send(server, method, path, question).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw cause instanceof AccountFailure ? cause : new AccountFailure('silent', { cause });
  });
  const { status } = response;
  const body = parse(text);
  const words = wordsOf(body, response, server.token);
  if (response.ok || allowed.includes(status)) return { status, body, words };
  const busy = passing.includes(status) || (status >= 500 && !lasting.includes(status));
  throw new AccountFailure(busy ? 'busy' : 'refused', { words, waitFor: waitOf(response) });
}

async function send(
  { url, token, patience = usualPatience }: ScimServer,
  method: string,
  path: string,
  { body, signal }: Question,
) {
  const late = AbortSignal.timeout(patience);
  const response = await fetch(`${url}${path}`, {
    method,
    // The token is for this server, not for one that it points to.
    redirect: 'manual',
    signal: signal ? AbortSignal.any([signal, late]) : late,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/scim+json, application/json',
      ...(body ? { 'content-type': 'application/scim+json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { response, text: await textOf(response) };
}

async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > limits.answer) throw new AccountFailure('garbled');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SCIM's `detail`; an answer by somebody else, such as a proxy's page, is known by its status alone. */
function wordsOf(body: unknown, { status, statusText }: Response, token: string): string {
  const detail = typeof body === 'object' && body !== null && 'detail' in body ? body.detail : undefined;
  const said = typeof detail === 'string' ? clean(detail) : '';
  const whole = [String(status), said || clean(statusText)].filter(Boolean).join(' ');
  // Before they are cut: half a token is not recognised.
  const words = whole.replaceAll(token, '…');
  return words.length > limits.words ? `${words.slice(0, limits.words - 1)}…` : words;
}

/** `Retry-After`: seconds or a date; in milliseconds. */
function waitOf({ headers }: Response): number {
  const after = headers.get('retry-after') ?? '';
  const wait = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : 0;
}
