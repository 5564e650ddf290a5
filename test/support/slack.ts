import type { Json } from '../../src/playground/local/types.ts';
import { readManifest } from '../../src/playground/slack/manifest.ts';
import { eventPayload } from '../../src/playground/slack/payloads.ts';
import { openStage, type Stage } from '../../src/playground/slack/stage.ts';
import type {
  Message,
  SlackChannel,
  SlackPerson,
  SlackTeam,
  View,
} from '../../src/playground/slack/types.ts';
import { BOT } from '../../src/playground/slack/workspace.ts';
import type { Ack, Call } from './local/calls.ts';
import { overloaded } from './local/overloaded.ts';
import type { Watched } from './slack/acting.ts';
import { type Actor, actorOf } from './slack/actor.ts';
import { lookOn, type SlackEye } from './slack/looking-on.ts';
import { postRaw, type RawRequest } from './slack/raw.ts';
import { textOf, textOfView } from './slack/read.ts';
import { openSocket } from './slack/socket.ts';
import { Broken, until as look, type UntilOptions } from './until.ts';

export type { Actor } from './slack/actor.ts';
export { buttonsOf, fieldsOf, linksOf, textOf, textOfView } from './slack/read.ts';
export type { Message, SlackChannel, SlackPerson, View };

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

/** The playground's Slack, with people who act by what they read, and an eye on what the program does. */
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
  /** A file that somebody shared, by its id. */
  file(id: string): { name: string; bytes: Buffer };
  /** The topmost open modal. */
  modal(handle: string): View | undefined;
  /** Every call of the Web API, use of a response_url and fetch of a file, in order. */
  readonly calls: readonly Call[];
  /** This moment, on the clock that orders messages (`changed`), calls (`moment`) and acts. */
  readonly now: number;
  /** Scopes of the bot, as installed. */
  readonly scopes: readonly string[];
  /** The next calls of a method (or "response_url", "file") get this answer. */
  readonly answers: SlackEye['answers'];
  /** Sends anything to the bot: signed rightly, wrongly, late or not. */
  posts(request: RawRequest): Promise<{ status: number; body: unknown }>;
  /** Sends an event of any shape, with Slack's retries. */
  sends(event: Json): Promise<Ack>;
  /** Changes what `users.info` says of a person from now on: `{ deleted: true }`. */
  alters(handle: string, details: Json): void;
  /** Adds the bot to a channel. */
  invites(channel: string): void;
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

const APP_TOKEN = 'xapp-vc-bot-token-of-the-tests';

/** Starts a Slack on 127.0.0.1. Start the program with its `env`, then tell it where the bot listens (`talksTo`). */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const manifest = readManifest();
  const scopes = options.scopes ?? manifest.scopes;
  const { team, users: people, channels } = options;
  const socket = options.socketMode ? await openSocket(BOT.app) : undefined;
  const eye = lookOn(() => stage.book.tick(), socket && { appToken: APP_TOKEN, url: () => socket.url });
  const stage: Stage = await openStage({
    team,
    people,
    channels,
    scopes,
    events: options.events ?? manifest.events,
    commands: manifest.commands,
    through: eye.through,
    excuses: overloaded,
    ...(socket ? { line: socket.line } : {}),
  });
  const { workspace, book, modals, door, token, signingSecret } = stage;

  const check = () => {
    if (book.faults.length > 0)
      throw new Broken(`Slack would not have taken this:\n- ${book.faults.join('\n- ')}`);
  };
  const watched: Watched = { stage, eye, check };
  const messagesIn = (place: string, handle: string) => {
    const reader = workspace.idOf(handle);
    const id = place === 'dm' ? workspace.conversationOf(reader, BOT.user) : workspace.channelOf(place);
    return book.messages(id, reader);
  };

  const slack: Slack = {
    url: door.url,
    apiUrl: `${door.url}/api/`,
    token,
    signingSecret,
    botUser: BOT.user,
    env: {
      SLACK_BOT_TOKEN: token,
      ...(socket ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: signingSecret }),
      SLACK_API_URL: `${door.url}/api/`,
    },
    talksTo: stage.postman.talksTo,
    as: (handle) => actorOf(watched, handle),
    messages: (channel) => book.messages(workspace.channelOf(channel)),
    messagesFor(handle, channel) {
      const isIn = workspace.isIn(workspace.channelOf(channel), workspace.idOf(handle));
      return isIn ? messagesIn(channel, handle) : [];
    },
    ephemeral(handle, place) {
      const id = workspace.idOf(handle);
      return messagesIn(place, handle).filter(({ ephemeralTo }) => ephemeralTo === id);
    },
    dm: (handle) => messagesIn('dm', handle),
    file: (id) => ({ name: book.file(id)?.name ?? '', bytes: book.bytes(id) }),
    modal: (handle) => modals.stack(workspace.idOf(handle)).at(-1),
    calls: eye.calls,
    get now() {
      return book.now;
    },
    scopes,
    answers: eye.answers,
    posts: (request) => postRaw(stage.postman.where(), signingSecret, request),
    sends: async (event) => eye.ackOf(await stage.postman.announce(eventPayload(workspace, event, false))),
    alters: (handle, details) => eye.alter(workspace.idOf(handle), details),
    invites: (channel) => book.join(workspace.channelOf(channel)),
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
    transcript: () => transcript(watched),
    async stop() {
      await stage.stop();
      await socket?.close();
      check();
    },
  };
  return slack;
}

function transcript({ stage, eye }: Watched): string {
  const { workspace, book, modals } = stage;
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
  const open = workspace.people.flatMap(({ handle }) =>
    modals.stack(workspace.idOf(handle)).map((view) => `modal of ${handle}:\n${indent(textOfView(view))}`),
  );
  const calls = eye.calls.slice(-12).map(({ method, answer }) => {
    const said = answer === undefined ? 'no answer' : answer.ok === false ? String(answer.error) : 'ok';
    return `  ${method} → ${said}`;
  });
  return [...lines, ...open, 'last calls:', ...calls].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
