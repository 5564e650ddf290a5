import type { Acknowledged } from '../../../src/playground/local/deliver.ts';
import { actionsOf, cardsOf, FILE_CONSENT, inputsOf } from '../../../src/playground/teams/cards.ts';
import { choicesOf, search, submitDialog, type Values } from '../../../src/playground/teams/filling.ts';
import { consent, type Pressed, type Pressing, press } from '../../../src/playground/teams/pressing.ts';
import { drop, install, pick as pickCommand, write } from '../../../src/playground/teams/speaking.ts';
import { type Announced, type Stage, visibleIn } from '../../../src/playground/teams/stage.ts';
import type { Account, Room } from '../../../src/playground/teams/tenant.ts';
import type { Action, Card, Choice, Dialog, Element, Message } from '../../../src/playground/teams/types.ts';
import { limits } from '../../../src/teams/limits.ts';
import type { Ack, Eye } from '../local/calls.ts';
import { offeredInTime } from '../local/offered.ts';
import { pick } from '../local/pick.ts';
import { faultsIn } from './read.ts';

/** What an actor of a test acts on. */
export interface Watched {
  readonly stage: Stage;
  readonly eye: Eye;
  /** Throws when the program broke a rule of Teams'. */
  check(): void;
}

/** Where a person acts: a room by name; the chat with the bot alone unless told. */
export interface In {
  readonly in?: string;
}

export interface Dropping extends In {
  readonly text?: string;
  /** Sends the message that often, under one id. */
  readonly deliveries?: number;
}

export interface PressingOn {
  readonly in?: Message;
  /** What the card's inputs hold, by id. */
  readonly values?: Values;
  /** On a client that cannot execute buttons. */
  readonly oldClient?: boolean;
  /** On a client that still shows the message as it stood when the test saw it. */
  readonly asItStood?: boolean;
}

export interface Submitted {
  /** What stands under the inputs now, by label; {} when the dialog was taken. */
  readonly errors: Readonly<Record<string, string>>;
  /** Undefined where Teams itself held the dialog back. */
  readonly ack: Ack | undefined;
}

/** Somebody in Teams, acting as they would in the client. */
export interface Actor {
  readonly account: Account;
  /** Writes in a room; undefined where the bot hears nothing of it. */
  writes(text: string, where?: In & { readonly thread?: string }): Promise<Ack | undefined>;
  /** Picks a command after "/" in a room, with what is typed behind it: nobody else sees it. Throws where it is not offered. */
  picks(text: string, where: Required<In>): Promise<Ack>;
  /** Writes once; the bot gets it that often, under one id. */
  repeats(text: string, deliveries: number, where?: In): Promise<Ack[]>;
  /** Presses a button by its title (or its beginning), in the newest message that has it; what stands before it is opened first. */
  presses(title: string, on?: PressingOn): Promise<Pressed>;
  /** Accepts or declines the newest file that the bot offers. */
  consents(accepts: boolean, on?: { readonly in?: Message }): Promise<Pressed>;
  /** What an input of the open dialog, by label, offers for a typed text. */
  searches(field: string, text: string): Promise<string[]>;
  /** Fills the open dialog in, by label, and submits it. */
  submits(values: Values): Promise<Submitted>;
  /** Submits the open dialog twice at once, as an impatient finger does. */
  submitsTwice(values: Values): Promise<Submitted[]>;
  closes(): void;
  /** Drops a file; undefined where the bot hears nothing of it. */
  drops(content: Uint8Array | string, name: string, how?: Dropping): Promise<Ack[]>;
  /** Installs the bot in a room (in one's own chat unless told), or removes it. */
  installs(isThere: boolean, where?: In): Promise<Ack[]>;
}

/** A dialog as it is submitted: what each of its inputs holds, by the input's id. */
interface Filled {
  readonly dialog: Dialog & { card: Card };
  readonly filled: Record<string, string>;
}

