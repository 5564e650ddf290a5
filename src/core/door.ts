import type { Application } from 'express';
import type { Dispatch } from './dispatch.ts';
import type { Outbox } from './outbox.ts';

/** Where events of a platform wait until they are done, each under its id once. */
export interface EventStore {
  /**
   * Keeps an event and its job in one transaction; 'known' where the id is kept already. Those of one `room` (a conversation
   * by the platform's id) are done one after the other, in the order in which they were kept; one that has to be tried again
   * holds up no other.
   */
  store(id: string, room: string, body: object): Promise<'new' | 'known'>;
}

/** What a door needs to take requests. */
export interface Listening {
  dispatch: Dispatch;
  events: EventStore;
  /** Where HTTP requests come in; nothing that reads bodies may stand before it. */
  express: Application;
}

/** A way in and out through one chat platform. Its outbox works from the start; `open` lets people in. */
export interface Door {
  /** How places and people of this platform are told from others': `Place.surface`. */
  surface: string;
  outbox: Outbox;
  /** What the job of a kept event does with the body that was stored. */
  eventHandler(dispatch: Dispatch): (body: unknown) => Promise<void>;
  /** Begins to take requests. Throws a Refusal where the platform will never accept the credentials. */
  open(listening: Listening): Promise<void>;
  /** Whether the platform can be talked to now. */
  ready(): boolean;
  /** Takes nothing more, and waits for answers under way, ten seconds at most. */
  stop(): Promise<void>;
}
