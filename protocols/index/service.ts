/**
 * `/goliath/index/1.0.0`: what a client asks of the index. `IndexClient` speaks it over a stream,
 * `serveIndex` answers it, the index implements it once per connected caller (role and identity
 * are the connection's, taken from its pass). Every method may throw `forbidden`, `closed`,
 * `aborted`, `busy`; what else it throws is named.
 */
import {
  BLOCK_CHUNKS,
  type Change,
  type ChunkId,
  type ChunkRun,
  type DirId,
  type DriveId,
  type DrivePath,
  type EffectivePolicy,
  type Entry,
  type LeaseId,
  type NamedEntry,
  type PeerId,
  type Revision,
  type Role,
} from "../nouns/exports.ts";
import type { CallOptions } from "../wire/exports.ts";

/** Paths in one `resolve`. */
export const RESOLVE_PATHS_MAX = 1024;
/** Entries in one page of `list`. */
export const LIST_ENTRIES_MAX = 1000;
/** Entries in one answer to `search`: what somebody who types looks through. */
export const SEARCH_ENTRIES_MAX = 200;
/** Entries where no limit is named. */
export const SEARCH_ENTRIES_DEFAULT = 50;
/** Bytes of the text of a `search`: four of the longest names. */
export const SEARCH_TEXT_BYTES_MAX = 1024;
/** Digests in one `digests` or `stageDigests`: 128 KiB. */
export const DIGESTS_MAX = 4096;
/** Runs in one `digests` or `holders`. */
export const RUNS_MAX = 4096;
/** Chunk ids in one `allocate`. */
export const ALLOCATE_MAX = 1024 * 1024;
/** Chunks in one `place`: a block, the unit of placement. */
export const PLACE_CHUNKS_MAX = BLOCK_CHUNKS;
/** Keepers a `place` may ask to avoid. */
export const AVOID_MAX = 64;
/** Changes in one frame; a commit of more is staged in parts first. */
export const CHANGES_PER_MESSAGE_MAX = 1024;
/** Rows in one page of `log`. */
export const LOG_ENTRIES_MAX = 1000;

export interface DriveInfo {
  drive: DriveId;
  /** Counts restores of the index: a new generation must be compared with before it is believed. */
  generation: number;
  /** K: bytes of a full chunk. */
  chunkBytes: number;
  /** The newest revision. */
  revision: Revision;
  /** The oldest revision that can still be read. */
  oldest: Revision;
  /** How long an untouched lease lives, in milliseconds. */
  leaseMs: number;
}

export interface ResolveRequest {
  paths: DrivePath[];
  /** Undefined: now. */
  at?: Revision;
  /** Whether small files bring their digests (`FileBody.sums`). */
  sums?: boolean;
}

export interface ResolveReply {
  /** The revision that was read: `at`, or the newest. */
  revision: Revision;
  /** In the order of the paths; undefined where nothing stands. */
  entries: (Entry | undefined)[];
}

export interface ListRequest {
  /** A directory by path or, surviving renames, by id. */
  where: { path: DrivePath } | { dir: DirId };
  at?: Revision;
  /** Continue after this name (exclusive), as given by `next`. */
  after?: string;
  /** At most this many; fewer may come even when there are more. */
  limit?: number;
  sums?: boolean;
}

export interface ListReply {
  revision: Revision;
  dir: DirId;
  /** In the order of the names' UTF-8 bytes. */
  entries: NamedEntry[];
  /** Present when there may be more: pass it as `after`, with `at` set to `revision`. */
  next?: string;
}

export interface SearchRequest {
  /** Words, in any order; SPEC.md says what they match. At most `SEARCH_TEXT_BYTES_MAX`. */
  text: string;
  /** Only what lies below this directory. */
  under?: DrivePath;
  /** At most this many, and at most `SEARCH_ENTRIES_MAX`. */
  limit?: number;
  kind?: Entry["kind"];
}

