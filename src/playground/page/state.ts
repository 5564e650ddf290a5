import type { ChatMessage, MailHead, Room, Sample, Scene } from '../wire.ts';
import type { Standpoint } from './address.ts';
import type { Memory } from './keep.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'fault' | 'plain';
}

/** Everything that the page shows. */
export interface State extends Memory {
  /** Who acts, and in which room, as the address says; undefined: the first room. */
  readonly at: Standpoint;
  readonly scene: Scene | null;
  readonly mail: readonly MailHead[];
  readonly samples: readonly Sample[];
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
  | { type: 'open letter'; id: string }
  | { type: 'close letter' }
  | { type: 'seen'; room: string; message: string }
  | { type: 'tour'; tour: readonly number[] }
  | { type: 'show tour'; shown: boolean };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'went':
      return settled({ ...state, at: action.at, toasts: [] });
    case 'world':
      return { ...state, ...action.memory, world: action.world, drafts: {}, letter: null };
    case 'scene':
      if (action.scene.me.handle !== state.at.handle) return state;
      return settled({ ...state, scene: { ...action.scene, messages: reuse(state.scene, action.scene) } });
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
      return { ...state, mailSearch: action.text, letter: null, pane: 'mail' };
    case 'open letter':
      return { ...state, letter: action.id, opened: [...new Set([...state.opened, action.id])] };
    case 'close letter':
      return { ...state, letter: null };
    case 'seen':
      return { ...state, seen: { ...state.seen, [action.room]: action.message } };
    case 'tour':
      return { ...state, tour: action.tour };
    case 'show tour':
      return { ...state, tourShown: action.shown };
  }
}

/** Names the room that is looked at, as soon as it is known which rooms the person has. */
function settled(state: State): State {
  const { scene, at } = state;
  if (scene?.me.handle !== at.handle) return state;
  return { ...state, at: { ...at, room: roomOf(state)?.name } };
}

/** A draft belongs to a person and a room. */
export const draftKey = ({ handle, room }: Standpoint): string => `${handle}/${room ?? ''}`;

/** The room that is looked at: the one of the address, else the first. */
export function roomOf({ scene, at }: State): Room | undefined {
  return scene?.rooms.find(({ name }) => name === at.room) ?? scene?.rooms[0];
}

/** Whether somebody else said something in a room since it was last looked at. */
export function isUnread({ scene, seen }: State, room: Room): boolean {
  const last = scene?.messages.findLast((message) => message.room === room.id);
  return last !== undefined && last.by.name !== scene?.me.name && last.id > (seen[room.id] ?? '');
}

/** Messages that did not change stay the very same objects, so that they need not be drawn again. */
function reuse(before: Scene | null, now: Scene): readonly ChatMessage[] {
  const known = new Map(before?.messages.map((message) => [keyOf(message), message]));
  return now.messages.map((message) => {
    const old = known.get(keyOf(message));
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
}

const keyOf = ({ room, id }: ChatMessage) => `${room} ${id}`;

/** The messages that a scene has and an earlier one of the same person and world did not have, or had otherwise. */
export function freshMessages(before: Scene | null, now: Scene): readonly ChatMessage[] {
  if (!before || before.me.handle !== now.me.handle || before.world !== now.world) return [];
  const known = new Set(before.messages);
  return now.messages.filter((message) => !known.has(message));
}
