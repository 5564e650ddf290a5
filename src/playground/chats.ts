import { join } from 'node:path';
import { channels, members, organisation } from './demo/members.ts';
import type { SlackChat, TeamsChat } from './router.ts';
import { openLocalSlack } from './slack/index.ts';
import { readManifest } from './slack/manifest.ts';
import { openLocalTeams } from './teams/index.ts';
import type { Member, TeamsScene } from './wire.ts';

/** A chat of the playground's own, and what the program needs to be in it. */
interface OpenChat<Chat, Settings> {
  readonly chat: Chat;
  readonly settings: Settings;
  /** Tells where the program listens. */
  talksTo(url: string): void;
  stop(): Promise<void>;
}

type Opened<Chat, Settings> = Promise<OpenChat<Chat, Settings>>;

const isMember = (handle: string) => members.some((member) => member.handle === handle);

const localeOf = ({ language }: Member) => (language === 'sv' ? 'sv-SE' : 'en-US');

/** Slack, with the demo organisation in it. Its journal stands in `folder`. */
export async function openSlack(folder: string): Opened<SlackChat, SlackSettings> {
  const slack = await openLocalSlack({
    ...readManifest(),
    team: organisation.chat,
    members: members.map((member) => ({
      handle: member.handle,
      name: member.name,
      email: member.email,
      locale: localeOf(member),
      admin: member.part === 'administrator',
      ...(member.part === 'guest' ? { guest: 'restricted' as const } : {}),
    })),
    channels,
    journal: join(folder, 'chat.jsonl'),
  });
  const { botToken, signingSecret, apiUrl, talksTo, onChange, stop } = slack;
  return {
    chat: {
      scene: (handle) => (isMember(handle) ? slack.client(handle).scene() : undefined),
      act: (handle, act) => slack.client(handle).act(act),
      drop: (handle, room, name, bytes) => slack.client(handle).drop(room, name, bytes),
      file: (handle, id) => slack.client(handle).file(id),
      onChange,
    },
    settings: { botToken, signingSecret, apiUrl, appToken: undefined },
    talksTo,
    stop,
  };
}

interface SlackSettings {
  botToken: string;
  signingSecret: string;
  apiUrl: string;
  appToken: undefined;
}

/** Teams, with the same people and channels. Its journal stands in `folder`. */
export async function openTeams(folder: string): Opened<TeamsChat, TeamsSettings> {
  const teams = await openLocalTeams({
    tenant: organisation.tenant,
    people: members.map((member) => ({
      handle: member.handle,
      name: member.name,
      email: member.email,
      locale: localeOf(member),
      guest: member.part === 'guest',
    })),
    teams: channels.map(({ name, team, members: people, bot }) => ({
      name: team,
      members: people,
      bot,
      channels: [{ name }],
    })),
    groups: [],
    journal: join(folder, 'teams.jsonl'),
  });
  const { tenantId, talksTo, onChange, stop } = teams;
  return {
    chat: {
      scene: (handle) => (isMember(handle) ? asOurs(teams.client(handle).scene()) : undefined),
      act: (handle, act) => teams.client(handle).act(act),
      drop: (handle, room, name, bytes) => teams.client(handle).drop(room, name, bytes),
      file: (handle, id) => teams.client(handle).file(id),
      onChange,
    },
    settings: { app: undefined, tenantId },
    talksTo,
    stop,
  };
}

interface TeamsSettings {
  app: undefined;
  tenantId: string;
}

const nameOfBot = 'vc-bot';

/** The scene with what Teams does not know: who administers what the bot does, and what Slack calls the bot. */
function asOurs(scene: TeamsScene): TeamsScene {
  const { me, members: all, rooms, messages } = scene;
  return {
    ...scene,
    me: ours(me),
    members: all.map(ours),
    rooms: rooms.map((room) => (room.kind === 'personal' ? { ...room, name: nameOfBot } : room)),
    messages: messages.map((message) =>
      message.by.bot ? { ...message, by: { ...message.by, name: nameOfBot } } : message,
    ),
  };
}

function ours(member: Member): Member {
  const part = members.find(({ handle }) => handle === member.handle)?.part ?? member.part;
  return { ...member, part };
}
