import { memo } from 'preact/compat';
import type { TeamsMessage } from '../../wire.ts';
import { Avatar } from '../chat/avatar.tsx';
import { File } from '../chat/message.tsx';
import { clock } from '../chat/time.ts';
import { useSay } from '../say.ts';
import { useStore } from '../store.tsx';
import { Card } from './card.tsx';
import { botName, chatIn } from './links.ts';
import { Offer } from './offer.tsx';

/** One message in Teams. */
export const Message = memo(function Message({ message, mine }: { message: TeamsMessage; mine: boolean }) {
  const { state, go, actInTeams } = useStore();
  const say = useSay();
  const { room, id, by, at, text, cards, offer, files, onlyYou, edited } = message;

  function open(url: string): void {
    if (chatIn(url)) go({ ...state.at, room: botName });
    else window.open(url, '_blank', 'noopener');
  }

  return (
    <article class="post" data-mine={mine} aria-label={`${by.name} ${clock(at)}`}>
      {!mine && <Avatar name={by.name} bot={by.bot} />}
      <div class="said">
        {onlyYou && <p class="only-you">{say('Visas bara för dig', 'Only visible to you')}</p>}
        <p class="by">
          {!mine && <b>{by.name}</b>}
          {by.bot && <span class="bot-mark">{say('App', 'App')}</span>}
          <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>
          {edited && <span class="edited">{say('Redigerat', 'Edited')}</span>}
        </p>
        <div class="bubble">
          {text !== '' && <p class="text">{withMentions(text)}</p>}
          {cards.map((card, index) => (
            <Card
              key={index}
              card={card}
              press={(action, values) => actInTeams({ act: 'press', room, message: id, action, values })}
              open={open}
            />
          ))}
          {offer && <Offer message={message} offer={offer} />}
          {files.map((file) => (
            <File key={file.id} {...file} />
          ))}
        </div>
      </div>
    </article>
  );
});

function withMentions(text: string) {
  return text.split(/(?<![\p{L}\p{N}.@])(@vc)(?![\p{L}\p{N}.-])/iu).map((part, index) =>
    index % 2 === 1 ? (
      <span key={index} class="mention">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
