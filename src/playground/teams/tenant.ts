import { guidOf, personalIdOf, threadIdOf, userIdOf } from './ids.ts';
import type { TeamsChannel, TeamsGroup, TeamsPerson, TeamsTeam, TeamsTenant } from './types.ts';

/** The bot, as people see and mention it. */
export const BOT = { app: guidOf('vc'), id: `28:${guidOf('vc')}`, name: 'vc' } as const;

/** Somebody, with the ids that Teams knows them by. */
export interface Account extends TeamsPerson {
  /** 29:… */
  readonly id: string;
  /** Undefined for somebody without an account. */
  readonly aadObjectId: string | undefined;
  readonly tenantId: string;
}

/** A place to talk: a channel, a chat of several, or somebody's own chat with the bot. */
export interface Room {
  /** The conversation's id, without any `;messageid=`. */
  readonly id: string;
  readonly kind: 'channel' | 'groupChat' | 'personal';
  readonly name: string;
  readonly members: readonly Account[];
  /** The team that a channel is of; its id is that of its first channel. */
  readonly team?: { readonly id: string; readonly name: string; readonly aadGroupId: string };
  readonly channel?: TeamsChannel;
  /** What the bot is installed in, by the name of the fact. */
  readonly installation: string;
}

/** Who is in the tenant, and where they talk. Every id follows from a name. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly accounts: readonly Account[];
  /** Every room, whether the bot is in it or not: channels, group chats, then everybody's own chat with the bot. */
  readonly rooms: readonly Room[];
  /** By handle. Throws for a stranger. */
  account(handle: string): Account;
  /** By what Teams calls them: 29:… or their object id in Entra, in whatever case. */
  accountOf(id: string): Account | undefined;
  /** A room by its name. Throws for an unknown one. */
  roomCalled(name: string): Room;
  /** A room by its conversation's id, with or without `;messageid=`. */
  room(id: string): Room | undefined;
  /** The rooms of a team, by the team's id. */
  teamRooms(teamId: string): readonly Room[];
  /** Somebody's own chat with the bot. */
  personalOf(account: Account): Room;
  /** Whether the bot is installed in a room now. */
  hasBot(room: Room): boolean;
}

export interface TenantOptions {
  readonly tenant: TeamsTenant;
  readonly people: readonly TeamsPerson[];
  readonly teams: readonly TeamsTeam[];
  readonly groups: readonly TeamsGroup[];
}

/** What the tenant needs to know that can change: whether the bot was installed or removed since the beginning. */
interface Changeable {
  fact(name: string): boolean | undefined;
}

export function layTenant({ tenant, people, teams, groups }: TenantOptions, { fact }: Changeable): Tenant {
  const accounts = people.map(
    (person): Account => ({
      ...person,
      id: userIdOf(person.handle),
      aadObjectId: person.anonymous ? undefined : guidOf(`user:${person.handle}`),
      tenantId: person.tenant ?? tenant.id,
    }),
  );
  const byHandle = new Map(accounts.map((account) => [account.handle, account]));
  const account = (handle: string) => known(byHandle, handle, 'Nobody');
  const installed = new Map<string, boolean>();

  function installation(name: string, atFirst: boolean): string {
    installed.set(name, atFirst);
    return name;
  }

  const channels = teams.flatMap(({ name, members, bot, channels: all }): Room[] => {
    const team = {
      id: threadIdOf(`${name}/${all[0]?.name}`, 'thread.tacv2'),
      name,
      aadGroupId: guidOf(`team:${name}`),
    };
    return all.map((channel) => ({
      id: threadIdOf(`${name}/${channel.name}`, 'thread.tacv2'),
      kind: 'channel',
      name: channel.name,
      members: (channel.members ?? members).map(account),
      team,
      channel,
      installation: installation(`team ${name}`, bot),
    }));
  });
  const chats = groups.map(
    ({ name, members, bot }): Room => ({
      id: threadIdOf(name, 'thread.v2'),
      kind: 'groupChat',
      name,
      members: members.map(account),
      installation: installation(`group ${name}`, bot),
    }),
  );
  const personal = new Map(
    accounts.map((one): [Account, Room] => [
      one,
      {
        id: personalIdOf(one.handle),
        kind: 'personal',
        name: BOT.name,
        members: [one],
        installation: installation(`person ${one.handle}`, one.bot ?? true),
      },
    ]),
  );
  const rooms = [...channels, ...chats, ...personal.values()];
  const byId = new Map(rooms.map((room) => [room.id, room]));
  const byName = new Map([...channels, ...chats].map((room) => [room.name, room]));

  return {
    id: tenant.id,
    name: tenant.name,
    accounts,
    rooms,
    account,
    accountOf(id) {
      const wanted = id.toLowerCase();
      return accounts.find((one) => one.id === id || one.aadObjectId === wanted);
    },
    roomCalled: (name) => known(byName, name, 'No room'),
    room: (id) => byId.get(rootOf(id)),
    teamRooms: (teamId) => channels.filter(({ team }) => team?.id === teamId),
    personalOf: (one) => known(personal, one, 'Nobody'),
    hasBot: ({ installation: name }) => fact(name) ?? installed.get(name) ?? false,
  };
}

/** A conversation's id without the thread that it names. */
export function rootOf(conversation: string): string {
  return conversation.split(';')[0] ?? conversation;
}

/** The message whose thread a conversation's id names. */
export function threadOf(conversation: string): string | undefined {
  return /;messageid=(\d+)/.exec(conversation)?.[1];
}

function known<K, V>(all: ReadonlyMap<K, V>, key: K, nobody: string): V {
  const found = all.get(key);
  if (!found)
    throw new Error(`${nobody} is called "${String(key)}" here; there are ${[...all.keys()].join(', ')}`);
  return found;
}
