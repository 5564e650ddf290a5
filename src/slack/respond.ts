import { setTimeout as pause } from 'node:timers/promises';
import type { Answering } from './back.ts';
import type { Drawn } from './blocks/message.ts';
import { limits } from './limits.ts';

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
  const response = await post(answering.url, body);
  if (response?.status !== 429) return taken(response);
  const wait = Number(response.headers.get('retry-after') ?? 1) * 1_000;
  if (!(wait <= limits.patienceMs)) return false;
  await pause(wait);
  return taken(await post(answering.url, body));
}

async function post(url: string, body: string): Promise<Response | undefined> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(limits.callTimeoutMs),
  }).catch(() => undefined);
}

/** Slack refuses with a status, or with 200 and `{"ok": false}`. */
async function taken(response: Response | undefined): Promise<boolean> {
  if (!response) return false;
  const said = await response.text().catch(() => '');
  return response.ok && !/"ok"\s*:\s*false/.test(said);
}
