/** How many letters make a gram: of digits alone there are ten thousand such, of which a block holds a part. */
const letters = 4;
/** How many bits a block has for its grams; as a power of two. */
const bitsLog = 13;

/** What ends a run of letters: a cell's end, whatever JSON writes otherwise, and spaces, of which a search sees one. */
const isEdge = (code: number): boolean => code === 34 /* " */ || code === 92 /* \ */ || code === 32;

/**
 * Which grams occur in a block's cells (blocks.ts), in any case: a bit each, though some share one. A search leaves out
 * every block that lacks one of its word's.
 */
export function gramsIn(cells: string): Buffer {
  const found = Buffer.alloc(2 ** bitsLog / 8);
  eachGram(cells.toLowerCase(), (bit) => {
    const byte = bit >> 3;
    found[byte] = (found[byte] ?? 0) | (1 << (bit & 7));
  });
  return found;
}

/** The bits, as PostgreSQL's get_bit counts them, that a block has where the folded word stands in it. None: it may be any block. */
export function gramsOf(word: string): number[] {
  const bits = new Set<number>();
  eachGram(word, (bit) => bits.add(bit));
  return [...bits];
}

function eachGram(text: string, tell: (bit: number) => void): void {
  let run = 0;
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    run = isEdge(code) ? 0 : run + 1;
    // Shifted by a byte each time, it has forgotten all but the last four.
    last = (last << 8) ^ code;
    if (run >= letters) tell(Math.imul(last, 0x9e3779b1) >>> (32 - bitsLog));
  }
}
