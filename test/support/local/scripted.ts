import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../../../src/playground/local/http.ts';
import type { Json } from '../../../src/playground/local/types.ts';

/** What a platform says instead of the truth, for a while. */
export interface Scripted {
  /** The platform's own error code, such as `not_in_channel`. */
  readonly error?: string;
  /** 429 with this many seconds to wait. */
  readonly retryAfter?: number;
  readonly status?: number;
  /** The body as it stands; HTML where it begins with `<`. */
  readonly body?: string;
  /** Milliseconds before anything happens. */
  readonly delay?: number;
  /** The connection breaks: before the call takes effect, or after it did. */
  readonly breaks?: 'before' | 'after';
}

export interface ScriptedWhen {
  /** How many calls get it; 1 unless told. */
  readonly times?: number;
  readonly when?: (args: Json) => boolean;
}

/** The scripted answers that are still to come. */
export interface Scripts {
  add(method: string, scripted: Scripted, when?: ScriptedWhen): void;
  /** Answers by script where there is one for this call, else by `truth`; "broken" for a line that breaks. */
  play(method: string, args: Json, truth: () => Promise<Answer>): Promise<Answer | 'broken'>;
}

/** `speaks`: how the platform says what a script says; undefined where the script leaves that to the truth. */
export function emptyScripts(speaks: (scripted: Scripted) => Answer | undefined): Scripts {
  const scripts: { method: string; scripted: Scripted; left: number; when: (args: Json) => boolean }[] = [];
  return {
    add(method, scripted, { times = 1, when = () => true } = {}) {
      scripts.push({ method, scripted, left: times, when });
    },
    async play(method, args, truth) {
      const script = scripts.find((one) => one.method === method && one.left > 0 && one.when(args));
      if (!script) return truth();
      script.left -= 1;
      const { delay = 0, breaks } = script.scripted;
      await pause(delay);
      if (breaks === 'before') return 'broken';
      const answer = speaks(script.scripted) ?? (await truth());
      return breaks === 'after' ? 'broken' : answer;
    },
  };
}

/** What a script that names a status or a body says, on whatever platform. */
export function plainly({ status = 200, body }: Scripted): Answer | undefined {
  if (body === undefined && status === 200) return undefined;
  const type = body?.startsWith('{') ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
  return { status, headers: { 'content-type': type }, body: body ?? '' };
}
