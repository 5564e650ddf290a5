import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answering } from './back.ts';
import type { Drawn } from './blocks/message.ts';
import { limits } from './limits.ts';

interface Said {
  status: number;
  retryAfter: string | undefined;
  text: string;
}

/** Every command's answer goes this way, so connections are kept, and `fetch` is passed by: it costs twice as much. */
const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

/**
 * Sends one message to a response_url, `replace`: in place of the message that was pressed.
 * False where it is used up, too old, or Slack did not take it: the caller then answers another way.
 */
export async function respond(answering: Answering, drawn: Drawn, replace: boolean): Promise<boolean> {
  const { uses, lifeMs } = limits.responseUrl;
  if (answering.uses >= uses || Date.now() - answering.at >= lifeMs) return false;
  answering.uses += 1;
  const body = JSON.stringify({
    ...drawn,
    response_type: 'ephemeral',
    replace_original: replace,
    mrkdwn: false,
    unfurl_links: false,
    unfurl_media: false,
  });
  const said = await post(answering.url, body);
  if (said?.status !== 429) return taken(said);
  const wait = Number(said.retryAfter ?? 1) * 1_000;
  if (!(wait <= limits.patienceMs)) return false;
  await pause(wait);
  return taken(await post(answering.url, body));
}

/** What Slack said, redirects as they are; undefined where it said nothing. */
async function post(address: string, body: string): Promise<Said | undefined> {
  try {
    const response = await send(new URL(address), body);
    const { statusCode: status = 0, headers } = response;
    return { status, retryAfter: headers['retry-after'], text: await text(response) };
  } catch {
    return undefined;
  }
}

function send(url: URL, body: string): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  };
  const options = {
    method: 'POST',
    headers,
    agent: agents[secure ? 'https:' : 'http:'],
    timeout: limits.callTimeoutMs,
  };
  return new Promise((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)(url, options, resolve);
    // A kept connection may have been closed by the other side just now: a new one then.
    const closed = (error: NodeJS.ErrnoException) => sent.reusedSocket && error.code === 'ECONNRESET';
    sent.on('error', (error) => (closed(error) ? resolve(send(url, body)) : reject(error)));
    sent.on('timeout', () => sent.destroy(new Error('Slack did not answer')));
    sent.end(body);
  });
}

/** Slack refuses with a status, or with 200 and `{"ok": false}`. */
function taken(said: Said | undefined): boolean {
  return said?.status === 200 && !/"ok"\s*:\s*false/.test(said.text);
}
