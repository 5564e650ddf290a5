import { readFileSync } from 'node:fs';
import { type Actor, actorOf } from './slack/actor.ts';
import { type Book, openBook } from './slack/book.ts';
import { deliverEvent, httpLine, type Line, post, type RawRequest } from './slack/bot.ts';
import { eventPayload } from './slack/payloads.ts';
import { textOf, textOfView } from './slack/read.ts';
import { type Door, openDoor } from './slack/server.ts';
import { openSocket } from './slack/socket.ts';
import type { Stage } from './slack/stage.ts';
import type { Json, Message, SlackCall, SlackChannel, SlackPerson, SlackTeam, View } from './slack/types.ts';
import {
  APP_TOKEN,
  BOT,
  BOT_TOKEN,
  openWorkspace,
  SIGNING_SECRET,
  type Workspace,
} from './slack/workspace.ts';
import { Broken, until as look, type UntilOptions } from './until.ts';

export type { Actor } from './slack/actor.ts';
export { buttonsOf, fieldsOf, linksOf, textOf, textOfView } from './slack/read.ts';
export type { Ack, Message, SlackCall, SlackChannel, SlackPerson, View } from './slack/types.ts';

export interface SlackOptions {
  readonly team: SlackTeam;
  readonly users: readonly SlackPerson[];
  readonly channels: readonly SlackChannel[];
  /** The bot's scopes and events; those of manifests/slack.json unless told. */
  readonly scopes?: readonly string[];
  readonly events?: readonly string[];
  /** Speaks Socket Mode instead of HTTP. */
  readonly socketMode?: boolean;
}

/** A Slack of our own: others' Web API, people who act, and an eye on what the program does. */
export interface Slack {
  readonly url: string;
  /** Value for SLACK_API_URL. */
  readonly apiUrl: string;
  readonly token: string;
  readonly signingSecret: string;
  /** The program's variables for this Slack. */
  readonly env: Readonly<Record<string, string>>;
  /** Id of the bot's user. */
  readonly botUser: string;
  /** Where the bot listens; tell it once the program is up. Nothing to tell in Socket Mode. */
  talksTo(botUrl: string | (() => string)): void;
  as(handle: string): Actor;
  /** A channel's messages as they stand now, oldest first, without ephemeral ones. */
  messages(channel: string): Message[];
  /** A channel as `handle` reads it: its messages and those that only they see; none where they are no member. */
  messagesFor(handle: string, channel: string): Message[];
  /** What only `handle` sees in a channel ('dm' for the conversation with the bot), oldest first. */
  ephemeral(handle: string, channel: string): Message[];
  /** The conversation between a person and the bot, oldest first, ephemeral ones included. */
  dm(handle: string): Message[];
  /** The topmost open modal. */
  modal(handle: string): View | undefined;
  /** Every call of the Web API, use of a response_url and fetch of a file, in order. */
  readonly calls: readonly SlackCall[];
  /** This moment, on the clock that orders messages (`changed`), calls (`moment`) and acts. */
  readonly now: number;
  /** Scopes of the bot, as installed. */
  readonly scopes: readonly string[];
  /** The next calls of a method (or "response_url", "file") get this answer. */
  readonly answers: Door['answers'];
  /** Sends anything to the bot: signed rightly, wrongly, late or not. */
  posts(request: RawRequest): Promise<{ status: number; body: unknown }>;
  /** Sends an event of any shape, with Slack's retries. */
  sends(event: Json): ReturnType<typeof deliverEvent>;
  /** Changes what `users.info` says of a person from now on: `{ deleted: true }`. */
  alters(handle: string, details: Json): void;
  /** Adds the bot to a channel. */
  invites(channel: string): Promise<void>;
  /** The id of a person or (with #) a channel. */
  id(name: string): string;
  /** Waits for something, and prints the conversation when it does not come. */
  until<T>(find: () => T | Promise<T>, options?: UntilOptions): Promise<Exclude<T, undefined | null | false>>;
  /** What the program did that Slack would not have taken. */
  readonly faults: readonly string[];
  /** Takes the faults away and returns them, for a test that provokes them. */
  forgives(): string[];
  /** Throws when there are faults. Every act, every wait and `stop` do so too. */
  check(): void;
  /** The whole conversation as plain text, for reading in a failure. */
  transcript(): string;
  stop(): Promise<void>;
}

