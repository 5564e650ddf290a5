import { createEmulator } from 'emulate';
import type { Json, SlackChannel, SlackPerson, SlackTeam } from './types.ts';

export const BOT_TOKEN = 'xoxb-vc-bot-token-of-the-tests';
export const APP_TOKEN = 'xapp-vc-bot-token-of-the-tests';
export const SIGNING_SECRET = 'signing-secret-of-the-tests';
export const BOT = { user: 'U0VCBOT00', bot: 'B0VCBOT00', app: 'A0VCBOT00' } as const;
const ROOT_TOKEN = 'xoxp-root';

/** The Slack that others wrote, seeded, with what it does not know kept beside it. */
export interface Workspace {
  /** Address of the emulator, which only the proxy talks to. */
  readonly url: string;
  readonly teamId: string;
  readonly team: SlackTeam;
  readonly scopes: readonly string[];
  /** Calls the emulator with the token of a handle, of the bot ('bot') or of one who may do anything ('root'). */
  call(method: string, args: Json, as?: string): Promise<Json>;
  /** The id of a person by handle. */
  idOf(handle: string): string;
  personOf(id: string): SlackPerson | undefined;
  /** What `users.info` says of an id beyond the emulator. */
  detailsOf(id: string, locale: boolean): Json;
  /** Changes what Slack says of a person from now on, as `users.info` names it (deleted, is_restricted, locale …). */
  alter(handle: string, details: Json): void;
  /** The id of a channel by name, with or without #. */
  channelOf(name: string): string;
  channel(id: string): SlackChannel | undefined;
  channelDetails(id: string): Json;
  /** The conversation between a person and the bot. */
  directOf(handle: string): Promise<string>;
  /** The direct conversations opened so far, by handle. */
  directs(): ReadonlyMap<string, string>;
  /** Whose direct conversation with the bot this is (a handle), as far as it was opened here. */
  ownerOf(channelId: string): string | undefined;
  botIsIn(channelId: string): boolean;
  invite(channelName: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the emulator with a team, its people and its channels; `scopes` are those of the bot's token. */
export async function openWorkspace(options: {
  team: SlackTeam;
  people: readonly SlackPerson[];
  channels: readonly SlackChannel[];
  scopes: readonly string[];
}): Promise<Workspace> {
  const { team, people, channels, scopes } = options;
  const emulator = await createEmulator({ service: 'slack', port: 0, seed: { slack: seedOf(options) } });
  const tokens: Record<string, string> = { bot: BOT_TOKEN, root: ROOT_TOKEN };
  const call = async (method: string, args: Json, as = 'root') => {
    const answer = await fetch(`${emulator.url}/api/${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[as] ?? tokenOf(as)}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify(args),
    });
    return (await answer.json()) as Json;
  };
  const must = async (method: string, args: Json, as?: string) => {
    const answer = await call(method, args, as);
    if (!answer.ok) throw new Error(`The emulator refuses ${method}: ${String(answer.error)}`);
    return answer;
  };

  const ids = new Map<string, string>();
  for (const { id, name } of (await must('users.list', { limit: 1_000 })).members as Json[]) {
    ids.set(String(name), String(id));
  }
  const idOf = (handle: string) => {
    const id = ids.get(handle);
    if (!id) throw new Error(`Nobody is called "${handle}" here; there are ${[...ids.keys()].join(', ')}`);
    return id;
  };
  const byId = new Map(people.map((person) => [idOf(person.handle), person]));
  const channelIds = await makeChannels(channels, must, idOf);
  const channelById = new Map(
    channels.map((channel) => [channelIds.get(channel.name) ?? '', { ...channel }]),
  );
  const altered = new Map<string, Json>();
  const direct = new Map<string, string>();

  const channelOf = (name: string) => {
    const id = channelIds.get(name.replace(/^#/, ''));
    if (!id)
      throw new Error(`No channel is called "${name}" here; there are ${[...channelIds.keys()].join(', ')}`);
    return id;
  };
  const teamId = 'T000000001';
  return {
    url: emulator.url,
    teamId,
    team,
    scopes,
    call: must,
    idOf,
    personOf: (id) => byId.get(id),
    detailsOf(id, locale) {
      const { locale: altLocale, ...details } = altered.get(id) ?? {};
      const language = altLocale ?? byId.get(id)?.locale ?? 'en-US';
      return {
        ...userDetails(byId.get(id), teamId, team),
        ...details,
        ...(locale ? { locale: language } : {}),
      };
    },
    alter: (handle, details) => altered.set(idOf(handle), { ...altered.get(idOf(handle)), ...details }),
    channelOf,
    channel: (id) => channelById.get(id),
    channelDetails: (id) => channelDetails(channelById.get(id), teamId),
    async directOf(handle) {
      const known = direct.get(handle);
      if (known) return known;
      const opened = await must('conversations.open', { users: BOT.user }, handle);
      const id = String((opened.channel as Json).id);
      direct.set(handle, id);
      return id;
    },
    directs: () => direct,
    ownerOf: (id) => [...direct].find(([, channel]) => channel === id)?.[0],
    botIsIn: (id) => channelById.get(id)?.bot ?? true,
    async invite(name) {
      const id = channelOf(name);
      const channel = channelById.get(id);
      if (channel) channelById.set(id, { ...channel, bot: true });
      await must('conversations.invite', { channel: id, users: BOT.user });
    },
    close: () => emulator.close(),
  };
}

function tokenOf(handle: string): string {
  return `xoxp-${handle}`;
}

function seedOf({
  team,
  people,
  scopes,
}: {
  team: SlackTeam;
  people: readonly SlackPerson[];
  scopes: readonly string[];
}): Json {
  return {
    strict_scopes: true,
    team: { name: team.name, domain: team.domain },
    users: people.map(({ handle, name, email, admin }) => ({
      name: handle,
      real_name: name,
      is_admin: admin ?? false,
      profile: { display_name: name, real_name: name, ...(email ? { email } : { email: '' }) },
    })),
    oauth_apps: [
      {
        client_id: '1.1',
        client_secret: 'secret',
        name: 'vc-bot',
        redirect_uris: [],
        app_id: BOT.app,
        bot_id: BOT.bot,
        bot_user_id: BOT.user,
        bot_name: 'vc-bot',
        scopes,
      },
    ],
    tokens: [
      { token: ROOT_TOKEN, user: 'admin' },
      { token: BOT_TOKEN, type: 'bot', user_id: BOT.user, bot_id: BOT.bot, app_id: BOT.app, scopes },
      ...people.map(({ handle }) => ({ token: tokenOf(handle), user: handle })),
    ],
  };
}

async function makeChannels(
  channels: readonly SlackChannel[],
  call: (method: string, args: Json) => Promise<Json>,
  idOf: (handle: string) => string,
): Promise<Map<string, string>> {
  const existing = (await call('conversations.list', { limit: 1_000 })).channels as Json[];
  const made = new Map<string, string>();
  for (const channel of channels) {
    const known = existing.find(({ name }) => name === channel.name);
    const { id } =
      known ??
      ((await call('conversations.create', { name: channel.name, is_private: channel.private ?? false }))
        .channel as Json);
    const users = [...channel.members.map(idOf), ...(channel.bot ? [BOT.user] : [])];
    await call('conversations.invite', { channel: id, users: users.join(',') });
    made.set(channel.name, String(id));
  }
  return made;
}

function userDetails(person: SlackPerson | undefined, teamId: string, team: SlackTeam): Json {
  if (!person) return {};
  const away = person.team !== undefined;
  return {
    team_id: person.team ?? teamId,
    is_admin: person.admin ?? false,
    is_restricted: person.guest !== undefined,
    is_ultra_restricted: person.guest === 'ultra_restricted',
    ...(away ? { is_stranger: true } : {}),
    is_bot: person.bot ?? false,
    is_app_user: false,
    is_email_confirmed: !person.bot && person.email !== undefined,
    tz: 'Europe/Stockholm',
    tz_offset: 3_600,
    ...(team.enterprise && !away
      ? { enterprise_user: { enterprise_id: team.enterprise, teams: [teamId] } }
      : {}),
  };
}

function channelDetails(channel: SlackChannel | undefined, teamId: string): Json {
  const external = channel?.shared === 'external';
  const org = channel?.shared === 'org';
  return {
    is_shared: external || org,
    is_ext_shared: external,
    is_org_shared: org,
    is_pending_ext_shared: false,
    context_team_id: teamId,
  };
}
