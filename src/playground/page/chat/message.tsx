import { memo } from 'preact/compat';
import type { ChatMessage } from '../../wire.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { textBlock } from '../blocks/formatted.tsx';
import { useSay } from '../say.ts';
import { Avatar } from './avatar.tsx';
import { clock } from './time.ts';

/** One message. One that `follows` another of the same person shows no name again. */
export const Message = memo(function Message({
  message,
  follows,
}: {
  message: ChatMessage;
  follows: boolean;
}) {
  const say = useSay();
  const { by, at, text, blocks, onlyYou, edited, files } = message;
  const time = <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>;
  const shown = blocks.length > 0 || text === '' ? blocks : [textBlock(text)];
  return (
    <article
      class="message"
      data-follows={follows}
      data-only-you={onlyYou}
      aria-label={`${by.name} ${clock(at)}`}
    >
      {onlyYou && <p class="only-you">{say('Visas bara för dig', 'Only visible to you')}</p>}
      {follows ? <span class="gutter">{time}</span> : <Avatar name={by.name} bot={by.bot} />}
      <div class="said">
        {!follows && (
          <p class="by">
            <b>{by.name}</b>
            {by.bot && <span class="bot-mark">{say('App', 'App')}</span>}
            {time}
          </p>
        )}
        <Blocks blocks={shown} at={{ room: message.room, message: message.id }} />
        {edited && <p class="edited">{say('(redigerat)', '(edited)')}</p>}
        {files.map((file) => (
          <File key={file.name} {...file} />
        ))}
      </div>
    </article>
  );
});

function File({ name, bytes }: { name: string; bytes: number }) {
  return (
    <p class="file">
      <span class="sheet-icon" aria-hidden="true">
        {name.split('.').at(-1)?.slice(0, 4).toUpperCase()}
      </span>
      <span>
        <b>{name}</b>
        <span class="quiet">{sizeOf(bytes)}</span>
      </span>
    </p>
  );
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
