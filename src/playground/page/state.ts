import type { ChatMessage, MailHead, Sample, Scene, TeamsMessage, TourState } from '../wire.ts';
import { type Standpoint, writeAddress } from './address.ts';
import type { Memory } from './keep.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'fault' | 'plain';
}

/** Everything that the page shows. */
export interface State extends Memory {
  /** Where and who one is, and in which room, as the address says; undefined: the first room. */
  readonly at: Standpoint;
  readonly scene: Scene | null;
  readonly mail: readonly MailHead[];
  readonly samples: readonly Sample[];
  /** Null while nobody knows. */
  readonly tour: TourState | null;
  /** Whether the program is there. */
  readonly there: boolean;
  /** By `draftKey`. */
  readonly drafts: Readonly<Record<string, string>>;
  /** The draft that the tour wrote: its composer takes the focus. */
  readonly written: string | null;
  readonly toasts: readonly Toast[];
  /** What a phone shows. */
  readonly pane: 'chat' | 'mail';
  readonly mailSearch: string;
  readonly letter: string | null;
  /** Whose memory this is: the scene's. Null before the first scene. */
  readonly world: string | null;
}

export type Action =
  | { type: 'went'; at: Standpoint }
  | { type: 'world'; world: string; memory: Memory }
  | { type: 'scene'; scene: Scene }
  | { type: 'mail'; mail: readonly MailHead[] }
  | { type: 'samples'; samples: readonly Sample[] }
  | { type: 'there'; there: boolean }
  | { type: 'draft'; text: string }
  | { type: 'write'; at: Standpoint; text: string }
  | { type: 'focused' }
  | { type: 'toast'; toast: Toast }
  | { type: 'dismiss'; id: number }
  | { type: 'pane'; pane: State['pane'] }
  | { type: 'search mail'; text: string }
  /** The newest unread mail to somebody; while there is none, whatever they got. */
  | { type: 'open mail of'; address: string }
  | { type: 'open letter'; id: string }
  | { type: 'close letter' }
  | { type: 'seen'; room: string; message: string }
  | { type: 'tour'; tour: TourState }
  | { type: 'show tour'; shown: boolean };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'went':
      return settled({ ...state, at: action.at, toasts: [] });
    case 'world':
      return { ...state, ...action.memory, world: action.world, tour: null, drafts: {}, letter: null };
    case 'scene':
      if (!isFrom(action.scene, state.at)) return state;
      return settled({ ...state, scene: withKnown(state.scene, action.scene) });
    case 'mail':
      return { ...state, mail: action.mail };
    case 'samples':
      return { ...state, samples: action.samples };
    case 'there':
      return { ...state, there: action.there };
    case 'draft':
      return { ...state, drafts: { ...state.drafts, [draftKey(state.at)]: action.text } };
    case 'write':
      return {
        ...state,
        drafts: { ...state.drafts, [draftKey(action.at)]: action.text },
        written: draftKey(action.at),
        pane: 'chat',
      };
    case 'focused':
      return { ...state, written: null };
    case 'toast':
      return { ...state, toasts: [...state.toasts, action.toast] };
    case 'dismiss':
      return { ...state, toasts: state.toasts.filter(({ id }) => id !== action.id) };
    case 'pane':
      return { ...state, pane: action.pane };
    case 'search mail':
      return { ...state, mailSearch: action.text };
    case 'open mail of': {
      const newest = unread(state).find(({ to }) => to === action.address);
      return newest
        ? { ...opening(state, newest.id), mailSearch: '', pane: 'mail' }
        : { ...state, mailSearch: action.address, letter: null, pane: 'mail' };
    }
    case 'open letter':
      return opening(state, action.id);
    case 'close letter':
      return { ...state, letter: null };
    case 'seen':
      return { ...state, seen: { ...state.seen, [action.room]: action.message } };
    case 'tour':
      return JSON.stringify(action.tour) === JSON.stringify(state.tour)
        ? state
        : { ...state, tour: action.tour };
    case 'show tour':
      return { ...state, tourShown: action.shown };
  }
}

const opening = (state: State, id: string): State => ({
  ...state,
  letter: id,
  opened: [...new Set([...state.opened, id])],
});

/** The mails that nobody opened yet, newest first. */
export const unread = ({ mail, opened }: State): readonly MailHead[] =>
  mail.filter(({ id }) => !opened.includes(id));

/** Names the room that is looked at, as soon as it is known which rooms the person has. */
function settled(state: State): State {
  const { scene, at } = state;
  if (!scene || !isFrom(scene, at)) return state;
  return { ...state, at: { ...at, room: roomOf<{ name: string }>(scene, at)?.name } };
}

/** Whether a scene is what is seen from there: not what somebody else sees, nor of another chat. */
export const isFrom = ({ surface, me }: Scene, at: Standpoint) =>
  surface === at.surface && me.handle === at.handle;

/** A draft belongs to a person and a room. */
export const draftKey = (at: Standpoint): string => writeAddress(at);

/** The room that is looked at: the one of the address, else the first. */
export function roomOf<R extends { readonly name: string }>(
  { rooms }: { readonly rooms: readonly R[] },
  at: Standpoint,
): R | undefined {
  return rooms.find(({ name }) => name === at.room) ?? rooms[0];
}

/** Whether somebody else said something in a room since it was last looked at. */
export function isUnread({ scene, seen }: State, room: { readonly id: string }): boolean {
  const messages: readonly AnyMessage[] = scene?.messages ?? [];
  const last = messages.findLast((message) => message.room === room.id);
  return last !== undefined && last.by.name !== scene?.me.name && last.id > (seen[room.id] ?? '');
}

type AnyMessage = ChatMessage | TeamsMessage;

/** The scene; what did not change in it stays the very same objects, so that it need not be drawn again. */
function withKnown(before: Scene | null, now: Scene): Scene {
  const known = new Map<string, AnyMessage>(before?.messages.map((message) => [keyOf(message), message]));
  if (now.surface === 'slack') {
    return { ...now, messages: now.messages.map((message) => same(known.get(keyOf(message)), message)) };
  }
  return {
    ...now,
    messages: now.messages.map((message) => same(known.get(keyOf(message)), message)),
    dialog: same(before?.surface === 'teams' ? before.dialog : null, now.dialog),
  };
}

/** What is known already, where it says the same. */
function same<T>(known: unknown, now: T): T {
  return JSON.stringify(known) === JSON.stringify(now) ? (known as T) : now;
}

const keyOf = ({ room, id }: AnyMessage) => `${room} ${id}`;
