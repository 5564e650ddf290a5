import { setTimeout as pause } from 'node:timers/promises';
import type { Book } from './book.ts';
import { limits } from './limits.ts';
import type { Answered, Line, Outgoing } from './line.ts';
import type { Json } from './types.ts';

/** The bot's acknowledgement of one request. */
export interface Acknowledged extends Answered {
  /** The moments of the request and of its acknowledgement, on the book's clock. */
  readonly began: number;
  readonly ended: number;
  /** How many deliveries it took (events only; 1 where the first was answered well). */
  readonly deliveries: number;
}

/** What a delivery needs. */
export interface Delivery {
  readonly line: Line;
  readonly book: Book;
  /** Whether lateness tells nothing now. */
  excuses(): boolean;
}

/** In place of a status: the bot answered too late, or not at all. */
export const LATE = -1;
export const UNREACHABLE = 0;

const ackMs = limits.ackSeconds * 1_000;
const waits = [0, 200, 1_000, 3_000];

/**
 * Sends one command or interaction and waits for its acknowledgement. One that takes over three seconds counts as none
 * (`LATE`), and is a fault.
 */
export async function deliver({ line, book, excuses }: Delivery, outgoing: Outgoing): Promise<Acknowledged> {
  const began = book.tick();
  const asked = performance.now();
  const answered = reached(line.send(outgoing));
  const late = async () => {
    await pause(ackMs, undefined, { ref: false });
    return excuses() ? answered : { status: LATE, body: 'operation_timeout' };
  };
  const answer = await Promise.race([answered, late()]);
  blameLate(book, outgoing, answer.status === LATE ? ackMs + 1 : performance.now() - asked, excuses);
  return { ...answer, began, ended: book.tick(), deliveries: 1 };
}

/**
 * Sends one event, and again up to three times while it is not answered by 2xx, as Slack does,
 * only sooner (Slack waits an hour in all). An event that is never taken is no fault: see `status`.
 */
export async function deliverEvent(
  { line, book, excuses }: Delivery,
  payload: Json,
  isOver: () => boolean = () => false,
): Promise<Acknowledged> {
  const began = book.tick();
  const outgoing: Outgoing = { kind: 'event', payload };
  let answer: Answered = { status: UNREACHABLE, body: '' };
  let deliveries = 0;
  for (const wait of waits) {
    await pause(wait, undefined, { ref: false });
    if (isOver()) break;
    const asked = performance.now();
    const retry = deliveries === 0 ? undefined : { number: deliveries, reason: 'http_error' };
    answer = await reached(line.send(outgoing, retry));
    deliveries += 1;
    blameLate(book, outgoing, performance.now() - asked, excuses);
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

function blameLate(book: Book, { kind }: Outgoing, took: number, excuses: () => boolean): void {
  if (took <= ackMs || excuses()) return;
  book.fault(`an acknowledgement (${kind}) took ${Math.round(took)} ms, at most 3 seconds`);
}
