import { randomBytes } from 'node:crypto';
import { type Acknowledged, deliver, UNREACHABLE, type Watch } from '../local/deliver.ts';
import { type Postman, startPostman } from '../local/postman.ts';
import type { Json, Who } from '../local/types.ts';
import { openBook, type SlackBook } from './book.ts';
import { type Door, openDoor, type SlackThrough } from './door.ts';
import { limits } from './limits.ts';
import { httpLine, type Line } from './line.ts';
import { type Modals, watchModals } from './modals.ts';
import { eventPayload, ownEvent, sharedEvent, type Where } from './payloads.ts';
import type { Message, SlackChannel, SlackPerson, SlackTeam } from './types.ts';
import { openUploads } from './uploads.ts';
import { layWorkspace, type Workspace } from './workspace.ts';

export interface StageOptions {
  readonly team: SlackTeam;
  readonly people: readonly SlackPerson[];
  readonly channels: readonly SlackChannel[];
  /** The bot's scopes, events and slash commands, as in its manifest. */
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly commands: readonly string[];
  /** Path of a journal, NAME.jsonl; without one, everything is gone at the end. */
  readonly journal?: string;
  /** Another way to the bot than HTTP. */
  readonly line?: Line;
  readonly through?: SlackThrough;
  /** Whether lateness tells nothing now, such as on a machine that has far too much to do. */
  readonly excuses?: () => boolean;
}

/** A Slack with one app in it, and everything that an act needs. */
export interface Stage extends Watch {
  readonly book: SlackBook;
  readonly line: Line;
  readonly postman: Postman;
  readonly workspace: Workspace;
  readonly modals: Modals;
  readonly door: Door;
  readonly token: string;
  readonly signingSecret: string;
  readonly commands: readonly string[];
  /** Names of the events that the bot gets. */
  readonly subscribed: ReadonlySet<string>;
  /** Sends an event until it is acknowledged or given up; kept in the journal meanwhile. */
  announce(event: Json, channel: string): Announced;
  stop(): Promise<void>;
}

/** An event on its way. */
export interface Announced {
  readonly payload: Json;
  readonly ack: Promise<Acknowledged>;
}

/** Opens a Slack on 127.0.0.1. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { events, scopes, commands, excuses = () => false } = options;
  const book = openBook(options.journal);
  const workspace = layWorkspace(options, book);
  const modals = watchModals(book, excuses);
  const token = `xoxb-${randomBytes(24).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const subscribed = new Set(events);
  const line = options.line ?? httpLine(() => postman.where(), signingSecret);
  const postman = startPostman({
    book,
    excuses,
    patience: { seconds: limits.ackSeconds, what: 'event' },
    send: (payload, retry) =>
      line.send(
        { kind: 'event', payload },
        retry === 0 ? undefined : { number: retry, reason: 'http_error' },
      ),
  });
  /** Tells the bot what it did itself. */
  function tell(name: string, event: Json): void {
    if (subscribed.has(name)) postman.announce(eventPayload(workspace, event, false));
  }

  const door = await openDoor(
    {
      workspace,
      book,
      modals,
      token,
      scopes,
      uploads: openUploads(book),
      onDirect: (message) => tell('message.im', ownEvent(message)),
      onShared: (file) => tell('file_shared', sharedEvent(file)),
    },
    options.through,
  );

  return {
    book,
    excuses,
    line,
    postman,
    workspace,
    modals,
    door,
    token,
    signingSecret,
    commands,
    subscribed,
    announce(event, channel) {
      const payload = eventPayload(workspace, event, workspace.channel(channel)?.shared === 'external');
      return { payload, ack: postman.announce(payload, payload.event_id) };
    },
    async stop() {
      await postman.stop();
      await door.close();
      book.close();
    },
  };
}

/** Sends a command or an interaction. An answer of another status than 200 is a fault: the person sees an error. */
export async function act(
  stage: Stage,
  kind: 'command' | 'interaction',
  payload: Json,
): Promise<Acknowledged> {
  const patience = { seconds: limits.ackSeconds, what: kind };
  const ack = await deliver(stage, patience, () => stage.line.send({ kind, payload }));
  if (ack.status > UNREACHABLE && ack.status !== 200) {
    stage.book.fault(`the bot answered a ${kind} with ${ack.status}`);
  }
  return ack;
}

/** What somebody can see in a conversation, oldest first. */
export function visibleIn({ workspace, book }: Stage, who: Who, channel: string): Message[] {
  return workspace.isIn(channel, who.id) ? book.messages(channel, who.id) : [];
}

/** A place with the name that Slack gives it in payloads. */
export function placeOf({ workspace }: Stage, id: string): Where {
  const channel = workspace.channel(id);
  const members = workspace.membersOf(id) ?? [];
  if (members.length > 2) {
    const handles = members.map((member) => workspace.personOf(member)?.handle ?? member);
    return { id, name: `mpdm-${handles.join('--')}-1` };
  }
  if (!channel) return { id, name: 'directmessage' };
  return { id, name: channel.private ? 'privategroup' : channel.name };
}
