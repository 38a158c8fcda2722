/**
 * The engine of the index: namespace, commits, leases, digests and feed over an `IndexStore`. It
 * knows nothing of streams, passes or holders; the service layer stands on it.
 */
import type {
  CommitReply,
  CommitRequest,
  DriveInfo,
  Lease,
  ListReply,
  ListRequest,
  LogEntry,
  LogRequest,
  PathPolicy,
  ResolveReply,
  ResolveRequest,
  SearchReply,
  SearchRequest,
} from "@goliath/protocols/index/service";
import type { FeedEvent } from "@goliath/protocols/feed/service";
import type { RetainCursor, UsageCursor } from "./cursors.ts";
import type {
  ChunkId,
  ChunkRun,
  DirId,
  DrivePath,
  LeaseId,
  PeerId,
  Revision,
} from "@goliath/protocols/nouns";
import type { UsedColumns } from "./merge-uses.ts";

/** Who commits. An admin may also `unclaim` what another claimed. */
export interface Committer {
  peer: PeerId;
  admin: boolean;
}

export interface StageRequest {
  lease: LeaseId;
  first: ChunkId;
  /** 32 bytes a chunk. */
  sums: Uint8Array;
}

export interface Inspection {
  /** The first result, when this number was committed before with this digest. */
  again?: CommitReply;
  /** The new ids the commit uses, merged into runs in their order; their digests are staged. */
  fresh: ChunkRun[];
}

export interface ChangesRequest {
  dir: DirId;
  /** The revision whose state the follower has. */
  from: Revision;
  /** Stop after the revision in which this many changes are reached. A revision stays whole. */
  limit: number;
  sums?: boolean;
}

export interface ChangesReply {
  /** In revision order; a single `reset`, or ending in `lost`, or in `reached`. */
  events: FeedEvent[];
  /** Everything up to this revision is included. */
  reached: Revision;
}

export interface StoredRecord {
  key: string;
  value: Uint8Array;
}

export type { RetainCursor, UsageCursor } from "./cursors.ts";

export interface UsageRequest {
  /** Where the sweep goes on; a new one begins without. */
  cursor?: UsageCursor;
  /** Instead of a sweep: only what commits after this revision use. */
  since?: Revision;
  /** Rows to read at most. */
  limit?: number;
}

/**
 * Chunks that kept revisions use, as columns: runs with the most copies that any user of them in
 * this page is to have. Users that want them at different keepers are told of apart, those that
 * agree together: sorted by id, each id once. Another page may ask for more.
 */
export interface UsagePage extends UsedColumns {
  /** Where the sweep began. */
  since: Revision;
  /** Present when there is more. */
  next?: UsageCursor;
  /**
   * Of the last page: whatever any revision up to here uses is in this page or in one before, if
   * it is still kept. To stay up to date, go on with `since` set to it.
   */
  revision: Revision;
}

export interface RetainRequest {
  /** Where the pass goes on; a new one begins without. */
  cursor?: RetainCursor;
  /** Rows to read and delete at most. */
  limit?: number;
}

export interface RetainReply {
  /** Past entries, and steps of removed directories, that went. */
  pruned: number;
  /** The oldest revision that is still kept anywhere. */
  oldest: Revision;
  /** Present when the pass is not over. */
  next?: RetainCursor;
}

export interface CollectRequest {
  /** Ids that no revision up to `since` uses, as `usage` told; at most `RUNS_MAX` runs. */
  runs: ChunkRun[];
  since: Revision;
}

export interface CollectReply {
  /** No commit can name these any more: whoever holds them may drop them. */
  collected: ChunkRun[];
  /** What there was no time for: ask again, `since` the same revision or a later one. */
  left: ChunkRun[];
}

export interface CommittedPage {
  runs: ChunkRun[];
  next?: ChunkId;
}

