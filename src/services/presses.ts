import { randomBytes } from 'node:crypto';
import type { Presses } from '../core/ports.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';

/** How long a button can be pressed, in milliseconds: as long as its message is likely to be looked at. */
const lifetime = 30 * 24 * 60 * 60 * 1000;

/** Buttons and forms in the store (A6). Buttons of a live message are kept once, however often it is drawn. */
export interface PressStore extends Presses {
  keepFor(
    messageId: string,
    buttons: Parameters<Presses['keep']>[0],
    personId: number | null,
  ): Promise<string[]>;
}

export function createPresses(database: Database, now: () => Date = () => new Date()): PressStore {
  const { prisma } = database;
  const row = (button: { line: string; acting: boolean }, personId: number | null) => ({
    id: randomBytes(16).toString('base64url'),
    line: button.line,
    acting: button.acting,
    personId,
    expiresAt: new Date(now().getTime() + lifetime),
  });

  return {
    async keep(buttons, personId) {
      const rows = buttons.map((button) => row(button, personId));
      await prisma.press.createMany({ data: rows });
      return rows.map(({ id }) => id);
    },

    async keepFor(messageId, buttons, personId) {
      const rows = buttons.map((button) => ({ ...row(button, personId), messageId }));
      await prisma.press.createMany({ data: rows, skipDuplicates: true });
      const kept = await prisma.press.findMany({ where: { messageId } });
      const byLine = new Map(kept.map(({ line, id }) => [line, id]));
      return rows.map(({ line, id }) => byLine.get(line) ?? id);
    },

    async find(id) {
      const press = await prisma.press.findUnique({ where: { id } });
      if (!press) return undefined;
      const expired = press.expiresAt !== null && press.expiresAt <= now();
      const { line, acting, personId } = press;
      return { line, acting, personId, expired, spent: press.spentAt !== null };
    },
  };
}

/**
 * Spends an acting button in the transaction of its effect, so that it works once however often it is pressed (A6).
 * Typed lines have no button: then nothing happens. Throws `press_spent`.
 */
export async function spendPress(tx: Tx, id: string | undefined, now = new Date()): Promise<void> {
  if (id === undefined) return;
  const { count } = await tx.press.updateMany({ where: { id, spentAt: null }, data: { spentAt: now } });
  if (count === 0) throw refuse('press_spent');
}
