import type { Text } from '../../rules/language.ts';
import { asJson } from '../local/http.ts';
import type { Done, Member, Card as Shown, TeamsAct, TeamsMessage, TeamsRoom, TeamsScene } from '../wire.ts';
import { actionsOf, cardsOf, FILE_CONSENT, FILE_INFO, inputsOf } from './cards.ts';
import { search, submitDialog } from './filling.ts';
import { consent, type Pressed, press } from './pressing.ts';
import { drop, install, pick, write } from './speaking.ts';
import { type Stage, visibleIn } from './stage.ts';
import { type Account, BOT, type Room } from './tenant.ts';
import type { Action, Card, Message } from './types.ts';
import { languageOf, words } from './words.ts';

/** What one member sees and does, as the page shows it. */
export interface Client {
  scene(): TeamsScene;
  act(act: TeamsAct): Promise<Done>;
  /** Drops a file in a room. */
  drop(room: string, name: string, bytes: Uint8Array): Promise<Done>;
  /** A file that a message brings; undefined where the member sees no such message. */
  file(id: string): { name: string; bytes: Buffer } | undefined;
}

const mostOfRoom = 100;
const mostFaults = 20;

/** The client of the member with this handle. Throws where nobody has it. */
export function clientOf(stage: Stage, handle: string): Client {
  const { tenant, book, dialogs } = stage;
  const who = tenant.account(handle);
  const language = languageOf(who);
  const done = (error: Text | undefined): Done => (error ? { error: error[language] } : {});
  const rooms = () => tenant.rooms.filter(({ members }) => members.includes(who));

  /** Does something in a room that the member is in. */
  async function inRoom(id: string, does: (room: Room) => Promise<Done> | Done): Promise<Done> {
    const room = rooms().find((one) => one.id === id);
    return room ? does(room) : done(words.notHere);
  }

  /** Does something to a message that the member sees. */
  const onMessage = (id: string, message: string, does: (room: Room, found: Message) => Promise<Pressed>) =>
    inRoom(id, async (room) => {
      const found = visibleIn(stage, who, room).find((one) => one.id === message);
      if (!found) return done(words.gone);
      const { error, notice } = await does(room, found);
      return { ...done(error), ...(notice ? { notice } : {}) };
    });

  /** Where others are, text that begins with a slash is a picked command, as in Teams. */
  function say(room: Room, text: string, thread?: string): Done {
    if (room.kind === 'personal' || !text.startsWith('/')) write(stage, who, room, text, thread);
    else if (!pick(stage, who, room, text.slice(1), thread)) return done(words.noSuchCommand);
    return {};
  }

  async function submit(values: Readonly<Record<string, string>>): Promise<Done> {
    const dialog = dialogs.of(who.id);
    if (!dialog) return done(words.gone);
    const { held, error } = await submitDialog(stage, who, dialog, values);
    if (!held) return done(error);
    return { errors: Object.fromEntries(Object.entries(held).map(([id, text]) => [id, text[language]])) };
  }

  async function offers(input: string, text: string): Promise<Done> {
    const dialog = dialogs.of(who.id);
    const found = dialog?.card && inputsOf(dialog.card).find(({ id }) => id === input);
    if (!dialog || !found) return done(words.gone);
    const { choices, error } = await search(stage, who, dialog, found, text);
    return error ? done(error) : { choices: choices.map(({ title, value }) => ({ text: title, value })) };
  }

  return {
    scene() {
      const all = rooms();
      const dialog = dialogs.of(who.id);
      return {
        me: memberOf(who),
        members: tenant.accounts.map(memberOf),
        rooms: all.map((room) => roomSeen(stage, room)),
        messages: all
          .flatMap((room) => visibleIn(stage, who, room).slice(-mostOfRoom))
          .sort((a, b) => Number(a.id) - Number(b.id))
          .map((message) => messageSeen(stage, message)),
        dialog: dialog
          ? {
              id: dialog.id,
              title: dialog.title,
              card: dialog.card ? named(dialog.card) : null,
              message: dialog.message ?? null,
            }
          : null,
        faults: book.faults.slice(-mostFaults),
      };
    },
    async act(act) {
      switch (act.act) {
        case 'write':
          return inRoom(act.room, (room) => say(room, act.text, act.thread));
        case 'press':
          return onMessage(act.room, act.message, async (room, message) => {
            const action = actionNamed(message, act.action);
            if (!action) return { error: words.gone };
            return press(stage, { who, room, message, values: act.values ?? {} }, action);
          });
        case 'consent':
          return onMessage(act.room, act.message, (room, message) =>
            consent(stage, { who, room, message }, act.accepts),
          );
        case 'search':
          return offers(act.input, act.text);
        case 'submit':
          return submit(act.values);
        case 'close':
          dialogs.close(who.id);
          return {};
        case 'install':
          return inRoom(act.room, (room) => {
            install(stage, who, room, act.isThere);
            return {};
          });
      }
    },
    file(id) {
      const found = book.file(id);
      const isSeen = rooms().some((room) =>
        visibleIn(stage, who, room).some((message) => filesOf(message).includes(id)),
      );
      return found && isSeen ? { name: found.name, bytes: book.bytes(id) } : undefined;
    },
    drop: (id, name, bytes) =>
      inRoom(id, (room) => {
        drop(stage, who, room, name, Buffer.from(bytes));
        return {};
      }),
  };
}

