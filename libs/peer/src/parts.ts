/** What the parts of a peer know of each other: each gets the narrow face it needs. */
import type { FeedService } from "@goliath/protocols/feed";
import type {
  DriveInfo,
  IndexService,
  ListReply,
  ListRequest,
  ResolveReply,
  ResolveRequest,
} from "@goliath/protocols/index";
import type { ChunkId, ChunkRun, Digest, PeerId } from "@goliath/protocols/nouns";

/** The way to the index, across reconnections. */
export interface IndexLink {
  readonly peerId: PeerId;
  /** Each call rejects with `unavailable` while the index is away. */
  readonly service: IndexService;
  /** Following throws `unavailable` while the index is away and `closed` when it goes. */
  readonly feed: FeedService;
  /** What the index said of the drive when last connected; kept across restarts. */
  info(): DriveInfo | undefined;
  connected(): boolean;
  /** Resolves with the drive once connected; rejects when aborted. */
  whenConnected(signal?: AbortSignal): Promise<DriveInfo>;
  /**
   * As `whenConnected`, for as long as a call waits for a connection made anew: throws `unavailable`
   * once the index stays away.
   */
  reachable(signal?: AbortSignal): Promise<DriveInfo>;
  onConnect(listener: (info: DriveInfo) => void): () => void;
}

/**
 * What this peer knows of the drive by itself, each of one whole revision and answered as the index
 * would; undefined where it does not know enough.
 */
export interface KnownTree {
  resolve(request: ResolveRequest): ResolveReply | undefined;
  /** Throws `not-found`, `not-a-directory`. */
  list(request: ListRequest): ListReply | undefined;
  digests(runs: readonly ChunkRun[]): Uint8Array | undefined;
}

/** Tells the index what this peer can serve. */
export interface HoldingsReporter {
  /** Resolves once the index has heard of everything held at the time of the call. */
  flush(signal?: AbortSignal): Promise<void>;
}

/** A chunk someone needs: the bytes are right when their digest is. */
export interface ChunkNeed {
  id: ChunkId;
  digest: Digest;
  /** About how long it is: for choosing among holders. */
  length: number;
}

export interface FetchOptions {
  signal?: AbortSignal;
  /** Waits this long for a holder to come; else `no-holder` is thrown once all were tried twice. */
  patienceMs?: number;
}

/** Fetches chunks from whoever holds them, verified. */
export interface ChunkFetcher {
  fetch(need: ChunkNeed, options?: FetchOptions): Promise<Uint8Array>;
  /**
   * Many small chunks, asked for together; undefined for one that did not come: `fetch` it. Never
   * more than `READ_SMALL_MAX`, nor longer than `SMALL_CHUNK_BYTES_MAX`. Rejects when aborted only.
   */
  fetchSmall?(
    needs: readonly ChunkNeed[],
    options: { signal: AbortSignal },
  ): Promise<(Uint8Array | undefined)[]>;
}
