import { useLayoutEffect, useRef } from 'preact/hooks';
import { Message, type MessageProps } from 'slack-blocks-to-jsx';
import type { Block } from '../../wire.ts';
import { Emoji } from './emoji.tsx';

const hooks: NonNullable<MessageProps['hooks']> = {
  emoji: (emoji, parse) => <Emoji name={emoji.name} otherwise={parse(emoji)} />,
  link: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  ),
};

/**
 * A block with formatted text, drawn as Slack draws it; the looks are our own sheet's. Plain text is not for it: the
 * renderer would read markup there, which Slack does not.
 */
export function Formatted({ block }: { block: Block }) {
  const frame = useRef<HTMLDivElement>(null);
  // The renderer gives everything that it draws the same id, and a page may hold an id only once.
  useLayoutEffect(() => frame.current?.firstElementChild?.removeAttribute('id'));
  const { block_id: _, ...drawn } = block;
  const blocks = [drawn] as unknown as MessageProps['blocks'];
  return (
    <div class="formatted" ref={frame}>
      <Message blocks={blocks} logo="" name="" theme="light" withoutWrapper unstyled hooks={hooks} />
    </div>
  );
}

/** A message's text as a block. What stands encoded was typed, and is no markup: the renderer must not see it as a tag. */
export function textBlock(text: string): Block {
  const wordJoiner = '\u2060';
  return { type: 'section', text: { type: 'mrkdwn', text: text.replaceAll('&lt;', `&lt;${wordJoiner}`) } };
}
