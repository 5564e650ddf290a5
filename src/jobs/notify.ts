import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Place } from '../core/command.ts';
import { keepButtons } from '../core/keep.ts';
import { CannotPost, type MessageRef, type Outbox } from '../core/outbox.ts';
import type { MessageView, Pressable } from '../core/view.ts';
import type { LiveMessage } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import type { LiveView, Subject } from '../services/messages.ts';
import type { PressStore } from '../services/presses.ts';
import type { Job } from './job.ts';

export interface NotifyParts {
  database: Database;
  presses: PressStore;
  views: Readonly<Record<Subject, LiveView>>;
  outboxes: ReadonlyMap<string, Outbox>;
}

const payload = z.object({ message: z.uuid() });

/** Draws one live message as its subject stands now: posts it the first time, edits it afterwards. */
export function createNotifyJob({ database, presses, views, outboxes }: NotifyParts): Job {
  const { prisma } = database;

  /** Draws the view for a place: counts for a channel (A3), where anybody permitted may press. */
  async function draw(message: LiveMessage, place: Place): Promise<Drawn | undefined> {
    const audience = place.kind === 'channel' ? 'place' : 'caller';
    const { id, kind, subjectId, language } = message;
    const view = await views[kind as Subject](subjectId, { language, audience });
    if (!view) return undefined;
    const owner = audience === 'place' ? null : message.personId;
    return {
      hash: createHash('sha256').update(JSON.stringify(view)).digest('base64url'),
      kept: () => keepButtons(view, { keep: (buttons) => presses.keepFor(id, buttons, owner) }, owner),
    };
  }

  async function edit(message: LiveMessage, ref: MessageRef, place: Place, outbox: Outbox): Promise<void> {
    const drawn = await draw(message, place);
    if (!drawn || drawn.hash === message.shown) return;
    await outbox.edit(ref, await drawn.kept(), message.language);
    await prisma.liveMessage.update({ where: { id: message.id }, data: { shown: drawn.hash } });
  }

  async function post(message: LiveMessage, place: Place, outbox: Outbox): Promise<void> {
    const drawn = await draw(message, place);
    if (!drawn) return;
    const ref = await outbox.post(place, await drawn.kept(), message.language);
    const data = { ref, place: { ...place }, shown: drawn.hash };
    await prisma.liveMessage.update({ where: { id: message.id }, data });
  }

  /** The bot's direct conversation with the message's person, if it has one. */
  async function direct(message: LiveMessage, outbox: Outbox): Promise<Place | undefined> {
    if (message.personId === null) return undefined;
    const person = await prisma.person.findUniqueOrThrow({ where: { id: message.personId } });
    return outbox.direct(person.tenant, person.platformId);
  }

  async function begin(message: LiveMessage, place: Place | null, outbox: Outbox): Promise<void> {
    try {
      if (place) return await post(message, place, outbox);
    } catch (error) {
      if (!(error instanceof CannotPost)) throw error;
    }
    const own = await direct(message, outbox);
    if (own) await post(message, own, outbox);
  }

  return {
    name: 'notify',
    async run(given) {
      const { message: id } = payload.parse(given);
      const message = await prisma.liveMessage.findUnique({ where: { id } });
      const outbox = message && outboxes.get(message.surface);
      if (!message || !outbox) return;
      const place = message.place as Place | null;
      if (message.ref && place) await edit(message, message.ref as MessageRef, place, outbox);
      else await begin(message, place, outbox);
    },
  };
}

interface Drawn {
  hash: string;
  /** The view with its buttons in the store. */
  kept(): Promise<MessageView<Pressable>>;
}
