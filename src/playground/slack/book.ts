import { type Journal, openJournal } from '../journal.ts';
import { type Bytes, bytesInFolder, bytesInMemory } from './bytes.ts';
import { withIds } from './naming.ts';
import type { Json, Message, SharedFile } from './types.ts';

/** What the journal holds: every change that a restart must know of. */
type Entry =
  | { is: 'message'; message: Omit<Message, 'changed'> }
  | { is: 'removed'; channel: string; ts: string }
  | { is: 'file'; file: SharedFile }
  | { is: 'joined'; channel: string }
  | { is: 'event'; id: string; payload: Json }
  | { is: 'taken'; id: string };

/** A message that is about to be written: by the bot in its own words, or by a person. */
export interface Draft {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly blocks?: unknown;
  readonly files?: readonly string[];
  readonly ephemeralTo?: string | undefined;
}

/** What was said in the workspace, as it stands now: messages as edited in place, files, and events under way. */
export interface Book {
  /** The next moment on the clock that orders calls, messages and acts. */
  tick(): number;
  readonly now: number;
  /** Sentences about what the program did that Slack would not have taken; the last few hundred. */
  readonly faults: string[];
  fault(...sentences: string[]): void;
  /** Messages of a channel, oldest first, with those that only `reader` (an id) sees where one is given. */
  messages(channel: string, reader?: string): Message[];
  all(): Message[];
  find(channel: string, ts: string): Message | undefined;
  /** Writes a message under a `ts` of its own, or the given one. */
  write(draft: Draft, ts?: string): Message;
  /** Changes text and blocks in place; blocks that are not given are gone. */
  edit(channel: string, ts: string, change: { text?: unknown; blocks?: unknown }): Message | undefined;
  remove(channel: string, ts: string): void;
  keepFile(file: SharedFile, bytes: Buffer): void;
  file(id: string): SharedFile | undefined;
  bytes(id: string): Buffer;
  /** Whether the bot was invited to a channel. */
  joined(channel: string): boolean;
  join(channel: string): void;
  /** An event is on its way to the bot: until it is `taken`, a restart sends it again. */
  send(id: string, payload: Json): void;
  taken(id: string): void;
  /** The events under way, oldest first. */
  underWay(): Json[];
  /** A `ts` that nothing has, later than all others. */
  nextTs(): string;
  /** Tells those who look on that something changed. */
  changed(): void;
  onChange(listener: () => void): () => void;
  close(): void;
}

const mostFaults = 300;

/** An empty book, or (with the path of a journal, NAME.jsonl) what it holds; files lie beside it, in NAME-files. */
export function openBook(path?: string): Book {
  const journal: Journal<Entry> | undefined = path === undefined ? undefined : openJournal(path);
  const store: Bytes =
    path === undefined ? bytesInMemory() : bytesInFolder(path.replace(/\.jsonl$|$/, '-files'));
  const listeners = new Set<() => void>();
  const messages = new Map<string, Message>();
  const files = new Map<string, SharedFile>();
  const joined = new Set<string>();
  const events = new Map<string, Json>();
  const faults: string[] = [];
  let moment = 0;
  /** Microseconds since the epoch. */
  let lastTs = 0;

  function apply(entry: Entry): void {
    switch (entry.is) {
      case 'message': {
        const { message } = entry;
        messages.set(keyOf(message), { ...message, ephemeralTo: message.ephemeralTo, changed: ++moment });
        lastTs = Math.max(lastTs, Math.round(Number(message.ts) * 1e6));
        break;
      }
      case 'removed':
        messages.delete(keyOf(entry));
        break;
      case 'file':
        files.set(entry.file.id, entry.file);
        break;
      case 'joined':
        joined.add(entry.channel);
        break;
      case 'event':
        events.set(entry.id, entry.payload);
        break;
      case 'taken':
        events.delete(entry.id);
        break;
    }
  }

  function happens(entry: Entry): void {
    journal?.append(entry);
    apply(entry);
    if (entry.is !== 'event' && entry.is !== 'taken') book.changed();
  }

  function* standing(): Iterable<Entry> {
    for (const { changed: _, ...message } of messages.values()) yield { is: 'message', message };
    for (const file of files.values()) yield { is: 'file', file };
    for (const channel of joined) yield { is: 'joined', channel };
    for (const [id, payload] of events) yield { is: 'event', id, payload };
  }

  const book: Book = {
    tick: () => ++moment,
    get now() {
      return moment;
    },
    faults,
    fault(...sentences) {
      faults.push(...sentences);
      faults.splice(0, faults.length - mostFaults);
      if (sentences.length > 0) book.changed();
    },
    messages: (channel, reader) =>
      book
        .all()
        .filter(
          ({ channel: where, ephemeralTo: only }) =>
            where === channel && (only === undefined || only === reader),
        ),
    all: () => [...messages.values()],
    find: (channel, ts) => messages.get(keyOf({ channel, ts })),
    write({ channel, user, text, blocks, files: shared = [], ephemeralTo }, ts = book.nextTs()) {
      const said = { channel, ts, user, text, blocks: withIds(blocks), files: shared };
      happens({ is: 'message', message: { ...said, ephemeralTo, edited: false } });
      return { ...said, ephemeralTo, edited: false, changed: moment };
    },
    edit(channel, ts, { text, blocks }) {
      const old = book.find(channel, ts);
      if (!old) return undefined;
      const { changed: _, ...kept } = old;
      const said = { text: typeof text === 'string' ? text : old.text, blocks: withIds(blocks) };
      happens({ is: 'message', message: { ...kept, ...said, edited: true } });
      return book.find(channel, ts);
    },
    remove: (channel, ts) => happens({ is: 'removed', channel, ts }),
    keepFile(file, bytes) {
      store.keep(file.id, bytes);
      happens({ is: 'file', file });
    },
    file: (id) => files.get(id),
    bytes: (id) => store.read(id),
    joined: (channel) => joined.has(channel),
    join: (channel) => happens({ is: 'joined', channel }),
    send: (id, payload) => happens({ is: 'event', id, payload }),
    taken: (id) => happens({ is: 'taken', id }),
    underWay: () => [...events.values()],
    nextTs() {
      lastTs = Math.max(lastTs + 1, Date.now() * 1_000);
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
    },
    changed() {
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      listeners.clear();
      journal?.close();
    },
  };
  for (const entry of journal?.read() ?? []) apply(entry);
  journal?.compact(standing());
  return book;
}

function keyOf({ channel, ts }: { channel: string; ts: string }): string {
  return `${channel} ${ts}`;
}
