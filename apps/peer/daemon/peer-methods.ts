/** What the peer's daemon is asked over its control socket: parameters by method. */
import type { PeerControl } from "@goliath/peer";
import type { Role } from "@goliath/protocols/nouns";

/** What a method of the peer returns. */
export type PeerAnswer<Name extends keyof PeerControl> = PeerControl[Name]["result"];

/** Where in the drive, and in which revision; now when undefined. */
export interface At {
  path: string;
  at?: number | undefined;
}

/** A share or mirror, by either of its ends. */
export type Which = { path: string } | { local: string };

export type Nothing = Record<string, never>;

/** What a peer and an index are both asked. */
export interface SharedParams {
  peers: Nothing;
  members: Nothing;
  log: { path?: string | undefined; before?: number | undefined; limit?: number | undefined };
  invite: { role: Role; expiresInMs: number; uses: number };
  revoke: { peer: string };
  stop: Nothing;
}

export interface PeerParams extends SharedParams {
  status: Nothing;
  resolve: At;
  ls: At & { after?: string | undefined; limit?: number | undefined };
  find: At & { pattern?: string | undefined };
  search: {
    text: string;
    under?: string | undefined;
    limit?: number | undefined;
    kind?: "file" | "dir" | undefined;
  };
  du: { path: string };
  get: At & { local: string };
  put: {
    path: string;
    local?: string | undefined;
    stdin?: true;
    copies?: number | undefined;
    minCopies?: number | undefined;
  };
  mkdir: { path: string };
  mv: { from: string; to: string };
  rm: { path: string; recursive: boolean };
  restore: { path: string; at: number; to?: string | undefined };
  share: { local: string; path: string; once: boolean; confirm: boolean };
  unshare: Which;
  mirror: { path: string; local: string; once: boolean };
  unmirror: Which;
  append: { path: string; stdin: true };
  copies: { path: string };
  /** Labels are parted by spaces. */
  setCopies: {
    path: string;
    copies?: number | undefined;
    retentionMs?: number | undefined;
    prefer?: string | undefined;
    avoid?: string | undefined;
    clear: boolean;
  };
  drain: { undo: boolean };
  /** Bytes a second, 0 for no limit. */
  limits: { up?: number | undefined; down?: number | undefined; reset?: boolean };
}

/** Methods that answer with bytes. */
export interface PeerStreamParams {
  cat: At & { offset?: number | undefined; length?: number | undefined };
  tail: { path: string; follow: boolean; from?: number | undefined };
}
