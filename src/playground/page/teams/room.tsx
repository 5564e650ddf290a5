import { useState } from 'preact/hooks';
import type { TeamsRoom as Place, TeamsMessage, TeamsSeen } from '../../wire.ts';
import { Avatar } from '../chat/avatar.tsx';
import { Composer } from '../chat/composer.tsx';
import { Frame } from '../chat/frame.tsx';
import { MessageList } from '../chat/messages.tsx';
import { useSay } from '../say.ts';
import { roomOf } from '../state.ts';
import { useStore } from '../store.tsx';
import { mention } from './links.ts';
import { Message } from './message.tsx';
import { suggest } from './suggest.ts';
import { type Thread, threadsOf } from './threads.ts';

/** One conversation in Teams. In a channel the bot hears of what mentions it, and threads are answered. */
export function TeamsRoom({ scene }: { scene: TeamsSeen }) {
  const { state, actInTeams } = useStore();
  const say = useSay();
  const [answered, setAnswered] = useState<Thread | null>(null);
  const room = roomOf(scene, state.at);
  if (!room) return null;
  const isChannel = room.kind === 'channel';
  const messages = scene.messages.filter((message) => message.room === room.id);
  const isMine = ({ by }: TeamsMessage) => !by.bot && by.name === scene.me.name;

  async function send(text: string) {
    const thread = answered ? { thread: answered.id } : {};
    const done = await actInTeams({ act: 'write', room: room?.id ?? '', text, ...thread });
    if (!done.error) setAnswered(null);
    return done;
  }

  const answerTo = (thread: Thread) => {
    setAnswered(thread);
    document.querySelector<HTMLElement>('.composer textarea')?.focus();
  };
  return (
    <Frame room={room} title={room.name} head={<Head room={room} />} faults={scene.faults} platform="Teams">
      {(sendFiles) => (
        <>
          <MessageList
            room={room}
            me={scene.me}
            items={threadsOf(messages)}
            heard={messages.map((message) => ({ ...message, text: message.text || (message.summary ?? '') }))}
            draw={(thread) => (
              <ThreadShown thread={thread} isMine={isMine} onAnswer={isChannel ? answerTo : undefined} />
            )}
            empty={emptyText(room, say)}
          />
          {answered && <Answering thread={answered} onEnd={() => setAnswered(null)} />}
          <Composer
            room={room}
            title={room.name}
            hint={
              isChannel
                ? say(
                    `Börja med ${mention} så hör boten dig, eller med / så ser bara du det`,
                    `Begin with ${mention}, and the bot hears you; or with /, and only you see it`,
                  )
                : say('hjälp visar vad boten kan', 'help shows what the bot can do')
            }
            suggest={(text) => suggest(text, room, say)}
            takesFirst={(text) => text.startsWith('/') && room.kind !== 'personal'}
            send={send}
            onFiles={sendFiles}
            tools={(begin) =>
              isChannel && (
                <button
                  type="button"
                  class="clip"
                  aria-label={say('Nämn boten', 'Mention the bot')}
                  onClick={() => begin(`${mention} `)}
                >
                  <span aria-hidden="true">@</span>
                </button>
              )
            }
          />
        </>
      )}
    </Frame>
  );
}

function emptyText({ kind, name, bot }: Place, say: ReturnType<typeof useSay>): string {
  if (kind === 'personal') {
    return say('Här skriver du med boten, bara ni två.', 'Here you write with the bot, just the two of you.');
  }
  return bot
    ? say(
        `Det här är kanalen ${name}. Nämn boten med ${mention} för att fråga den något.`,
        `This is the channel ${name}. Mention the bot with ${mention} to ask it something.`,
      )
    : say(`Det här är kanalen ${name}.`, `This is the channel ${name}.`);
}

/** Where one is, and whether the bot is there too. */
function Head({ room }: { room: Place }) {
  const { actInTeams } = useStore();
  const say = useSay();
  const install = () => void actInTeams({ act: 'install', room: room.id, isThere: true });
  return (
    <>
      {room.kind === 'personal' ? <Avatar name={room.name} bot small /> : null}
      <h2>{room.name}</h2>
      {room.team && <span class="quiet team">{room.team}</span>}
      {!room.bot && (
        <button type="button" class="button small add-bot" onClick={install}>
          {say('Lägg till boten i teamet', 'Add the bot to the team')}
        </button>
      )}
    </>
  );
}

interface ThreadParts {
  thread: Thread;
  isMine(message: TeamsMessage): boolean;
  /** Undefined where nothing is answered. */
  onAnswer: ((thread: Thread) => void) | undefined;
}

function ThreadShown({ thread, isMine, onAnswer }: ThreadParts) {
  const say = useSay();
  if (!onAnswer) {
    return (
      <>
        {thread.messages.map((message) => (
          <Message key={message.id} message={message} mine={isMine(message)} />
        ))}
      </>
    );
  }
  return (
    <section class="thread" aria-label={say('Tråd', 'Thread')}>
      {thread.messages.map((message) => (
        <Message key={message.id} message={message} mine={false} />
      ))}
      <button type="button" class="plain-button answer" onClick={() => onAnswer(thread)}>
        {say('Svara i tråden', 'Reply in thread')}
      </button>
    </section>
  );
}

/** Says which thread is being answered. */
function Answering({ thread, onEnd }: { thread: Thread; onEnd(): void }) {
  const say = useSay();
  const [first] = thread.messages;
  const name = first?.by.name ?? '';
  return (
    <p class="answering quiet">
      <span>
        {say(`Du svarar i tråden som ${name} började.`, `You are replying in the thread that ${name} began.`)}
      </span>
      <button type="button" class="close" aria-label={say('Svara inte', 'Do not reply')} onClick={onEnd}>
        <span aria-hidden="true">✕</span>
      </button>
    </p>
  );
}
