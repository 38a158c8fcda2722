/** The peer's connection to its index: three kept streams, the pass renewed, across reconnections. */
import { Listeners, withDeadline, type Clock, type Log } from "@goliath/kit";
import { keepStream, type Network } from "@goliath/net";
import {
  FEED_BOUNDS,
  FEED_PROTOCOL,
  FeedClient,
  type FeedEvent,
  type FeedService,
  type FollowRequest,
  type Revocations,
} from "@goliath/protocols/feed";
import { HOLDINGS_BOUNDS, HOLDINGS_PROTOCOL } from "@goliath/protocols/holdings";
import {
  INDEX_BOUNDS,
  INDEX_PROTOCOL,
  IndexClient,
  type DriveInfo,
  type IndexService,
} from "@goliath/protocols/index";
import { greet, type Welcome } from "@goliath/protocols/pass";
import { GoliathError, hasCode, type PeerId } from "@goliath/protocols/nouns";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import type { IndexLink } from "../parts.ts";
import { HANDSHAKE_TIMEOUT_MS, type Admission } from "./admission.ts";
import type { Credentials } from "./credentials.ts";
import { delegateIndex } from "./delegate-index.ts";
import type { HoldingsReports } from "./holdings-reports.ts";

/** A pass is good for a day; it is renewed when a quarter of that has gone. */
const RENEW_INTERVAL_MS = 6 * 60 * 60 * 1000;

/** Clocks that differ by more than this are told of: times of files and in the log mislead then. */
const CLOCK_OFF_MS = 10 * 60 * 1000;

/** A call made just after the start, or while the connection is made anew, waits this long for it. */
const RECONNECT_GRACE_MS = 5_000;

export interface IndexSessionInit {
  network: Network;
  index: PeerId;
  credentials: Credentials;
  admission: Admission;
  reports: HoldingsReports;
  clock: Clock;
  random: () => number;
  log: Log;
  /** Told of peers whose membership ended: their streams are to be cut. */
  onRevoked: (peers: readonly PeerId[]) => void;
}

export class IndexSession implements IndexLink, AsyncDisposable {
  readonly #init: IndexSessionInit;
  readonly #stop = new AbortController();
  readonly #connects = new Listeners<DriveInfo>();
  readonly #states = new Listeners<void>();
  readonly service: IndexService;
  readonly feed: FeedService;
  #index: IndexClient | undefined;
  #feedClient: FeedClient | undefined;
  #info: DriveInfo | undefined;
  #refused: GoliathError | undefined;
  /** Why what the index said at the last connection could not be kept. */
  #diskTrouble: GoliathError | undefined;
  /** By the monotonic clock: since when there is no connection. */
  #awaySinceMs: number;
  #running: Promise<unknown> = Promise.resolve();

  constructor(init: IndexSessionInit) {
    this.#init = init;
    this.#awaySinceMs = init.clock.monotonicMs();
    this.service = delegateIndex((options) => this.#indexSoon(options?.signal));
    this.feed = {
      follow: (request, options) => this.#follow(request, options),
      revocations: (options) => this.#revocations(options),
    };
    const { info } = init.credentials;
    if (info !== undefined) this.#info = JSON.parse(info) as DriveInfo;
  }

  get peerId(): PeerId {
    return this.#init.network.peerId;
  }

  info(): DriveInfo | undefined {
    return this.#info;
  }

  connected(): boolean {
    return this.#index !== undefined;
  }

  onConnect(listener: (info: DriveInfo) => void): () => void {
    return this.#connects.subscribe(listener);
  }

  async whenConnected(signal?: AbortSignal): Promise<DriveInfo> {
    for (;;) {
      if (this.#refused) throw this.#refused;
      if (this.#index && this.#info) return this.#info;
      await this.#nextState(signal);
    }
  }

  async reachable(signal?: AbortSignal): Promise<DriveInfo> {
    await this.#indexSoon(signal);
    return this.#info ?? this.#away();
  }

  start(): void {
    this.#running = Promise.all([this.#keepIndex(), this.#renewPasses()]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GoliathError("aborted", "the peer is stopping"));
    await this.#running;
  }

  async #keepIndex(): Promise<void> {
    try {
      await this.#keep(INDEX_PROTOCOL, (stream) => this.#onIndex(stream));
    } catch (thrown) {
      if (this.#stop.signal.aborted) return;
      this.#refused = GoliathError.from(thrown);
      this.#init.log.error("the index refused this peer", {
        code: this.#refused.code,
        error: this.#refused.message,
      });
      this.#states.emit();
    }
  }

  #keep(
    protocol: string,
    onOpen: (stream: ByteStream) => Promise<void>,
    signal = this.#stop.signal,
  ): Promise<void> {
    const { network, index, clock, random } = this.#init;
    return keepStream({ network, peer: index, protocol, clock, random, signal, onOpen });
  }

