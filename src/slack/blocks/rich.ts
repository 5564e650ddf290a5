import type { types } from '@slack/bolt';
import { spansOf } from '../../core/spans.ts';
import type { Tone } from '../../core/view.ts';
import { cut } from '../../rules/text.ts';
import { limits } from '../limits.ts';

export type Block = types.KnownBlock;
export type Inline = types.RichTextElement;
type RichElement = types.RichTextBlockElement;

const symbols: Readonly<Record<Tone, string | undefined>> = {
  plain: undefined,
  good: 'white_check_mark',
  warning: 'warning',
  fault: 'x',
};

/** Text as it stands: nothing in it is markup, no `:name:` an emoji (A7). */
export function plain(text: string, most: number): types.PlainTextElement {
  return { type: 'plain_text', text: cut(text, most), emoji: false };
}

/** A sentence in rich text: literal but for spans such as `/vc help` and `company:X`, which become code (A7). */
export function sentence(text: string): Inline[] {
  return spansOf(cut(text, limits.section)).flatMap((span) => (span.code ? code : words)(span.text));
}

export function words(text: string): Inline[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

export function bold(text: string): Inline[] {
  return text === '' ? [] : [{ type: 'text', text, style: { bold: true } }];
}

export function code(text: string): Inline[] {
  return text === '' ? [] : [{ type: 'text', text, style: { code: true } }];
}

/** The tone's symbol and a space; nothing for a plain tone. */
export function symbol(tone: Tone): Inline[] {
  const name = symbols[tone];
  return name
    ? [
        { type: 'emoji', name },
        { type: 'text', text: ' ' },
      ]
    : [];
}

/** Lines below each other, in one section. */
export function lines(of: readonly Inline[][]): types.RichTextSection {
  return section(of.flatMap((line, index) => (index === 0 ? line : [...words('\n'), ...line])));
}

function section(elements: Inline[]): types.RichTextSection {
  return { type: 'rich_text_section', elements };
}

export function list(items: readonly Inline[][]): types.RichTextList {
  return { type: 'rich_text_list', style: 'bullet', elements: items.map(section) };
}

/** A block of rich text; no block where there is nothing to say. */
export function richText(...elements: RichElement[]): Block[] {
  const said = elements.filter((element) => element.elements.length > 0);
  return said.length > 0 ? [{ type: 'rich_text', elements: said }] : [];
}

export function header(title: string | undefined): Block[] {
  return title ? [{ type: 'header', text: plain(title, limits.header) }] : [];
}
