import { type Book, openBook as openAny } from '../local/book.ts';
import { withIds } from './naming.ts';
import type { Message, Said, SharedFile } from './types.ts';

/** A message that is about to be written: by the bot in its own words, or by a person. */
export interface Draft {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: unknown;
  readonly files?: readonly string[];
  readonly ephemeralTo?: string | undefined;
}

/** What was said in the workspace, in Slack's own words. */
export interface SlackBook extends Book<Said, SharedFile> {
  /** Messages of a channel, oldest first, with those that only `reader` (an id) sees where one is given. */
  messages(channel: string, reader?: string): Message[];
  at(channel: string, ts: string): Message | undefined;
  /** Writes a message under a `ts` of its own, or the given one. */
  write(draft: Draft, ts?: string): Message;
  /** Changes text and blocks in place; blocks that are not given are gone. */
  edit(channel: string, ts: string, change: { text?: unknown; blocks?: unknown }): Message | undefined;
  erase(channel: string, ts: string): void;
  /** Whether the bot was invited to a channel. */
  joined(channel: string): boolean;
  join(channel: string): void;
  /** A `ts` that nothing has, later than all others. */
  nextTs(): string;
}

const keyOf = ({ channel, ts }: { channel: string; ts: string }) => `${channel} ${ts}`;

/** An empty book, or what the journal at `path` holds. */
export function openBook(path?: string): SlackBook {
  const book = openAny<Said, SharedFile>({ keyOf, path });
  /** Microseconds since the epoch. */
  let lastTs = book.all().reduce((latest, { ts }) => Math.max(latest, Math.round(Number(ts) * 1e6)), 0);
  const at = (channel: string, ts: string) => book.find(keyOf({ channel, ts }));
  const nextTs = () => {
    lastTs = Math.max(lastTs + 1, Date.now() * 1_000);
    return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
  };

  return Object.assign(book, {
    at,
    nextTs,
    messages: (channel: string, reader?: string) =>
      book
        .all()
        .filter(
          ({ channel: where, ephemeralTo: only }) =>
            where === channel && (only === undefined || only === reader),
        ),
    write({ blocks, files = [], ephemeralTo, ...said }: Draft, ts = nextTs()) {
      return book.put({ ...said, ts, blocks: withIds(blocks), files, ephemeralTo, edited: false });
    },
    edit(channel: string, ts: string, { text, blocks }: { text?: unknown; blocks?: unknown }) {
      const old = at(channel, ts);
      if (!old) return undefined;
      const { changed: _, ...kept } = old;
      const said = { text: typeof text === 'string' ? text : old.text, blocks: withIds(blocks) };
      return book.put({ ...kept, ...said, edited: true });
    },
    erase: (channel: string, ts: string) => book.remove(keyOf({ channel, ts })),
    joined: (channel: string) => book.fact(`joined ${channel}`) ?? false,
    join: (channel: string) => book.states(`joined ${channel}`, true),
  });
}
