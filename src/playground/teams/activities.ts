import type { Json } from '../local/types.ts';
import { activityId } from './ids.ts';
import { type Account, BOT, type Room, type Tenant } from './tenant.ts';
import { mentionsIn, plainText, richText } from './text.ts';
import type { Message, SharedFile } from './types.ts';

/** Where activities come from. */
export interface Origin {
  readonly tenant: Tenant;
  /** Where the bot is to answer. */
  readonly serviceUrl: string;
}

/** What somebody does, and where. */
export interface Act {
  readonly who: Account;
  readonly room: Room;
  /** The message whose thread it is in, in a channel. */
  readonly thread?: string | undefined;
}

/** An activity on its way to the bot. */
export type Activity = Json & { readonly id: string; readonly type: string };

/** What somebody wrote, as Teams sends it: mentions as `<at>vc</at>`, entities, and the same as HTML beside it. */
export function messageActivity(origin: Origin, act: Act, message: Message): Activity {
  const { text, id } = message;
  const html = { contentType: 'text/html', content: richText(text) };
  return {
    ...common(origin, act),
    type: 'message',
    id,
    ...(message.thread === undefined ? {} : { replyToId: message.thread }),
    text: plainText(text),
    textFormat: 'plain',
    attachments: [html],
    entities: [...mentionsIn(text), clientInfo(act.who)],
  };
}

/** A command that somebody picked after "/", with what they typed behind it: nobody but they and the bot see it. */
export function pickedActivity(origin: Origin, act: Act, message: Message): Activity {
  const activity = messageActivity(origin, act, message);
  return { ...activity, recipient: { ...(activity.recipient as Json), isTargeted: true } };
}

/** A message that brings a file. In a chat with the bot alone it gets an address to fetch it from; elsewhere, only its shadow. */
export function fileActivity(
  origin: Origin,
  act: Act,
  { text, id }: Message,
  file: SharedFile,
  url: string,
): Activity {
  const isPersonal = act.room.kind === 'personal';
  const fileType = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const download = {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    content: { downloadUrl: url, uniqueId: file.id, fileType },
    contentUrl: `https://contoso-my.sharepoint.com/personal/${act.who.handle}/Documents/Microsoft%20Teams%20Chat%20Files/${encodeURIComponent(file.name)}`,
    name: file.name,
  };
  const shadow = isPersonal ? '<p>&nbsp;</p>' : `${richText(text)}<attachment id="${file.id}"></attachment>`;
  return {
    ...common(origin, act),
    type: 'message',
    id,
    ...(text === '' ? {} : { text: plainText(text), textFormat: 'plain' }),
    attachments: [...(isPersonal ? [download] : []), { contentType: 'text/html', content: shadow }],
    entities: [...mentionsIn(text), clientInfo(act.who)],
  };
}

/** What a button that submits sends: a message of nothing but its data. */
export function submitActivity(origin: Origin, act: Act, message: Message, value: Json): Activity {
  return { ...pressed(origin, act, message), type: 'message', value, entities: [clientInfo(act.who)] };
}

/** A question to the bot that waits for an answer. `message`: the one with the button. */
export function invokeActivity(
  origin: Origin,
  act: Act,
  name: string,
  value: Json,
  message?: Message,
): Activity {
  const base = message ? pressed(origin, act, message) : common(origin, act);
  return { ...base, type: 'invoke', name, value, entities: [clientInfo(act.who)] };
}

/** The bot was installed in a room by somebody, or removed from it. */
export function installationActivities(origin: Origin, act: Act, isThere: boolean): Activity[] {
  const base = { ...common(origin, act), attachments: [], entities: [] };
  const bot = [{ id: BOT.id }];
  const members = isThere ? { membersAdded: bot } : { membersRemoved: bot };
  return [
    { ...base, id: activityId(), type: 'conversationUpdate', ...members },
    { ...base, id: activityId(), type: 'installationUpdate', action: isThere ? 'add' : 'remove' },
  ];
}

function pressed(origin: Origin, act: Act, message: Message): Json & { id: string } {
  const { channelData, ...base } = common(origin, { ...act, thread: message.thread ?? message.id });
  const source = { source: { name: 'message' }, legacy: { replyToId: `1:${message.id}` } };
  return { ...base, replyToId: message.id, channelData: { ...(channelData as Json), ...source } };
}

function common({ tenant, serviceUrl }: Origin, { who, room, thread }: Act): Json & { id: string } {
  const now = Date.now();
  return {
    channelId: 'msteams',
    serviceUrl,
    id: activityId(),
    timestamp: new Date(now).toISOString(),
    localTimestamp: inStockholm(now),
    localTimezone: 'Europe/Stockholm',
    locale: localeOf(who),
    from: { id: who.id, name: who.name, ...(who.aadObjectId ? { aadObjectId: who.aadObjectId } : {}) },
    recipient: { id: BOT.id, name: BOT.name },
    conversation: {
      id: thread && room.kind === 'channel' ? `${room.id};messageid=${thread}` : room.id,
      conversationType: room.kind,
      tenantId: room.kind === 'personal' ? who.tenantId : tenant.id,
      ...(room.kind === 'personal' ? {} : { isGroup: true }),
      ...(room.kind === 'groupChat' ? { name: room.name } : {}),
    },
    channelData: channelData(who, room),
  };
}

function channelData({ tenantId }: Account, { id, team, channel }: Room): Json {
  const tenant = { tenant: { id: tenantId } };
  if (!team || !channel) return tenant;
  return {
    teamsChannelId: id,
    teamsTeamId: team.id,
    channel: { id, ...(channel.kind ? { type: channel.kind } : {}) },
    team: { id: team.id },
    ...tenant,
  };
}

/** Winter time all year round: nothing looks at more than the shape. */
function inStockholm(now: number): string {
  return new Date(now + 3_600_000).toISOString().replace('Z', '+01:00');
}

const localeOf = ({ locale = 'en-US' }: Account) => locale;

function clientInfo(who: Account): Json {
  const locale = localeOf(who);
  const country = locale.slice(3);
  return { type: 'clientInfo', locale, country, platform: 'Web', timezone: 'Europe/Stockholm' };
}
