import { idOf } from './ids.ts';
import type { SlackChannel, SlackPerson, SlackTeam } from './types.ts';

export const BOT = { user: 'U0VCBOT00', bot: 'B0VCBOT00', app: 'A0VCBOT00', name: 'vc-bot' } as const;
export const TEAM = 'T000000001';

/** Who is in the workspace and which conversations there are. Every id follows from a name. */
export interface Workspace {
  readonly team: SlackTeam;
  readonly people: readonly SlackPerson[];
  /** Ids of the channels, in order. */
  readonly channelIds: readonly string[];
  /** The id of a person by handle. Throws for a stranger. */
  idOf(handle: string): string;
  personOf(id: string): SlackPerson | undefined;
  /** The id of a channel by name, with or without #. Throws for an unknown one. */
  channelOf(name: string): string;
  channel(id: string): SlackChannel | undefined;
  /** The conversation of two or more (ids) outside of channels; it is open from now on. */
  conversationOf(...members: readonly string[]): string;
  /** Who is in such a conversation, once it is open. */
  membersOf(channelId: string): readonly string[] | undefined;
  /** The handle of the person whose conversation with the bot this is. */
  ownerOf(channelId: string): string | undefined;
  /** Whether somebody (an id) takes part in a conversation. */
  isIn(channelId: string, user: string): boolean;
}

/** What the workspace needs to know that can change. */
export interface Changeable {
  /** Whether the bot was invited to a channel (an id). */
  joined(channelId: string): boolean;
}

/** Lays out the workspace; everybody but bots has a conversation with the bot from the start. */
export function layWorkspace(
  {
    team,
    people,
    channels,
  }: { team: SlackTeam; people: readonly SlackPerson[]; channels: readonly SlackChannel[] },
  { joined }: Changeable,
): Workspace {
  const byId = new Map(people.map((person) => [idOf('U', person.handle), person]));
  const channelById = new Map(channels.map((channel) => [idOf('C', channel.name), channel]));
  const conversations = new Map<string, readonly string[]>();
  const handles = new Map([...byId].map(([id, { handle }]) => [handle, id]));
  const names = new Map([...channelById].map(([id, { name }]) => [name, id]));

  const workspace: Workspace = {
    team,
    people,
    channelIds: [...channelById.keys()],
    idOf: (handle) => known(handles, handle, 'Nobody'),
    personOf: (id) => byId.get(id),
    channelOf: (name) => known(names, name.replace(/^#/, ''), 'No channel'),
    channel: (id) => channelById.get(id),
    conversationOf(...members) {
      const all = members.toSorted();
      const id = idOf(all.length > 2 ? 'G' : 'D', all.join());
      conversations.set(id, all);
      return id;
    },
    membersOf: (id) => conversations.get(id),
    ownerOf(id) {
      const members = conversations.get(id);
      if (members?.length !== 2 || !members.includes(BOT.user)) return undefined;
      return byId.get(members.find((one) => one !== BOT.user) ?? '')?.handle;
    },
    isIn(id, user) {
      const channel = channelById.get(id);
      if (!channel) return conversations.get(id)?.includes(user) ?? false;
      if (user === BOT.user) return channel.bot || joined(id);
      const handle = byId.get(user)?.handle;
      return handle !== undefined && channel.members.includes(handle);
    },
  };
  for (const [id, { bot }] of byId) if (!bot) workspace.conversationOf(id, BOT.user);
  return workspace;
}

function known(ids: ReadonlyMap<string, string>, name: string, nobody: string): string {
  const id = ids.get(name);
  if (!id) throw new Error(`${nobody} is called "${name}" here; there are ${[...ids.keys()].join(', ')}`);
  return id;
}
