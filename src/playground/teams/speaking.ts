import { fileActivity, installationActivities, messageActivity, pickedActivity } from './activities.ts';
import { slashCommands } from './manifest.ts';
import { type Announced, announce, type Stage } from './stage.ts';
import type { Account, Room } from './tenant.ts';
import { isMentioned } from './text.ts';
import type { Message, SharedFile } from './types.ts';
import { languageOf } from './words.ts';

/** Whether the bot hears of what is written in a room: in a chat of its own of everything, elsewhere of what mentions it. */
function hears({ tenant }: Stage, room: Room, text: string): boolean {
  return tenant.hasBot(room) && (room.kind === 'personal' || isMentioned(text));
}

/** Writes in a room, or in a channel's thread. Undefined where the bot hears nothing of it. */
export function write(
  stage: Stage,
  who: Account,
  room: Room,
  text: string,
  thread?: string,
): Announced | undefined {
  const message = stage.book.write({ room: room.id, by: who.id, text, thread });
  if (!hears(stage, room, text)) return undefined;
  return announce(stage, messageActivity(stage, { who, room, thread: thread ?? message.id }, message));
}

/**
 * Picks a command after "/" where others are, with what is typed behind it: nobody else sees it. Undefined where Teams
 * offers no such command.
 */
export function pick(
  stage: Stage,
  who: Account,
  room: Room,
  text: string,
  thread?: string,
): Announced | undefined {
  const [command = ''] = text.split(/\s/);
  const offered = stage.tenant.hasBot(room) ? slashCommands(room.kind, languageOf(who)) : [];
  if (!offered.includes(command)) return undefined;
  const message = stage.book.write({ room: room.id, by: who.id, text, thread, onlyFor: who.id });
  return announce(stage, pickedActivity(stage, { who, room, thread: thread ?? message.id }, message));
}

export interface Dropped {
  readonly file: SharedFile;
  readonly message: Message;
  readonly announced: Announced | undefined;
}

/** Drops a file in a room, with a text beside it; in a channel the bot hears of it only where that mentions it. */
export function drop(
  stage: Stage,
  who: Account,
  room: Room,
  name: string,
  bytes: Buffer,
  text = '',
): Dropped {
  const { book, files } = stage;
  const file = files.keep(room.id, name, bytes);
  const message = book.write({ room: room.id, by: who.id, text, files: [file.id] });
  if (!hears(stage, room, text)) return { file, message, announced: undefined };
  const act = { who, room, thread: message.id };
  const activity = fileActivity(stage, act, message, file, files.downloadUrl(file));
  return { file, message, announced: announce(stage, activity) };
}

/** Installs the bot in a room (in all channels of a team), or removes it. It hears of both. */
export function install(stage: Stage, who: Account, room: Room, isThere: boolean): Announced[] {
  stage.book.states(room.installation, isThere);
  return installationActivities(stage, { who, room }, isThere).map((activity) => announce(stage, activity));
}
