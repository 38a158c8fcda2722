/**
 * `/goliath/chunks/1.0.0`: chunks between peers. One long-lived stream per direction, requests in
 * flight, replies in any order; the payload is the raw bytes. The receiver checks the digest:
 * nothing here is trusted.
 */
import type { ChunkId, ChunkRun, Digest } from "../nouns/exports.ts";
import type { CallOptions } from "../wire/exports.ts";

/** Chunks wanted and not yet answered, per stream: 64 MiB of 1 MiB chunks at most. */
export const WANTS_IN_FLIGHT_MAX = 64;

export interface ChunkWant {
  id: ChunkId;
  /** A part of the chunk; the whole when absent. A part cannot be verified alone. */
  offset?: number;
  length?: number;
}

/** What a peer answers to others; `ChunksClient` asks it. */
export interface ChunksService {
  /** The chunk's bytes. Throws `missing`, `changed`, `corrupt`, `busy`. */
  read(want: ChunkWant, options?: CallOptions): Promise<Uint8Array>;
  /**
   * Many small chunks in one answer, in the order of the ids; undefined for what is not here, is
   * longer than `SMALL_CHUNK_BYTES_MAX` or does not fit: `read` tells why. Whoever
   * has none of it gives nothing.
   */
  readSmall?(
    request: { runs: ChunkRun[] },
    options?: CallOptions,
  ): Promise<(Uint8Array | undefined)[]>;
  /** Of these runs, what the peer can serve now. */
  has(request: { runs: ChunkRun[] }, options?: CallOptions): Promise<ChunkRun[]>;
  /** Raw digests, 32 bytes each, of pages of the manifest with this root. Throws `missing`. */
  page(
    request: { root: Digest; pageIndex: number },
    options?: CallOptions,
  ): Promise<{ leaves: Uint8Array; sums: Uint8Array }>;
  /** Gives a chunk to a keeper. Throws `forbidden` for ids not announced to it, `full`, `corrupt`. */
  push(
    chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array },
    options?: CallOptions,
  ): Promise<void>;
}
