import { setTimeout as pause } from 'node:timers/promises';
import type { Answered } from './types.ts';

/** The bot's acknowledgement of one request. */
export interface Acknowledged extends Answered {
  /** The moments of the request and of its acknowledgement, on the book's clock. */
  readonly began: number;
  readonly ended: number;
  /** How many deliveries it took (events only; 1 where the first was answered well). */
  readonly deliveries: number;
}

/** Who looks at the clock while the bot is asked. */
export interface Watch {
  readonly book: { tick(): number; fault(sentence: string): void };
  /** Whether lateness tells nothing now. */
  excuses(): boolean;
}

/** How long the platform waits. */
export interface Patience {
  readonly seconds: number;
  /** What is asked, for the sentence of a fault. */
  readonly what: string;
}

/** In place of a status: the bot answered too late, or not at all. */
export const LATE = -1;
export const UNREACHABLE = 0;

const waits = [0, 200, 1_000, 3_000];

/** Asks once and waits for the answer. One that takes longer than the platform waits counts as none (`LATE`), and is a fault. */
export async function deliver(
  watch: Watch,
  patience: Patience,
  send: () => Promise<Answered>,
): Promise<Acknowledged> {
  const { book, excuses } = watch;
  const most = patience.seconds * 1_000;
  const began = book.tick();
  const asked = performance.now();
  const answered = reached(send());
  const late = async () => {
    await pause(most, undefined, { ref: false });
    return excuses() ? answered : { status: LATE, body: 'operation_timeout' };
  };
  const answer = await Promise.race([answered, late()]);
  blameLate(watch, patience, answer.status === LATE ? most + 1 : performance.now() - asked);
  return { ...answer, began, ended: book.tick(), deliveries: 1 };
}

/**
 * Sends one event, and again up to three times while it is not answered by 2xx, as the platforms do,
 * only sooner. An event that is never taken is no fault: see `status`.
 */
export async function deliverEvent(
  watch: Watch,
  patience: Patience,
  send: (retry: number) => Promise<Answered>,
  isOver: () => boolean = () => false,
): Promise<Acknowledged> {
  const { book } = watch;
  const began = book.tick();
  let answer: Answered = { status: UNREACHABLE, body: '' };
  let deliveries = 0;
  for (const wait of waits) {
    await pause(wait, undefined, { ref: false });
    if (isOver()) break;
    const asked = performance.now();
    answer = await reached(send(deliveries));
    deliveries += 1;
    blameLate(watch, patience, performance.now() - asked);
    if (isTaken(answer)) break;
  }
  return { ...answer, began, ended: book.tick(), deliveries };
}

export function isTaken({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

function reached(answer: Promise<Answered>): Promise<Answered> {
  return answer.catch((error: unknown) => ({ status: UNREACHABLE, body: String(error) }));
}

function blameLate({ book, excuses }: Watch, { seconds, what }: Patience, took: number): void {
  if (took <= seconds * 1_000 || excuses()) return;
  book.fault(`an acknowledgement (${what}) took ${Math.round(took)} ms, at most ${seconds} seconds`);
}
