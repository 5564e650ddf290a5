import type { Json } from '../local/types.ts';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const LINKED =
  /(?<mail>[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)|(?<url>https?:\/\/[^\s<>]+)|(?<bare>(?<![\p{L}\p{N}@.*-])(?:[\p{L}\p{N}-]+\.)+(?:se|com|no|org|net)(?![\p{L}\p{N}.-]))/gu;

/** The three characters that Slack encodes in all text; all that it does to the text of a command. */
export function encodeEntities(text: string): string {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

/** The three entities that Slack uses, decoded once. */
export function decodeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A typed text as Slack sends it in a message event: `<mailto:a@b.se|a@b.se>`, `<http://b.se|b.se>`, entities. */
export function encode(text: string): string {
  return pieces(text)
    .map(({ words, target }) => {
      if (target === undefined) return encodeEntities(words);
      return target === words
        ? `<${encodeEntities(target)}>`
        : `<${encodeEntities(target)}|${encodeEntities(words)}>`;
    })
    .join('');
}

/** The rich_text block that comes with it. */
export function richText(text: string): Json[] {
  const elements = pieces(text).map(({ words, target }) =>
    target === undefined ? { type: 'text', text: words } : { type: 'link', url: target, text: words },
  );
  return [{ type: 'rich_text', block_id: 'rich', elements: [{ type: 'rich_text_section', elements }] }];
}

function pieces(text: string): { words: string; target?: string }[] {
  const found: { words: string; target?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(LINKED)) {
    if (match.index > from) found.push({ words: text.slice(from, match.index) });
    const { mail, bare } = match.groups ?? {};
    const words = match[0];
    found.push({ words, target: mail ? `mailto:${mail}` : bare ? `http://${bare}` : words });
    from = match.index + words.length;
  }
  if (from < text.length) found.push({ words: text.slice(from) });
  return found;
}