function memberOf(account: Account): Member {
  const { handle, name, guest, tenant, anonymous } = account;
  const isFromElsewhere = guest || tenant !== undefined || anonymous;
  return { handle, name, part: isFromElsewhere ? 'guest' : 'employee', language: languageOf(account) };
}

function roomSeen({ tenant }: Stage, room: Room): TeamsRoom {
  const { id, name, kind, team } = room;
  return { id, name, kind, team: team?.name ?? null, bot: tenant.hasBot(room) };
}

function messageSeen({ tenant, book }: Stage, message: Message): TeamsMessage {
  const { id, room, thread = null, by, text, summary = null, attachments, edited, onlyFor } = message;
  const offered = attachments.find(({ contentType }) => contentType === FILE_CONSENT);
  const { sizeInBytes, description } = asJson(offered?.content);
  return {
    id,
    room,
    thread,
    by: { name: tenant.accountOf(by)?.name ?? BOT.name, bot: by === BOT.id },
    at: Number(id),
    text,
    summary,
    cards: cardsOf(message).map(named),
    offer: offered
      ? { name: offered.name ?? '', bytes: Number(sizeInBytes), description: String(description ?? '') }
      : null,
    files: filesOf(message).flatMap((file) => {
      const found = book.file(file);
      return found ? [{ id: file, name: found.name, bytes: found.size }] : [];
    }),
    onlyYou: onlyFor !== undefined,
    edited,
  };
}

/** The files that a message brings: those that somebody dropped, and those that the bot handed over. */
function filesOf({ files, attachments }: Message): string[] {
  const handed = attachments
    .filter(({ contentType }) => contentType === FILE_INFO)
    .map(({ content }) => String(asJson(content).uniqueId));
  return [...files, ...handed];
}

const nameOf = ({ id }: Action, index: number) => id ?? `action-${index}`;

/** The card with an id for every button. */
function named(card: Card): Shown {
  const names = new Map<unknown, string>(
    actionsOf(card).map(({ action }, index) => [action, nameOf(action, index)]),
  );
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.entries(value).map(([key, one]) => [key, copy(one)]);
    const name = names.get(value);
    return { ...Object.fromEntries(inner), ...(name === undefined ? {} : { id: name }) };
  };
  return copy(card) as Shown;
}

function actionNamed(message: Message, name: string): Action | undefined {
  return cardsOf(message)
    .flatMap((card) => actionsOf(card))
    .find(({ action }, index) => nameOf(action, index) === name)?.action;
}
