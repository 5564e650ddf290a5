import { createHash } from 'node:crypto';
import { z } from 'zod';
import { may } from '../core/access.ts';
import type { Place } from '../core/command.ts';
import { keepButtons } from '../core/keep.ts';
import { CannotPost, isPostable, type MessageRef, type Outbox } from '../core/outbox.ts';
import type { Owner, People } from '../core/ports.ts';
import type { MessageView, Pressable } from '../core/view.ts';
import type { LiveMessage } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { type LiveView, permissionFor, type Subject } from '../services/messages.ts';
import { stillLetIn } from '../services/people.ts';
import type { PressStore } from '../services/presses.ts';
import type { Job } from './job.ts';

export interface NotifyParts {
  database: Database;
  presses: PressStore;
  people: Pick<People, 'identify'>;
  views: Readonly<Record<Subject, LiveView>>;
  outboxes: ReadonlyMap<string, Outbox>;
  log: Log;
}

const payload = z.object({ message: z.uuid() });

/**
 * Draws one live message as its subject stands now: posts it the first time, edits it afterwards. A process that dies
 * between posting and writing down where posts again: two messages, of which the later one is kept up to date.
 */
export function createNotifyJob({ database, presses, people, views, outboxes, log }: NotifyParts): Job {
  const { prisma } = database;

  /** Whether whoever alone reads a message still may (A1, A2). Throws `lookup_failed`. */
  async function mayRead({ kind, personId }: LiveMessage): Promise<boolean> {
    if (personId === null) return false;
    const known = await prisma.person.findUniqueOrThrow({ where: { id: personId } });
    const reader = await stillLetIn(people, known);
    return reader !== undefined && may(reader.access, permissionFor[kind as Subject]);
  }

  /**
   * The view for a place: counts for a channel (A3), where anybody permitted may press. Undefined: it is gone, or its
   * reader is not let in any more.
   */
  async function draw(message: LiveMessage, place: Place): Promise<Drawn | undefined> {
    const { id, kind, subjectId, personId, language } = message;
    const read = place.kind === 'channel';
    if (!read && !(await mayRead(message))) return undefined;
    const view = await views[kind as Subject](subjectId, { language, audience: read ? 'place' : 'caller' });
    if (!view) return undefined;
    const owner: Owner = read ? { personId: null } : { personId, language };
    const offered = !read && (await isFollowed(message)) ? { ...view, actions: [] } : view;
    const kept = await keepButtons(offered, (buttons) => presses.keepFor(id, buttons, owner));
    return { view: kept, hash: createHash('sha256').update(JSON.stringify(kept)).digest('base64url') };
  }

  /** Whether its person has a later message about the same: the buttons stand in that one. */
  async function isFollowed({ kind, subjectId, personId, createdAt }: LiveMessage): Promise<boolean> {
    if (personId === null) return false;
    const later = { kind, subjectId, personId, createdAt: { gt: createdAt } };
    return (await prisma.liveMessage.count({ where: later })) > 0;
  }

  async function edit(message: LiveMessage, ref: MessageRef, place: Place, outbox: Outbox): Promise<void> {
    const drawn = await draw(message, place);
    if (!drawn || drawn.hash === message.shown) return;
    await outbox.edit(ref, drawn.view, message.language);
    await prisma.liveMessage.update({ where: { id: message.id }, data: { shown: drawn.hash } });
  }

  async function post(message: LiveMessage, place: Place, outbox: Outbox): Promise<void> {
    const drawn = await draw(message, place);
    if (!drawn) return;
    const ref = await outbox.post(place, drawn.view, message.language);
    const data = { ref, place: { ...place }, shown: drawn.hash };
    await prisma.liveMessage.update({ where: { id: message.id }, data });
  }

  /** Posts or edits where the message belongs; false where the bot is not let in, or another organisation reads (A1). */
  async function show(message: LiveMessage, place: Place, outbox: Outbox): Promise<boolean> {
    if (!isPostable(await outbox.placeFacts(place))) return false;
    try {
      if (message.ref) await edit(message, message.ref as MessageRef, place, outbox);
      else await post(message, place, outbox);
      return true;
    } catch (error) {
      if (!(error instanceof CannotPost)) throw error;
      return false;
    }
  }

  /** Posts in the bot's direct conversation with the message's person; false where there is none. */
  async function showDirectly(message: LiveMessage, outbox: Outbox): Promise<boolean> {
    if (message.personId === null) return false;
    const person = await prisma.person.findUniqueOrThrow({ where: { id: message.personId } });
    try {
      await post(message, await outbox.direct(person.tenant, person.platformId), outbox);
      return true;
    } catch (error) {
      if (!(error instanceof CannotPost)) throw error;
      return false;
    }
  }

  return {
    name: 'notify',
    async run(given) {
      const { message: id } = payload.parse(given);
      const message = await prisma.liveMessage.findUnique({ where: { id } });
      const outbox = message && outboxes.get(message.surface);
      if (!message || !outbox) return;
      const place = message.place as Place | null;
      if (place && (await show(message, place, outbox))) return;
      if (place?.kind !== 'direct' && (await showDirectly(message, outbox))) return;
      log.warn({ kind: message.kind, subject: message.subjectId }, 'a message found nobody to go to');
    },
  };
}

interface Drawn {
  view: MessageView<Pressable>;
  hash: string;
}
