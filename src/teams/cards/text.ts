import { spansOf } from '../../core/spans.ts';
import type { Tone } from '../../core/view.ts';
import { cut } from '../../rules/text.ts';
import { limits } from '../limits.ts';
import type { Column, Element, Look, RichTextBlock, Style, TextRun } from './card.ts';

/** A text run shows its characters as they stand, Markdown and HTML too, but for `{{DATE(…)}}` and `{{TIME(…)}}`. */
const functions = /(?<=\{)(?=\{(?:DATE|TIME)\()/i;

interface Mark {
  symbol: string;
  look: Style;
}

const marks: Readonly<Record<Tone, Mark | undefined>> = {
  plain: undefined,
  good: { symbol: '✓', look: 'good' },
  warning: { symbol: '!', look: 'warning' },
  fault: { symbol: '✕', look: 'attention' },
};

/** Text as it stands: nothing in it is markup (A7). */
export function words(text: string, look: Look = {}): TextRun[] {
  if (text === '') return [];
  return text.split(functions).map((part) => ({ type: 'TextRun', text: part, ...look }));
}

/** A sentence: literal but for spans such as `/vc help` and `company:X`, which stand in another type (A7). */
export function sentence(text: string, look: Look = {}): TextRun[] {
  return spansOf(cut(text, limits.text)).flatMap(({ text: part, code }) =>
    words(part, code ? { ...look, fontType: 'monospace' } : look),
  );
}

export function code(text: string, look: Look = {}): TextRun[] {
  return words(text, { ...look, fontType: 'monospace' });
}

/** One line of text; none where there is nothing to say. */
export function line(
  inlines: TextRun[],
  more: Partial<Omit<RichTextBlock, 'type' | 'inlines'>> = {},
): RichTextBlock[] {
  return inlines.length > 0 ? [{ type: 'RichTextBlock', ...more, inlines }] : [];
}

export function header(title: string | undefined): RichTextBlock[] {
  return line(words(cut(title ?? '', limits.title), { size: 'large', weight: 'bolder' }));
}

/** The tone's symbol in its colour and a space; nothing for a plain tone. */
export function symbol(tone: Tone): TextRun[] {
  const mark = marks[tone];
  return mark ? words(`${mark.symbol} `, { color: mark.look, weight: 'bolder' }) : [];
}

/** Sentences of one tone, on its colour and behind its symbol; as they are for a plain tone. */
export function toned(tone: Tone, sentences: readonly TextRun[][]): Element[] {
  const mark = marks[tone];
  const items = sentences.flatMap((one, index) => line(one, index === 0 ? {} : { spacing: 'small' }));
  if (!mark || items.length === 0) return items;
  const columns = [column('auto', line(words(mark.symbol, { weight: 'bolder' }))), column('stretch', items)];
  return [{ type: 'ColumnSet', style: mark.look, columns }];
}

export function column(width: Column['width'], items: Element[]): Column {
  return { type: 'Column', width, items };
}
