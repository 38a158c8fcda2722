/**
 * Bitmaps of one block each, packed side by side in one growing array: 128 bytes and a count a
 * bitmap, no object for any of them.
 */
import { BLOCK_CHUNKS } from "@goliath/protocols/nouns";

const WORD_BITS = 32;
const WORDS = BLOCK_CHUNKS / WORD_BITS;
/** Bitmaps the slab has room for at first; it doubles. */
const FIRST_CAPACITY = 64;

/** Offsets in a block: `from` inclusive, `to` exclusive, both from 0 to 1,024. */
export interface Range {
  from: number;
  to: number;
}

export class BitmapSlab {
  #words = new Uint32Array(0);
  /** Bits set in each bitmap. */
  #counts = new Uint16Array(0);
  #used = 0;
  readonly #free: number[] = [];

  /** Bitmaps in use. */
  get size(): number {
    return this.#used - this.#free.length;
  }

  /** A bitmap with every bit as `on`. */
  take(on: boolean): number {
    const bitmap = this.#free.pop() ?? this.#append();
    this.#words.fill(on ? 0xffff_ffff : 0, bitmap * WORDS, (bitmap + 1) * WORDS);
    this.#counts[bitmap] = on ? BLOCK_CHUNKS : 0;
    return bitmap;
  }

  release(bitmap: number): void {
    this.#free.push(bitmap);
  }

  count(bitmap: number): number {
    return this.#counts[bitmap] ?? 0;
  }

  has(bitmap: number, offset: number): boolean {
    return ((this.#word(bitmap, offset >>> 5) >>> (offset & 31)) & 1) === 1;
  }

  /** Sets or clears a range; returns by how much the count changed, with its sign. */
  set(bitmap: number, { from, to }: Range, on: boolean): number {
    const before = this.count(bitmap);
    let count = before;
    for (let offset = from; offset < to;) {
      const end = Math.min(to, (offset | 31) + 1);
      const mask = maskOf(offset & 31, end - offset);
      const word = this.#word(bitmap, offset >>> 5);
      const next = (on ? word | mask : word & ~mask) >>> 0;
      count += bitsIn(next) - bitsIn(word);
      this.#words[bitmap * WORDS + (offset >>> 5)] = next;
      offset = end;
    }
    this.#counts[bitmap] = count;
    return count - before;
  }

  /** The first offset after `from` whose bit differs from the one at `from`; 1,024 when none. */
  nextChange(bitmap: number, from: number): number {
    const flip = this.has(bitmap, from) ? 0xffff_ffff : 0;
    for (let offset = from; offset < BLOCK_CHUNKS; offset = (offset | 31) + 1) {
      const differing = (this.#word(bitmap, offset >>> 5) ^ flip) >>> (offset & 31);
      if (differing !== 0) return offset + lowestBit(differing);
    }
    return BLOCK_CHUNKS;
  }

  #word(bitmap: number, index: number): number {
    return this.#words[bitmap * WORDS + index] ?? 0;
  }

  #append(): number {
    if (this.#used === this.#counts.length) this.#grow();
    return this.#used++;
  }

  #grow(): void {
    const capacity = Math.max(FIRST_CAPACITY, this.#used * 2);
    const words = new Uint32Array(capacity * WORDS);
    const counts = new Uint16Array(capacity);
    words.set(this.#words);
    counts.set(this.#counts);
    this.#words = words;
    this.#counts = counts;
  }
}

/** `length` ones from bit `shift` on. */
function maskOf(shift: number, length: number): number {
  return length === WORD_BITS ? 0xffff_ffff : (((1 << length) - 1) << shift) >>> 0;
}

function lowestBit(word: number): number {
  return WORD_BITS - 1 - Math.clz32(word & -word);
}

/** Ones in a word: Hacker's Delight, 5-1. */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
