/** The rows of a store. */
import type {
  ChunkId,
  ChunkRun,
  Digest,
  DirId,
  Extent,
  LeaseId,
  PeerId,
  Revision,
} from "@goliath/protocols/nouns";

export interface EntryKey {
  dir: DirId;
  name: string;
}

export interface FileContent {
  kind: "file";
  root: Digest;
  extents: Extent[];
  size: number;
  mtimeMs: number;
  executable: boolean;
}

/** What stands under a name. */
export type Content = FileContent | { kind: "dir"; dir: DirId };

/** `content` stands under this name since `revision`. */
export interface EntryRow extends EntryKey {
  revision: Revision;
  content: Content;
}

/** Replaces what stands under a name; `before` is what did until now and becomes past. */
export interface EntryWrite extends EntryKey {
  before: EntryRow | undefined;
  now: Content | undefined;
}

/** A directory. Removing one marks only itself: what lies below keeps its rows, unreachable. */
export interface DirRow {
  dir: DirId;
  /** Where it stands now, or stood last. The root is its own parent, with an empty name. */
  parent: DirId;
  name: string;
  made: Revision;
  /** The revision that removed it; 0 while it lives. */
  gone: Revision;
  /** Files below, at any depth, and their bytes. */
  files: number;
  bytes: number;
  /** Claims at or below it. */
  claims: number;
  /** Upper bounds of the names and path bytes (each name with its slash) below it. */
  height: number;
  reach: number;
  /** Whose share owns its content. */
  owner: PeerId | undefined;
  /** Its past is whole from this revision on; of earlier ones some names are forgotten. */
  kept: Revision;
}

/** Where a directory stood. */
export interface Place {
  parent: DirId;
  name: string;
}

/** `dir` stood at `place` in the revisions before `until` and after the place before it. */
export interface PastPlace extends Place {
  dir: DirId;
  until: Revision;
}

/** Digests of consecutive chunk ids, 32 bytes each. */
export interface Segment {
  first: ChunkId;
  sums: Uint8Array;
}

export interface LeaseRow extends ChunkRun {
  lease: LeaseId;
  peer: PeerId;
  expiresAtMs: number;
}

/** That a commit was done, and with what result. */
export interface DoneRow {
  peer: PeerId;
  number: number;
  digest: Uint8Array;
  revision: Revision;
  atMs: number;
}

/** What is remembered of a writer around one commit number. */
export interface WriterState {
  done: DoneRow | undefined;
  /** Numbers up to here were forgotten: all count as used. -1 when none were. */
  floor: number;
  /** The remembered commit with the lowest number. */
  first: DoneRow | undefined;
}

export interface RevisionRow {
  revision: Revision;
  atMs: number;
  /** The running time of the index at the commit. */
  runMs: number;
  peer: PeerId;
  changes: number;
  summary: string;
  note: string;
}

/** Names changed in one directory by one revision. */
export interface FeedGroup {
  dir: DirId;
  /** The directory itself, its parent … the root, as of that revision; empty when it was removed. */
  line: DirId[];
  names: string[];
}

export interface FeedRow {
  revision: Revision;
  atMs: number;
  /** Only groups whose line contains the directory that was asked for. */
  groups: FeedGroup[];
}
