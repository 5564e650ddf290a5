import { type Book, openBook as openAny } from '../local/book.ts';
import type { Message, Said, SharedFile } from './types.ts';

/** What is written about a message that is about to be. */
export type Draft = Pick<Said, 'room' | 'by'> & Partial<Omit<Said, 'room' | 'by' | 'edited'>>;

/** What was said in the tenant, in Teams' own words. */
export interface TeamsBook extends Book<Said, SharedFile> {
  /** Messages of a room, oldest first. */
  messages(room: string): Message[];
  at(room: string, id: string): Message | undefined;
  /** Writes a message under an id of its own. */
  write(draft: Draft): Message;
  /** Puts something else in a message's place. */
  edit(message: Message, change: Pick<Said, 'text' | 'summary' | 'attachments'>): Message;
  erase(message: Message): void;
}

const keyOf = ({ room, id }: { room: string; id: string }) => `${room} ${id}`;

/** An empty book, or what the journal at `path` holds. */
export function openBook(path?: string): TeamsBook {
  const book = openAny<Said, SharedFile>({ keyOf, path });
  /** Teams names messages by when they were written, in milliseconds. */
  let last = book.all().reduce((latest, { id }) => Math.max(latest, Number(id)), 0);

  return Object.assign(book, {
    messages: (room: string) => book.all().filter((message) => message.room === room),
    at: (room: string, id: string) => book.find(keyOf({ room, id })),
    write(draft: Draft) {
      last = Math.max(last + 1, Date.now());
      return book.put({
        id: String(last),
        thread: undefined,
        text: '',
        summary: undefined,
        attachments: [],
        files: [],
        ...draft,
        edited: false,
      });
    },
    edit({ changed: _, ...kept }: Message, change: Pick<Said, 'text' | 'summary' | 'attachments'>) {
      return book.put({ ...kept, ...change, edited: true });
    },
    erase: (message: Message) => book.remove(keyOf(message)),
  });
}