/** What stands at a path that was found. */
export type FoundAt = { path: DrivePath } & (
  | { kind: "file"; size: number; mtimeMs: number }
  | { kind: "dir"; files: number; bytes: number }
);

export interface SearchReply {
  revision: Revision;
  /** False while the index of names is still being built, or behind: names may be missing. */
  complete: boolean;
  /** The best first. */
  entries: FoundAt[];
  /** Whether there are more, or may be. */
  more: boolean;
}

export interface Lease {
  lease: LeaseId;
  first: ChunkId;
  count: number;
}

export interface HolderRun extends ChunkRun {
  /** Indexes into `HoldersReply.peers`. */
  holders: number[];
  /** Copies that count: at keepers, which are online or were a while ago. */
  copies: number;
}

export interface HolderAddress {
  peer: PeerId;
  /** Multiaddrs, newest knowledge; may be empty. */
  addresses: string[];
}

export interface HoldersReply {
  peers: HolderAddress[];
  /** The asked runs, cut where their holders differ. Runs nobody holds have no holders. */
  runs: HolderRun[];
}

/** Who holds the new chunks of a commit, as the writer says; the index verifies it with them. */
export interface Location extends ChunkRun {
  peer: PeerId;
}

export interface CommitRequest {
  /** Chosen by the writer, increasing; with the writer's id it names the commit for ever. */
  number: number;
  /**
   * `digestOfChanges(changes)`: the same number with another digest is `number-used`. `IndexClient`
   * fills an empty one in; what `serveIndex` passes on was compared with the bytes that came.
   */
  digest: Uint8Array;
  changes: Change[];
  /** Leases that the commit's new chunk ids are of. They end with the commit. */
  leases: LeaseId[];
  locations: Location[];
  /** A sentence for the log, at most 1 KiB. */
  note?: string;
  /** How many keepers must prove to have each new chunk; 0 when absent. */
  minCopies?: number;
}

/** Asks where the new chunks of a write should be pushed. */
export interface PlaceRequest {
  /** Of the caller's leases, at most `PLACE_CHUNKS_MAX` chunks. */
  runs: ChunkRun[];
  /** What they take together. */
  bytes: number;
  /** How many keepers each should go to. */
  copies: number;
  /** Where the file will stand: its policy says which keepers are preferred. */
  path: DrivePath;
  /** Keepers that failed the caller. */
  avoid?: PeerId[];
}

/** A policy as it holds at a path; `from` names the path a setting is of, if it is no default. */
export interface PathPolicy extends EffectivePolicy {
  from: { [Field in keyof EffectivePolicy]?: DrivePath };
}

/** How the whole drive's copies are, in chunks. */
export interface CopiesReport {
  /** Whether the index has counted what is used and heard its keepers since it started. */
  counted: boolean;
  used: number;
  /** With fewer copies than their policy asks for. */
  under: number;
  /** Of these, those without any copy that counts. */
  bare: number;
  /** That nobody online can serve. */
  unreachable: number;
  /** Kept somewhere, used by no kept revision, not yet dropped. */
  unused: number;
  /** Being copied now. */
  ordered: number;
}

export interface CommitReply {
  revision: Revision;
  at: number;
  /** Whether this number had been committed before: the first result is returned again. */
  again: boolean;
}

export interface LogEntry {
  revision: Revision;
  /** Milliseconds since 1970, by the index's clock. */
  at: number;
  writer: PeerId;
  /** How many changes the commit had, and the first of them in words: `put /a/b`. */
  changes: number;
  summary: string;
  note: string;
}

export interface LogRequest {
  /** Only commits that touched this path or something below it. */
  path?: DrivePath;
  /** Continue below this revision (exclusive). */
  before?: Revision;
  limit?: number;
}

export interface PeerInfo {
  peer: PeerId;
  name: string;
  role: Role;
  online: boolean;
  /** Milliseconds since 1970; 0 when never. */
  seenAt: number;
  addresses: string[];
  /** Chunks it says it holds. */
  chunks: number;
  /** Bytes pledged; 0 for a peer that is no keeper. */
  capacityBytes: number;
  freeBytes: number;
  /** Present at a keeper. */
  keeper?: KeeperInfo;
}

