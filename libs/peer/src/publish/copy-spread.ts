/**
 * Spreads the new chunks of one write over keepers while they are still being written here: a batch
 * at a time the index says where they go, all keepers of a batch are pushed to at once, and in place
 * of one that fails another is asked for. Nothing is remembered here that a retry needs.
 */
import { normalizeRuns } from "@goliath/chunks";
import { Semaphore, type Clock, type Log } from "@goliath/kit";
import type { Network } from "@goliath/net";
import { AVOID_MAX, type Location } from "@goliath/protocols/index";
import {
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type DrivePath,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";
import { askAgain } from "./ask-again.ts";
import type { PushLanes } from "./push-lanes.ts";

/** Chunks and bytes of a batch: enough to be worth a question, soon enough for pushing to begin. */
const BATCH_CHUNKS_MAX = 256;
const BATCH_BYTES_MAX = 64 * 1024 * 1024;
/** Batches on their way at once. */
const BATCHES_AT_ONCE = 4;
/** How often others are asked for in place of keepers that failed. */
const ROUNDS_MAX = 4;
/**
 * A batch that is at as many keepers as the commit needs waits for the others at least this long,
 * and twice as long as it took so far: they get their copies from the repair otherwise.
 */
const PATIENCE_MS_MIN = 10_000;
const PATIENCE_FACTOR = 2;

export interface CopiesWish {
  /** How many keepers each chunk is to be at. */
  copies: number;
  /** How many must have it for the commit to happen. */
  minCopies: number;
}

export interface CopySpreadInit extends CopiesWish {
  link: IndexLink;
  lanes: PushLanes;
  network: Pick<Network, "learn">;
  clock: Clock;
  log: Log;
  /** Where the chunks will stand. */
  path: DrivePath;
  signal: AbortSignal;
}

interface Batch {
  runs: ChunkRun[];
  bytes: number;
  /** Keepers that have all of it. */
  at: Set<PeerId>;
}

export class CopySpread implements AsyncDisposable {
  readonly #init: CopySpreadInit;
  readonly #slots = new Semaphore({ max: BATCHES_AT_ONCE });
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #batches: Batch[] = [];
  readonly #spreading: Promise<void>[] = [];
  /** Keepers that failed, the latest last. */
  readonly #failed = new Set<PeerId>();
  #filling: { ids: ChunkId[]; bytes: number } = { ids: [], bytes: 0 };

  constructor(init: CopySpreadInit) {
    this.#init = init;
    this.#signal = AbortSignal.any([init.signal, this.#stop.signal]);
  }

  /** A chunk that lies in the own store. */
  add(id: ChunkId, bytes: number): void {
    this.#filling.ids.push(id);
    this.#filling.bytes += bytes;
    const { ids, bytes: filled } = this.#filling;
    if (ids.length >= BATCH_CHUNKS_MAX || filled >= BATCH_BYTES_MAX) this.#seal();
  }

  /** Throws `unavailable` when too few keepers could take it. */
  async finish(): Promise<void> {
    this.#seal();
    await Promise.all(this.#spreading.splice(0));
    const { minCopies } = this.#init;
    const short = this.#batches.find(({ at }) => at.size < minCopies);
    if (!short) return;
    const text = `only ${short.at.size} keepers could take it, and ${minCopies} must: nothing was written`;
    throw new GoliathError("unavailable", text);
  }

  /** The commit was not verified: what a keeper has not, or the index cannot ask, goes elsewhere. */
  async mend(): Promise<void> {
    const { link, lanes } = this.#init;
    const peers = await this.#ask(() => link.service.peers({ signal: this.#signal }));
    const online = new Set(peers.filter((peer) => peer.online).map(({ peer }) => peer));
    for (const batch of this.#batches) {
      for (const keeper of batch.at) {
        if (online.has(keeper) && (await lanes.isAt(keeper, batch.runs, this.#signal))) continue;
        batch.at.delete(keeper);
        this.#fail(keeper, new GoliathError("missing", "it has not what was pushed to it"));
      }
      this.#begin(batch);
    }
    await this.finish();
  }

  get locations(): Location[] {
    return this.#batches.flatMap(({ runs, at }) =>
      runs.flatMap((run) => [...at].map((peer) => ({ ...run, peer }))),
    );
  }

  /** Whether all of it is at as many keepers as are wanted. */
  get isWhole(): boolean {
    return this.#batches.every(({ at }) => at.size >= this.#init.copies);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GoliathError("aborted", "the put is over"));
    await Promise.allSettled(this.#spreading);
  }

  #seal(): void {
    const { ids, bytes } = this.#filling;
    if (ids.length === 0) return;
    this.#filling = { ids: [], bytes: 0 };
    const runs = normalizeRuns(ids.map((first) => ({ first, count: 1 })));
    const batch: Batch = { runs, bytes, at: new Set() };
    this.#batches.push(batch);
    this.#begin(batch);
  }

  #begin(batch: Batch): void {
    const signal = this.#signal;
    const spreading = this.#slots.run(() => this.#spread(batch), { signal });
    // Whoever finishes gets the failure.
    spreading.catch(() => undefined);
    this.#spreading.push(spreading);
  }

  async #spread(batch: Batch): Promise<void> {
    const { copies, path, link, network } = this.#init;
    for (let round = 0; round < ROUNDS_MAX && batch.at.size < copies; round++) {
      const avoid = [...this.#failed, ...batch.at].slice(-AVOID_MAX);
      const { runs, bytes } = batch;
      const request = { runs, bytes, path, copies: copies - batch.at.size, avoid };
      const { peers } = await this.#ask(() =>
        link.service.place(request, { signal: this.#signal }),
      );
      if (peers.length === 0) return;
      await Promise.all(peers.map(({ peer, addresses }) => network.learn(peer, addresses)));
      await this.#pushAll(
        batch,
        peers.map(({ peer }) => peer),
      );
    }
  }

  #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    return askAgain(question, { link: this.#init.link, signal: this.#signal });
  }

  /** Never rejects but when all is given up. */
  async #pushAll(batch: Batch, keepers: PeerId[]): Promise<void> {
    const { clock, lanes } = this.#init;
    const startMs = clock.monotonicMs();
    const enough = new AbortController();
    const over = new AbortController();
    const signal = AbortSignal.any([this.#signal, enough.signal]);
    const waiting: Promise<unknown>[] = [];
    const pushing = keepers.map(async (keeper) => {
      try {
        await lanes.push(keeper, batch.runs, signal);
        batch.at.add(keeper);
        if (batch.at.size !== Math.max(1, this.#init.minCopies)) return;
        const tookMs = clock.monotonicMs() - startMs;
        const patienceMs = Math.max(PATIENCE_MS_MIN, PATIENCE_FACTOR * tookMs);
        const late = new GoliathError("timeout", "it takes much longer than others");
        waiting.push(clock.sleep(patienceMs, over.signal).then(() => enough.abort(late), ignore));
      } catch (error) {
        this.#signal.throwIfAborted();
        this.#fail(keeper, error);
      }
    });
    try {
      await Promise.all(pushing);
    } finally {
      over.abort();
      await Promise.allSettled([...pushing, ...waiting]);
    }
  }

  #fail(keeper: PeerId, error: unknown): void {
    this.#failed.delete(keeper);
    this.#failed.add(keeper);
    const { code, message } = GoliathError.from(error);
    this.#init.log.warn("a keeper did not take what was pushed to it", { keeper, code, message });
  }
}

function ignore(): void {
  return undefined;
}
