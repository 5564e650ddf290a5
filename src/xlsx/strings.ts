import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { refuse } from '../errors.ts';
import { WORKBOOK_LIMITS } from './limits.ts';
import { unescapeText } from './text.ts';
import { readWhole, type XmlReader } from './xml.ts';

/** How much text lies together, and how many such pieces are held: what a large sheet asks for again and again. */
const pieceLength = 64 * 1024;
const piecesHeld = 64;

interface Piece {
  /** The number of its first text. */
  readonly first: number;
  readonly offset: number;
  readonly bytes: number;
}

/** The texts that a workbook's cells share, on disk, so that memory stays flat however many there are. */
export class SharedStrings {
  readonly #path: string;
  readonly #file: number;
  readonly #pieces: Piece[] = [];
  readonly #held = new Map<number, readonly string[]>();
  #open: string[] = [];
  #openLength = 0;
  #count = 0;
  #written = 0;

  /** They lie at `path` until they are closed. */
  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'w+', 0o600);
  }

  add(text: string): void {
    this.#open.push(text);
    this.#openLength += text.length;
    if (this.#openLength >= pieceLength || this.#open.length >= pieceLength) this.#put();
  }

  /** Once every text has been added. Throws `workbook_broken` where there is none of that number. */
  at(index: number): string {
    if (this.#open.length > 0) this.#put();
    const number = this.#pieceOf(index);
    const piece = this.#pieces[number];
    const text = piece && this.#texts(number, piece)[index - piece.first];
    if (text === undefined) throw refuse('workbook_broken');
    return text;
  }

  /** Which piece has the text; the pieces are in order. */
  #pieceOf(index: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.first ?? 0) <= index) low = middle;
      else high = middle;
    }
    return low;
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
  }

  #put(): void {
    const bytes = Buffer.from(JSON.stringify(this.#open));
    writeSync(this.#file, bytes);
    this.#pieces.push({ first: this.#count, offset: this.#written, bytes: bytes.length });
    this.#count += this.#open.length;
    this.#written += bytes.length;
    this.#open = [];
    this.#openLength = 0;
  }

  #texts(number: number, { offset, bytes }: Piece): readonly string[] {
    const held = this.#held.get(number);
    if (held) return held;
    const buffer = Buffer.alloc(bytes);
    readSync(this.#file, buffer, 0, bytes, offset);
    const texts = JSON.parse(buffer.toString()) as string[];
    const [oldest] = this.#held.keys();
    if (this.#held.size >= piecesHeld && oldest !== undefined) this.#held.delete(oldest);
    this.#held.set(number, texts);
    return texts;
  }
}

/** Reads the part that holds them into `strings`. */
export async function readStrings(bytes: AsyncIterable<Buffer>, strings: SharedStrings): Promise<void> {
  const text = new RichText();
  const reader: XmlReader = {
    open(name) {
      if (name === 'si') text.begin();
      else text.open(name);
    },
    close(name) {
      if (name === 'si') strings.add(text.take());
      else text.close(name);
    },
    text: (some) => text.add(some),
  };
  await readWhole(bytes, reader);
}

/** A text that may come in runs of different looks; how it is pronounced is left out. */
export class RichText {
  #parts = '';
  #inText = false;
  #aside = 0;

  begin(): void {
    this.#parts = '';
    this.#inText = false;
    this.#aside = 0;
  }

  open(name: string): void {
    if (name === 'rPh') this.#aside++;
    this.#inText = name === 't' && this.#aside === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.#aside--;
    if (name === 't') this.#inText = false;
  }

  /** More than a cell may hold is left out, but for one character: so it is known to be too long. */
  add(text: string): void {
    if (this.#inText && this.#parts.length <= WORKBOOK_LIMITS.cellLength) this.#parts += text;
  }

  take(): string {
    return unescapeText(this.#parts).slice(0, WORKBOOK_LIMITS.cellLength + 1);
  }
}
