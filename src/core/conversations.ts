import type { Language } from '../rules/language.ts';

/**
 * Where somebody was seen on a platform, and how that conversation is reached: what a door that is only ever called
 * must remember in order to speak first, also after a restart.
 */
export interface Sighting {
  tenant: string;
  /** The platform's id of the conversation, whatever thread of it was spoken in. */
  conversation: string;
  /** Theirs with the bot alone; within the organisation; or one that other organisations may be in (A1). */
  kind: 'direct' | 'internal' | 'open';
  platformId: string;
  /** Where the platform takes calls about it. */
  serviceUrl: string;
  /** What the bot is called there. */
  botId: string;
  /** What their client speaks, where it tells. */
  language?: Language;
}

/** One platform's conversations in the store. */
export interface Conversations {
  remember(sighting: Sighting): Promise<void>;
  /** Whoever was seen there last. */
  find(tenant: string, conversation: string): Promise<Sighting | undefined>;
  /** Where somebody was seen: their own conversation with the bot first, then the latest first. */
  of(tenant: string, platformId: string): Promise<Sighting[]>;
  /** The bot is not in there any more. */
  forget(tenant: string, conversation: string): Promise<void>;
}
