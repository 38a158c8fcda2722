/**
 * Where a peer's chunks lie. A `ChunkReader` cannot write; a `ChunkStore` takes chunks that come
 * without a file; `FolderChunkStore` adds files that stay where they are.
 */
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";

export interface ReadOptions {
  signal?: AbortSignal;
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
  /** Digests of held chunks, 32 bytes each, in order. Throws `missing` with `about.id`. */
  digests(runs: readonly ChunkRun[]): Uint8Array;
  /** A held chunk with these bytes, whatever its id: for reuse without the network. */
  find(digest: Digest): ChunkId | undefined;
  /** All that is held, in ascending runs, from `from` on; at most `limit` runs. */
  runs(from: ChunkId, limit: number): ChunkRun[];
  onChange(listener: (change: HoldingsChange) => void): () => void;
}

export interface ChunkStore extends ChunkReader, AsyncDisposable {
  /** Stores bytes whose digest the caller has checked; on disk when it resolves. Throws `full`. */
  write(chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array }): Promise<void>;
  /** Forgets chunks; their space is freed later. Unknown ids are ignored. */
  drop(runs: readonly ChunkRun[]): Promise<void>;
}
