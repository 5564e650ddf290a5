import { plain as plainText } from '../../core/plain.ts';
import type { MessageView, Pressable } from '../../core/view.ts';
import type { Language } from '../../rules/language.ts';
import { formatNumber } from '../../rules/say.ts';
import { literally } from '../decode.ts';
import { limits } from '../limits.ts';
import { andMore } from '../words.ts';
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
  const rows = body.rows(view);
  const further = view.lines?.length ?? 0;
  const draw = (shownRows: number, shownLines: number): Block[] => [
    ...header(view.title),
    ...body.draw(view, shownRows, language),
    ...moreLine(rows - shownRows, view, language),
    ...richText(lines((view.lines ?? []).slice(0, shownLines).map(sentence))),
    ...moreLine(further - shownLines, view, language),
    ...actionsBlocks(view.actions),
  ];
  const text = fallback(view, language);
  const whole = draw(rows, further);
  if (fits(whole)) return { text, blocks: whole };
  const shownRows = most(rows, (shown) => fits(draw(shown, further)));
  const shownLines = most(further, (shown) => fits(draw(shownRows, shown)));
  return { text, blocks: draw(shownRows, shownLines) };
}

function fits(blocks: Block[]): boolean {
  return blocks.length <= limits.message.blocks && JSON.stringify(blocks).length <= limits.message.size;
}

/** The most of `all` that still fit; 0 where none do. */
function most(all: number, works: (shown: number) => boolean): number {
  if (works(all)) return all;
  let [low, high] = [0, all];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (works(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function moreLine(left: number, view: MessageView<Pressable>, language: Language): Block[] {
  if (left <= 0) return [];
  const log = (view.actions ?? []).some(({ label }) => /^(Visa logg|Show log)/.test(label));
  return richText(lines([words(andMore(formatNumber(left, language), log)[language])]));
}

/** The view as text that Slack reads no markup in (A7), cut at a whole line. */
function fallback(view: MessageView<Pressable>, language: Language): string {
  const text = literally(plainText(view, language));
  if (text.length <= limits.message.text) return text;
  const kept = text.slice(0, limits.message.text - 2);
  const end = kept.lastIndexOf('\n');
  return `${end > 0 ? kept.slice(0, end) : kept.replace(/&[a-z]*$/, '')}\n…`;
}
