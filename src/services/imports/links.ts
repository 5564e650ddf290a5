/**
 * Which rows of a file must be judged together: those of one user, those that give the same address or the same
 * number in the same company, and those that take an address from each other. Rows are known by their place
 * among the data rows, from 0, and must come in that order.
 *
 * A million rows cost some 40 MB: keys are kept as 32-bit hashes. Two that collide bring strangers together, which
 * is harmless: being together means nothing but being judged in the same statement.
 *
 * A key that `most` rows have is crowded: further rows with it stay apart, and whoever adds them is told, so that no
 * statement grows with the file (A6).
 */
export class Links {
  #users: KeyIndex;
  #addresses: KeyIndex;
  #numbers: KeyIndex;
  readonly #taken: [row: number, holder: number][] = [];
  #parents = new Int32Array(1024);
  #rows = 0;

  constructor(most: number) {
    this.#users = new KeyIndex(most);
    this.#addresses = new KeyIndex(most);
    this.#numbers = new KeyIndex(most);
  }

  /** The next row; a null key links to nothing. Returns the names of the keys that are crowded, mostly none. */
  add(user: string | null, address: string | null, number: string | null): readonly LinkKey[] {
    const row = this.#rows++;
    if (row >= this.#parents.length) this.#parents = grown(this.#parents, new Int32Array(row * 2));
    this.#parents[row] = row;
    let crowded: readonly LinkKey[] = none;
    for (const [name, index, key] of [
      ['user', this.#users, user],
      ['address', this.#addresses, address],
      ['number', this.#numbers, number],
    ] as const) {
      const earlier = key === null ? undefined : index.firstWith(key, row);
      if (earlier === 'crowded') crowded = [...crowded, name];
      else if (earlier !== undefined) this.#join(earlier, row);
    }
    return crowded;
  }

  /** The row gives an address that a user of the store holds: where that user is in the file as well, the two belong together. */
  takes(row: number, holder: string): void {
    this.#taken.push([row, hashOf(holder)]);
  }

  /**
   * The rows that must leave their chunks of `size` consecutive rows, because they belong with rows elsewhere: chunk
   * by chunk, each row with the batch that it goes to. Batches are numbered from 0 and hold about `size` rows;
   * rows that belong together are in one. Call it once, when every row is there.
   */
  *moves(size: number): Generator<Move> {
    for (const [row, hash] of this.#taken) {
      const held = this.#users.find(hash);
      if (held !== undefined) this.#join(held, row);
    }
    // By which keys rows belong together is forgotten: most of the memory is theirs.
    this.#users = this.#addresses = this.#numbers = new KeyIndex(0);
    const sizes = this.#sizesOfScattered(size);
    const batchOf = new Int32Array(this.#rows);
    let batch = 0;
    let room = size;
    for (let start = 0; start < this.#rows; start += size) {
      const move: Move = { chunk: start / size, rows: [], batches: [] };
      for (let row = start; row < Math.min(start + size, this.#rows); row++) {
        const root = this.#root(row);
        const members = sizes[root] ?? 0;
        if (members === 0) continue;
        if (root === row) {
          if (room < members && room < size) [batch, room] = [batch + 1, size];
          room -= members;
          batchOf[root] = batch;
        }
        move.rows.push(row);
        move.batches.push(batchOf[root] ?? 0);
      }
      if (move.rows.length > 0) yield move;
    }
  }

  /** By root: how many rows belong together, where they lie in more than one chunk; otherwise 0. */
  #sizesOfScattered(size: number): Uint32Array {
    const sizes = new Uint32Array(this.#rows);
    const scattered = new Uint8Array(this.#rows);
    for (let row = 0; row < this.#rows; row++) {
      const root = this.#root(row);
      sizes[root] = (sizes[root] ?? 0) + 1;
      if (Math.floor(row / size) !== Math.floor(root / size)) scattered[root] = 1;
    }
    for (let root = 0; root < this.#rows; root++) if (!scattered[root]) sizes[root] = 0;
    return sizes;
  }

  #join(a: number, b: number): void {
    const [first, second] = [this.#root(a), this.#root(b)];
    if (first < second) this.#parents[second] = first;
    else this.#parents[first] = second;
  }

  #root(row: number): number {
    let at = row;
    for (;;) {
      const parent = this.#parents[at] ?? at;
      if (parent === at) return at;
      const next = this.#parents[parent] ?? parent;
      this.#parents[at] = next;
      at = next;
    }
  }
}

/** By what rows belong together. */
export type LinkKey = 'user' | 'address' | 'number';

const none: readonly LinkKey[] = [];

/** Rows of one chunk that go elsewhere, and the batch that each goes to. */
export interface Move {
  chunk: number;
  rows: number[];
  batches: number[];
}

/** The row in which each key was first seen: open addressing, at most three quarters full. */
class KeyIndex {
  #slots = new Uint32Array(1024);
  #hashes = new Int32Array(1024);
  /** By the first row with a key: how many more have it. */
  #more = new Uint16Array(1024);
  /** Word for word, as a stranger with the same hash is not one of them. */
  readonly #crowded = new Set<string>();
  readonly #most: number;
  #count = 0;

  /** `most`: at most 65,535. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The earlier row with the key; undefined where `row` is the first. */
  firstWith(key: string, row: number): number | 'crowded' | undefined {
    if (this.#count * 4 >= this.#slots.length * 3) this.#grow();
    if (row >= this.#hashes.length) {
      this.#hashes = grown(this.#hashes, new Int32Array(row * 2));
      this.#more = grown(this.#more, new Uint16Array(row * 2));
    }
    const hash = hashOf(key);
    const slot = this.#slot(hash);
    const found = this.#slots[slot] ?? 0;
    if (found > 0) return this.#isCrowded(key, found - 1) ? 'crowded' : found - 1;
    this.#slots[slot] = row + 1;
    this.#hashes[row] = hash;
    this.#count++;
    return undefined;
  }

  #isCrowded(key: string, first: number): boolean {
    const more = this.#more[first] ?? 0;
    if (more === this.#most) return this.#crowded.has(key);
    this.#more[first] = more + 1;
    if (more + 1 < this.#most) return false;
    this.#crowded.add(key);
    return true;
  }

  find(hash: number): number | undefined {
    const found = this.#slots[this.#slot(hash)] ?? 0;
    return found > 0 ? found - 1 : undefined;
  }

  #slot(hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = this.#slots[slot] ?? 0;
      if (row === 0 || this.#hashes[row - 1] === hash) return slot;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (const row of before) if (row > 0) this.#slots[this.#slot(this.#hashes[row - 1] ?? 0)] = row;
  }
}

/** FNV-1a over UTF-16 units, its bits mixed once more. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function grown<A extends Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(from: A, to: A): A {
  to.set(from);
  return to;
}
