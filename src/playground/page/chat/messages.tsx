import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatMessage, Room, Scene } from '../../wire.ts';
import { useSay } from '../say.ts';
import { useStore } from '../store.tsx';
import { Message } from './message.tsx';
import { dayOf, daysBetween } from './time.ts';

/** How far from its end the list may be and still follow what comes, in pixels. */
const nearEnd = 80;
/** Messages of one person that follow each other within this time stand together. */
const togetherMs = 5 * 60_000;

/** What was said in a room, oldest first; it stays at its end while new messages come, unless somebody reads further up. */
export function Messages({ room, scene }: { room: Room; scene: Scene }) {
  const { dispatch } = useStore();
  const say = useSay();
  const list = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(false);
  const messages = scene.messages.filter((message) => message.room === room.id);
  const last = messages.at(-1)?.id;

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
        {messages.length === 0 && <Empty room={room} />}
        {messages.map((message, index) => {
          const before = messages[index - 1];
          const newDay = !before || dayOf(before.at) !== dayOf(message.at);
          return (
            <div key={message.id}>
              {newDay && <Day at={message.at} language={scene.me.language} />}
              <Message message={message} follows={!newDay && isTogether(before, message)} />
            </div>
          );
        })}
      </section>
      <Heard messages={messages} me={scene.me.name} />
      {below && (
        <button type="button" class="button small below" onClick={toEnd}>
          {say('Nya meddelanden', 'New messages')} <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );
}

function isTogether(before: ChatMessage, message: ChatMessage): boolean {
  return (
    before.by.name === message.by.name &&
    before.onlyYou === message.onlyYou &&
    message.at - before.at < togetherMs
  );
}

/** Says new messages of others to whoever listens to the page. */
function Heard({ messages, me }: { messages: readonly ChatMessage[]; me: string }) {
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

function Empty({ room }: { room: Room }) {
  const say = useSay();
  return (
    <p class="empty">
      {room.kind === 'direct'
        ? say('Här skriver du med boten, bara ni två.', 'Here you write with the bot, just the two of you.')
        : say(`Här börjar #${room.name}.`, `This is the beginning of #${room.name}.`)}
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
