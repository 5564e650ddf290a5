import { useState } from 'preact/hooks';
import type { Scene } from '../../wire.ts';
import { useSay } from '../say.ts';
import { roomOf } from '../state.ts';
import { useStore } from '../store.tsx';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { Messages } from './messages.tsx';

/** One conversation. A file may be dropped anywhere on it. */
export function Room({ scene }: { scene: Scene }) {
  const { state, drop } = useStore();
  const say = useSay();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<string | null>(null);
  const room = roomOf(state);
  if (!room) return null;
  const title = room.kind === 'channel' ? `#${room.name}` : room.name;

  async function send(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      setSending(file.name);
      await drop(room?.id ?? '', file.name, file);
    }
    setSending(null);
  }

  return (
    <section
      class="room"
      aria-label={title}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void send(event.dataTransfer?.files ?? []);
      }}
    >
      <div class="pane-head">
        {room.kind === 'direct' && <Avatar name={room.name} bot small />}
        <h2>{title}</h2>
      </div>
      <Faults faults={scene.faults} />
      <Messages room={room} scene={scene} />
      <p class="sending quiet" role="status">
        {sending !== null && say(`Laddar upp ${sending} …`, `Uploading ${sending} …`)}
      </p>
      <Composer room={room} title={title} onFiles={send} />
      {over && <p class="drop-here">{say(`Släpp filen i ${title}`, `Drop the file in ${title}`)}</p>}
    </section>
  );
}

/** What the program did that Slack would not have taken. */
function Faults({ faults }: { faults: readonly string[] }) {
  const say = useSay();
  if (faults.length === 0) return null;
  return (
    <details
      class="faults"
      aria-label={say('Vad Slack inte hade godtagit', 'What Slack would not have taken')}
    >
      <summary>
        {say(
          `Slack hade inte godtagit allt (${faults.length})`,
          `Slack would not have taken everything (${faults.length})`,
        )}
      </summary>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </details>
  );
}
