/** What the peer can be asked, by method: types alone, so that nothing of the peer is bundled. */
import type { EntryView, PeerControl, PeerStatus } from "@goliath/peer/control";

export interface At {
  path: string;
  at?: number;
}

export type Nothing = Record<string, never>;

/** A share or mirror, by either of its ends. */
export type Which = { path: string } | { local: string };

/** Where an entry's bytes are; `null` where nothing stands. Directories have no counts. */
export interface Standing {
  here: "all" | "part" | "none";
  hereBytes?: number;
  holders?: number;
  reachable?: boolean;
  copies?: { fewest: number; wanted: number };
  atRisk?: boolean;
  mirrored: boolean;
  shared: boolean;
}

export interface FoundEntry {
  path: string;
  kind: "file" | "dir";
  size?: number;
  mtimeMs?: number;
  files?: number;
  bytes?: number;
}

export type SetupState = "new" | "joining" | "ready";

type Result<Name extends keyof PeerControl> = PeerControl[Name]["result"];
type Progress<Name extends keyof PeerControl> = PeerControl[Name] extends { progress: infer P }
  ? P
  : never;

export interface Api {
  status: { params: Nothing; result: Result<"status"> };
  peers: { params: Nothing; result: Result<"peers"> };
  members: { params: Nothing; result: Result<"members"> };
  resolve: { params: At; result: Result<"resolve"> };
  ls: { params: At & { after?: string; limit?: number }; result: Result<"ls"> };
  du: { params: { path: string }; result: Result<"du"> };
  log: { params: { path?: string; before?: number; limit?: number }; result: Result<"log"> };
  put: { params: { path: string; stdin: true }; progress: Progress<"put">; result: Result<"put"> };
  mkdir: { params: { path: string }; result: Result<"mkdir"> };
  mv: { params: { from: string; to: string }; result: Result<"mv"> };
  rm: { params: { path: string; recursive: boolean }; result: Result<"rm"> };
  restore: { params: { path: string; at: number; to?: string }; result: Result<"restore"> };
  share: {
    params: { local: string; path: string; once: boolean; confirm: boolean };
    progress: Progress<"share">;
    result: Result<"share">;
  };
  unshare: { params: Which; result: Result<"unshare"> };
  mirror: {
    params: { path: string; local: string; once: boolean };
    progress: Progress<"mirror">;
    result: Result<"mirror">;
  };
  unmirror: { params: Which; result: Result<"unmirror"> };
  copies: { params: { path: string }; result: Result<"copies"> };
  watch: {
    params: Nothing;
    progress: { status: PeerStatus; peersOnline: number };
    result: Nothing;
  };
  standing: {
    params: { paths: string[]; at?: number };
    result: { entries: (Standing | null)[] };
  };
  search: {
    params: { text: string; under?: string; limit?: number; kind?: "file" | "dir" };
    result: { revision: number; complete: boolean; more: boolean; entries: FoundEntry[] };
  };
  ticket: { params: At & { download?: boolean }; result: { url: string } };
  folders: {
    params: { local?: string };
    result: { local: string; parent?: string; folders: string[]; writable: boolean };
  };
  setup: { params: Nothing; result: { state: SetupState; homeHasIndex: boolean } };
}

export type Method = keyof Api;
export type { EntryView, PeerStatus };
