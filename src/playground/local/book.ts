import { openJournal } from '../journal.ts';
import { type Bytes, bytesInFolder, bytesInMemory } from './bytes.ts';
import type { Json } from './types.ts';

/** A message as it stands now; `changed` is the moment of its last change, on the clock that also counts calls and acts. */
export type Stamped<Message> = Message & { readonly changed: number };

/** What the journal holds: every change that a restart must know of. */
type Entry<Message, File> =
  | { is: 'message'; message: Message }
  | { is: 'removed'; key: string }
  | { is: 'file'; file: File }
  | { is: 'fact'; name: string; holds: boolean }
  | { is: 'event'; id: string; payload: Json }
  | { is: 'taken'; id: string };

/** What was said in a local chat, as it stands now: messages as edited in place, files, and events under way. */
export interface Book<Message, File> {
  /** The next moment on the clock that orders calls, messages and acts. */
  tick(): number;
  readonly now: number;
  /** Sentences about what the program did that the platform would not have taken; the last few hundred. */
  readonly faults: string[];
  fault(...sentences: string[]): void;
  /** Every message, in the order in which they were first written. */
  all(): Stamped<Message>[];
  find(key: string): Stamped<Message> | undefined;
  /** Writes a message, in place of the one that has its key. */
  put(message: Message): Stamped<Message>;
  remove(key: string): void;
  keepFile(file: File, bytes: Buffer): void;
  file(id: string): File | undefined;
  bytes(id: string): Buffer;
  /** Whether something holds that can come and go, such as the bot's part in a room; undefined where nobody said. */
  fact(name: string): boolean | undefined;
  states(name: string, holds: boolean): void;
  /** An event is on its way to the bot: until it is `taken`, a restart sends it again. */
  send(id: string, payload: Json): void;
  taken(id: string): void;
  /** The events under way, oldest first. */
  underWay(): { id: string; payload: Json }[];
  /** Tells those who look on that something changed. */
  changed(): void;
  onChange(listener: () => void): () => void;
  close(): void;
}

const mostFaults = 300;

/** An empty book, or (with the path of a journal, NAME.jsonl) what it holds; files lie beside it, in NAME-files. */
export function openBook<Message, File extends { readonly id: string }>({
  keyOf,
  path,
}: {
  keyOf(message: Message): string;
  path?: string | undefined;
}): Book<Message, File> {
  const store: Bytes =
    path === undefined ? bytesInMemory() : bytesInFolder(path.replace(/\.jsonl$|$/, '-files'));
  const listeners = new Set<() => void>();
  const messages = new Map<string, Stamped<Message>>();
  const files = new Map<string, File>();
  const facts = new Map<string, boolean>();
  const events = new Map<string, Json>();
  const faults: string[] = [];
  let moment = 0;

  function apply(entry: Entry<Message, File>): void {
    switch (entry.is) {
      case 'message':
        messages.set(keyOf(entry.message), { ...entry.message, changed: ++moment });
        break;
      case 'removed':
        messages.delete(entry.key);
        break;
      case 'file':
        files.set(entry.file.id, entry.file);
        break;
      case 'fact':
        facts.set(entry.name, entry.holds);
        break;
      case 'event':
        events.set(entry.id, entry.payload);
        break;
      case 'taken':
        events.delete(entry.id);
        break;
    }
  }

  const journal =
    path === undefined ? undefined : openJournal<Entry<Message, File>>(path, { apply, standing });

  function happens(entry: Entry<Message, File>): void {
    if (journal) journal.write(entry);
    else apply(entry);
    if (entry.is !== 'event' && entry.is !== 'taken') book.changed();
  }

  function* standing(): Iterable<Entry<Message, File>> {
    for (const { changed: _, ...message } of messages.values()) {
      yield { is: 'message', message: message as Message };
    }
    for (const file of files.values()) yield { is: 'file', file };
    for (const [name, holds] of facts) yield { is: 'fact', name, holds };
    for (const [id, payload] of events) yield { is: 'event', id, payload };
  }

  const book: Book<Message, File> = {
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
    all: () => [...messages.values()],
    find: (key) => messages.get(key),
    put(message) {
      happens({ is: 'message', message });
      return { ...message, changed: moment };
    },
    remove: (key) => happens({ is: 'removed', key }),
    keepFile(file, bytes) {
      store.keep(file.id, bytes);
      happens({ is: 'file', file });
    },
    file: (id) => files.get(id),
    bytes: (id) => store.read(id),
    fact: (name) => facts.get(name),
    states: (name, holds) => happens({ is: 'fact', name, holds }),
    send: (id, payload) => happens({ is: 'event', id, payload }),
    taken: (id) => happens({ is: 'taken', id }),
    underWay: () => [...events].map(([id, payload]) => ({ id, payload })),
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
  return book;
}
