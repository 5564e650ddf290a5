import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useSay } from '../say.ts';
import { useStore } from '../store.tsx';

export interface FrameParts {
  room: { readonly id: string };
  title: string;
  /** What stands above the messages. */
  head: ComponentChildren;
  /** What the program did that the platform would not have taken, and the platform's name. */
  faults: readonly string[];
  platform: string;
  /** The messages, and where one writes. */
  children(send: (files: Iterable<File>) => Promise<void>): ComponentChildren;
}

/** One conversation. A file may be dropped anywhere on it. */
export function Frame({ room, title, head, faults, platform, children }: FrameParts) {
  const { drop } = useStore();
  const say = useSay();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<string | null>(null);

  async function send(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      setSending(file.name);
      await drop(room.id, file.name, file);
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
      <div class="pane-head">{head}</div>
      <Faults faults={faults} platform={platform} />
      {children(send)}
      <p class="sending quiet" role="status">
        {sending !== null && say(`Laddar upp ${sending} …`, `Uploading ${sending} …`)}
      </p>
      {over && <p class="drop-here">{say(`Släpp filen i ${title}`, `Drop the file in ${title}`)}</p>}
    </section>
  );
}

/** What the program did that the platform would not have taken. */
function Faults({ faults, platform }: Pick<FrameParts, 'faults' | 'platform'>) {
  const say = useSay();
  if (faults.length === 0) return null;
  return (
    <details
      class="faults"
      aria-label={say(`Vad ${platform} inte hade godtagit`, `What ${platform} would not have taken`)}
    >
      <summary>
        {say(
          `${platform} hade inte godtagit allt (${faults.length})`,
          `${platform} would not have taken everything (${faults.length})`,
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
