import { type Answer, bodyOf, json } from '../../../src/playground/local/http.ts';
import type { Json } from '../../../src/playground/local/types.ts';
import type { Call } from '../../../src/playground/slack/door.ts';
import { refused } from '../../../src/playground/slack/http.ts';
import { type Eye, openEye } from '../local/calls.ts';
import { plainly, type Scripted } from '../local/scripted.ts';

/** The eye of a test on the bot's calls to Slack. */
export interface SlackEye extends Eye {
  /** Changes what `users.info` or `files.info` say of an id from now on. */
  alter(id: string, details: Json): void;
}

const altered = { 'users.info': 'user', 'files.info': 'file' } as const;

/** `tick`: the clock that orders calls, messages and acts; `socket`: what opens a connection for Socket Mode. */
export function lookOn(tick: () => number, socket?: { readonly appToken: string; url(): string }): SlackEye {
  const details = new Map<string, Json>();

  async function changed({ method, args }: Call, truth: () => Promise<Answer>): Promise<Answer> {
    const answer = await truth();
    const key = altered[method as keyof typeof altered];
    const found = key && details.get(String(args[key]));
    if (!found) return answer;
    const { [key]: said, ...body } = bodyOf(answer);
    const { locale: _, ...rest } = found;
    const more = String(args.include_locale) === 'true' ? found : rest;
    return json({ ...body, [key]: { ...(said as Json), ...more } });
  }

  function connect(token: string | undefined): Answer {
    if (!socket || token !== socket.appToken) return refused('not_allowed_token_type');
    return json({ ok: true, url: socket.url() });
  }

  const eye = openEye({
    tick,
    speaks,
    alters: async (call, truth) =>
      call.method === 'apps.connections.open' ? connect(call.token) : changed(call, truth),
  });
  return { ...eye, alter: (id, more) => details.set(id, { ...details.get(id), ...more }) };
}

function speaks(scripted: Scripted): Answer | undefined {
  const { retryAfter, error, status } = scripted;
  if (retryAfter !== undefined) {
    return json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(retryAfter) });
  }
  return error === undefined ? plainly(scripted) : json({ ok: false, error }, status);
}