  /** The index stream is the first: the others open once it let us in, and end with it. */
  async #onIndex(stream: ByteStream): Promise<void> {
    const frames = new FrameStream(stream, INDEX_BOUNDS);
    const welcome = await this.#greet(frames);
    this.#write((credentials) =>
      credentials.admit(welcome, { index: stream.peer, peer: this.peerId }),
    );
    this.#compareClocks();
    const client = new IndexClient(frames);
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, ended.signal]);
    const others: Promise<unknown>[] = [];
    try {
      const info = await client.drive();
      this.#write((credentials) => (credentials.info = JSON.stringify(info)));
      this.#info = info;
      this.#index = client;
      const keep = (protocol: string, onOpen: (stream: ByteStream) => Promise<void>): void => {
        const kept = this.#keep(protocol, onOpen, signal);
        // Refused there but admitted here: the whole connection is made anew.
        others.push(kept.catch((error: unknown) => client.abort(GoliathError.from(error))));
      };
      keep(FEED_PROTOCOL, (feed) => this.#onFeed(feed));
      keep(HOLDINGS_PROTOCOL, (holdings) => this.#onHoldings(holdings));
      this.#states.emit();
      this.#connects.emit(info);
      await client.closed;
    } finally {
      this.#index = undefined;
      this.#awaySinceMs = this.#init.clock.monotonicMs();
      ended.abort();
      await Promise.allSettled(others);
      this.#states.emit();
    }
  }

  /** What the index said is kept before anything is done on its word. */
  #write(work: (credentials: Credentials) => void): void {
    this.#diskTrouble = undefined;
    try {
      work(this.#init.credentials);
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      if (hasCode(error, "full", "disk-fault")) this.#diskTrouble = error;
      throw error;
    }
  }

  #greet(frames: FrameStream): Promise<Welcome> {
    const { clock, admission } = this.#init;
    const limit = { clock, timeoutMs: HANDSHAKE_TIMEOUT_MS, signal: this.#stop.signal };
    return withDeadline(limit, (signal) => greet(frames, admission.hello(), { signal }));
  }

  async #onFeed(stream: ByteStream): Promise<void> {
    const frames = new FrameStream(stream, FEED_BOUNDS);
    await this.#greet(frames);
    const client = new FeedClient(frames);
    const ended = new AbortController();
    this.#feedClient = client;
    this.#states.emit();
    const revocations = this.#takeRevocations(client, ended.signal);
    try {
      await client.closed;
    } finally {
      this.#feedClient = undefined;
      ended.abort();
      await revocations;
    }
  }

  async #onHoldings(stream: ByteStream): Promise<void> {
    const frames = new FrameStream(stream, HOLDINGS_BOUNDS);
    await this.#greet(frames);
    await this.#init.reports.run(frames);
  }

  async #takeRevocations(client: FeedClient, signal: AbortSignal): Promise<void> {
    try {
      // The whole list comes first: who is not in it any more was let in again.
      let all = true;
      for await (const { peers } of client.revocations({ signal })) {
        this.#init.credentials.revoke(peers, { all });
        this.#init.onRevoked(peers);
        all = false;
      }
    } catch (error) {
      this.#init.log.debug("revocations ended", { error: GoliathError.from(error).message });
    }
  }

  async *#follow(
    request: FollowRequest,
    options: { signal: AbortSignal },
  ): AsyncGenerator<FeedEvent> {
    yield* (await this.#feedNow(options.signal)).follow(request, options);
  }

  async *#revocations(options: { signal: AbortSignal }): AsyncGenerator<Revocations> {
    yield* (await this.#feedNow(options.signal)).revocations(options);
  }

  /** The feed's stream opens a moment after the index's. */
  async #feedNow(signal: AbortSignal): Promise<FeedClient> {
    while (!this.#feedClient) {
      if (!this.#index) this.#away();
      await this.#nextState(signal);
    }
    return this.#feedClient;
  }

  #compareClocks(): void {
    const aheadMs = this.#init.admission.meetIndex(this.peerId);
    if (Math.abs(aheadMs) < CLOCK_OFF_MS) return;
    const minutes = Math.round(Math.abs(aheadMs) / 60_000);
    const text = `the clock here is ${minutes} min ${aheadMs > 0 ? "ahead of" : "behind"} the index's`;
    this.#init.log.warn(`${text}: set the one that is wrong`);
  }

  async #renewPasses(): Promise<void> {
    const { clock, credentials, log, index } = this.#init;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await clock.sleep(RENEW_INTERVAL_MS, signal).catch(() => undefined);
      if (!this.#index) continue;
      try {
        credentials.takePass(await this.#index.renewPass(), { index, peer: this.peerId });
        this.#compareClocks();
      } catch (error) {
        log.warn("the pass could not be renewed", { error: GoliathError.from(error).message });
      }
    }
  }

  async #indexSoon(signal: AbortSignal | undefined): Promise<IndexClient> {
    const { clock } = this.#init;
    const graceMs = this.#awaySinceMs + RECONNECT_GRACE_MS - clock.monotonicMs();
    if (this.#index || graceMs <= 0) return this.#index ?? this.#away();
    const over = new AbortController();
    const waits = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
    clock.sleep(graceMs, waits).then(
      () => over.abort(this.#awayError()),
      () => undefined,
    );
    try {
      await this.whenConnected(waits);
    } finally {
      over.abort();
    }
    return this.#index ?? this.#away();
  }

  #away(): never {
    if (this.#refused) throw this.#refused;
    throw this.#awayError();
  }

  /** Where it is our own disk that keeps us from being connected, that is what must be told. */
  #awayError(): GoliathError {
    const because = this.#diskTrouble ? `: in this peer's home, ${this.#diskTrouble.message}` : "";
    const init = { cause: this.#diskTrouble };
    return new GoliathError("unavailable", `the index cannot be reached now${because}`, init);
  }

  #nextState(signal?: AbortSignal): Promise<void> {
    const stop = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    return this.#states.next(stop);
  }
}
