import type { Text } from '../../rules/language.ts';
import type { Who } from '../local/types.ts';
import type { Act, ChatMessage, ChatScene, Done, Form, Member, Room, Spot } from '../wire.ts';
import { decodeEntities } from './encode.ts';
import { limits } from './limits.ts';
import { elementsAt, type Found, leastTyped, optionOf, suggest, use } from './pressing.ts';
import { drop, typeCommand, write } from './speaking.ts';
import { placeOf, type Stage, visibleIn } from './stage.ts';
import { closeModal, submit } from './submitting.ts';
import type { Message, SlackPerson, TextObject, View } from './types.ts';
import { actionError, languageOf, words } from './words.ts';
import { BOT } from './workspace.ts';

/** What one member sees and does, as the page shows it. */
export interface Client {
  scene(): ChatScene;
  act(act: Act): Promise<Done>;
  /** Drops a file on a room. */
  drop(room: string, name: string, bytes: Uint8Array): Promise<Done>;
  /** A file that a message brings; undefined where the member sees no such message. */
  file(id: string): { name: string; bytes: Buffer } | undefined;
}

const mostOfRoom = 100;
const mostFaults = 20;

/** The client of the member with this handle. Throws where nobody has it. */
export function clientOf(stage: Stage, handle: string): Client {
  const { workspace, book, modals } = stage;
  const who: Who = { id: workspace.idOf(handle), handle };
  const person = personOf(stage, who.id);
  const language = languageOf(person);
  const direct = workspace.conversationOf(who.id, BOT.user);
  const top = () => modals.stack(who.id).at(-1);
  const isIn = (room: string) => workspace.isIn(room, who.id);
  const done = (error: Text | undefined): Done => (error ? { error: error[language] } : {});

  function rooms(): Room[] {
    const channels = workspace.channelIds.filter(isIn).map((id): Room => {
      return { id, name: workspace.channel(id)?.name ?? '', kind: 'channel' };
    });
    return [...channels, { id: direct, name: BOT.name, kind: 'direct' }];
  }

  function elementAt({ room, message: ts, block, action }: Spot): Found | undefined {
    const view = top();
    const message = visibleIn(stage, who, room ?? '').find((one) => one.ts === ts);
    const at = room === undefined ? view && { view } : message && { message };
    return (
      at &&
      elementsAt(at).find((found) => found.block.block_id === block && found.element.action_id === action)
    );
  }

  /** Text that begins with a slash is a command, as in Slack. */
  async function say(room: string, typed: string): Promise<Done> {
    if (!isIn(room)) return done(words.notHere);
    if (typed.startsWith('/'))
      return done((await typeCommand(stage, who, placeOf(stage, room), typed)).error);
    if (typed.trim() === '') return {};
    if (typed.length > limits.message.text) return done(words.tooLong(limits.message.text));
    write(stage, who, placeOf(stage, room), typed.trim());
    return {};
  }

  async function press(at: Spot, value?: string): Promise<Done> {
    const found = elementAt(at);
    if (!found) return done(words.gone);
    const option = value === undefined ? undefined : optionOf(stage, found, value);
    if (value !== undefined && !option) return done(words.noSuchOption);
    return done(actionError(await use(stage, who, found, option)));
  }

  async function search(at: Spot, text: string): Promise<Done> {
    const found = elementAt(at);
    if (!found) return done(words.gone);
    if (text.length < leastTyped(found.element)) return { choices: [] };
    const { options, error } = await suggest(stage, who, found, text);
    if (error) return done(error);
    const choices = options.map((option) => ({
      text: shown(option.text),
      value: option.value ?? '',
      ...(option.description ? { description: shown(option.description) } : {}),
    }));
    return { choices };
  }

  async function send({ values }: Extract<Act, { act: 'submit' }>): Promise<Done> {
    const view = top();
    if (!view) return done(words.gone);
    const { held, errors, error } = await submit(stage, who, view, values);
    if (error) return done(error);
    if (!held) return errors ? { errors } : {};
    return {
      errors: Object.fromEntries(Object.entries(held).map(([block, text]) => [block, text[language]])),
    };
  }

  async function close(): Promise<Done> {
    const view = top();
    if (view) await closeModal(stage, who, view);
    return {};
  }

  return {
    scene() {
      const all = rooms();
      const said = all.flatMap(({ id }) => visibleIn(stage, who, id).slice(-mostOfRoom));
      const view = top();
      return {
        me: memberOf(person),
        members: workspace.people.filter(({ bot }) => !bot).map(memberOf),
        rooms: all,
        messages: said
          .sort((a, b) => Number(a.ts) - Number(b.ts))
          .map((message) => chatMessage(stage, message)),
        form: view ? formOf(view) : null,
        faults: book.faults.slice(-mostFaults),
      };
    },
    async act(act) {
      switch (act.act) {
        case 'command':
          return say(act.room, act.line);
        case 'write':
          return say(act.room, act.text);
        case 'press':
          return press(act.at);
        case 'choose':
          return press(act.at, act.value);
        case 'search':
          return search(act.at, act.text);
        case 'submit':
          return send(act);
        case 'close':
          return close();
      }
    },
    file(id) {
      const found = book.file(id);
      const isSeen = rooms().some((room) =>
        visibleIn(stage, who, room.id).some(({ files }) => files.includes(id)),
      );
      return found && isSeen ? { name: found.name, bytes: book.bytes(id) } : undefined;
    },
    async drop(room, name, bytes) {
      if (!isIn(room)) return done(words.notHere);
      drop(stage, who, placeOf(stage, room), name, Buffer.from(bytes));
      return {};
    },
  };
}

function personOf({ workspace }: Stage, id: string): SlackPerson {
  const person = workspace.personOf(id);
  if (!person) throw new Error(`${id} is nobody here`);
  return person;
}

function memberOf(person: SlackPerson): Member {
  const { handle, name, guest, admin } = person;
  const part = guest ? 'guest' : admin ? 'administrator' : 'employee';
  return { handle, name, part, language: languageOf(person) };
}

function chatMessage({ workspace, book }: Stage, message: Message): ChatMessage {
  const { ts, channel, user, text, blocks, ephemeralTo, edited, files } = message;
  const person = workspace.personOf(user);
  return {
    id: ts,
    room: channel,
    by: { name: person?.name ?? BOT.name, bot: person === undefined || person.bot === true },
    at: Math.floor(Number(ts) * 1_000),
    text,
    blocks,
    onlyYou: ephemeralTo !== undefined,
    edited,
    files: files.flatMap((id) => {
      const file = book.file(id);
      return file ? [{ id, name: file.name, bytes: file.size }] : [];
    }),
  };
}

function formOf({ id, title, submit: yes, close: no, blocks }: View): Form {
  return { id, title: title ?? { text: '' }, submit: yes ?? null, close: no ?? null, blocks };
}

function shown({ text }: TextObject): string {
  return decodeEntities(text);
}
