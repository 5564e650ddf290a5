import { memo } from 'preact/compat';
import { formatSize } from '../../../rules/size.ts';
import type { ChatMessage, FileHead } from '../../wire.ts';
import { fileAddress } from '../api.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { textBlock } from '../blocks/formatted.tsx';
import { useLanguage, useSay } from '../say.ts';
import { useStore } from '../store.tsx';
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
          <File key={file.id} {...file} />
        ))}
      </div>
    </article>
  );
});

/** A file that a message brings: a link downloads it. */
export function File({ id, name, bytes }: FileHead) {
  const { at } = useStore().state;
  return (
    <a class="file" href={fileAddress(at.surface, at.handle, id)} download={name}>
      <span class="sheet-icon" aria-hidden="true">
        {name.split('.').at(-1)?.slice(0, 4).toUpperCase()}
      </span>
      <span>
        <b>{name}</b>
        <span class="quiet">{formatSize(bytes, useLanguage())}</span>
      </span>
    </a>
  );
}
