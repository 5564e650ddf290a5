import type { Permission } from '../../../core/access.ts';
import type { Language, Say } from '../../../rules/language.ts';

/** Who reads a card, and what they may do: they are offered nothing else (A2). */
export interface CardReader {
  language: Language;
  now: Date;
  may(permission: Permission): boolean;
}

/** As they are spoken to. */
export type Reader = CardReader & { say: Say };
