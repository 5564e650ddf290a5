import type { Json, Who } from '../../../src/playground/local/types.ts';
import type { Where } from '../../../src/playground/slack/payloads.ts';
import {
  elementsAt,
  type Found,
  leastTyped,
  type Place,
  suggest,
  use,
} from '../../../src/playground/slack/pressing.ts';
import * as speaking from '../../../src/playground/slack/speaking.ts';
import { type Announced, placeOf, type Stage } from '../../../src/playground/slack/stage.ts';
import * as submitting from '../../../src/playground/slack/submitting.ts';
import type { Message, Option, View } from '../../../src/playground/slack/types.ts';
import { BOT } from '../../../src/playground/slack/workspace.ts';
import { limits } from '../../../src/slack/limits.ts';
import type { Ack } from '../local/calls.ts';
import { offeredInTime } from '../local/offered.ts';
import { pick } from '../local/pick.ts';
import { fieldOf, optionsOf, type Values, valuesByField } from './labels.ts';
import type { SlackEye } from './looking-on.ts';
import { textOfObject } from './read.ts';

/** What an actor of a test acts on. */
export interface Watched {
  readonly stage: Stage;
  readonly eye: SlackEye;
  /** Throws when the program broke a rule of Slack's. */
  check(): void;
}

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

export interface Pressed extends Ack {
  /** Where the button leads, for one that opens a page. */
  readonly url?: string;
  /** What was asked before the press counted; the answer was yes. */
  readonly asked?: string;
}

export interface Submitted {
  /** What stands under the fields now, by label; {} when the form was taken. */
  readonly errors: Readonly<Record<string, string>>;
  /** Undefined where Slack itself held the form back. */
  readonly ack: Ack | undefined;
}

/** Types a slash command. Throws where Slack knows no such command. */
export async function typeCommand(watched: Watched, who: Who, line: string, where?: In): Promise<Ack> {
  watched.check();
  const at = placeCalled(watched.stage, who, where?.in);
  const { ack, error } = await speaking.typeCommand(watched.stage, who, at, line);
  if (!ack) throw new Error(error?.en ?? `The bot was not asked about "${line}"`);
  return watched.eye.ackOf(ack);
}

/** Writes to the bot. Undefined where the bot gets no such event. */
export async function write(watched: Watched, who: Who, text: string): Promise<Ack | undefined> {
  watched.check();
  const announced = speaking.write(watched.stage, who, placeCalled(watched.stage, who, 'dm'), text);
  return announced && watched.eye.ackOf(await announced.ack);
}

/** Drops a file. */
export async function drop(
  watched: Watched,
  who: Who,
  content: Uint8Array | string,
  name: string,
  { in: where, as, deliveries = 1 }: Dropping = {},
): Promise<Dropped> {
  watched.check();
  const at = placeCalled(watched.stage, who, where);
  const { file, announced } = speaking.drop(watched.stage, who, at, name, Buffer.from(content));
  if (as) watched.eye.alter(file.id, as);
  const acks = await Promise.all(announced.map((one) => allAcks(watched, one, deliveries)));
  return { file: file.id, acks: acks.flat() };
}

/** The acknowledgement of an event, and those of the same event again, as if they had been lost. */
async function allAcks(watched: Watched, { payload, ack }: Announced, deliveries: number): Promise<Ack[]> {
  const { line, book } = watched.stage;
  const acks = [watched.eye.ackOf(await ack)];
  for (let number = 1; number < deliveries; number++) {
    const began = book.tick();
    const answered = await line.send({ kind: 'event', payload }, { number, reason: 'http_timeout' });
    acks.push(watched.eye.ackOf({ ...answered, began, ended: book.tick(), deliveries: 1 }));
  }
  return acks;
}

/** Presses a button by label (or its beginning) or action_id: in `only`, else the open modal, else the newest message. */
export async function press(watched: Watched, who: Who, name: string, only?: Message): Promise<Pressed> {
  const found = find(watched, who, `button "${name}"`, only, ({ element }, exactly) => {
    if (element.type !== 'button') return false;
    const label = textOfObject(element.text);
    return exactly ? element.action_id === name || label === name : label.startsWith(name);
  });
  const { url, confirm } = found.element;
  const asked = confirm && `${textOfObject(confirm.title)}\n${textOfObject(confirm.text)}`;
  const ack = await useIt(watched, who, found);
  return { ...ack, ...(url === undefined ? {} : { url }), ...(asked === undefined ? {} : { asked }) };
}

