import type { Language } from '../rules/language.ts';
import type { Place } from './command.ts';
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

/** What a platform says of a place. `canPost`: the bot may post there. `shared`: people of other organisations read it. */
export interface PlaceFacts {
  canPost: boolean;
  shared: boolean;
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
  /** The bytes of a dropped file; throws a Refusal for a fault that the sender can mend. */
  download(source: unknown, limit: number): Promise<AsyncIterable<Uint8Array>>;
}

/** The bot is not (any more) let into the place. */
export class CannotPost extends Error {
  override readonly name = 'CannotPost';
}
