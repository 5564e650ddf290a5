import type { Json } from '../local/types.ts';
import { encodeEntities } from './encode.ts';
import type { SharedFile } from './types.ts';
import { BOT, TEAM, type Workspace } from './workspace.ts';

/** What `users.info` says of an id; undefined where nobody has it. */
export function describeUser(
  workspace: Workspace,
  id: string,
  shows: { address: boolean; locale: boolean },
): Json | undefined {
  if (id === BOT.user) return botUser();
  const person = workspace.personOf(id);
  if (!person) return undefined;
  const { enterprise } = workspace.team;
  const away = person.team !== undefined;
  const name = encodeEntities(person.name);
  return {
    id,
    team_id: person.team ?? TEAM,
    name: person.handle,
    real_name: name,
    deleted: false,
    tz: 'Europe/Stockholm',
    tz_offset: 3_600,
    is_admin: person.admin ?? false,
    is_owner: false,
    is_restricted: person.guest !== undefined,
    is_ultra_restricted: person.guest === 'ultra_restricted',
    ...(away ? { is_stranger: true } : {}),
    is_bot: person.bot ?? false,
    is_app_user: false,
    is_email_confirmed: !person.bot && person.email !== undefined,
    profile: {
      real_name: name,
      display_name: name,
      ...(shows.address && person.email ? { email: person.email } : {}),
    },
    ...(enterprise && !away ? { enterprise_user: { enterprise_id: enterprise, teams: [TEAM] } } : {}),
    ...(shows.locale ? { locale: person.locale ?? 'en-US' } : {}),
  };
}

function botUser(): Json {
  const { user: id, name } = BOT;
  return {
    id,
    team_id: TEAM,
    name,
    real_name: name,
    deleted: false,
    is_bot: true,
    profile: { real_name: name, bot_id: BOT.bot, api_app_id: BOT.app },
  };
}

/** What `conversations.info` says of a conversation, to the bot. */
export function describeChannel(workspace: Workspace, id: string): Json {
  const channel = workspace.channel(id);
  const members = workspace.membersOf(id);
  const isDirect = members?.length === 2;
  const external = channel?.shared === 'external';
  const org = channel?.shared === 'org';
  return {
    id,
    ...(channel ? { name: channel.name, name_normalized: channel.name } : {}),
    ...(isDirect ? { user: members.find((one) => one !== BOT.user) } : {}),
    is_channel: channel !== undefined && !channel.private,
    is_group: false,
    is_im: isDirect,
    is_mpim: members !== undefined && !isDirect,
    is_private: channel?.private ?? members !== undefined,
    is_archived: channel?.archived ?? false,
    is_member: workspace.isIn(id, BOT.user),
    is_shared: external || org,
    is_ext_shared: external,
    is_org_shared: org,
    is_pending_ext_shared: false,
    context_team_id: TEAM,
    ...(channel ? { num_members: channel.members.length } : {}),
  };
}

const MIME: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  html: 'text/html',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** What a file is, by its name. */
export function mimeOf(name: string): string {
  return MIME[endingOf(name)] ?? 'application/octet-stream';
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** What `files.info` and an event say of a file; `url` is the local Slack's own address. */
export function describeFile(workspace: Workspace, file: SharedFile, url: string): Json {
  const { id, name, size, user, channel, ts } = file;
  const kind = workspace.channel(channel)?.private ? 'groups' : 'channels';
  const list = workspace.membersOf(channel) ? 'ims' : kind;
  const created = Math.floor(Number(ts));
  const address = `${url}/files-pri/${id}/${encodeURIComponent(name)}`;
  const title = encodeEntities(name);
  return {
    id,
    created,
    timestamp: created,
    name: title,
    title,
    mimetype: mimeOf(name),
    filetype: endingOf(name),
    user,
    user_team: TEAM,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    is_public: list === 'channels',
    url_private: address,
    url_private_download: `${address}?download=1`,
    permalink: `${url}/files/${id}`,
    channels: [],
    groups: [],
    ims: [],
    [list]: [channel],
    shares: { [list === 'channels' ? 'public' : 'private']: { [channel]: [{ ts }] } },
  };
}
