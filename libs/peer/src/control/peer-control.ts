/** What the `goliath` command asks of a peer's daemon: results as JSON, one type for each. */
import type { LogEntry, Member, PathPolicy, PeerInfo } from "@goliath/protocols/index";
import type { Role } from "@goliath/protocols/nouns";
import type { BandwidthStatus } from "../bandwidth/bandwidth.ts";
import type { KeeperStatus } from "../keeper/keeper-status.ts";
import type { TrafficStatus } from "../traffic.ts";
import type { MirrorStatus } from "../mirror/mirrors.ts";
import type { ShareProgress, ShareStatus } from "../share/share-status.ts";
import type { ShareResult, UnshareResult } from "../share/shares.ts";

export type {
  BandwidthStatus,
  KeeperStatus,
  MirrorStatus,
  ShareProgress,
  ShareStatus,
  TrafficStatus,
};

export interface PeerStatus {
  peerId: string;
  name: string;
  drive: string;
  role: Role;
  index: { peerId: string; connected: boolean; revision: number };
  listen: string[];
  shares: ShareStatus[];
  mirrors: MirrorStatus[];
  transfers: TrafficStatus;
  /** Chunks this peer can serve. */
  chunks: number;
  /** Of a peer that pledged room. */
  keeper?: KeeperStatus | undefined;
}

export interface WatchedStatus {
  status: PeerStatus;
  /** Others that the index hears of now; none while it is away. */
  peersOnline: number;
}

/** An entry as shown: a file's or a directory's facts. */
export interface EntryView {
  name: string;
  kind: "file" | "dir";
  revision: number;
  /** Of a file. */
  size?: number;
  mtimeMs?: number;
  executable?: boolean;
  /** How many chunks a file has, and the root of their digests as hex. */
  chunks?: number;
  root?: string;
  /** Of a directory: files below it at any depth, and their bytes. */
  files?: number;
  bytes?: number;
}

export interface FoundEntry {
  path: string;
  kind: "file" | "dir";
  /** Of a file. */
  size?: number;
  /** What `search` tells besides. */
  mtimeMs?: number;
  /** Of a directory: files below it at any depth, and their bytes. */
  files?: number;
  bytes?: number;
}

/** How the chunks of a file or tree stand. */
export interface CopyCounts {
  chunks: number;
  /** Peers that hold each of them or more, of whatever kind. */
  fewest: number;
  /** Keepers' copies that each of them has or more. */
  fewestCopies: number;
  /** With fewer keepers' copies than their policy asks for; of these, those without any. */
  under: number;
  bare: number;
  /** That nobody can serve now. */
  unreachable: number;
  holders: { peer: string; chunks: number }[];
}

/** How far a keeper is drained: chunks it keeps, and of them those that are needed still. */
export interface DrainProgress {
  kept: number;
  needed: number;
}

/** Where the bytes of an entry are. Of a directory its mirrors and shares tell, and nothing is walked. */
export interface Standing {
  here: "all" | "part" | "none";
  /** Of a file. */
  hereBytes?: number;
  /**
   * Of a file while the index is there: peers online that hold each chunk or more, this one among
   * them; whether each chunk has one; copies at keepers, and whether they are too few.
   */
  holders?: number;
  reachable?: boolean;
  copies?: { fewest: number; wanted: number };
  atRisk?: boolean;
  /** Whether it is below a path that this peer mirrors, or shares. */
  mirrored: boolean;
  shared: boolean;
}

/** In chunks, as `CopyCounts`. */
export interface HealthCounts {
  bytes: number;
  chunks: number;
  under: number;
  bare: number;
  unreachable: number;
}

export interface ChildHealth extends HealthCounts {
  name: string;
  kind: "file" | "dir";
  fewest: number;
  fewestCopies: number;
}

/** Bytes a second to or from a peer, over the last seconds. */
export interface PeerRate {
  peer: string;
  name: string;
  rate: number;
}

/** A mirror that lacks something. */
export interface MirrorTransfer {
  local: string;
  path: string;
  missingFiles: number;
  missingBytes: number;
  /** Bytes a second; the time left where something comes. */
  rate: number;
  etaMs?: number;
}

/** Where in the drive, and in which revision; now when undefined. */
export interface At {
  path: string;
  at?: number | undefined;
}

/** A share or mirror, by either of its ends. */
export type Which = { path: string } | { local: string };

export type Nothing = Record<string, never>;

/** One method: what it is asked with, what it tells on the way, what it answers. */
export interface ControlShape {
  params: object;
  progress?: unknown;
  result: unknown;
}

/** What a peer and an index are both asked. */
export interface SharedControl {
  peers: { params: Nothing; result: PeerInfo[] };
  members: { params: Nothing; result: Member[] };
  log: {
    params: { path?: string | undefined; before?: number | undefined; limit?: number | undefined };
    result: LogEntry[];
  };
  invite: {
    params: { role: Role; expiresInMs: number; uses: number };
    result: { link: string; role: Role; expiresAt: number; uses: number };
  };
  revoke: { params: { peer: string }; result: Nothing };
  stop: { params: Nothing; result: Nothing };
}

