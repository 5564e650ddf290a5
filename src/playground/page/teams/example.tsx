import type { DrawnForTeams } from '../../wire.ts';
import { Card } from './card.tsx';

const idle = { press: async () => {}, open: () => {} };

/** An example of what the bot says, as Teams shows it. */
export function TeamsExample({ drawn }: { drawn: DrawnForTeams }) {
  return (
    <div class="bubble">
      {'title' in drawn && (
        <p class="by">
          <b>{drawn.title}</b>
        </p>
      )}
      <Card card={drawn.card} {...idle} />
    </div>
  );
}
