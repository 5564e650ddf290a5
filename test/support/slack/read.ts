import { interactiveOf } from '../../../src/playground/slack/check.ts';
import { decodeEntities } from '../../../src/playground/slack/encode.ts';
import type { Block, Element, TextObject, View } from '../../../src/playground/slack/types.ts';

/** What a person reads in a message, line by line: headers, texts, tables, then buttons as [Label]. */
export function textOf(message: { readonly text?: string; readonly blocks?: readonly Block[] }): string {
  if (!message.blocks || message.blocks.length === 0) return plain(message.text ?? '');
  return message.blocks.map(textOfBlock).filter(Boolean).join('\n');
}

/** What a person reads in a modal: title, blocks, buttons. */
export function textOfView(view: View): string {
  const buttons = [view.submit, view.close].filter((button) => button !== undefined && button !== null);
  return [
    textOfObject(view.title),
    ...view.blocks.map(textOfBlock),
    buttons.map((button) => `[${textOfObject(button)}]`).join(' '),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Everything with a label that can be pressed, in order of appearance. */
export function buttonsOf(message: { readonly blocks?: readonly Block[] }): string[] {
  return (message.blocks ?? [])
    .flatMap(interactiveOf)
    .filter((element) => element.type === 'button')
    .map((button) => textOfObject(button.text));
}

/** The addresses that a message leads to, of links in texts and of buttons, in order of appearance. */
export function linksOf(message: { readonly text?: string; readonly blocks?: readonly Block[] }): string[] {
  const source = message.blocks?.length ? JSON.stringify(message.blocks) : JSON.stringify(message.text ?? '');
  const found = source.matchAll(/<(https?:[^|>\s]+)(?:\|[^>]*)?>|"url":"([^"]+)"/g);
  return [...found].map(([, inText, ofButton]) => decodeEntities(inText ?? ofButton ?? ''));
}

/** The labels of a modal's inputs, in order of appearance. */
export function fieldsOf(view: View): string[] {
  return view.blocks.filter((block) => block.type === 'input').map((block) => textOfObject(block.label));
}

/** A text object as read: entities decoded, links as their words, mrkdwn marks gone. */
export function textOfObject(text: TextObject | string | undefined): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return plain(text);
  return text.type === 'mrkdwn' ? plain(text.text) : decodeEntities(text.text);
}

function textOfBlock(block: Block): string {
  switch (block.type) {
    case 'divider':
      return '---';
    case 'input':
      return `${textOfObject(block.label)}: ${inputOf(block.element)}`;
    case 'table':
      return (block.rows ?? []).map((row) => row.map(textOfRich).join(' | ')).join('\n');
    case 'context':
      return (block.elements ?? []).map(textOfElement).join(' ');
    case 'actions':
      return (block.elements ?? []).map(textOfElement).join(' ');
    case 'rich_text':
      return (block.elements ?? []).map(textOfRich).join('\n');
    case 'image':
      return block.alt_text ?? '';
    default:
      return [
        textOfObject(block.text),
        ...(block.fields ?? []).map(textOfObject),
        block.accessory ? textOfElement(block.accessory) : '',
      ]
        .filter(Boolean)
        .join('\n');
  }
}

function textOfElement(element: Element): string {
  if (element.type === 'mrkdwn' || element.type === 'plain_text') {
    return textOfObject({ type: element.type, text: String(element.text) });
  }
  if (element.type === 'image') return element.alt_text ?? '';
  if (element.type === 'button') return `[${textOfObject(element.text)}]`;
  const options = (element.options ?? []).map((option) => textOfObject(option.text)).join(' / ');
  const chosen = element.initial_option && textOfObject(element.initial_option.text);
  return `(${[textOfObject(element.placeholder), chosen ?? options].filter(Boolean).join(': ')})`;
}

function inputOf(element: Element | undefined): string {
  if (!element) return '';
  return element.initial_value ?? textOfObject(element.initial_option?.text ?? '');
}

function textOfRich(element: Element): string {
  if (typeof element.text === 'string') return element.text;
  if (element.url && !element.elements) return element.url;
  return (element.elements ?? []).map(textOfRich).join(element.type === 'rich_text_list' ? '\n' : '');
}

/** mrkdwn as it reads: `*bold*`, `_italic_`, `~gone~` and code without their marks, links as their words. */
function plain(mrkdwn: string): string {
  const worded = mrkdwn.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, words?: string) =>
    words !== undefined && words !== '' ? words : target,
  );
  const unmarked = worded
    .replace(/(?<=^|[\s(“"”])([*_~])(?=\S)([^\n]*?\S)\1(?=$|[\s).,:;!?”"])/gm, '$2')
    .replace(/`([^`\n]+)`/g, '$1');
  return decodeEntities(unmarked);
}
