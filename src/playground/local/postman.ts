import { setTimeout as pause } from 'node:timers/promises';
import type { Book } from './book.ts';
import { type Acknowledged, deliverEvent, isTaken, type Patience, UNREACHABLE } from './deliver.ts';
import type { Answered, Json } from './types.ts';

type Kept = Pick<Book<unknown, unknown>, 'tick' | 'fault' | 'send' | 'taken' | 'underWay'>;

export interface PostmanOptions {
  readonly book: Kept;
  /** Whether lateness tells nothing now, such as on a machine that has far too much to do. */
  excuses(): boolean;
  readonly patience: Patience;
  /** Sends an event to the bot; `retry` counts from 1, 0 is the first time. Rejects where nobody answers. */
  send(payload: Json, retry: number): Promise<Answered>;
}

/** Brings events to the bot, wherever it is. */
export interface Postman {
  /** Tells where the bot listens. Events that it never acknowledged before a restart are sent again. */
  talksTo(url: string | (() => string)): void;
  /** Throws until it was told. */
  where(): string;
  /** Sends an event until it is acknowledged or given up. Under an `id` it is kept in the journal meanwhile. */
  announce(payload: Json, id?: string): Promise<Acknowledged>;
  /** Sends nothing more, and waits half a second at most for what is on its way. */
  stop(): Promise<void>;
}

export function startPostman({ book, excuses, patience, send }: PostmanOptions): Postman {
  const sending = new Set<Promise<unknown>>();
  let botUrl: string | (() => string) | undefined;
  let over = false;

  function waitFor<T>(work: Promise<T>): Promise<T> {
    const done = work.catch(() => undefined).finally(() => sending.delete(done));
    sending.add(done);
    return work;
  }

  const deliver = (payload: Json) =>
    deliverEvent(
      { book, excuses },
      patience,
      (retry) => send(payload, retry),
      () => over,
    );

  /** Where the bot was not reached at all, the event waits for the next start. */
  async function deliverKept(payload: Json, id: string): Promise<Acknowledged> {
    const ack = await deliver(payload);
    if (isTaken(ack) || (!over && ack.status !== UNREACHABLE)) book.taken(id);
    return ack;
  }

  return {
    where() {
      if (botUrl === undefined) throw new Error('Nobody told where the bot listens: talksTo(url)');
      return typeof botUrl === 'string' ? botUrl : botUrl();
    },
    talksTo(url) {
      botUrl = url;
      for (const { id, payload } of book.underWay()) waitFor(deliverKept(payload, id));
    },
    announce(payload, id) {
      if (id === undefined) return waitFor(deliver(payload));
      book.send(id, payload);
      return waitFor(deliverKept(payload, id));
    },
    async stop() {
      over = true;
      await Promise.race([Promise.all(sending), pause(500, undefined, { ref: false })]);
    },
  };
}
