/** Files that serve chunks from where they lie. */
import type { ChunkRun, Extent } from "@goliath/protocols/nouns";
import type { ChunkReader } from "./chunk-store.ts";

/** What is remembered of a file to tell whether it is still the one that was hashed. */
export interface FileStamp {
  size: number;
  /** Nanoseconds since 1970, as decimal text would lose nothing; kept as bigint. */
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

/** Chunks served in place, over folders the user owns: this store never writes into them. */
export interface PlacedChunks extends ChunkReader, AsyncDisposable {
  /** Registers files; one that was placed at the same path before is replaced. Durable. */
  place(files: readonly PlacedFile[]): Promise<void>;
  /** Forgets the files at these absolute paths. */
  withdraw(paths: readonly string[]): Promise<void>;
  /** The files were renamed on disk, each with everything below it when a directory. */
  moved(from: string, to: string): Promise<void>;
  /** What is known of the file at an absolute path. */
  placed(path: string): PlacedFile | undefined;
  /** Files at or below an absolute path, in path order, after `after`; at most `limit`. */
  list(under: string, options: { after?: string; limit: number }): PlacedFile[];
  /** A chunk held in place: which file, and where in it. */
  locate(id: ChunkRun["first"]): { path: string; offset: number; length: number } | undefined;
}
