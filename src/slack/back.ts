import { z } from 'zod';
import type { Origin } from '../core/ports.ts';

const pressed = z.object({ ts: z.string(), ephemeral: z.boolean() });

const answering = z.object({
  url: z.string(),
  /** When Slack gave it, in milliseconds since the epoch. */
  at: z.number(),
  uses: z.number(),
});

/** A response_url: answers to one person, five times within half an hour. */
export type Answering = z.infer<typeof answering>;

/** The way back to whoever asked. */
export interface Back {
  from: Origin;
  answering?: Answering;
  /** Good for one modal, for three seconds. */
  trigger?: string;
  /** The message whose button was pressed. */
  pressed?: z.infer<typeof pressed>;
}

const metadata = z.object({
  /** The form's opaque id. */
  id: z.string(),
  place: z.object({
    surface: z.string(),
    tenant: z.string(),
    id: z.string(),
    kind: z.enum(['direct', 'channel']),
  }),
  answering: answering.optional(),
  pressed: pressed.optional(),
});

/** What a modal carries to its submission, which names no channel. Slack hands it back untouched, in a signed request. */
export function toMetadata(id: string, { from, answering, pressed }: Back): string {
  return JSON.stringify({ id, place: from.place, answering, pressed } satisfies z.infer<typeof metadata>);
}

/** The form's id and the way back to where it was opened from. */
export function fromMetadata(carried: string, platformId: string): { id: string; back: Back } {
  const { id, place, answering, pressed } = metadata.parse(JSON.parse(carried));
  const from = { place, platformId };
  return { id, back: { from, ...(answering ? { answering } : {}), ...(pressed ? { pressed } : {}) } };
}
