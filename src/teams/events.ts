import { z } from 'zod';
import { type Dispatch, faultReply, type Reply } from '../core/dispatch.ts';
import type { EventStore } from '../core/door.ts';
import { refuse } from '../errors.ts';
import { type Language, languages } from '../rules/language.ts';
import type { Asked } from './asked.ts';
import type { Back, Deliver } from './deliver.ts';
import { sourceSchema } from './files.ts';
import { conversationOf } from './origin.ts';
import type { Places } from './places.ts';

const from = z.object({
  place: z.object({
    surface: z.literal('teams'),
    tenant: z.string(),
    id: z.string(),
    kind: z.enum(['direct', 'channel']),
  }),
  platformId: z.string(),
});

const back = z.object({
  from,
  onlyFor: z.string().exactOptional(),
  language: z.enum(languages).exactOptional(),
});

/** What is kept of a message until it is done. */
const keptEvent = z.discriminatedUnion('kind', [
  back.extend({ kind: z.literal('message'), text: z.string() }),
  back.extend({ kind: z.literal('line'), line: z.string() }),
  back.extend({ kind: z.literal('file'), name: z.string(), source: sourceSchema }),
]);

type KeptEvent = z.infer<typeof keptEvent>;

/** What a person said: what of it is kept. */
export type Said = Extract<Asked, { kind: 'message' | 'line' | 'files' }>;

/** Keeps what was said in a message, each thing once however often it is sent (I8). */
export async function keepSaid(
  events: EventStore,
  messageId: string,
  said: Said,
  { from: { place, platformId }, onlyFor, language }: Back,
): Promise<void> {
  const to = {
    from: { place: { ...place, surface: 'teams' as const }, platformId },
    ...(onlyFor === undefined ? {} : { onlyFor }),
    ...(language === undefined ? {} : { language }),
  };
  const bodies: KeptEvent[] =
    said.kind === 'files'
      ? said.files.map((file) => ({ kind: 'file', ...to, ...file }))
      : [{ ...said, ...to }];
  const first = `teams:${place.id}:${messageId}`;
  for (const [index, body] of bodies.entries())
    await events.store(index === 0 ? first : `${first}:${index}`, conversationOf(place.id), body);
}

export interface EventParts {
  dispatch: Dispatch;
  places: Places;
  deliver: Deliver;
  /** Of what is said to somebody whose own language is not known. */
  language: Language;
}

/** Does what a kept event asks for. Throws where Teams did not answer and nothing was done yet: try again later. */
export async function handleEvent(kept: unknown, parts: EventParts): Promise<void> {
  const { dispatch, places, deliver } = parts;
  const event = keptEvent.parse(kept);
  const shared = await places.shared(event.from.place);
  const { from, onlyFor, language } = event;
  const by = { ...from, shared: shared ?? true };
  const back = {
    from: by,
    ...(onlyFor === undefined ? {} : { onlyFor }),
    ...(language === undefined ? {} : { language }),
  };
  await deliver(shared === undefined ? [unknownPlace(language ?? parts.language)] : await replies(), back);

  function replies() {
    switch (event.kind) {
      case 'message':
        return dispatch.message(by, event.text);
      case 'line':
        return dispatch.line(by, event.line);
      case 'file':
        return dispatch.file(by, { name: event.name, source: event.source });
    }
  }
}

/** A1: what is said where nobody knows who reads is refused. */
export function unknownPlace(language: Language): Reply {
  return faultReply(refuse('lookup_failed').text[language], language);
}
