import type { Through } from '../../../src/playground/slack/door.ts';
import { type Answer, bodyOf, json, refused } from '../../../src/playground/slack/http.ts';
import type { Json } from '../../../src/playground/slack/types.ts';
import { emptyScripts, type Scripts } from './scripted.ts';
import type { SlackCall } from './types.ts';

/** The eye of a test on the bot's calls: it keeps them, and answers otherwise where it was told to. */
export interface LookingOn {
  readonly through: Through;
  readonly calls: SlackCall[];
  /** The next calls of a method (or "response_url", "file") get this answer. */
  readonly answers: Scripts['add'];
  /** Changes what `users.info` or `files.info` say of an id from now on. */
  alter(id: string, details: Json): void;
}

const altered = { 'users.info': 'user', 'files.info': 'file' } as const;

/** `tick`: the clock that orders calls, messages and acts; `socket`: what opens a connection for Socket Mode. */
export function lookOn(tick: () => number, socket?: { readonly appToken: string; url(): string }): LookingOn {
  const scripts = emptyScripts();
  const calls: SlackCall[] = [];
  const details = new Map<string, Json>();

  function changed(method: string, args: Json, answer: Answer): Answer {
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

  return {
    calls,
    answers: scripts.add,
    alter: (id, more) => details.set(id, { ...details.get(id), ...more }),
    async through({ method, token, args }, truth) {
      const call: SlackCall = { moment: tick(), at: Date.now(), method, token, args, answer: undefined };
      calls.push(call);
      const played = await scripts.play(method, args, async () =>
        method === 'apps.connections.open' ? connect(token) : changed(method, args, await truth()),
      );
      if (played !== 'broken') call.answer = bodyOf(played);
      return played;
    },
  };
}
