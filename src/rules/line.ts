import { refuse } from '../errors.ts';
import { swedishKeys, swedishWords } from './filter-words.ts';
import { fold } from './text.ts';

/**
 * One part of a typed line: a word, or a `key:value` pair. `quoted`: it stood in quotes, so a word that looks like
 * something else (`"all"`) is only a word.
 */
export type Token =
  | { kind: 'word'; text: string; quoted?: boolean }
  | { kind: 'pair'; key: string; value: string; quoted?: boolean };

/** Any of these opens, and any of these closes: keyboards and chat programs mix them. Apostrophes are letters (O'Brien). */
const quotes = '"“”„‟«»';
const escaped = `\\\\[${quotes}\\\\]`;
const quoted = new RegExp(
  `[${quotes}]((?:${escaped}|\\\\(?![${quotes}\\\\])|[^${quotes}\\\\])*)[${quotes}]`,
  'uy',
);
const opening = new RegExp(`[${quotes}]`, 'uy');
const key = /(\p{L}[\p{L}\p{N}_-]*):/uy;
const nextKey = /\s*\p{L}[\p{L}\p{N}_-]*:/uy;
const space = /\s*/y;
const plain = /\S+/y;

/**
 * Splits a typed line into words and `key:value` pairs (B1). Quotes, straight or curly, hold spaces together; a
 * backslash before a quote inside them keeps it. A space after the colon is forgiven. A key without a value has
 * the value ''. Throws `unbalanced_quote`, which shows the place.
 */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  const reader = new Reader(line);
  for (reader.take(space); !reader.done; reader.take(space)) tokens.push(readToken(reader));
  return tokens;
}

/** A token as it may stand in a line again. */
export function tokenText(token: Token): string {
  return token.kind === 'word' ? token.text : `${token.key}:${token.value}`;
}

/** `value` as it must be written to come back from `tokenize` as one value: in quotes where it needs them. */
export function quote(value: string): string {
  const needed = value === '' || /\s/u.test(value) || startsWithQuote(value) || startsWithKey(value);
  return needed ? quoteAlways(value) : value;
}

/** `value` in quotes. */
export function quoteAlways(value: string): string {
  return `"${value.replace(new RegExp(`[${quotes}\\\\]`, 'gu'), '\\$&')}"`;
}

/** Whether a word of the line tells that it was written in Swedish. */
export function looksSwedish(tokens: readonly Token[]): boolean {
  return tokens.some((token) =>
    token.kind === 'pair'
      ? swedishKeys.has(fold(token.key)) || swedishWords.has(fold(token.value))
      : !token.quoted && swedishWords.has(fold(token.text)),
  );
}

function readToken(reader: Reader): Token {
  const keyed = reader.take(key);
  if (!keyed) return readWord(reader);
  if (!reader.sees(nextKey)) reader.take(space);
  if (reader.done || reader.sees(/\s/y)) return { kind: 'pair', key: keyed[1] ?? '', value: '' };
  const { kind: _, text: value, ...rest } = readWord(reader);
  return { kind: 'pair', key: keyed[1] ?? '', value, ...rest };
}

function readWord(reader: Reader): Extract<Token, { kind: 'word' }> {
  const found = reader.take(quoted);
  if (found) return { kind: 'word', text: unescaped(found[1] ?? ''), quoted: true };
  if (reader.sees(opening)) throw refuse('unbalanced_quote', { shown: reader.rest });
  return { kind: 'word', text: reader.take(plain)?.[0] ?? '' };
}

function unescaped(text: string): string {
  return text.replace(new RegExp(`\\\\([${quotes}\\\\])`, 'gu'), '$1');
}

function startsWithQuote(value: string): boolean {
  return quotes.includes(value.charAt(0));
}

function startsWithKey(value: string): boolean {
  return new RegExp(key.source, 'uy').test(value);
}

/** A place in a line, moved forward by sticky patterns. */
class Reader {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  get done(): boolean {
    return this.#at >= this.#line.length;
  }

  get rest(): string {
    return this.#line.slice(this.#at);
  }

  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#line);
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#line) ?? undefined;
    if (found) this.#at = pattern.lastIndex;
    return found;
  }
}
