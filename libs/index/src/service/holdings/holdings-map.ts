/**
 * Who holds which chunks, in memory: for each block its holders, each with all of it or a bitmap.
 * Soft state: peers report it, a restart forgets it.
 *
 * Measured: a block takes about 200 bytes, and each holder of all of it 24, of a part 160 to 200.
 */
import {
  BLOCK_CHUNKS,
  blockOf,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";
import { BitmapSlab, type Range } from "./bitmap-slab.ts";
import { runSet } from "./run-set.ts";

/** Blocks one peer may say it holds: 256 TiB of 1 MiB chunks, 100 MB of memory here at worst. */
export const PEER_BLOCKS_MAX = 256 * 1024;

/** In place of a bitmap's number: the holder has the whole block. */
const ALL = -1;

/** Consecutive chunks with the same holders. */
export interface HeldPiece extends ChunkRun {
  peers: PeerId[];
}

interface Holder {
  peer: PeerId;
  chunks: number;
  blocks: number;
}

export class HoldingsMap {
  /** Block number → holder's slot, its bitmap or `ALL`, next holder's slot, … */
  readonly #blocks = new Map<number, number[]>();
  readonly #slab = new BitmapSlab();
  readonly #slots = new Map<PeerId, number>();
  readonly #holders: (Holder | undefined)[] = [];

  /**
   * Throws `too-large` for more than `PEER_BLOCKS_MAX` blocks, in one call before anything is done;
   * of several calls what was added until then stays.
   */
  add(peer: PeerId, runs: readonly ChunkRun[]): void {
    const set = boundedSet(runs);
    const slot = this.#slotOf(peer);
    for (const run of set) {
      eachBlock(run, (block, range) => this.#fill(block, { slot, range }));
    }
  }

  /** Throws as `add` does. */
  remove(peer: PeerId, runs: readonly ChunkRun[]): void {
    const set = boundedSet(runs);
    const slot = this.#slots.get(peer);
    if (slot === undefined) return;
    for (const run of set) {
      eachBlock(run, (block, range) => this.#clear(block, { slot, range }));
    }
  }

  /** Forgets everything a peer holds. Walks all blocks: for resets and departures. */
  forget(peer: PeerId): void {
    const slot = this.#slots.get(peer);
    if (slot === undefined) return;
    for (const [block, entries] of this.#blocks) {
      const at = positionOf(entries, slot);
      if (at >= 0) this.#drop(block, { entries, at });
    }
    this.#slots.delete(peer);
    this.#holders[slot] = undefined;
  }

  /** Chunks a peer holds. */
  chunks(peer: PeerId): number {
    const slot = this.#slots.get(peer);
    return (slot === undefined ? undefined : this.#holders[slot])?.chunks ?? 0;
  }

  /** Numbers of the blocks that somebody holds something of, in no order. */
  blocks(): number[] {
    return [...this.#blocks.keys()];
  }

  /** Whether a peer holds anything of a block. */
  hasOf(block: number, peer: PeerId): boolean {
    const slot = this.#slots.get(peer);
    return slot !== undefined && positionOf(this.#blocks.get(block) ?? [], slot) >= 0;
  }

  /** What is kept in memory. */
  get size(): { blocks: number; bitmaps: number } {
    return { blocks: this.#blocks.size, bitmaps: this.#slab.size };
  }

  /** A run cut where its holders change, at block borders at least. */
  *pieces(run: ChunkRun): Generator<HeldPiece> {
    const end = run.first + run.count;
    for (let first: number = run.first; first < end;) {
      const start = blockOf(first as ChunkId) * BLOCK_CHUNKS;
      const range = { from: first - start, to: Math.min(end - start, BLOCK_CHUNKS) };
      for (const { from, to, peers } of this.#cut(blockOf(first as ChunkId), range)) {
        yield { first: (start + from) as ChunkId, count: to - from, peers };
      }
      first = start + range.to;
    }
  }

  *#cut(block: number, range: Range): Generator<Range & { peers: PeerId[] }> {
    const entries = this.#blocks.get(block) ?? [];
    for (let from = range.from; from < range.to;) {
      let to = range.to;
      const peers: PeerId[] = [];
      for (let at = 0; at < entries.length; at += 2) {
        const bitmap = entries[at + 1] ?? ALL;
        const holder = this.#holders[entries[at] ?? 0];
        if (bitmap !== ALL) to = Math.min(to, this.#slab.nextChange(bitmap, from));
        if (holder && (bitmap === ALL || this.#slab.has(bitmap, from))) peers.push(holder.peer);
      }
      yield { from, to, peers };
      from = to;
    }
  }

  #slotOf(peer: PeerId): number {
    const known = this.#slots.get(peer);
    if (known !== undefined) return known;
    const vacant = this.#holders.indexOf(undefined);
    const slot = vacant >= 0 ? vacant : this.#holders.length;
    this.#holders[slot] = { peer, chunks: 0, blocks: 0 };
    this.#slots.set(peer, slot);
    return slot;
  }

  #fill(block: number, { slot, range }: { slot: number; range: Range }): void {
    const holder = this.#holders[slot] as Holder;
    let entries = this.#blocks.get(block) ?? [];
    let at = positionOf(entries, slot);
    if (at < 0) {
      if (holder.blocks >= PEER_BLOCKS_MAX) throw tooManyBlocks();
      holder.blocks++;
      at = entries.length;
      const whole = range.to - range.from === BLOCK_CHUNKS;
      if (whole) holder.chunks += BLOCK_CHUNKS;
      // A new array of just this length: `push` would reserve room for sixteen more.
      entries = [...entries, slot, whole ? ALL : this.#slab.take(false)];
      this.#blocks.set(block, entries);
    }
    const bitmap = entries[at + 1] ?? ALL;
    if (bitmap === ALL) return;
    holder.chunks += this.#slab.set(bitmap, range, true);
    if (this.#slab.count(bitmap) < BLOCK_CHUNKS) return;
    this.#slab.release(bitmap);
    entries[at + 1] = ALL;
  }

  #clear(block: number, { slot, range }: { slot: number; range: Range }): void {
    const holder = this.#holders[slot] as Holder;
    const entries = this.#blocks.get(block) ?? [];
    const at = positionOf(entries, slot);
    if (at < 0) return;
    let bitmap = entries[at + 1] ?? ALL;
    if (bitmap === ALL && range.to - range.from === BLOCK_CHUNKS) {
      holder.chunks -= BLOCK_CHUNKS;
      holder.blocks--;
      this.#drop(block, { entries, at });
      return;
    }
    if (bitmap === ALL) {
      bitmap = this.#slab.take(true);
      entries[at + 1] = bitmap;
    }
    holder.chunks += this.#slab.set(bitmap, range, false);
    if (this.#slab.count(bitmap) === 0) {
      holder.blocks--;
      this.#drop(block, { entries, at });
    }
  }

  #drop(block: number, { entries, at }: { entries: number[]; at: number }): void {
    const bitmap = entries[at + 1] ?? ALL;
    if (bitmap !== ALL) this.#slab.release(bitmap);
    const rest = [...entries.slice(0, at), ...entries.slice(at + 2)];
    if (rest.length > 0) this.#blocks.set(block, rest);
    else this.#blocks.delete(block);
  }
}

function positionOf(entries: readonly number[], slot: number): number {
  for (let at = 0; at < entries.length; at += 2) if (entries[at] === slot) return at;
  return -1;
}

/**
 * Runs as a set. Refused before any block is touched when they span more blocks than a peer may
 * hold: thousands of runs that each name everything would otherwise be walked one after the other.
 */
function boundedSet(runs: readonly ChunkRun[]): ChunkRun[] {
  for (const { first, count } of runs) {
    if (!Number.isSafeInteger(first + count) || first < 0 || count < 0) {
      throw new GoliathError("bad-request", "a run of chunks is out of range");
    }
  }
  const set = runSet(runs);
  const count = set.reduce((sum, run) => sum + run.count, 0);
  if (count > PEER_BLOCKS_MAX * BLOCK_CHUNKS) throw tooManyBlocks();
  return set;
}

function tooManyBlocks(): GoliathError {
  return new GoliathError("too-large", `a peer reports more than ${PEER_BLOCKS_MAX} blocks`);
}

/** The blocks a run touches, with the part of each. */
function eachBlock({ first, count }: ChunkRun, visit: (block: number, range: Range) => void): void {
  const end = first + count;
  for (let at: number = first; at < end;) {
    const block = blockOf(at as ChunkId);
    const start = block * BLOCK_CHUNKS;
    const to = Math.min(end - start, BLOCK_CHUNKS);
    visit(block, { from: at - start, to });
    at = start + to;
  }
}
