/** Files that serve chunks from where they lie. */
import type { ChunkId, Extent } from "@goliath/protocols/nouns";
import type { ChunkReader } from "./chunk-store.ts";

/** What is remembered of a file to tell whether it is still the one that was hashed. */
export interface FileStamp {
  size: number;
  /** Nanoseconds since 1970: more than a number holds. */
  mtimeNs: bigint;
  ctimeNs: bigint;
  inode: bigint;
}

/** A file on this disk whose bytes are the chunks of `extents`, in order. */
export interface PlacedFile {
  /** Absolute path. */
  path: string;
  stamp: FileStamp;
  extents: Extent[];
  /** All digests, 32 bytes each. */
  sums: Uint8Array;
}

/** What was found wrong while reading. Either way the holdings have changed already. */
export type PlacedProblem =
  /** The file is not the one that was placed: it has been withdrawn, whole. */
  | { kind: "changed"; path: string }
  /** The file was not written to, yet these bytes are wrong. The file stays as it is. */
  | { kind: "rotten"; path: string; id: ChunkId; offset: number; length: number };

/** Chunks served in place, over folders the user owns: this store never writes into them. */
export interface PlacedChunks extends ChunkReader, AsyncDisposable {
  /**
   * Registers files; one that was placed at the same path before is replaced. Durable, all or
   * none. Calls of one turn of the event loop share one sync of the disk; so with the next two.
   */
  place(files: readonly PlacedFile[]): Promise<void>;
  /** Forgets the files at these absolute paths. */
  withdraw(paths: readonly string[]): Promise<void>;
  /**
   * The files were renamed on disk, each with everything below it when a directory; what was
   * placed at `to` is forgotten. Call it right after the rename: a read that finds a file gone
   * waits a moment for this call, then withdraws it.
   */
  moved(from: string, to: string): Promise<void>;
  /** What is known of the file at an absolute path. */
  placed(path: string): PlacedFile | undefined;
  /**
   * Files at or below an absolute path, after `after`, at most `limit`; in the order of the
   * paths' UTF-8 bytes, each with all its digests.
   */
  list(under: string, options: { after?: string; limit: number }): PlacedFile[];
  /** A chunk held in place: which file, and where in it. */
  locate(id: ChunkId): { path: string; offset: number; length: number } | undefined;
  onProblem(listener: (problem: PlacedProblem) => void): () => void;
}
