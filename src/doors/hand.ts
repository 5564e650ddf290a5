import type { Place } from '../core/command.ts';
import type { Reply } from '../core/dispatch.ts';
import { CannotHand, type Outbox } from '../core/outbox.ts';

/**
 * Hands an answer's file to whoever a direct conversation is with. False where it has none, or the platform does not let
 * the bot: then its view is to be said. Throws CannotPost, and where the file could not be handed over.
 */
export async function handed(
  outbox: Pick<Outbox, 'hand'>,
  to: Place,
  { file, language }: Reply,
): Promise<boolean> {
  if (!file) return false;
  try {
    await outbox.hand(to, file, language);
    return true;
  } catch (error) {
    if (error instanceof CannotHand) return false;
    throw error;
  }
}
