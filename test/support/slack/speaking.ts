import { deliverEvent, redeliver } from './bot.ts';
import { faultsOfMessage } from './check.ts';
import { encode, richText } from './encode.ts';
import { commandPayload, eventPayload } from './payloads.ts';
import { respond } from './respond.ts';
import { act, placeOf, type Stage, type Who } from './stage.ts';
import type { Ack, Json } from './types.ts';

/** Where a person acts: '#channel', 'dm' (with the bot; the default), '@handle' (with somebody else) or '@handle @handle' (with several). */
export interface In {
  readonly in?: string;
}

export interface Dropped {
  readonly file: string;
  /** One for every event that announced it, each delivery counted by itself. */
  readonly acks: readonly Ack[];
}

export interface Dropping extends In {
  /** Sends every event that often, under one event_id. */
  readonly deliveries?: number;
  /** What `files.info` says otherwise. */
  readonly as?: Json;
}

/** Types a slash command. What the acknowledgement itself says becomes a message. */
export async function typeCommand(stage: Stage, who: Who, typed: string, where?: In): Promise<Ack> {
  const { workspace, book, door } = stage;
  const at = await placeOf(stage, who, where?.in);
  const [command = '', ...words] = typed.split(' ');
  const links = { responseUrl: door.responseUrl(at.id, who.id), trigger: door.trigger(who.id) };
  const payload = commandPayload(workspace, who, at, { command, text: words.join(' ') }, links);
  const ack = await act(stage, { kind: 'command', payload });
  if (ack.status === 200 && ack.body !== '') {
    const said = typeof ack.body === 'string' ? { text: ack.body } : (ack.body as Json);
    book.faults.push(...faultsOfMessage(said).map((rule) => `the acknowledgement: ${rule}`));
    await respond(workspace, book, { channel: at.id, user: who.id, original: undefined, uses: 0 }, said);
  }
  return ack;
}

/** Writes to the bot. Undefined where the bot gets no such event. */
export async function write(stage: Stage, who: Who, text: string): Promise<Ack | undefined> {
  const { workspace, book, subscribed } = stage;
  stage.check();
  const channel = await workspace.directOf(who.handle);
  const encoded = encode(text);
  const { ts } = await workspace.call('chat.postMessage', { channel, text: encoded }, who.handle);
  book.write({ channel, ts: String(ts), user: who.id, text: encoded, ephemeralTo: undefined });
  if (!subscribed.has('message.im')) return undefined;
  const event = {
    ...messageEvent(stage, who, channel, String(ts)),
    text: encoded,
    blocks: richText(text),
    client_msg_id: crypto.randomUUID(),
  };
  return (await announce(stage, event, channel, 1))[0];
}

/** Drops a file: the events that announce it go out at the same time, as Slack's do. */
export async function drop(
  stage: Stage,
  who: Who,
  content: Uint8Array | string,
  name: string,
  how: Dropping = {},
): Promise<Dropped> {
  const { workspace, door, subscribed } = stage;
  stage.check();
  const { id: channel } = await placeOf(stage, who, how.in);
  const { file, ts } = await upload(stage, who.handle, channel, content, name);
  const id = String(file.id);
  if (how.as) door.alterFile(id, how.as);
  if (!workspace.botIsIn(channel)) return { file: id, acks: [] };
  const shared = {
    type: 'file_shared',
    channel_id: channel,
    file_id: id,
    user_id: who.id,
    file: { id },
    event_ts: `${Date.now() / 1_000}`,
  };
  const message = {
    ...messageEvent(stage, who, channel, ts),
    subtype: 'file_share',
    text: '',
    files: [{ ...file, ...how.as }],
    upload: true,
  };
  const events = [
    ...(subscribed.has('file_shared') ? [shared] : []),
    ...(subscribed.has(EVENT_OF[kindOf(stage, channel)]) ? [message] : []),
  ];
  const acks = await Promise.all(events.map((event) => announce(stage, event, channel, how.deliveries ?? 1)));
  return { file: id, acks: acks.flat() };
}

const EVENT_OF = { im: 'message.im', channel: 'message.channels', group: 'message.groups' } as const;

function kindOf({ workspace }: Stage, channel: string): keyof typeof EVENT_OF {
  const seeded = workspace.channel(channel);
  if (!seeded) return 'im';
  return seeded.private ? 'group' : 'channel';
}

function messageEvent(stage: Stage, { id }: Who, channel: string, ts: string): Json {
  const { workspace } = stage;
  const isBot = workspace.personOf(id)?.bot ?? false;
  return {
    type: 'message',
    user: id,
    team: workspace.detailsOf(id, false).team_id ?? workspace.teamId,
    ...(isBot ? { bot_id: `B${id.slice(1)}`, subtype: 'bot_message' } : {}),
    channel,
    channel_type: kindOf(stage, channel),
    ts,
    event_ts: ts,
  };
}

async function announce(
  { workspace, book, line }: Stage,
  event: Json,
  channel: string,
  deliveries: number,
): Promise<Ack[]> {
  const external = workspace.channel(channel)?.shared === 'external';
  const payload = eventPayload(workspace, event, external);
  const acks = [await deliverEvent(line, book, payload)];
  for (let number = 1; number < deliveries; number++) {
    acks.push(await redeliver(line, book, payload, number));
  }
  return acks;
}

async function upload(
  { workspace, door }: Stage,
  handle: string,
  channel: string,
  content: Uint8Array | string,
  name: string,
): Promise<{ file: Json; ts: string }> {
  const bytes = Buffer.from(content);
  const asked = { filename: name, length: bytes.byteLength };
  const ticket = await workspace.call('files.getUploadURLExternal', asked, handle);
  const headers = { 'content-type': 'application/octet-stream' };
  await fetch(String(ticket.upload_url), { method: 'POST', headers, body: bytes });
  const files = [{ id: ticket.file_id, title: name }];
  const done = await workspace.call('files.completeUploadExternal', { files, channel_id: channel }, handle);
  // Seen from outside, a file's addresses are the door's.
  const [file = {}] = JSON.parse(JSON.stringify(done.files).replaceAll(workspace.url, door.url)) as Json[];
  const shares = Object.values((file.shares ?? {}) as Record<string, Record<string, { ts: string }[]>>);
  return { file, ts: shares.map((share) => share[channel]?.[0]?.ts).find((ts) => ts !== undefined) ?? '0' };
}
