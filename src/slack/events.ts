import { z } from 'zod';
import type { Dispatch } from '../core/dispatch.ts';
import { withoutCode } from '../doors/typed.ts';
import { decode } from './decode.ts';
import type { Deliver } from './deliver.ts';
import type { Files } from './files.ts';
import type { Places } from './places.ts';

/** What is kept of an event until it is done. */
const keptEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), channel: z.string(), user: z.string(), text: z.string() }),
  z.object({ kind: z.literal('file'), channel: z.string(), user: z.string(), file: z.string() }),
]);

type KeptEvent = z.infer<typeof keptEvent>;

/** An event to keep, under an id that every announcement of the same thing shares (I8). */
export interface Announced {
  id: string;
  body: KeptEvent;
}

const message = z.object({
  type: z.literal('message'),
  channel: z.string(),
  channel_type: z.literal('im'),
  user: z.string(),
  text: z.string().default(''),
  subtype: z.literal('file_share').optional(),
  bot_id: z.undefined().optional(),
  files: z.array(z.object({ id: z.string() })).default([]),
});

const fileShared = z.object({
  type: z.literal('file_shared'),
  channel_id: z.string(),
  user_id: z.string(),
  file_id: z.string(),
});

const envelope = z.object({ team_id: z.string(), event_id: z.string(), event: z.unknown() });

/** What an event announces: dropped files, or what a person wrote to the bot; nothing for all else. */
export function announcedBy(body: unknown, botUserId: string): Announced[] {
  const { team_id: team, event_id, event } = envelope.parse(body);
  const dropped = (channel: string, user: string, file: string): Announced => ({
    id: `file:${team}:${file}:${channel}`,
    body: { kind: 'file', channel, user, file },
  });
  const shared = fileShared.safeParse(event).data;
  if (shared && shared.user_id !== botUserId)
    return [dropped(shared.channel_id, shared.user_id, shared.file_id)];
  const written = message.safeParse(event).data;
  if (!written || written.user === botUserId) return [];
  const { channel, user, text, files } = written;
  if (files.length > 0) return files.map(({ id }) => dropped(channel, user, id));
  return [{ id: `slack:${event_id}`, body: { kind: 'message', channel, user, text } }];
}

export interface EventParts {
  dispatch: Dispatch;
  places: Places;
  files: Files;
  deliver: Deliver;
}

/** Does what a kept event asks for. Throws where Slack did not answer and nothing was done yet: try again later. */
export async function handleEvent(
  kept: unknown,
  { dispatch, places, files, deliver }: EventParts,
): Promise<void> {
  const event = keptEvent.parse(kept);
  const from = await places.origin(event.channel, event.user);
  if (event.kind === 'message') {
    await deliver(await dispatch.message(from, withoutCode(decode(event.text))), { from });
    return;
  }
  const file = await files.describe(event.file);
  if (!file) return;
  await deliver(await dispatch.file(from, { ...file, source: { file: event.file } }), { from });
}
