/** Which chunks of a file keep their ids, and what its extents become. */
import {
  DIGEST_BYTES,
  type ChunkId,
  type ChunkRun,
  type Extent,
  type LeaseId,
} from "@goliath/protocols/nouns";

/**
 * Runs a plan may have before all ids are taken anew: scattered edits would otherwise make the
 * entry of one file longer than a message may be. 24 bytes a run.
 */
const RUNS_MAX = 4096;

/** Consecutive chunks of a file: with `first` they keep these ids, without they need new ones. */
export interface PlannedRun {
  count: number;
  first?: ChunkId;
}

/** A version of a file whose ids are in the drive. */
export interface KnownVersion {
  extents: readonly Extent[];
  /** All its digests, 32 bytes each. */
  sums: Uint8Array;
}

/** Compares digests position by position: a chunk that did not change keeps its id. */
export function planChunks(sums: Uint8Array, before?: KnownVersion): PlannedRun[] {
  const count = sums.length / DIGEST_BYTES;
  if (count === 0) return [];
  if (!before) return [{ count }];
  const runs: PlannedRun[] = [];
  const known = idsOf(before.extents);
  for (let index = 0; index < count; index++) {
    const id = known.next().value;
    addChunk(runs, id !== undefined && sameSum(sums, before.sums, index) ? id : undefined);
  }
  return runs.length > RUNS_MAX ? [{ count }] : runs;
}

/** How many new ids the plan needs. */
export function freshCount(plan: readonly PlannedRun[]): number {
  return plan.reduce((sum, run) => (run.first === undefined ? sum + run.count : sum), 0);
}

export interface ExtentsInit {
  /** Size of the file. */
  bytes: number;
  chunkBytes: number;
  /** Takes up to `count` consecutive new ids; called until the plan is filled. */
  take: (count: number, index: number) => ChunkRun;
}

/** The extents of the planned file: chunks whose ids follow each other are one extent. */
export function extentsOf(plan: readonly PlannedRun[], init: ExtentsInit): Extent[] {
  const extents: Extent[] = [];
  let index = 0;
  for (const run of plan) {
    for (let left = run.count; left > 0;) {
      const piece =
        run.first === undefined ? init.take(left, index) : { first: run.first, count: left };
      const start = index * init.chunkBytes;
      const bytes = Math.min(piece.count * init.chunkBytes, init.bytes - start);
      addExtent(extents, { ...piece, bytes });
      index += piece.count;
      left -= piece.count;
    }
  }
  return extents;
}

/** New ids with their digests, ready to be staged. */
export interface FreshChunks extends ChunkRun {
  lease: LeaseId;
  sums: Uint8Array;
}

function addChunk(runs: PlannedRun[], id: ChunkId | undefined): void {
  const last = runs.at(-1);
  const follows =
    last && (last.first === undefined ? id === undefined : last.first + last.count === id);
  if (follows) last.count++;
  else runs.push(id === undefined ? { count: 1 } : { count: 1, first: id });
}

function addExtent(extents: Extent[], extent: Extent): void {
  const last = extents.at(-1);
  // Only the last chunk of a file is short, so what stands before another extent is full.
  if (last && last.first + last.count === extent.first) {
    last.count += extent.count;
    last.bytes += extent.bytes;
  } else extents.push(extent);
}

function* idsOf(extents: readonly Extent[]): Generator<ChunkId, undefined> {
  for (const { first, count } of extents) {
    for (let i = 0; i < count; i++) yield (first + i) as ChunkId;
  }
  return undefined;
}

function sameSum(a: Uint8Array, b: Uint8Array, index: number): boolean {
  const from = index * DIGEST_BYTES;
  const to = from + DIGEST_BYTES;
  return b.length >= to && Buffer.compare(a.subarray(from, to), b.subarray(from, to)) === 0;
}