/** Chooses an option of the menu called `at` (label, placeholder or action_id), or of whichever menu has it. */
export async function choose(
  watched: Watched,
  who: Who,
  option: string,
  at: string | undefined,
  only?: Message,
): Promise<Ack> {
  const found = find(watched, who, `menu with "${option}"`, only, (one, exactly) => {
    const { element, block } = one;
    if (element.type === 'button' || element.type.endsWith('_input')) return false;
    const called = [
      element.action_id,
      textOfObject(block.label ?? block.text),
      textOfObject(element.placeholder),
    ];
    if (at !== undefined) return called.includes(at);
    return optionsOf(one)
      .map(({ text }) => textOfObject(text))
      .some((text) => (exactly ? text === option : text.startsWith(option)));
  });
  return useIt(watched, who, found, await optionCalled(watched, who, found, option));
}

async function useIt(watched: Watched, who: Who, found: Found, option?: Option): Promise<Ack> {
  watched.check();
  return watched.eye.ackOf(await use(watched.stage, who, found, option));
}

/** What a menu of the open modal, by label, offers for a typed text. */
export async function search(watched: Watched, who: Who, field: string, text: string): Promise<string[]> {
  const options = await suggested(watched, who, fieldOf(topView(watched, who), field), text);
  return options.map((option) => textOfObject(option.text));
}

async function suggested(watched: Watched, who: Who, found: Found, text: string): Promise<readonly Option[]> {
  watched.check();
  const least = leastTyped(found.element);
  if (text.length < least) throw new Error(`Slack asks nothing before ${least} characters are typed`);
  return offeredInTime(limits.searchMs, async () => {
    const { options, error } = await suggest(watched.stage, who, found, text);
    if (error) throw new Error(error.en);
    return options;
  });
}

async function optionCalled(watched: Watched, who: Who, found: Found, text: string): Promise<Option> {
  const isExternal = found.element.type.includes('external');
  const options = isExternal ? await suggested(watched, who, found, text) : optionsOf(found);
  return pick(options, (option) => textOfObject(option.text), text);
}

/** Fills the open modal in, by label, and submits it. */
export async function submit(watched: Watched, who: Who, values: Values): Promise<Submitted> {
  watched.check();
  const view = topView(watched, who);
  const filled = await valuesByField(view, values, (found, text) => optionCalled(watched, who, found, text));
  const { ack, held, errors, error } = await submitting.submit(watched.stage, who, view, filled);
  const english = Object.entries(held ?? {}).map(([block, text]): [string, string] => [block, text.en]);
  const under = [...english, ...Object.entries(errors ?? {})].map(([block, text]): [string, string] => [
    labelOf(view, block),
    text,
  ]);
  return {
    errors: error ? { '': `The bot answered ${ack?.status}` } : Object.fromEntries(under),
    ack: ack && watched.eye.ackOf(ack),
  };
}

function labelOf(view: View, blockId: string): string {
  const block = view.blocks.find(({ block_id: id }) => id === blockId);
  return block ? textOfObject(block.label) : blockId;
}

/** Closes the open modal. */
export async function closeModal(watched: Watched, who: Who): Promise<void> {
  watched.check();
  await submitting.closeModal(watched.stage, who, topView(watched, who));
}

/** The modal that somebody has before them. */
function topView({ stage }: Watched, { id, handle }: Who): View {
  const view = stage.modals.stack(id).at(-1);
  if (!view) throw new Error(`${handle} has no modal open`);
  return view;
}

/** The first element that matches, exactly or, where none does, loosely. */
function find(
  watched: Watched,
  who: Who,
  what: string,
  only: Message | undefined,
  matches: (found: Found, exactly: boolean) => boolean,
): Found {
  const all = placesOf(watched, who, only).flatMap(elementsAt);
  const found = all.find((one) => matches(one, true)) ?? all.find((one) => matches(one, false));
  if (found) return found;
  const labels = all.map(({ element }) => textOfObject(element.text)).filter(Boolean);
  throw new Error(`No ${what} to be seen by ${who.handle}; there are: ${labels.join(', ')}`);
}

/** Where to look: one message, as it stands now even if the test holds an older copy, or everything, the last changed first. */
function placesOf({ stage }: Watched, { id }: Who, only: Message | undefined): Place[] {
  const messages = stage.book
    .all()
    .filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === id)
    .filter(({ channel }) => stage.workspace.isIn(channel, id))
    .sort((a, b) => b.changed - a.changed)
    .map((message) => ({ message }));
  const view = stage.modals.stack(id).at(-1);
  if (!only) return [...(view ? [{ view }] : []), ...messages];
  return messages.filter(({ message }) => message.channel === only.channel && message.ts === only.ts);
}

function placeCalled(stage: Stage, who: Who, where = 'dm'): Where {
  const { workspace } = stage;
  if (where === 'dm') return placeOf(stage, workspace.conversationOf(who.id, BOT.user));
  if (!where.startsWith('@')) return placeOf(stage, workspace.channelOf(where));
  const others = where.split(' ').map((other) => workspace.idOf(other.slice(1)));
  return placeOf(stage, workspace.conversationOf(who.id, ...others));
}