/** Starts a Slack on 127.0.0.1. Start the program with its `env`, then tell it where the bot listens (`talksTo`). */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const manifest = readManifest();
  const scopes = options.scopes ?? manifest.scopes;
  const subscribed = new Set(options.events ?? manifest.events);
  const { team, users: people, channels } = options;
  const book = openBook();
  const workspace = await openWorkspace({ team, people, channels, scopes });
  await Promise.all(people.filter(({ bot }) => !bot).map(({ handle }) => workspace.directOf(handle)));

  let botUrl: string | (() => string) | undefined;
  const where = () => {
    if (botUrl === undefined) throw new Error('Slack was not told where the bot listens: talksTo(url)');
    return typeof botUrl === 'string' ? botUrl : botUrl();
  };
  const socket = options.socketMode ? await openSocket(BOT.app) : undefined;
  const line: Line = socket?.line ?? httpLine(where);
  const echoes = new Set<Promise<unknown>>();
  const door: Door = await openDoor(workspace, book, {
    socketUrl: socket && (() => socket.url),
    onDirect(channel, ts, edited) {
      if (!subscribed.has('message.im')) return;
      const event = ownEvent(book, channel, ts, edited);
      const sent = line
        .send({ kind: 'event', payload: eventPayload(workspace, event, false) }, undefined)
        .catch(() => undefined)
        .finally(() => echoes.delete(sent));
      echoes.add(sent);
    },
  });

  const check = () => {
    if (book.faults.length > 0)
      throw new Broken(`Slack would not have taken this:\n- ${book.faults.join('\n- ')}`);
  };
  const stage: Stage = { workspace, book, door, line, subscribed, check };
  const placeId = (place: string, handle: string) =>
    place === 'dm' ? workspace.directs().get(handle) : workspace.channelOf(place);
  const messagesIn = (place: string, handle: string) => {
    const id = placeId(place, handle);
    return id === undefined ? [] : book.messages(id, workspace.idOf(handle));
  };

  const slack: Slack = {
    url: door.url,
    apiUrl: `${door.url}/api/`,
    token: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    botUser: BOT.user,
    env: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      ...(options.socketMode ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
      SLACK_API_URL: `${door.url}/api/`,
    },
    talksTo(url) {
      botUrl = url;
    },
    as: (handle) => actorOf(stage, handle),
    messages: (channel) => book.messages(workspace.channelOf(channel)),
    messagesFor(handle, channel) {
      const members = workspace.channel(workspace.channelOf(channel))?.members ?? [];
      return members.includes(handle) ? messagesIn(channel, handle) : [];
    },
    ephemeral(handle, place) {
      const id = workspace.idOf(handle);
      return messagesIn(place, handle).filter(({ ephemeralTo }) => ephemeralTo === id);
    },
    dm: (handle) => messagesIn('dm', handle),
    modal: (handle) => book.views(workspace.idOf(handle)).at(-1),
    calls: book.calls,
    get now() {
      return book.now;
    },
    scopes,
    answers: door.answers,
    posts: (request) => post(where(), request),
    sends: (event) => deliverEvent(line, book, eventPayload(workspace, event, false)),
    alters: workspace.alter,
    invites: workspace.invite,
    id: (name) => (name.startsWith('#') ? workspace.channelOf(name) : workspace.idOf(name)),
    until(find, untilOptions = {}) {
      const checked = () => {
        check();
        return find();
      };
      return look(checked, { seen: slack.transcript, ...untilOptions });
    },
    faults: book.faults,
    forgives: () => book.faults.splice(0),
    check,
    transcript: () => transcript(workspace, book, people),
    async stop() {
      await Promise.race([Promise.all(echoes), new Promise((resolve) => setTimeout(resolve, 500))]);
      await Promise.all([door.close(), workspace.close(), socket?.close()]);
      check();
    },
  };
  return slack;
}

function readManifest(): { scopes: string[]; events: string[] } {
  const file = new URL('../../manifests/slack.json', import.meta.url);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    oauth_config: { scopes: { bot: string[] } };
    settings: { event_subscriptions: { bot_events: string[] } };
  };
  return {
    scopes: manifest.oauth_config.scopes.bot,
    events: manifest.settings.event_subscriptions.bot_events,
  };
}

/** What Slack tells the bot about its own message, in a direct conversation. */
function ownEvent(book: Book, channel: string, ts: string, edited: boolean): Json {
  const { text, blocks } = book.find(channel, ts) ?? { text: '', blocks: [] };
  const message = { type: 'message', user: BOT.user, bot_id: BOT.bot, app_id: BOT.app, text, blocks, ts };
  const event_ts = `${Date.now() / 1_000}`;
  const place = { channel, channel_type: 'im', event_ts };
  if (!edited) return { ...message, ...place };
  return { type: 'message', subtype: 'message_changed', hidden: true, message, ts: event_ts, ...place };
}

function transcript(workspace: Workspace, book: Book, people: readonly SlackPerson[]): string {
  const nameOf = (id: string) => workspace.personOf(id)?.handle ?? (id === BOT.user ? 'bot' : id);
  const placeOf = (id: string) => {
    const channel = workspace.channel(id)?.name;
    return channel ? `#${channel}` : `dm ${workspace.ownerOf(id) ?? id}`;
  };
  const lines = book
    .all()
    .map(
      (message) =>
        `${placeOf(message.channel)} ${nameOf(message.user)}${message.ephemeralTo ? ` (only to ${nameOf(message.ephemeralTo)})` : ''}${message.edited ? ' (edited)' : ''}:\n${indent(textOf(message))}`,
    );
  const modals = people.flatMap(({ handle }) =>
    book.views(workspace.idOf(handle)).map((view) => `modal of ${handle}:\n${indent(textOfView(view))}`),
  );
  const calls = book.calls.slice(-12).map(({ method, answer }) => {
    const said = answer === undefined ? 'no answer' : answer.ok === false ? String(answer.error) : 'ok';
    return `  ${method} → ${said}`;
  });
  return [...lines, ...modals, 'last calls:', ...calls].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
