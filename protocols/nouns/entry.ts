/** What stands at a path. */
import type { DirId, Revision } from "./ids.ts";
import type { Manifest } from "./manifest.ts";

/** Chunks up to which an entry may carry its digests along: small files then need no second request. */
export const INLINE_CHUNKS_MAX = 16;

/** The content of one version of a file. */
export interface FileBody extends Manifest {
  /** Bytes; the sum of the extents'. */
  size: number;
  /** Modification time in whole milliseconds since 1970, may be negative. */
  mtimeMs: number;
  executable: boolean;
  /** All digests, 32 bytes each, for files of at most `INLINE_CHUNKS_MAX` chunks where asked for. */
  sums?: Uint8Array;
}

/** A file as committed in `revision`. */
export interface FileEntry extends FileBody {
  kind: "file";
  revision: Revision;
}

/** A directory; `revision` is that of its last naming (made, moved), not of changes inside it. */
export interface DirEntry {
  kind: "dir";
  revision: Revision;
  dir: DirId;
  /** Files below it, at any depth, and their bytes, now. */
  files: number;
  bytes: number;
}

export type Entry = FileEntry | DirEntry;

/** An entry under its name in some directory. */
export interface NamedEntry {
  name: string;
  entry: Entry;
}
