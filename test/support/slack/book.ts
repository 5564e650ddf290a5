import { interactiveOf } from './check.ts';
import type { Block, Json, Message, SlackCall, View } from './types.ts';

/** What the workspace looks like now: messages as edited in place, open modals, and every call that led there. */
export interface Book {
  /** The next moment on the clock that orders calls, messages and acts. */
  tick(): number;
  readonly now: number;
  readonly calls: SlackCall[];
  /** Sentences about what the program did that Slack would not have taken. */
  readonly faults: string[];
  /** Messages of a channel, oldest first, with those that only `reader` (an id) sees where one is given. */
  messages(channel: string, reader?: string): Message[];
  all(): Message[];
  find(channel: string, ts: string): Message | undefined;
  write(message: Omit<Message, 'changed' | 'edited' | 'blocks'> & { blocks?: unknown }): Message;
  edit(channel: string, ts: string, change: { text?: unknown; blocks?: unknown }): void;
  remove(channel: string, ts: string): void;
  /** The open modals of a person (an id), the topmost last. */
  views(user: string): View[];
  /** Shows `view` to a person: a known id replaces, otherwise it goes on top. */
  show(user: string, view: View): void;
  close(user: string, all: boolean): void;
  /** Replaces a modal by id, whoever has it open. */
  refresh(view: View): void;
}

/** An empty book. */
export function openBook(): Book {
  let moment = 0;
  const messages: Message[] = [];
  const views = new Map<string, View[]>();
  const at = (channel: string, ts: string) =>
    messages.findIndex((message) => message.channel === channel && message.ts === ts);

  const book: Book = {
    tick: () => ++moment,
    get now() {
      return moment;
    },
    calls: [],
    faults: [],
    messages: (channel, reader) =>
      messages.filter(
        ({ channel: where, ephemeralTo: only }) =>
          where === channel && (only === undefined || only === reader),
      ),
    all: () => [...messages],
    find: (channel, ts) => messages[at(channel, ts)],
    write(message) {
      const written = { ...message, blocks: withIds(message.blocks), edited: false, changed: ++moment };
      messages.push(written);
      return written;
    },
    edit(channel, ts, { text, blocks }) {
      const index = at(channel, ts);
      const old = messages[index];
      if (!old) return;
      messages[index] = {
        ...old,
        text: typeof text === 'string' ? text : old.text,
        blocks: withIds(blocks),
        edited: true,
        changed: ++moment,
      };
    },
    remove(channel, ts) {
      const index = at(channel, ts);
      if (index >= 0) messages.splice(index, 1);
    },
    views: (user) => views.get(user) ?? [],
    show(user, view) {
      const stack = views.get(user) ?? [];
      const index = stack.findIndex(({ id }) => id === view.id);
      const shown = { ...view, blocks: withIds(view.blocks) };
      views.set(user, index < 0 ? [...stack, shown] : stack.with(index, shown));
    },
    close(user, all) {
      views.set(user, all ? [] : (views.get(user) ?? []).slice(0, -1));
    },
    refresh(view) {
      for (const [user, stack] of views) {
        if (stack.some(({ id }) => id === view.id)) book.show(user, view);
      }
    },
  };
  return book;
}

/** Slack names blocks and elements that come without a name. */
function withIds(blocks: unknown): readonly Block[] {
  if (!Array.isArray(blocks)) return [];
  return (blocks as Block[]).map((block, index) => {
    const named: Json = { ...block, block_id: block.block_id ?? `b${index}` };
    if (interactiveOf(block).every(({ action_id: id }) => id !== undefined)) return named as unknown as Block;
    if (block.elements && block.type === 'actions') {
      named.elements = block.elements.map((element, n) => ({
        ...element,
        action_id: element.action_id ?? `a${n}`,
      }));
    }
    for (const key of ['element', 'accessory'] as const) {
      const element = block[key];
      if (element) named[key] = { ...element, action_id: element.action_id ?? 'a' };
    }
    return named as unknown as Block;
  });
}