/** The actor called `handle`. */
export function actorOf({ stage, eye, check }: Watched, handle: string): Actor {
  const { tenant, dialogs, book } = stage;
  const account = tenant.account(handle);

  const roomCalled = (name: string | undefined): Room =>
    name === undefined ? tenant.personalOf(account) : tenant.roomCalled(name);
  const ack = (given: Acknowledged | undefined) => given && eye.ackOf(given);

  /** The acknowledgement of an activity, and those of the same one again, as if they had been lost. */
  async function allAcks({ activity, ack: first }: Announced, deliveries: number): Promise<Ack[]> {
    const acks = [eye.ackOf(await first)];
    for (let number = 1; number < deliveries; number++) {
      const began = book.tick();
      const answered = await stage.send(activity);
      acks.push(eye.ackOf({ ...answered, began, ended: book.tick(), deliveries: 1 }));
    }
    return acks;
  }

  /** Every message that the person sees, the last changed first, or one as it stands now. */
  function messagesSeen(only: Message | undefined): { room: Room; message: Message }[] {
    return tenant.rooms
      .flatMap((room) => visibleIn(stage, account, room).map((message) => ({ room, message })))
      .filter(({ message }) => !only || (message.room === only.room && message.id === only.id))
      .sort((a, b) => b.message.changed - a.message.changed);
  }

  function find(
    title: string,
    { in: only, asItStood }: PressingOn,
  ): { at: Omit<Pressing, 'who'>; action: Action } {
    const seen = messagesSeen(only).map((at) => (only && asItStood ? { ...at, message: only } : at));
    const all = seen.flatMap((at) =>
      cardsOf(at.message)
        .flatMap((card) => actionsOf(card))
        .map(({ action, behind }) => ({ at, action, behind })),
    );
    const isExactly = ({ action }: { action: Action }) => action.title === title;
    const shown = all.filter(({ behind }) => behind.length === 0);
    const begins = ({ action }: { action: Action }) => action.title?.startsWith(title) ?? false;
    const found = shown.find(isExactly) ?? shown.find(begins) ?? all.find(isExactly) ?? all.find(begins);
    if (!found) {
      const titles = shown.map(({ action }) => action.title).join(', ');
      throw new Error(`No button "${title}" to be seen by ${handle}; there are: ${titles}`);
    }
    return found;
  }

  /** What a press does in the end: whoever is asked a question first answers yes. */
  function behindQuestion(action: Action): Action {
    const [yes] = action.card ? actionsOf(action.card) : [];
    return yes ? yes.action : action;
  }

  function openDialog(): Dialog & { card: Card } {
    const dialog = dialogs.of(account.id);
    if (!dialog?.card) throw new Error(`${handle} has no dialog to fill in open`);
    return { ...dialog, card: dialog.card };
  }

  async function offered(dialog: Dialog, input: Element, text: string): Promise<readonly Choice[]> {
    if (!input['choices.data']) return choicesOf(stage, account, input);
    return offeredInTime(limits.searchMs, async () => {
      const { choices, error } = await search(stage, account, dialog, input, text);
      if (error) throw new Error(error.en);
      return choices;
    });
  }

  async function chosen(dialog: Dialog, input: Element, text: string): Promise<string> {
    return pick(await offered(dialog, input, text), ({ title }) => title, text).value;
  }

  async function fill(dialog: Dialog & { card: Card }, values: Values): Promise<Filled> {
    check();
    const filled: Record<string, string> = {};
    for (const [name, text] of Object.entries(values)) {
      const input = inputCalled(dialog.card, name);
      const isList = input.type === 'Input.ChoiceSet' && text !== '';
      filled[input.id ?? ''] = isList ? await chosen(dialog, input, text) : text;
    }
    return { dialog, filled };
  }

  async function submit({ dialog, filled }: Filled): Promise<Submitted> {
    check();
    const { held = {}, error, ack: given } = await submitDialog(stage, account, dialog, filled);
    if (error) return { errors: { '': error.en }, ack: ack(given) };
    const isHeld = Object.keys(held).length > 0;
    const now = dialogs.of(account.id)?.card;
    const under = Object.entries(held).map(([id, text]) => [labelOf(dialog.card, id), text.en]);
    return { errors: isHeld || !now ? Object.fromEntries(under) : faultsIn(now), ack: ack(given) };
  }

  return {
    account,
    async writes(text, where = {}) {
      check();
      const announced = write(stage, account, roomCalled(where.in), text, where.thread);
      return ack(await announced?.ack);
    },
    async picks(text, where) {
      check();
      const announced = pickCommand(stage, account, roomCalled(where.in), text);
      if (!announced) throw new Error(`Teams offers ${handle} no command "${text}" in ${where.in}`);
      return eye.ackOf(await announced.ack);
    },
    async repeats(text, deliveries, where = {}) {
      check();
      const announced = write(stage, account, roomCalled(where.in), text);
      return announced ? allAcks(announced, deliveries) : [];
    },
    async presses(title, on = {}) {
      check();
      const { at, action } = find(title, on);
      const { values = {}, oldClient = false } = on;
      return press(stage, { who: account, ...at, values, oldClient }, behindQuestion(action));
    },
    async consents(accepts, on = {}) {
      check();
      const found = messagesSeen(on.in).find(({ message }) =>
        message.attachments.some(({ contentType }) => contentType === FILE_CONSENT),
      );
      if (!found) throw new Error(`No file is offered to ${handle}`);
      return consent(stage, { who: account, ...found }, accepts);
    },
    async searches(field, text) {
      check();
      const dialog = openDialog();
      return (await offered(dialog, inputCalled(dialog.card, field), text)).map(({ title }) => title);
    },
    submits: async (values) => submit(await fill(openDialog(), values)),
    async submitsTwice(values) {
      const filled = await fill(openDialog(), values);
      return Promise.all([submit(filled), submit(filled)]);
    },
    closes() {
      check();
      dialogs.close(account.id);
    },
    async drops(content, name, { in: where, text, deliveries = 1 } = {}) {
      check();
      const bytes = Buffer.from(content);
      const { announced } = drop(stage, account, roomCalled(where), name, bytes, text);
      return announced ? allAcks(announced, deliveries) : [];
    },
    async installs(isThere, where = {}) {
      check();
      const announced = install(stage, account, roomCalled(where.in), isThere);
      return (await Promise.all(announced.map((one) => one.ack))).map(eye.ackOf);
    },
  };
}

/** An input of a dialog by its label (or its beginning) or id. */
function inputCalled(card: Card, name: string): Element {
  const inputs = inputsOf(card);
  const found =
    inputs.find(({ id, label }) => id === name || label === name) ??
    inputs.find(({ label }) => label?.startsWith(name));
  if (!found) throw new Error(`No input "${name}" among: ${inputs.map(({ label }) => label).join(', ')}`);
  return found;
}

function labelOf(card: Card, id: string): string {
  return inputsOf(card).find((input) => input.id === id)?.label ?? id;
}
