/** What the `goliath` command asks of a peer's daemon: results as JSON, one type for each. */
import type { LogEntry, Member, PeerInfo } from "@goliath/protocols/index";
import type { Role } from "@goliath/protocols/nouns";
import type { TrafficStatus } from "../traffic.ts";
import type { MirrorStatus } from "../mirror/mirrors.ts";
import type { ShareStatus } from "../share/shares.ts";

export interface PeerStatus {
  peerId: string;
  name: string;
  drive: string;
  index: { peerId: string; connected: boolean; revision: number };
  listen: string[];
  shares: ShareStatus[];
  mirrors: MirrorStatus[];
  transfers: TrafficStatus;
  /** Chunks this peer can serve. */
  chunks: number;
}

/** An entry as shown: a file's or a directory's facts. */
export interface EntryView {
  name: string;
  kind: "file" | "dir";
  revision: number;
  /** A file's bytes, or all bytes below a directory. */
  bytes: number;
  /** Files below a directory; 1 for a file. */
  files: number;
  mtimeMs?: number;
  executable?: boolean;
  /** Chunks of a file, and the root of its digests as hex. */
  chunks?: number;
  root?: string;
}

export interface PeerControl {
  status: { result: PeerStatus };
  peers: { result: PeerInfo[] };
  members: { result: Member[] };
  resolve: { result: { revision: number; entry: EntryView | null } };
  ls: { result: { revision: number; entries: EntryView[]; next?: string } };
  find: {
    progress: { entries: { path: string; kind: string; bytes: number }[] };
    result: { count: number };
  };
  du: { result: { files: number; bytes: number } };
  log: { result: LogEntry[] };
  get: {
    progress: { files: number; bytes: number; total: number };
    result: { files: number; bytes: number };
  };
  put: {
    progress: { files: number; bytes: number };
    result: { revision: number; files: number; bytes: number };
  };
  mkdir: { result: { revision: number } };
  mv: { result: { revision: number } };
  rm: { result: { revision: number } };
  restore: { result: { revision: number } };
  share: { progress: ShareStatus; result: ShareStatus };
  unshare: { result: ShareStatus };
  mirror: { progress: MirrorStatus; result: MirrorStatus };
  unmirror: { result: MirrorStatus };
  append: { result: { revision: number; offset: number; bytes: number } };
  copies: {
    result: { chunks: number; holders: { peer: string; chunks: number }[]; fewest: number };
  };
  invite: { result: { link: string; role: Role; expiresAt: number; uses: number } };
  revoke: { result: Record<string, never> };
  stop: { result: Record<string, never> };
}
