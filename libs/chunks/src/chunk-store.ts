/**
 * Where a peer's chunks lie. A `ChunkReader` cannot write; a `ChunkStore` takes chunks that come
 * without a file; a `SpaceKeeper` promises room for them. A keeper stands on a store that is both.
 */
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";

export interface ReadOptions {
  signal?: AbortSignal;
}

/** Bytes of one chunk and of all together. */
export interface SmallLimits {
  lengthMax: number;
  bytesMax: number;
}

/** What a store tells whoever reports holdings. Runs are ascending within one event. */
export interface HoldingsChange {
  added: ChunkRun[];
  removed: ChunkRun[];
}

export interface ChunkReader {
  has(id: ChunkId): boolean;
  /** Of these runs, the parts that are held. */
  held(runs: readonly ChunkRun[]): ChunkRun[];
  /**
   * The whole chunk. Throws `missing`; `changed` when the file under it is no longer what was
   * placed (it is withdrawn then); `corrupt` when the bytes rotted.
   */
  read(id: ChunkId, options?: ReadOptions): Promise<Uint8Array>;
  /**
   * Small chunks that can be had in one go, in the order of the ids: undefined for one that is not
   * held, is longer than `lengthMax`, takes all beyond `bytesMax` or is not read as easily. A reader
   * without this gives none.
   */
  readSmall?(ids: readonly ChunkId[], limits: SmallLimits): Promise<(Uint8Array | undefined)[]>;
  /** Digests of held chunks, 32 bytes each, in order. Throws `missing` with `about.id`. */
  digests(runs: readonly ChunkRun[]): Uint8Array;
  /** A held chunk with these bytes, whatever its id: for reuse without the network. */
  find(digest: Digest): ChunkId | undefined;
  /** All that is held, in ascending runs, from `from` on; at most `limit` runs. */
  runs(from: ChunkId, limit: number): ChunkRun[];
  onChange(listener: (change: HoldingsChange) => void): () => void;
}

/** A chunk whose digest has been checked. */
export interface NewChunk {
  id: ChunkId;
  digest: Digest;
  bytes: Uint8Array;
}

export interface ChunkStore extends ChunkReader, AsyncDisposable {
  /** Stores bytes whose digest the caller has checked; on disk when it resolves. Throws `full`. */
  write(chunk: NewChunk): Promise<void>;
  /**
   * Forgets chunks, which are no longer held when the call returns; their space is freed later.
   * Unknown ids are ignored.
   */
  drop(runs: readonly ChunkRun[]): Promise<void>;
}

/** Room for chunks, which can be promised before they come. */
export interface SpaceKeeper {
  space(): Promise<StoreSpace>;
  /** Promises room for so many chunks of so many bytes together. Throws `full`. */
  reserve(need: { chunks: number; bytes: number }): Promise<RoomReservation>;
}

export interface StoreSpace {
  /** What the store takes on the disk now, dead space included. */
  usedBytes: number;
  /** What is promised beyond that. */
  reservedBytes: number;
  /** What can still be promised. */
  freeBytes: number;
}

/** Room that nobody else gets until it is disposed of. */
export interface RoomReservation extends Disposable {
  /** As a store's `write`, within what was promised; what goes beyond takes its chances. */
  write(chunk: NewChunk): Promise<void>;
}
