import { useState } from 'preact/hooks';
import { formatSize } from '../../../rules/size.ts';
import type { TeamsMessage } from '../../wire.ts';
import { useLanguage, useSay } from '../say.ts';
import { useStore } from '../store.tsx';

/** A file that the bot offers: it is handed over where one allows it. */
export function Offer({
  message,
  offer,
}: {
  message: TeamsMessage;
  offer: NonNullable<TeamsMessage['offer']>;
}) {
  const { actInTeams } = useStore();
  const say = useSay();
  const language = useLanguage();
  const [busy, setBusy] = useState(false);

  async function answer(accepts: boolean): Promise<void> {
    if (busy) return;
    setBusy(true);
    await actInTeams({ act: 'consent', room: message.room, message: message.id, accepts });
    setBusy(false);
  }

  return (
    <div class="offer">
      <p>
        <b>{offer.name}</b> <span class="quiet">{formatSize(offer.bytes, language)}</span>
      </p>
      {offer.description && <p>{offer.description}</p>}
      <p class="helps">
        <button type="button" class="button primary" aria-busy={busy} onClick={() => void answer(true)}>
          {say('Tillåt', 'Allow')}
        </button>
        <button type="button" class="button" aria-busy={busy} onClick={() => void answer(false)}>
          {say('Avböj', 'Decline')}
        </button>
      </p>
    </div>
  );
}
