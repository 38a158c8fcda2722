/**
 * `/goliath/holdings/1.0.0`: one stream per peer, kept open; what the peer can serve, in numbered
 * reports, and what the index asks of a holder. Holdings are soft state: the index may lose them
 * and ask for them anew.
 */
import type { ChunkRun, LeaseId } from "../nouns/exports.ts";
import type { CallOptions } from "../wire/exports.ts";

/** Runs in one report message; a peer with more sends several. */
export const REPORT_RUNS_MAX = 8192;
/** Digests in one `prove`. */
export const PROVE_DIGESTS_MAX = 4096;
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
}

export interface Heartbeat {
  /** Multiaddrs the peer listens on. */
  addresses: string[];
  name: string;
  capacityBytes: number;
  freeBytes: number;
  /** Uploads under way. */
  load: number;
}

/** What the peer calls on the index. */
export interface HoldingsService {
  /**
   * Opens the session: the index answers with the number of the last report it has of `session`,
   * or 0 when it has none, upon which the peer reports in full.
   */
  begin(request: { session: string }, options?: CallOptions): Promise<{ number: number }>;
  /** Throws `reset` when a number is missing: report in full. */
  report(report: HoldingsReport, options?: CallOptions): Promise<void>;
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
