import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openBook } from './book.ts';
import { type Acknowledged, type Delivery, deliver, deliverEvent, isTaken, UNREACHABLE } from './deliver.ts';
import { type Door, openDoor, type Through } from './door.ts';
import { httpLine, type Line } from './line.ts';
import { type Modals, watchModals } from './modals.ts';
import { eventPayload, ownEvent, type Where, type Who } from './payloads.ts';
import type { Json, Message, SlackChannel, SlackPerson, SlackTeam } from './types.ts';
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
  readonly through?: Through;
  /** Whether lateness tells nothing now, such as on a machine that has far too much to do. */
  readonly excuses?: () => boolean;
}

/** A Slack with one app in it, and everything that an act needs. */
export interface Stage extends Delivery {
  readonly workspace: Workspace;
  readonly modals: Modals;
  readonly door: Door;
  readonly token: string;
  readonly signingSecret: string;
  readonly commands: readonly string[];
  /** Names of the events that the bot gets. */
  readonly subscribed: ReadonlySet<string>;
  /** Tells where the bot listens. Events that it never acknowledged before a restart are sent again. */
  talksTo(url: string | (() => string)): void;
  where(): string;
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
  const sending = new Set<Promise<unknown>>();
  let botUrl: string | (() => string) | undefined;
  let over = false;

  const where = () => {
    if (botUrl === undefined) throw new Error('Slack was not told where the bot listens: talksTo(url)');
    return typeof botUrl === 'string' ? botUrl : botUrl();
  };
  const delivery: Delivery = { book, excuses, line: options.line ?? httpLine(where, signingSecret) };

  function waitFor<T>(work: Promise<T>): Promise<T> {
    const done = work.catch(() => undefined).finally(() => sending.delete(done));
    sending.add(done);
    return work;
  }

  /** Where the bot was not reached at all, the event waits for the next start. */
  async function send(payload: Json): Promise<Acknowledged> {
    const ack = await deliverEvent(delivery, payload, () => over);
    if (isTaken(ack) || (!over && ack.status !== UNREACHABLE)) book.taken(String(payload.event_id));
    return ack;
  }

  const door = await openDoor(
    {
      workspace,
      book,
      modals,
      token,
      scopes,
      onDirect(message) {
        if (!subscribed.has('message.im')) return;
        waitFor(deliverEvent(delivery, eventPayload(workspace, ownEvent(message), false), () => over));
      },
    },
    options.through,
  );

  return {
    ...delivery,
    workspace,
    modals,
    door,
    token,
    signingSecret,
    commands,
    subscribed,
    where,
    talksTo(url) {
      botUrl = url;
      for (const payload of book.underWay()) waitFor(send(payload));
    },
    announce(event, channel) {
      const payload = eventPayload(workspace, event, workspace.channel(channel)?.shared === 'external');
      book.send(payload.event_id, payload);
      return { payload, ack: waitFor(send(payload)) };
    },
    async stop() {
      over = true;
      await Promise.race([Promise.all(sending), pause(500, undefined, { ref: false })]);
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
  const ack = await deliver(stage, { kind, payload });
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
