import { fit, type Part } from '../../core/fit.ts';
import { plain as plainText } from '../../core/plain.ts';
import type { MessageView, Pressable } from '../../core/view.ts';
import type { Language } from '../../rules/language.ts';
import { cutAtLine } from '../../rules/text.ts';
import { literally } from '../decode.ts';
import { limits } from '../limits.ts';
import { actionsBlocks } from './actions.ts';
import { type Body, bodies } from './bodies.ts';
import { type Block, header, lines, richText, sentence, words } from './rich.ts';

/** What Slack is sent for a view. `text` is what notifications show and screen readers say. */
export interface Drawn {
  text: string;
  blocks: Block[];
}

/** Draws a view as Block Kit. What does not fit is left out by whole rows, with a line that says how many. */
export function drawMessage(view: MessageView<Pressable>, language: Language): Drawn {
  const body = bodies[view.kind] as Body<MessageView<Pressable>>;
  const draw = ({ view: part, moreRows, moreLines }: Part): Block[] => [
    ...header(part.title),
    ...body(part, language),
    ...line(moreRows),
    ...richText(lines((part.lines ?? []).map(sentence))),
    ...line(moreLines),
    ...actionsBlocks(part.actions),
  ];
  return { text: fallback(view, language), blocks: fit(view, language, draw, fits) };
}

function fits(blocks: Block[]): boolean {
  return blocks.length <= limits.message.blocks && JSON.stringify(blocks).length <= limits.message.size;
}

function line(text: string | undefined): Block[] {
  return richText(lines([words(text ?? '')]));
}

/** The view as text that Slack reads no markup in (A7), cut at a whole line; no character of it is half an entity. */
function fallback(view: MessageView<Pressable>, language: Language): string {
  const text = literally(plainText(view, language));
  return cutAtLine(text, limits.message.text).replace(/&[a-z]*…$/, '…');
}
