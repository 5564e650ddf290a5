import { randomUUID } from 'node:crypto';
import type { Text } from '../../rules/language.ts';
import type { Acknowledged } from '../local/deliver.ts';
import type { Json, Who } from '../local/types.ts';
import { faultsOfMessage } from './check.ts';
import { describeFile } from './describing.ts';
import { encode, encodeEntities, richText } from './encode.ts';
import { randomId } from './ids.ts';
import { commandPayload, sharedEvent, teamOf, type Where } from './payloads.ts';
import { respond } from './respond.ts';
import { type Announced, act, type Stage } from './stage.ts';
import type { SharedFile } from './types.ts';
import { commandError, languageOf, words } from './words.ts';
import { BOT } from './workspace.ts';

/** What came of an act: the bot's acknowledgement where it was asked, and what Slack says where it went wrong. */
export interface Came {
  readonly ack?: Acknowledged;
  readonly error?: Text;
}

/** Types a slash command. What the acknowledgement itself says becomes a message. */
export async function typeCommand(stage: Stage, who: Who, where: Where, typed: string): Promise<Came> {
  const { workspace, book, door, modals, commands } = stage;
  const [command = '', ...rest] = typed.split(' ');
  if (command === '/invite' && rest.join('').startsWith(`@${BOT.name}`)) return invite(stage, who, where.id);
  if (!commands.includes(command)) return { error: words.invalidCommand(command) };
  const links = { responseUrl: door.responseUrl(where.id, who.id), trigger: modals.trigger(who.id) };
  const line = { command, text: rest.join(' ') };
  const ack = await act(stage, 'command', commandPayload(workspace, who, where, line, links));
  const error = commandError(command, ack);
  if (error) return { ack, error };
  if (ack.body !== '') {
    const said = typeof ack.body === 'string' ? { text: ack.body } : (ack.body as Json);
    book.fault(...faultsOfMessage(said).map((rule) => `the acknowledgement: ${rule}`));
    respond(book, { channel: where.id, user: who.id, original: undefined }, said);
  }
  return { ack };
}

/** Slack's own command that brings an app into a channel. */
function invite({ workspace, book }: Stage, who: Who, channel: string): Came {
  const inviter = workspace.personOf(who.id);
  if (!workspace.channel(channel) || !inviter) return { error: words.notHere };
  if (workspace.isIn(channel, BOT.user)) return { error: words.alreadyIn };
  book.join(channel);
  const text = words.added(encodeEntities(inviter.name))[languageOf(inviter)];
  book.write({ channel, user: BOT.user, text });
  return {};
}

/** Writes in a conversation. Undefined where the bot gets no such event. */
export function write(stage: Stage, who: Who, { id: channel }: Where, text: string): Announced | undefined {
  const { book, workspace, subscribed } = stage;
  const encoded = encode(text);
  const { ts } = book.write({ channel, user: who.id, text: encoded });
  if (!workspace.isIn(channel, BOT.user) || !subscribed.has(eventOf(stage, channel))) return undefined;
  const said = { text: encoded, blocks: richText(text), client_msg_id: randomUUID() };
  return stage.announce({ ...messageEvent(stage, who, channel, ts), ...said }, channel);
}

export interface Dropped {
  readonly file: SharedFile;
  /** The events that announce it, sent at the same time as Slack does. */
  readonly announced: readonly Announced[];
}

/** Drops a file on a conversation. */
export function drop(stage: Stage, who: Who, { id: channel }: Where, name: string, bytes: Buffer): Dropped {
  const { book, workspace, door, subscribed } = stage;
  const ts = book.nextTs();
  const file: SharedFile = { id: randomId('F'), name, size: bytes.byteLength, user: who.id, channel, ts };
  book.keepFile(file, bytes);
  book.write({ channel, user: who.id, text: '', files: [file.id] }, ts);
  if (!workspace.isIn(channel, BOT.user)) return { file, announced: [] };
  const message = {
    ...messageEvent(stage, who, channel, ts),
    subtype: 'file_share',
    text: '',
    files: [describeFile(workspace, file, door.url)],
    upload: true,
  };
  const events = [
    ...(subscribed.has('file_shared') ? [sharedEvent(file)] : []),
    ...(subscribed.has(eventOf(stage, channel)) ? [message] : []),
  ];
  return { file, announced: events.map((event) => stage.announce(event, channel)) };
}

const EVENT_OF = { im: 'message.im', channel: 'message.channels', group: 'message.groups' } as const;

function eventOf(stage: Stage, channel: string): string {
  return EVENT_OF[kindOf(stage, channel)];
}

function kindOf({ workspace }: Stage, id: string): keyof typeof EVENT_OF {
  const channel = workspace.channel(id);
  if (!channel) return 'im';
  return channel.private ? 'group' : 'channel';
}

function messageEvent(stage: Stage, who: Who, channel: string, ts: string): Json {
  const { workspace } = stage;
  const isBot = workspace.personOf(who.id)?.bot ?? false;
  return {
    type: 'message',
    user: who.id,
    team: teamOf(workspace, who),
    ...(isBot ? { bot_id: `B${who.id.slice(1)}`, subtype: 'bot_message' } : {}),
    channel,
    channel_type: kindOf(stage, channel),
    ts,
    event_ts: ts,
  };
}
