import type { Json } from '../../../src/playground/slack/types.ts';

/** One call of the Web API, or one use of a response_url (`method` is then "response_url") or of a file's address ("file"). */
export interface SlackCall {
  /** Its moment, on the clock that also counts messages and acts. */
  readonly moment: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** The token presented; undefined without one. */
  readonly token: string | undefined;
  readonly args: Json;
  /** What was answered; undefined while the call goes on or where it got no answer. */
  answer: Json | undefined;
}

/** The bot's acknowledgement of one request. */
export interface Ack {
  readonly status: number;
  /** The body: parsed where it is JSON, else text; '' where it is empty. */
  readonly body: unknown;
  /** The Web API calls that arrived between the request and its acknowledgement. */
  readonly callsBefore: readonly SlackCall[];
  /** How many deliveries it took (events only; 1 where the first was answered well). */
  readonly deliveries: number;
}
