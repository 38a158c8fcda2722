/**
 * Which chunks kept revisions use, how many copies each is to have and where: for each block one
 * number, or two bytes a chunk. At most 2 KiB a block: 200 MB for 100 million chunks, if no two
 * neighbours are alike, and about 200 bytes a block where they are.
 */
import { BLOCK_CHUNKS, blockOf, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import type { Wish } from "../../engine/merge-uses.ts";
import { NO_WISH, WishTable } from "./wish-table.ts";

/** A mark of a chunk is the number of its wish times this, and its copies and one. */
const COPIES_ROOM = 64;
/** In a block: the chunk is used by nothing. */
const UNUSED = 0;

/** Of some chunks. */
export interface Use {
  copies: number;
  /** Of all of them together. */
  bytes: number;
  wish?: Wish;
}

/** Consecutive chunks of one use; `copies` is undefined where nothing uses them. */
export interface UsagePiece extends ChunkRun {
  copies: number | undefined;
  /** The number of a wish. */
  wish: number;
}

export class UsageMap {
  readonly #blocks = new Map<number, number | Uint16Array>();
  /** What was added of each block. */
  readonly #added = new Map<number, { chunks: number; bytes: number }>();
  readonly #wishes = new WishTable();

  /** Used, with at least so many copies. */
  add({ first, count }: ChunkRun, { copies, bytes, wish }: Use): void {
    const mark = (wish ? this.#wishes.number(wish) : NO_WISH) * COPIES_ROOM + copies + 1;
    const end = first + count;
    for (let at: number = first; at < end;) {
      const block = blockOf(at as ChunkId);
      const start = block * BLOCK_CHUNKS;
      const to = Math.min(end - start, BLOCK_CHUNKS);
      const chunks = to - (at - start);
      this.#raise(block, { from: at - start, to, mark });
      this.#weigh(block, { chunks, bytes: (bytes * chunks) / count });
      at = start + to;
    }
  }

  /** Numbers of the blocks of which anything is used. */
  blocks(): number[] {
    return [...this.#blocks.keys()];
  }

  /** A run cut where its use changes, at block borders at least. */
  *pieces(run: ChunkRun): Generator<UsagePiece> {
    const end = run.first + run.count;
    for (let at: number = run.first; at < end;) {
      const marks = this.#blocks.get(blockOf(at as ChunkId)) ?? UNUSED;
      const start = blockOf(at as ChunkId) * BLOCK_CHUNKS;
      const to = Math.min(end, start + nextChange(marks, { from: at - start }));
      const mark = typeof marks === "number" ? marks : (marks[at - start] ?? UNUSED);
      const copies = mark === UNUSED ? undefined : copiesOf(mark);
      yield { first: at as ChunkId, count: to - at, copies, wish: wishOf(mark) };
      at = to;
    }
  }

  wishAt(number: number): Wish {
    return this.#wishes.at(number);
  }

  /** How long the chunks of a block are, as a mean of those that are used; 0 where none are. */
  meanBytes(block: number): number {
    const { chunks, bytes } = this.#added.get(block) ?? { chunks: 1, bytes: 0 };
    return bytes / chunks;
  }

  /** The most copies that any of these is to have; undefined when nothing uses any of them. */
  most(runs: readonly ChunkRun[]): number | undefined {
    let most: number | undefined;
    for (const run of runs) {
      for (const { copies } of this.pieces(run)) {
        if (copies !== undefined) most = Math.max(most ?? 0, copies);
      }
    }
    return most;
  }

  #raise(block: number, { from, to, mark }: { from: number; to: number; mark: number }): void {
    const before = this.#blocks.get(block) ?? UNUSED;
    if (typeof before === "number") {
      const after = this.#join(before, mark);
      if (after === before) return;
      if (to - from === BLOCK_CHUNKS) {
        this.#blocks.set(block, after);
        return;
      }
    }
    const marks = typeof before === "number" ? new Uint16Array(BLOCK_CHUNKS).fill(before) : before;
    // Neighbours are mostly alike: what the last became, the next does.
    let [was, is] = [UNUSED, mark];
    for (let at = from; at < to; at++) {
      const one = marks[at] ?? UNUSED;
      if (one !== was) [was, is] = [one, this.#join(one, mark)];
      marks[at] = is;
    }
    const isEven =
      marks[0] === marks[BLOCK_CHUNKS - 1] && nextChange(marks, { from: 0 }) === BLOCK_CHUNKS;
    this.#blocks.set(block, isEven ? (marks[0] ?? UNUSED) : marks);
  }

  /** The most copies, and what both wish. */
  #join(a: number, b: number): number {
    if (a === b || a === UNUSED) return b;
    const wish = this.#wishes.join(wishOf(a), wishOf(b));
    return wish * COPIES_ROOM + Math.max(copiesOf(a), copiesOf(b)) + 1;
  }

  #weigh(block: number, { chunks, bytes }: { chunks: number; bytes: number }): void {
    const added = this.#added.get(block) ?? { chunks: 0, bytes: 0 };
    added.chunks += chunks;
    added.bytes += bytes;
    this.#added.set(block, added);
  }
}

function copiesOf(mark: number): number {
  return (mark % COPIES_ROOM) - 1;
}

function wishOf(mark: number): number {
  return Math.floor(mark / COPIES_ROOM);
}

/** The first offset after `from` whose mark differs; 1,024 when none does. */
function nextChange(marks: number | Uint16Array, { from }: { from: number }): number {
  if (typeof marks === "number") return BLOCK_CHUNKS;
  let to = from + 1;
  while (to < BLOCK_CHUNKS && marks[to] === marks[from]) to++;
  return to;
}