/** Every read sees one revision, and every commit acknowledged before it was asked. */
export interface IndexEngine extends AsyncDisposable {
  drive(): Promise<DriveInfo>;
  /** Throws `gone` for a revision no longer kept, `bad-request` for one not yet made. */
  resolve(request: ResolveRequest): Promise<ResolveReply>;
  /** Throws `not-found`, `not-a-directory`, `gone`, `bad-request`. */
  list(request: ListRequest): Promise<ListReply>;
  /** The path now, or the last known one of a removed directory. Throws `not-found`. */
  pathOf(request: { dir: DirId; at?: Revision }): Promise<DrivePath>;
  /** Throws `not-found`, `not-a-directory`, `bad-request`; `busy` for a while after a fault. */
  search(request: SearchRequest): Promise<SearchReply>;
  /** What holds at each path, and where it is set, whether or not something stands there. */
  policies(request: { paths: DrivePath[] }): Promise<PathPolicy[]>;
  /** Raw digests of committed or staged chunks, in the runs' order. Throws `not-found`. */
  digests(request: { runs: ChunkRun[] }): Promise<Uint8Array>;
  /** Durable before it is answered; the ids are never given again. Throws `too-large`, `busy`. */
  allocate(peer: PeerId, count: number): Promise<Lease>;
  /** Throws `lease-lost` unless every lease is this peer's and alive; then none is renewed. */
  renew(peer: PeerId, leases: LeaseId[]): Promise<void>;
  /** Throws `lease-lost` unless every id is under a live lease of the peer. */
  checkLeased(peer: PeerId, runs: ChunkRun[]): Promise<void>;
  /** Staging the same id again replaces its digest. Throws `lease-lost`, `bad-request`. */
  stageDigests(peer: PeerId, request: StageRequest): Promise<void>;
  /** What a commit needs verified. Throws `lease-lost`, `bad-request`, `number-used`. */
  inspect(peer: PeerId, request: CommitRequest): Promise<Inspection>;
  /** Throws as `IndexService.commit` does; nothing has changed then. */
  commit(who: Committer, request: CommitRequest): Promise<CommitReply>;
  /** Newest first. */
  log(request: LogRequest): Promise<LogEntry[]>;
  /** What changed inside a directory after a revision. Throws `not-found`. */
  changes(request: ChangesRequest): Promise<ChangesReply>;
  /** Called after each revision is durable, before its commit is answered. Returns the end of it. */
  onCommit(listener: (revision: Revision) => void): () => void;
  /** Small durable records of the layer above: members, use counts of invites, settings. */
  record(key: string): Promise<Uint8Array | undefined>;
  /** Undefined deletes it. Throws `too-large` past `RECORD_BYTES_MAX`. */
  setRecord(key: string, value: Uint8Array | undefined): Promise<void>;
  /** In byte order of the keys, at most `RECORDS_MAX`. */
  records(prefix: string): Promise<StoredRecord[]>;
  /**
   * Writes the running time down and returns it, in milliseconds. Call it once a minute at least:
   * commits do it by themselves, and of the time since the last a crash loses all.
   */
  tick(): Promise<number>;
  /**
   * Ends what is past its retention, some rows a call. A removed directory goes in one pass after
   * that which ended its name, and one that lay in it in the next.
   */
  retain(request: RetainRequest): Promise<RetainReply>;
  /**
   * Gives up ids: those of `runs` that commits since do not use, that are not leased, and that are
   * of this history of the drive (a restored index knows only some of the ids from before). Throws
   * `busy` when too much was committed since, `reset` when that cannot be told any more.
   */
  collect(request: CollectRequest): Promise<CollectReply>;
  /**
   * The ids that have committed digests, a page of runs sorted by id from `first` on; `next` where
   * there are more.
   */
  committedRuns(request: { first: ChunkId }): Promise<CommittedPage>;
  /** The ids under leases that are alive, in runs sorted by id. */
  leasedRuns(): Promise<ChunkRun[]>;
  /** A page of the chunks in use. Throws `reset` where a sweep took too long: begin anew. */
  usage(request: UsageRequest): Promise<UsagePage>;
}
