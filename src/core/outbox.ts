import type { Language } from '../rules/language.ts';
import type { Place } from './command.ts';
import type { OfferedFile } from './handout.ts';
import type { MessageView, Pressable } from './view.ts';

/** A door's own reference to a message that it posted: plain JSON. */
export type MessageRef = Readonly<Record<string, string>>;

/** What a platform says of somebody (A1). `refused`: a guest, another organisation's, a bot, or deactivated. */
export interface Profile {
  name: string;
  /** The address that the platform vouches for. */
  address?: string;
  language?: Language;
  refused?: 'guest' | 'stranger' | 'bot' | 'gone';
}

/** What a platform says of a place, and what it lets be done there. */
export interface PlaceFacts {
  /** The bot may post there. */
  canPost: boolean;
  /** People of other organisations read it (A1). */
  shared: boolean;
  /** Files that are dropped there reach the bot. */
  takesFiles: boolean;
  /** Where anybody opens their own conversation with the bot; absent where the platform has no such address. */
  directUrl?: string;
}

/** The bot may post there, and nobody of another organisation reads it (A1). */
export function isPostable({ canPost, shared }: Pick<PlaceFacts, 'canPost' | 'shared'>): boolean {
  return canPost && !shared;
}

/** A way out through one door: what jobs and services use to speak first. */
export interface Outbox {
  /** Posts, and returns how to edit it later. Throws CannotPost where the bot is not let in (any more). */
  post(place: Place, view: MessageView<Pressable>, language: Language): Promise<MessageRef>;
  edit(ref: MessageRef, view: MessageView<Pressable>, language: Language): Promise<void>;
  /** A message in a channel that one person alone sees. */
  whisper(place: Place, platformId: string, view: MessageView<Pressable>, language: Language): Promise<void>;
  /** The bot's direct conversation with somebody. */
  direct(tenant: string, platformId: string): Promise<Place>;
  /** A1: asks the platform; throws where it does not answer. */
  profile(tenant: string, platformId: string): Promise<Profile>;
  placeFacts(place: Place): Promise<PlaceFacts>;
  /**
   * Hands a file to whoever a direct conversation is with. A platform that asks them first offers it alone: the file is
   * made again once they take it (`Dispatch.take`). Throws CannotHand, and CannotPost as `post`.
   */
  hand(place: Place, file: OfferedFile, language: Language): Promise<void>;
  /** The bytes of a dropped file; throws a Refusal for a fault that the sender can mend. */
  download(source: unknown, limit: number): Promise<AsyncIterable<Uint8Array>>;
}

/** The bot is not (any more) let into the place. */
export class CannotPost extends Error {
  override readonly name = 'CannotPost';
}

/** The platform does not let the bot hand files over. */
export class CannotHand extends Error {
  override readonly name = 'CannotHand';
}
