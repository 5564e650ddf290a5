import type { Permission } from '../core/access.ts';
import type { Place } from '../core/command.ts';
import type { MessageView } from '../core/view.ts';
import { Prisma } from '../database/client/client.ts';
import type { Tx } from '../database/database.ts';
import type { Language } from '../rules/language.ts';

const { sql } = Prisma;

/** How many messages are drawn at once on one platform. */
const atOnce = 2;

/** What a live message shows. */
export type Subject = 'verification' | 'campaign' | 'import' | 'export';

/** A2: what one person needs to be shown each. */
export const permissionFor = {
  verification: 'verify',
  campaign: 'verify',
  import: 'import',
  export: 'export',
} as const satisfies Record<Subject, Permission>;

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
      await queue(tx, sql`m.id = ${id}::uuid`);
    },

    async changed(tx, kind, subjectId, { within = 0 } = {}) {
      const ids = typeof subjectId === 'number' ? [subjectId] : [...subjectId];
      const runAt = within > 0 ? new Date(now().getTime() + within * 1000) : null;
      await queue(tx, sql`m.kind = ${kind} and m.subject_id = any(${ids}::int[])`, runAt);
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
 * Queues the drawing of every message that the condition means, in one statement and one order, so that nobody waits for
 * one another. One waiting job a message; one at a time for the same message, so that it is posted once, and few at a time
 * for one platform: while it is silent the others' jobs go on.
 */
async function queue(tx: Tx, which: Prisma.Sql, runAt: Date | null = null): Promise<void> {
  await tx.$executeRaw(sql`
    select graphile_worker.add_job(
      'notify',
      payload := json_build_object('message', m.id),
      queue_name := 'notify:' || m.surface || ':' || m.subject_id % ${atOnce}::int,
      run_at := ${runAt}::timestamptz,
      job_key := 'notify:' || m.id,
      job_key_mode := ${runAt ? 'preserve_run_at' : 'replace'}::text)
    from live_message m where ${which} order by m.id`);
}
