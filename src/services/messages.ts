import type { Place } from '../core/command.ts';
import type { MessageView } from '../core/view.ts';
import { addJob } from '../database/add-job.ts';
import type { Tx } from '../database/database.ts';
import type { Language } from '../rules/language.ts';

/** What a live message shows. */
export type Subject = 'verification' | 'campaign' | 'import';

/** Who reads a live message: a place gets counts only (A3). */
export interface Reader {
  language: Language;
  audience: 'caller' | 'place';
}

/**
 * The message about a subject as it stands in the store now; undefined: it is gone, and its message stays as it is.
 */
export type LiveView = (subjectId: number, reader: Reader) => Promise<MessageView | undefined>;

/** A message to begin: in a place, or in the bot's direct conversation with a person. */
export interface Announcement {
  kind: Subject;
  subjectId: number;
  /** `orElse`: who gets it directly where the bot may not post in the place (any more). */
  to: { place: Place; orElse?: number } | { personId: number };
  language: Language;
}

/** The bot's messages that are edited in place as their subject changes: a function of the store, posted by a job. */
export interface Messages {
  /** Begins a message, in the transaction of what it tells of. */
  announce(tx: Tx, announcement: Announcement): Promise<void>;
  /**
   * Has every message about the subject, or about any of several, drawn again; `within` seconds at the latest, so
   * that many changes are one edit.
   */
  changed(
    tx: Tx,
    kind: Subject,
    subjectId: number | readonly number[],
    options?: { within?: number },
  ): Promise<void>;
}

export function createMessages(now: () => Date = () => new Date()): Messages {
  return {
    async announce(tx, { kind, subjectId, to, language }) {
      const target =
        'place' in to
          ? { surface: to.place.surface, place: { ...to.place }, personId: to.orElse ?? null }
          : await personTarget(tx, to.personId);
      const { id } = await tx.liveMessage.create({ data: { kind, subjectId, language, ...target } });
      await notify(tx, id);
    },

    async changed(tx, kind, subjectId, { within = 0 } = {}) {
      const ids = typeof subjectId === 'number' ? [subjectId] : [...subjectId];
      const messages = await tx.$queryRaw<{ id: string }[]>`
        select id from live_message where kind = ${kind} and subject_id = any(${ids}::int[])`;
      const runAt = within > 0 ? new Date(now().getTime() + within * 1000) : undefined;
      for (const { id } of messages) await notify(tx, id, runAt);
    },
  };
}

async function personTarget(tx: Tx, personId: number) {
  const { surface } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { surface: true },
  });
  return { surface, personId };
}

/**
 * One waiting job a message; one at a time for the same message, so that it is posted once. The queues are few, each
 * for many messages: the database keeps every name for ever.
 */
async function notify(tx: Tx, id: string, runAt?: Date): Promise<void> {
  await addJob(
    tx,
    'notify',
    { message: id },
    {
      jobKey: `notify:${id}`,
      queueName: `notify:${id.slice(0, 2)}`,
      ...(runAt ? { runAt, keepRunAt: true } : {}),
    },
  );
}
