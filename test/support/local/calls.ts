import { type Acknowledged, UNREACHABLE } from '../../../src/playground/local/deliver.ts';
import { type Answer, bodyOf, type Through } from '../../../src/playground/local/http.ts';
import type { Json } from '../../../src/playground/local/types.ts';
import { emptyScripts, type Scripted, type Scripts } from './scripted.ts';

/** What the bot asked a local chat for, as it came. */
interface Asked {
  /** Its name among the platform's methods, such as "chat.postMessage" or "file". */
  readonly method: string;
  readonly token: string | undefined;
  readonly args: Json;
}

/** One request of the bot's to a local chat. */
export interface Call extends Asked {
  /** Its moment, on the clock that also counts messages and acts. */
  readonly moment: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** What was answered; undefined while the call goes on or where it got no answer. */
  answer: Json | undefined;
}

/** The bot's acknowledgement of one request. */
export interface Ack {
  readonly status: number;
  /** The body: parsed where it is JSON, else text; '' where it is empty. */
  readonly body: unknown;
  /** The bot's calls that arrived between the request and its acknowledgement. */
  readonly callsBefore: readonly Call[];
  /** How many deliveries it took (events only; 1 where the first was answered well). */
  readonly deliveries: number;
}

/** The eye of a test on the bot's calls: it keeps them, and answers otherwise where it was told to. */
export interface Eye {
  readonly through: Through<Asked>;
  readonly calls: readonly Call[];
  /** The next calls of a method get this answer. */
  readonly answers: Scripts['add'];
  /** The bot's acknowledgement with the calls that came before it. Throws where nobody was reached. */
  ackOf(acknowledged: Acknowledged): Ack;
}

export interface EyeOptions {
  /** The clock that orders calls, messages and acts. */
  tick(): number;
  /** How the platform says what a script says. */
  speaks(scripted: Scripted): Answer | undefined;
  /** What becomes of a true answer before it is given. */
  alters?(asked: Asked, truth: () => Promise<Answer>): Promise<Answer>;
}

export function openEye({ tick, speaks, alters = (_, truth) => truth() }: EyeOptions): Eye {
  const scripts = emptyScripts(speaks);
  const calls: Call[] = [];
  return {
    calls,
    answers: scripts.add,
    async through(asked, truth) {
      const { method, token, args } = asked;
      const call: Call = { moment: tick(), at: Date.now(), method, token, args, answer: undefined };
      calls.push(call);
      const played = await scripts.play(method, args, () => alters(asked, truth));
      if (played !== 'broken') call.answer = bodyOf(played);
      return played;
    },
    ackOf({ status, body, deliveries, began, ended }) {
      if (status === UNREACHABLE) throw new Error(`The bot was not reached: ${String(body)}`);
      const callsBefore = calls.filter(({ moment }) => moment > began && moment < ended);
      return { status, body, deliveries, callsBefore };
    },
  };
}
