import { SaxesParser } from 'saxes';
import { Refusal, refuse } from '../errors.ts';
import { WORKBOOK_LIMITS } from './limits.ts';

/** What an element says of itself, by its names without prefixes where those matter. */
export type Attributes = Readonly<Record<string, string>>;

/** Who hears what an XML document holds; names come without their prefix. */
export interface XmlReader {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/**
 * Reads XML in pieces, and gives way after each. There is no document type and there are no entities but the five of XML, so
 * nothing can grow or be fetched. Throws `workbook_broken` where it is no such XML, or deeper or longer than is believed.
 */
export async function* readXml(
  bytes: AsyncIterable<Buffer>,
  reader: XmlReader,
): AsyncGenerator<void, void, undefined> {
  const parser = new GuardedParser(reader);
  const text = new TextPieces();
  for await (const piece of bytes) {
    orBroken(() => parser.write(text.decode(piece)));
    yield;
  }
  orBroken(() => parser.end(text.decode()));
}

/** As `readXml`, to the end. */
export async function readWhole(bytes: AsyncIterable<Buffer>, reader: XmlReader): Promise<void> {
  for await (const _ of readXml(bytes, reader));
}

/** An attribute that may have a prefix, such as `r:id`. */
export function prefixed(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((one) => one.endsWith(`:${name}`));
  return key === undefined ? attributes[name] : attributes[key];
}

class GuardedParser {
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  #depth = 0;
  /** How much has been read since something last came of it. */
  #pending = 0;

  constructor(reader: XmlReader) {
    const parser = this.#parser;
    parser.on('error', broken);
    parser.on('doctype', broken);
    parser.on('opentag', ({ name, attributes }) => {
      this.#pending = 0;
      if (++this.#depth > WORKBOOK_LIMITS.depth) broken();
      reader.open(local(name), attributes as Attributes);
    });
    parser.on('closetag', ({ name }) => {
      this.#pending = 0;
      this.#depth--;
      reader.close?.(local(name));
    });
    const heard = (text: string) => {
      this.#pending = 0;
      reader.text?.(text);
    };
    parser.on('text', heard);
    parser.on('cdata', heard);
    parser.on('comment', () => {
      this.#pending = 0;
    });
  }

  write(text: string): void {
    this.#pending += text.length;
    this.#parser.write(text);
    if (this.#pending > WORKBOOK_LIMITS.nodeLength) broken();
  }

  end(text: string): void {
    this.#parser.write(text);
    this.#parser.close();
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
class TextPieces {
  #decoder: TextDecoder | undefined;

  decode(bytes?: Buffer): string {
    this.#decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
    return this.#decoder.decode(bytes, { stream: bytes !== undefined });
  }
}

function encodingOf(bytes: Buffer | undefined): string {
  if (bytes?.[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes?.[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function broken(): never {
  throw refuse('workbook_broken');
}

function orBroken(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (error instanceof Refusal || isOfDisk(error)) throw error;
    broken();
  }
}

const isOfDisk = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
