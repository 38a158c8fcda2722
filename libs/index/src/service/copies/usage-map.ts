/**
 * Which chunks kept revisions use and how many copies each is to have: for each block one number,
 * or a byte a chunk. At most 1 KiB a block: 100 MB for 100 million chunks, if no two neighbours are
 * alike, and about 100 bytes a block where they are.
 */
import { BLOCK_CHUNKS, blockOf, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";

/** In a block: the chunk is used by nothing. Else its copies and one. */
const UNUSED = 0;

/** Consecutive chunks of one use; `copies` is undefined where nothing uses them. */
export interface UsagePiece extends ChunkRun {
  copies: number | undefined;
}

export class UsageMap {
  readonly #blocks = new Map<number, number | Uint8Array>();

  /** Used, with at least so many copies. */
  add({ first, count }: ChunkRun, copies: number): void {
    const end = first + count;
    for (let at: number = first; at < end;) {
      const block = blockOf(at as ChunkId);
      const start = block * BLOCK_CHUNKS;
      const to = Math.min(end - start, BLOCK_CHUNKS);
      this.#raise(block, { from: at - start, to, mark: copies + 1 });
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
      const copies = mark === UNUSED ? undefined : mark - 1;
      yield { first: at as ChunkId, count: to - at, copies };
      at = to;
    }
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
      if (before >= mark) return;
      if (to - from === BLOCK_CHUNKS) {
        this.#blocks.set(block, mark);
        return;
      }
    }
    const marks = typeof before === "number" ? new Uint8Array(BLOCK_CHUNKS).fill(before) : before;
    for (let at = from; at < to; at++) if ((marks[at] ?? 0) < mark) marks[at] = mark;
    const isEven = nextChange(marks, { from: 0 }) === BLOCK_CHUNKS;
    this.#blocks.set(block, isEven ? (marks[0] ?? UNUSED) : marks);
  }
}

/** The first offset after `from` whose mark differs; 1,024 when none does. */
function nextChange(marks: number | Uint8Array, { from }: { from: number }): number {
  if (typeof marks === "number") return BLOCK_CHUNKS;
  let to = from + 1;
  while (to < BLOCK_CHUNKS && marks[to] === marks[from]) to++;
  return to;
}
