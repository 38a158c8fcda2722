/**
 * `/goliath/holdings/1.0.0`: one stream per peer, kept open; what the peer can serve, in numbered
 * reports, and what the index asks of a holder. Holdings are soft state: the index may lose them
 * and ask for them anew.
 */
import { BLOCK_CHUNKS, type ChunkRun, type LeaseId, type PeerId } from "../nouns/exports.ts";
import type { CallOptions } from "../wire/exports.ts";

/** Runs in one report message; a peer with more sends several. */
export const REPORT_RUNS_MAX = 8192;
/** Digests in one `prove`. */
export const PROVE_DIGESTS_MAX = 4096;
/** Chunks in one order: a block, the unit of placement. */
export const ORDER_CHUNKS_MAX = BLOCK_CHUNKS;
/** Chunks in one `drop`: an order to drop moves no bytes. */
export const DROP_CHUNKS_MAX = 64 * BLOCK_CHUNKS;
/** Runs in one `drop`. */
export const DROP_RUNS_MAX = 8192;
/** A peer that was silent for this long is offline. */
export const HEARTBEAT_TIMEOUT_MS = 45_000;
/** How often a peer that has nothing else to say says so. */
export const HEARTBEAT_INTERVAL_MS = 15_000;

/** Peer → index. */
export interface HoldingsReport {
  /** Increases by one with each report of this peer's session of holdings. */
  number: number;
  /** Whether this begins a full report: forget what this peer held before. */
  full: boolean;
  added: ChunkRun[];
  removed: ChunkRun[];
  /** Of what can be served, what lies in the peer's own store; absent when nothing of it changed. */
  kept?: { added: ChunkRun[]; removed: ChunkRun[] };
}

export interface Heartbeat {
  /** Multiaddrs the peer listens on. */
  addresses: string[];
  name: string;
  capacityBytes: number;
  freeBytes: number;
  /** Uploads under way. */
  load: number;
  /** Present at a keeper: then `capacityBytes` is its pledge and `freeBytes` what it still takes. */
  keeper?: KeeperState;
}

export interface KeeperState {
  /** What its store takes on the disk, dead space and reservations included. */
  usedBytes: number;
  /** Where and whose it is, as its operator says: `region=eu`. */
  labels: string[];
  /** Its operator wants to take it away: its copies count no longer, nothing new is placed there. */
  draining: boolean;
}

/** What the peer calls on the index. */
export interface HoldingsService {
  /**
   * Opens the session: the index answers with the number of the last report it has of `session`,
   * or 0 when it has none, upon which the peer reports in full.
   */
  begin(request: { session: string }, options?: CallOptions): Promise<{ number: number }>;
  /** Throws `reset` when a number is missing: report in full; `locked` when another process began. */
  report(report: HoldingsReport, options?: CallOptions): Promise<void>;
  /** Throws the same: `reset` where what the index knows of the peer may be wrong. */
  heartbeat(heartbeat: Heartbeat, options?: CallOptions): Promise<void>;
}

/** What the index calls on a holder, over the same stream. */
export interface HolderService {
  /**
   * Whether the holder has hashed exactly these bytes for these ids and will keep them until
   * the leases end. `sums` are 32 bytes a chunk, in the runs' order. Throws `unverified`, with
   * the first id it cannot vouch for in `about.id`.
   */
  prove(
    request: { runs: ChunkRun[]; sums: Uint8Array; leases: LeaseId[] },
    options?: CallOptions,
  ): Promise<void>;
}

/** The index's orders to a holder, over the same stream. */
export interface OrderService {
  /**
   * Announces that `writer` will push these ids, `bytes` together: room is reserved until the time
   * is over. Throws `full`, `busy`, `unsupported` at a peer that is no keeper.
   */
  announce(request: Announcement, options?: CallOptions): Promise<void>;
  /**
   * Orders a keeper to fetch these chunks from whoever has them and to keep them; answered once all
   * are on its disk. What it did until it failed stays, and is reported. Throws `full`, `no-holder`,
   * `busy`, `unsupported`.
   */
  copy(order: CopyOrder, options?: CallOptions): Promise<void>;
  /**
   * Orders a holder to keep these chunks no longer. They are hidden from reports in the turn in
   * which the order is taken; answered once they are forgotten durably. What lies in a file of the
   * user's stays. Throws `closed` on a stream that a newer session has replaced.
   */
  drop(request: { runs: ChunkRun[] }, options?: CallOptions): Promise<void>;
}

/** All that the index can ask of a peer. */
export type Holder = HolderService & OrderService;

export interface Announcement {
  /** At most `ORDER_CHUNKS_MAX` chunks. */
  runs: ChunkRun[];
  writer: PeerId;
  bytes: number;
  expiresInMs: number;
}

export interface CopyOrder {
  /** At most `ORDER_CHUNKS_MAX` chunks. */
  runs: ChunkRun[];
  /** 32 bytes a chunk, in the runs' order. */
  sums: Uint8Array;
  /** What they take together, as the index knows it: for the room they need. */
  bytes: number;
  /** After this the keeper gives up. */
  expiresInMs: number;
}