/** How many keepers are to have what is written. */
interface CopiesParams {
  copies?: number | undefined;
  minCopies?: number | undefined;
}

export interface PeerControl extends SharedControl {
  status: { params: Nothing; result: PeerStatus };
  /** Tells at once, then what changed, at most once a second, until the call ends. */
  watch: { params: Nothing; progress: WatchedStatus; result: never };
  resolve: { params: At; result: { revision: number; entry: EntryView | null } };
  ls: {
    params: At & { after?: string | undefined; limit?: number | undefined };
    result: { revision: number; entries: EntryView[]; next?: string };
  };
  find: {
    params: At & { pattern?: string | undefined };
    progress: { entries: FoundEntry[] };
    result: { count: number };
  };
  /**
   * Of `text`, `under`, `limit` and `kind`, as protocols/index/SPEC.md says: names in the whole
   * drive as it is now, the best first. `complete` is false while the index has not taken in all
   * names, `more` says that there are others, or may be.
   */
  search: {
    params: {
      text: string;
      under?: string | undefined;
      limit?: number | undefined;
      kind?: "file" | "dir" | undefined;
    };
    result: { revision: number; complete: boolean; entries: FoundEntry[]; more: boolean };
  };
  du: { params: { path: string }; result: { files: number; bytes: number } };
  get: {
    params: At & { local: string };
    progress: { files: number; bytes: number; total: number };
    /** `local` is where it came to stand. */
    result: { local: string; files: number; bytes: number };
  };
  /** With `stdin` the bytes are the call's body, and `mtimeMs` when they were changed. */
  put: {
    params: {
      path: string;
      local?: string | undefined;
      stdin?: true;
      mtimeMs?: number | undefined;
    } & CopiesParams;
    progress: { files: number; bytes: number };
    result: { revision: number; files: number; bytes: number };
  };
  mkdir: { params: { path: string }; result: { revision: number } };
  mv: { params: { from: string; to: string }; result: { revision: number } };
  rm: { params: { path: string; recursive: boolean }; result: { revision: number } };
  restore: {
    params: { path: string; at: number; to?: string | undefined };
    result: { revision: number };
  };
  share: {
    params: { local: string; path: string; once: boolean; confirm: boolean };
    progress: ShareProgress;
    result: ShareResult;
  };
  unshare: { params: Which; result: UnshareResult };
  mirror: {
    params: { path: string; local: string; once: boolean };
    progress: MirrorStatus;
    result: MirrorStatus;
  };
  unmirror: { params: Which; result: MirrorStatus };
  /** One mirror or share by its folder, or all; kept over restarts. Others go on being served. */
  pause: { params: { local?: string | undefined }; result: { folders: string[] } };
  resume: { params: { local?: string | undefined }; result: { folders: string[] } };
  append: {
    params: { path: string; stdin: true } & CopiesParams;
    result: { revision: number; offset: number; bytes: number };
  };
  standing: {
    /** At most 200. */
    params: { paths: string[]; at?: number | undefined };
    /** In their order; null where nothing stands. */
    result: { entries: (Standing | null)[] };
  };
  /** The largest 500 children, each as it is counted; the others are left out and told together. */
  health: {
    params: { path: string };
    progress: { child: ChildHealth };
    result: HealthCounts & {
      revision: number;
      leftOut: { children: number; bytes: number };
      /** Whether there are others that were not even listed. */
      more: boolean;
    };
  };
  /** Fades over some seconds: to be asked again and again. */
  transfers: {
    params: Nothing;
    result: {
      up: number;
      down: number;
      /** Chunks being sent now. */
      uploads: number;
      sources: PeerRate[];
      receivers: PeerRate[];
      mirrors: MirrorTransfer[];
    };
  };
  /** The drive as it was at a time; `madeMs` is when that revision was made, null of the empty drive. */
  at: { params: { timeMs: number }; result: { revision: number; madeMs: number | null } };
  copies: { params: { path: string }; result: CopyCounts & { policy: PathPolicy } };
  /** Labels are parted by spaces. */
  setCopies: {
    params: {
      path: string;
      copies?: number | undefined;
      retentionMs?: number | undefined;
      prefer?: string | undefined;
      avoid?: string | undefined;
      clear: boolean;
    };
    result: { revision: number };
  };
  drain: {
    params: { undo: boolean };
    progress: DrainProgress;
    result: { draining: boolean; needed: number };
  };
  /** Bytes a second, 0 for no limit. */
  limits: {
    params: { up?: number | undefined; down?: number | undefined; reset?: boolean };
    result: BandwidthStatus;
  };
}

/** Methods that answer with bytes: their parameters. */
export interface PeerStreams {
  cat: At & { offset?: number | undefined; length?: number | undefined };
  tail: { path: string; follow: boolean; from?: number | undefined };
}
