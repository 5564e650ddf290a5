import { randomBytes } from 'node:crypto';
import type { Owner, Presses } from '../core/ports.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';

const day = 24 * 60 * 60 * 1000;

/**
 * How long a button can be pressed, in milliseconds: one of an answer while somebody may still have it before them,
 * one of a live message as long as the log that it leads to.
 */
const lifetime = { answer: 7 * day, live: 90 * day };

/** Buttons and forms in the store (A6). */
export interface PressStore extends Presses {
  /**
   * As `keep`, for a live message: however often it is drawn, a line keeps its button, until that is spent or too old.
   * One drawing at a time.
   */
  keepFor(messageId: string, buttons: Parameters<Presses['keep']>[0], owner: Owner): Promise<string[]>;
}

export function createPresses(
  { prisma, transaction }: Database,
  now: () => Date = () => new Date(),
): PressStore {
  const rowsOf = (buttons: Parameters<Presses['keep']>[0], { personId, language }: Owner, life: number) =>
    buttons.map(({ line, acting }) => ({
      id: randomBytes(16).toString('base64url'),
      line,
      acting,
      personId,
      language: language ?? null,
      expiresAt: new Date(now().getTime() + life),
    }));

  return {
    async keep(buttons, owner) {
      const rows = rowsOf(buttons, owner, lifetime.answer);
      await prisma.press.createMany({ data: rows });
      return rows.map(({ id }) => id);
    },

    async keepFor(messageId, buttons, owner) {
      const rows = rowsOf(buttons, owner, lifetime.live).map((row) => ({ ...row, messageId }));
      const over = { OR: [{ spentAt: { not: null } }, { expiresAt: { lte: now() } }] };
      await prisma.press.updateMany({ where: { messageId, ...over }, data: { messageId: null } });
      await prisma.press.createMany({ data: rows, skipDuplicates: true });
      const kept = await prisma.press.findMany({ where: { messageId }, select: { line: true, id: true } });
      const byLine = new Map(kept.map(({ line, id }) => [line, id]));
      return rows.map(({ line, id }) => byLine.get(line) ?? id);
    },

    async find(id) {
      const press = await prisma.press.findUnique({ where: { id } });
      if (!press) return undefined;
      const { line, acting, personId, language, expiresAt, spentAt } = press;
      const expired = expiresAt <= now();
      return { line, acting, personId, expired, spent: spentAt !== null, ...(language ? { language } : {}) };
    },

    spend: (id) => transaction((tx) => spendPress(tx, id, now())),
  };
}

/**
 * Spends an acting button or a form in the transaction of its effect, so that it works once however often it is
 * pressed (A6). Typed lines have none: then nothing happens. Throws `press_spent`.
 */
export async function spendPress(tx: Tx, id: string | undefined, now = new Date()): Promise<void> {
  if (id === undefined) return;
  const { count } = await tx.press.updateMany({ where: { id, spentAt: null }, data: { spentAt: now } });
  if (count === 0) throw refuse('press_spent');
}
