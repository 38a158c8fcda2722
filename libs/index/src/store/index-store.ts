/**
 * What lies under the index: rows, a reader that cannot write, a transaction that can. All calls
 * are batched, so that a store on another machine costs few round trips. The rules of the drive
 * are the engine's; a store only keeps what it is told, whole or not at all.
 */
import type {
  ChunkId,
  ChunkRun,
  DirId,
  DriveId,
  LeaseId,
  PeerId,
  Revision,
} from "@goliath/protocols/nouns";
import type {
  EntryKey,
  EntryRow,
  EntryWrite,
  DirRow,
  Place,
  PastPlace,
  Segment,
  LeaseRow,
  DoneRow,
  WriterState,
  RevisionRow,
  FeedGroup,
  FeedRow,
} from "./rows.ts";
import type { UpkeepBatch, UpkeepReader } from "./upkeep-store.ts";

export type * from "./rows.ts";

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