export interface KeeperInfo {
  usedBytes: number;
  labels: string[];
  draining: boolean;
  /** Chunks it keeps. */
  kept: number;
  /** Of these, while it drains, those that are not yet safe without it. */
  needed: number;
}

export interface Member {
  peer: PeerId;
  name: string;
  role: Role;
  joinedAt: number;
  revoked: boolean;
}

export interface InviteRequest {
  role: Role;
  /** Milliseconds from now. */
  expiresInMs: number;
  uses: number;
}

export interface IndexService {
  drive(options?: CallOptions): Promise<DriveInfo>;
  /** Throws `gone` for a revision no longer kept, `bad-request` for one not yet made. */
  resolve(request: ResolveRequest, options?: CallOptions): Promise<ResolveReply>;
  /** Throws `not-found`, `not-a-directory`, `gone`. */
  list(request: ListRequest, options?: CallOptions): Promise<ListReply>;
  /** The current or last known path of a directory id. Throws `not-found`. */
  pathOf(request: { dir: DirId; at?: Revision }, options?: CallOptions): Promise<DrivePath>;
  /**
   * What stands in the drive now under a name that the words match. Throws `not-found`,
   * `not-a-directory` about `under`, `bad-request`; `busy` while names cannot be searched.
   */
  search(request: SearchRequest, options?: CallOptions): Promise<SearchReply>;
  /** Raw digests of committed or staged chunks, 32 bytes each, in the runs' order. */
  digests(request: { runs: ChunkRun[] }, options?: CallOptions): Promise<Uint8Array>;
  /**
   * Who serves these chunks. An answer may cover only the first of them, and over the wire has at
   * most `HOLDERS_PER_RUN_MAX` holders a run: `IndexClient` asks again for the rest.
   */
  holders(request: { runs: ChunkRun[] }, options?: CallOptions): Promise<HoldersReply>;
  /** Promises `count` consecutive ids under a durable lease. */
  allocate(request: { count: number }, options?: CallOptions): Promise<Lease>;
  /** Throws `lease-lost`. */
  renew(request: { leases: LeaseId[] }, options?: CallOptions): Promise<void>;
  /** Tells the digests of leased ids before the commit that uses them. Throws `lease-lost`. */
  stageDigests(
    request: { lease: LeaseId; first: ChunkId; sums: Uint8Array },
    options?: CallOptions,
  ): Promise<void>;
  /**
   * Chooses keepers for new chunks and announces the chunks to them. Fewer than asked for where no
   * more keepers have room; runs without any have no holders. Throws `lease-lost`.
   */
  place(request: PlaceRequest, options?: CallOptions): Promise<HoldersReply>;
  /** The policies that hold at these paths, whether or not something stands there. */
  policies(request: { paths: DrivePath[] }, options?: CallOptions): Promise<PathPolicy[]>;
  copies(options?: CallOptions): Promise<CopiesReport>;
  /**
   * Applies all changes or none. Throws `exists`, `conflict`, `not-found`, `owned`, `lease-lost`,
   * `unverified`, `number-used`, `too-large`; nothing has changed then.
   */
  commit(request: CommitRequest, options?: CallOptions): Promise<CommitReply>;
  log(request: LogRequest, options?: CallOptions): Promise<LogEntry[]>;
  peers(options?: CallOptions): Promise<PeerInfo[]>;
  members(options?: CallOptions): Promise<Member[]>;
  /** Returns a signed invite (`protocols/pass`). Admins only. */
  invite(request: InviteRequest, options?: CallOptions): Promise<Uint8Array>;
  /** Ends a membership at once. Admins only. Throws `not-found`. */
  revoke(request: { peer: PeerId }, options?: CallOptions): Promise<void>;
  /** A new pass for the caller (`protocols/pass`). */
  renewPass(options?: CallOptions): Promise<Uint8Array>;
}
