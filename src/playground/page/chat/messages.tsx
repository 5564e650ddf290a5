import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatMessage, Member, Room, SlackSeen } from '../../wire.ts';
import { useSay } from '../say.ts';
import { useStore } from '../store.tsx';
import { Message } from './message.tsx';
import { dayOf, daysBetween } from './time.ts';

/** How far from its end the list may be and still follow what comes, in pixels. */
const nearEnd = 80;
/** Messages of one person that follow each other within this time stand together; the bot's are too long for that. */
const togetherMs = 5 * 60_000;

/** What somebody said, as far as a list of it must know. */
interface Listed {
  readonly id: string;
  readonly at: number;
}

interface Heard extends Listed {
  readonly by: { readonly name: string };
  readonly text: string;
}

export interface MessageListParts<T extends Listed> {
  room: { readonly id: string };
  me: Member;
  /** Oldest first. */
  items: readonly T[];
  /** What is told to whoever listens to the page; every message, oldest first. */
  heard: readonly Heard[];
  /** `before`: the item above, of the same day. */
  draw(item: T, before: T | undefined): ComponentChildren;
  /** What stands there while there is nothing else. */
  empty: string;
}

/** What was said in a room; it stays at its end while new messages come, unless somebody reads further up. */
export function MessageList<T extends Listed>(parts: MessageListParts<T>) {
  const { room, me, items, heard, draw, empty } = parts;
  const { dispatch } = useStore();
  const say = useSay();
  const list = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const last = heard.at(-1)?.id;

  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setBelow(true);
  }, [last]);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
  });
  useEffect(() => {
    if (last) dispatch({ type: 'seen', room: room.id, message: last });
  }, [room.id, last]);

  return (
    <div class="messages-frame">
      <section
        ref={list}
        class="messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label={say('Meddelanden', 'Messages')}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
          if (atEnd.current) setBelow(false);
        }}
      >
        {items.length === 0 && <p class="empty">{empty}</p>}
        {items.map((item, index) => {
          const before = items[index - 1];
          const sameDay = before && dayOf(before.at) === dayOf(item.at) ? before : undefined;
          return (
            <div key={item.id}>
              {!sameDay && <Day at={item.at} language={me.language} />}
              {draw(item, sameDay)}
            </div>
          );
        })}
      </section>
      <Announced messages={heard} me={me.name} />
      {below && (
        <button type="button" class="button small below" onClick={toEnd}>
          {say('Nya meddelanden', 'New messages')} <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );
}

/** What was said in a room of Slack. */
export function Messages({ room, scene }: { room: Room; scene: SlackSeen }) {
  const say = useSay();
  const messages = scene.messages.filter((message) => message.room === room.id);
  return (
    <MessageList
      room={room}
      me={scene.me}
      items={messages}
      heard={messages}
      draw={(message, before) => (
        <Message message={message} follows={before !== undefined && isTogether(before, message)} />
      )}
      empty={
        room.kind === 'direct'
          ? say('Här skriver du med boten, bara ni två.', 'Here you write with the bot, just the two of you.')
          : say(`Här börjar #${room.name}.`, `This is the beginning of #${room.name}.`)
      }
    />
  );
}

function isTogether(before: ChatMessage, message: ChatMessage): boolean {
  return !message.by.bot && before.by.name === message.by.name && message.at - before.at < togetherMs;
}

/** Says new messages of others to whoever listens to the page. */
function Announced({ messages, me }: { messages: readonly Heard[]; me: string }) {
  const known = useRef(messages.at(-1)?.id ?? '');
  const fresh = messages.filter(({ id, by }) => id > known.current && by.name !== me);
  const [heard, setHeard] = useState('');
  useEffect(() => {
    if (fresh.length > 0) setHeard(fresh.map(({ by, text }) => `${by.name}: ${text}`).join('\n'));
    known.current = messages.at(-1)?.id ?? '';
  });
  return (
    <p class="hidden" aria-live="polite">
      {heard}
    </p>
  );
}

function Day({ at, language }: { at: number; language: 'sv' | 'en' }) {
  const say = useSay();
  const days = daysBetween(at, Date.now());
  const near = [say('I dag', 'Today'), say('I går', 'Yesterday')][days];
  const date = new Intl.DateTimeFormat(language === 'sv' ? 'sv-SE' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at);
  return (
    <p class="day">
      <span>{near ?? date}</span>
    </p>
  );
}
