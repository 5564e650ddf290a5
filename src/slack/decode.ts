const encoded = /<([^<>]*)>|&(amp|lt|gt);/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };
const characters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const marks: Readonly<Record<string, string>> = { '@': '@', '#': '#', '!': '@' };

/**
 * What a person typed, from how Slack sends it (A7): links, addresses, mentions and channels become the words that
 * were typed, entities become characters. One pass, so nothing is decoded twice. Quotation marks stay as they are.
 */
export function decode(text: string): string {
  return text.replace(encoded, (_, reference: string | undefined, entity: string) =>
    reference === undefined ? (entities[entity] ?? '') : typed(reference),
  );
}

/** The three characters that Slack encodes in names of people and files. */
export function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, entity: string) => entities[entity] ?? '');
}

/** `text` so that Slack reads no links, mentions or entities in it. */
export function literally(text: string): string {
  return text.replace(/[&<>]/g, (character) => characters[character] ?? character);
}

/** The inside of `<…>`: `@U1|anna`, `#C1|hr`, `!here`, `mailto:a@b|a@b`, `https://company.se|company.se`. */
function typed(reference: string): string {
  const bar = reference.indexOf('|');
  const target = decodeEntities(bar < 0 ? reference : reference.slice(0, bar));
  const label = bar < 0 ? '' : decodeEntities(reference.slice(bar + 1));
  const mark = marks[target.charAt(0)];
  if (mark === undefined) return label || target.replace(/^(mailto|tel):/, '');
  if (target.startsWith('!date')) return label;
  const name = label || target.slice(1);
  return name.startsWith(mark) ? name : mark + name;
}
