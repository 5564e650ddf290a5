import { useEffect, useRef, useState } from 'preact/hooks';
import type { TeamsDialog as Shown } from '../../wire.ts';
import { Dialog } from '../dialog.tsx';
import { useSay } from '../say.ts';
import { useStore } from '../store.tsx';
import { Card } from './card.tsx';
import type { Values } from './draw.ts';

/** A dialog of the bot's: what was typed stays while it looks at it, and faults stand at their fields. */
export function TeamsDialog({ dialog }: { dialog: Shown }) {
  const { actInTeams } = useStore();
  const say = useSay();
  const body = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState<readonly string[]>([]);
  useEffect(() => {
    body.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, []);

  async function submit(values: Values): Promise<void> {
    const { errors = {} } = await actInTeams({ act: 'submit', values });
    setHeld(Object.values(errors));
  }

  const close = () => void actInTeams({ act: 'close' });
  const { card } = dialog;
  return (
    <Dialog
      title={dialog.title || 'vc-bot'}
      onClose={close}
      closeLabel={say('Stäng', 'Close')}
      foot={
        !card && (
          <button type="button" class="button primary" onClick={close}>
            OK
          </button>
        )
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field presses the card's own button */}
      <div
        ref={body}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.defaultPrevented) return;
          if (!(event.target instanceof HTMLInputElement)) return;
          event.preventDefault();
          body.current?.querySelector<HTMLElement>('.ac-pushButton')?.click();
        }}
      >
        {card ? (
          <Card
            card={card}
            press={(_, values) => submit(values)}
            open={(url) => void window.open(url, '_blank', 'noopener')}
            search={async (input, text) => (await actInTeams({ act: 'search', input, text })).choices ?? []}
            onDrawn={([first]) => first?.focus()}
          />
        ) : (
          <p class="text">{dialog.message}</p>
        )}
        {held.map((fault) => (
          <p key={fault} class="error" role="alert">
            {fault}
          </p>
        ))}
      </div>
    </Dialog>
  );
}
