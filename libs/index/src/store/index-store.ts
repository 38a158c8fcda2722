/**
 * What lies under the index: rows, a reader that cannot write, a transaction that can. All calls
 * are batched, so that a store on another machine costs few round trips. The rules of the drive
 * are the engine's; a store only keeps what it is told, whole or not at all.
 */
import type {
  ChunkId,
  ChunkRun,
  Digest,
  DirId,
  DriveId,
  Extent,
  LeaseId,
  PeerId,
  Revision,
} from "@goliath/protocols/nouns";
import type { UpkeepBatch, UpkeepReader } from "./upkeep-store.ts";

/** The one row about the drive itself, with its counters. Ids below the counters are used up. */
export interface Head {
  drive: DriveId;
  chunkBytes: number;
  generation: number;
  revision: Revision;
  /** The oldest revision that can be read. */
  oldest: Revision;
  nextDir: DirId;
  nextChunk: ChunkId;
  nextLease: LeaseId;
  /** How long the index has run in all, in milliseconds, as far as it was written down. */
  runMs: number;
}

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

/** All that one transaction writes; what is absent is not touched. */
export interface Batch extends UpkeepBatch {
  head?: Head;
  /** With `head.revision` as the revision of what is new. */
  entries?: EntryWrite[];
  dirs?: DirRow[];
  places?: PastPlace[];
  digests?: Segment[];
  revision?: RevisionRow;
  feed?: FeedGroup[];
  /** Every directory in which, or below which, the revision changed something. */
  touched?: Iterable<DirId>;
  done?: DoneRow;
  /** Forgets the commits of `peer` up to and including `number`, raising its floor. */
  forget?: { peer: PeerId; number: number };
  leases?: LeaseRow[];
  /** Ends leases, with what was staged under them. */
  ended?: LeaseId[];
  staged?: { lease: LeaseId; remove: ChunkId[]; add: Segment[] };
  record?: { key: string; value: Uint8Array | undefined };
}

export interface ListRows {
  dir: DirId;
  /** Undefined: now. */
  at?: Revision;
  /** Exclusive. */
  after?: string;
  limit: number;
}

export interface ListedRows {
  rows: EntryRow[];
  /** Present when there may be more: continue after this name. */
  next?: string;
}

/** Reads of one snapshot. Results stand in the order of what was asked for. */
export interface StoreReader extends UpkeepReader {
  head(): Promise<Head>;
  /** What stands, or stood at the end of revision `at`, under each key. */
  entries(keys: readonly EntryKey[], at?: Revision): Promise<(EntryRow | undefined)[]>;
  /** In byte order of the names. Examines a bounded number of rows: a page may be short. */
  list(request: ListRows): Promise<ListedRows>;
  dirs(dirs: readonly DirId[]): Promise<(DirRow | undefined)[]>;
  /** Where each directory stood in revision `at`; undefined when it was not made or gone. */
  places(dirs: readonly DirId[], at: Revision): Promise<(Place | undefined)[]>;
  /** Every live directory with an owner. */
  claims(): Promise<DirRow[]>;
  /** Committed digests of each run; undefined when one of them is not known. */
  sums(runs: readonly ChunkRun[]): Promise<(Uint8Array | undefined)[]>;
  leases(leases: readonly LeaseId[]): Promise<(LeaseRow | undefined)[]>;
  leasesOf(peer: PeerId): Promise<LeaseRow[]>;
  /** The lease that contains each id, expired or not. */
  leasesAt(ids: readonly ChunkId[]): Promise<(LeaseRow | undefined)[]>;
  /** Leases that ended at `nowMs` or before. */
  expired(nowMs: number, limit: number): Promise<LeaseId[]>;
  /** The segments staged under a lease that overlap a run, in the ids' order. */
  staged(lease: LeaseId, run: ChunkRun): Promise<Segment[]>;
  writer(peer: PeerId, number: number): Promise<WriterState>;
  /** Newest first; with `dir`, only what touched it. */
  revisions(request: { dir?: DirId; before?: Revision; limit: number }): Promise<RevisionRow[]>;
  /** Revisions after `from` that touched `dir`, until `limit` names are reached. */
  feed(request: { dir: DirId; from: Revision; limit: number }): Promise<FeedRow[]>;
  record(key: string): Promise<Uint8Array | undefined>;
  records(prefix: string, limit: number): Promise<{ key: string; value: Uint8Array }[]>;
}

/** A reader that sees its own writes. */
export interface StoreTransaction extends StoreReader {
  apply(batch: Batch): Promise<void>;
}

export type WriteJob<Result> = (transaction: StoreTransaction) => Promise<Result>;

export interface IndexStore extends AsyncDisposable {
  /** Runs `job` on one snapshot, which includes every write that was acknowledged before. */
  read<Result>(job: (reader: StoreReader) => Promise<Result>): Promise<Result>;
  /**
   * Runs the jobs one after the other as one durable transaction: each sees the ones before it,
   * one that throws is undone alone. Resolves once all of it is on disk; rejects with nothing done.
   */
  write<Result>(jobs: readonly WriteJob<Result>[]): Promise<PromiseSettledResult<Result>[]>;
}
