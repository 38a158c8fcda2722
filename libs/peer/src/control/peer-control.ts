/** What the `goliath` command asks of a peer's daemon: results as JSON, one type for each. */
import type { LogEntry, Member, PathPolicy, PeerInfo } from "@goliath/protocols/index";
import type { Role } from "@goliath/protocols/nouns";
import type { BandwidthStatus } from "../bandwidth/bandwidth.ts";
import type { KeeperStatus } from "../keeper/keeper-status.ts";
import type { TrafficStatus } from "../traffic.ts";
import type { MirrorStatus } from "../mirror/mirrors.ts";
import type { ShareProgress, ShareStatus } from "../share/share-status.ts";
import type { ShareResult, UnshareResult } from "../share/shares.ts";

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
  holders: { peer: string; chunks: number }[];
}

/** How far a keeper is drained: chunks it keeps, and of them those that are needed still. */
export interface DrainProgress {
  kept: number;
  needed: number;
}

export interface PeerControl {
  status: { result: PeerStatus };
  peers: { result: PeerInfo[] };
  members: { result: Member[] };
  resolve: { result: { revision: number; entry: EntryView | null } };
  ls: { result: { revision: number; entries: EntryView[]; next?: string } };
  find: {
    progress: { entries: FoundEntry[] };
    result: { count: number };
  };
  /**
   * Of `text`, `under`, `limit` and `kind`, as protocols/index/SPEC.md says: names in the whole
   * drive as it is now, the best first. `complete` is false while the index has not taken in all
   * names, `more` says that there are others, or may be.
   */
  search: {
    result: { revision: number; complete: boolean; entries: FoundEntry[]; more: boolean };
  };
  du: { result: { files: number; bytes: number } };
  log: { result: LogEntry[] };
  get: {
    progress: { files: number; bytes: number; total: number };
    /** `local` is where it came to stand. */
    result: { local: string; files: number; bytes: number };
  };
  put: {
    progress: { files: number; bytes: number };
    result: { revision: number; files: number; bytes: number };
  };
  mkdir: { result: { revision: number } };
  mv: { result: { revision: number } };
  rm: { result: { revision: number } };
  restore: { result: { revision: number } };
  share: { progress: ShareProgress; result: ShareResult };
  unshare: { result: UnshareResult };
  mirror: { progress: MirrorStatus; result: MirrorStatus };
  unmirror: { result: MirrorStatus };
  append: { result: { revision: number; offset: number; bytes: number } };
  copies: { result: CopyCounts & { policy: PathPolicy } };
  setCopies: { result: { revision: number } };
  drain: { progress: DrainProgress; result: { draining: boolean; needed: number } };
  invite: { result: { link: string; role: Role; expiresAt: number; uses: number } };
  revoke: { result: Record<string, never> };
  limits: { result: BandwidthStatus };
  stop: { result: Record<string, never> };
}
