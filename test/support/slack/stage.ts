import type { Book } from './book.ts';
import { deliver, type Line, type Outgoing } from './bot.ts';
import type { Door } from './server.ts';
import type { Ack, Json, Message, View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Everything an act needs. */
export interface Stage {
  readonly workspace: Workspace;
  readonly book: Book;
  readonly door: Door;
  readonly line: Line;
  /** Names of the events that the bot gets. */
  readonly subscribed: ReadonlySet<string>;
  /** Throws when the program broke a rule of Slack's. */
  check(): void;
}

/** Who acts. */
export interface Who {
  readonly id: string;
  readonly handle: string;
}

/** Sends a command or an interaction. Whatever is not acknowledged with 200 is a fault: the person sees an error. */
export async function act({ book, line, check }: Stage, outgoing: Outgoing): Promise<Ack> {
  check();
  const ack = await deliver(line, book, outgoing);
  if (ack.status !== 200) book.faults.push(`the bot answered a ${outgoing.kind} with ${ack.status}`);
  return ack;
}

export function interact(stage: Stage, payload: Json): Promise<Ack> {
  return act(stage, { kind: 'interaction', payload });
}

/** The modal that somebody has before them. */
export function topView({ book }: Stage, { id, handle }: Who): View {
  const view = book.views(id).at(-1);
  if (!view) throw new Error(`${handle} has no modal open`);
  return view;
}

/** What somebody can see, the last changed first. */
export function visibleTo({ workspace, book }: Stage, { id, handle }: Who): Message[] {
  const mayRead = (channel: string) =>
    workspace.channel(channel)?.members.includes(handle) ?? workspace.ownerOf(channel) === handle;
  return book
    .all()
    .filter(({ channel, ephemeralTo }) => (ephemeralTo ? ephemeralTo === id : mayRead(channel)))
    .sort((a, b) => b.changed - a.changed);
}

/** Where somebody acts: '#channel', 'dm' (with the bot), '@handle' (with somebody else) or '@handle @handle' (with several). */
export async function placeOf(
  { workspace }: Stage,
  { handle }: Who,
  where = 'dm',
): Promise<{ id: string; name: string }> {
  if (where === 'dm') return { id: await workspace.directOf(handle), name: 'directmessage' };
  if (where.startsWith('@')) {
    const users = where.split(' ').map((other) => workspace.idOf(other.slice(1)));
    const { channel } = await workspace.call('conversations.open', { users: users.join(',') }, handle);
    const name =
      users.length > 1 ? `mpdm-${handle}--${where.replaceAll(' @', '--').slice(1)}-1` : 'directmessage';
    return { id: String((channel as Json).id), name };
  }
  const id = workspace.channelOf(where);
  return { id, name: workspace.channel(id)?.private ? 'privategroup' : where.replace('#', '') };
}
