import type { Json } from '../local/types.ts';
import { BOT } from './tenant.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const MENTION = new RegExp(String.raw`(?<![\p{L}\p{N}.@])@${BOT.name}(?:-bot)?(?![\p{L}\p{N}.-])`, 'giu');
const LINKED = /https?:\/\/[^\s<>]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** Whether a typed text mentions the bot. */
export function isMentioned(typed: string): boolean {
  return typed.search(MENTION) >= 0;
}

/** A typed text as it stands in an activity: mentions marked, the space after one unbreakable, three characters encoded. */
export function plainText(typed: string): string {
  const marked = encode(typed).replace(MENTION, `<at>${BOT.name}</at>`);
  return marked.replaceAll('</at> ', '</at>&nbsp;');
}

/** The same as HTML, with links as links. */
export function richText(typed: string): string {
  let index = 0;
  const marked = encode(typed)
    .replace(LINKED, (found) => `<a href="${found.includes('://') ? '' : 'mailto:'}${found}">${found}</a>`)
    .replace(MENTION, () => {
      const item = `itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${index++}"`;
      return `<span ${item}>${BOT.name}</span>`;
    });
  return `<p>${marked.replaceAll('</span> ', '</span>&nbsp;')}</p>`;
}

/** Whom a typed text mentions, as entities: the bot, once for every time. */
export function mentionsIn(typed: string): Json[] {
  return [...typed.matchAll(MENTION)].map(() => ({
    type: 'mention',
    mentioned: { id: BOT.id, name: BOT.name },
    text: `<at>${BOT.name}</at>`,
  }));
}

function encode(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}
