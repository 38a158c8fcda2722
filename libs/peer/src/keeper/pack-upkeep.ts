/**
 * What packs need as time goes by: the room of what was dropped is freed, and all is hashed anew
 * every so often. At a bounded rate, beside everything else.
 */
import type { PackChunkStore, PackWork } from "@goliath/chunks";
import { RateLimiter, type Clock, type Log } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";

/** A terabyte a month: 10^12 bytes in 30 days. */
export const SCRUB_RATE_DEFAULT = 400_000;
/** Bytes a second that compaction copies: a tenth of what a disk does. */
const COMPACT_RATE = 16 * 1024 * 1024;
/** How often it is looked whether something is worth compacting. */
const COMPACT_EVERY_MS = 30_000;
/** A pack is not hashed again before this, however few there are. */
const SCRUB_AGAIN_MS = 24 * 60 * 60 * 1000;
/** How often it is looked whether a pack is to be hashed, when none was. */
const SCRUB_EVERY_MS = 60 * 60 * 1000;

export interface PackUpkeepInit {
  store: PackChunkStore;
  clock: Clock;
  log: Log;
  /** Bytes a second that are hashed anew; 0 hashes nothing. */
  scrubRate: number;
}

/** Since the process began. */
export interface ScrubCounts {
  packs: number;
  chunks: number;
  bytes: number;
  /** Chunks found wrong, by the scrub or by whoever read them. */
  rotten: number;
  /** Chunks that the disk has failed to read for long. */
  unreadable: number;
  /** Chunks that could not be read for a while. */
  mended: number;
}

export class PackUpkeep implements AsyncDisposable {
  readonly #init: PackUpkeepInit;
  readonly #stop = new AbortController();
  readonly #counts: ScrubCounts = {
    packs: 0,
    chunks: 0,
    bytes: 0,
    rotten: 0,
    unreadable: 0,
    mended: 0,
  };
  readonly #unsubscribe: () => void;
  #running: Promise<unknown> = Promise.resolve();

  constructor(init: PackUpkeepInit) {
    this.#init = init;
    this.#unsubscribe = init.store.onProblem(({ kind, id, path }) => {
      this.#counts[kind]++;
      const what = kind === "rotten" ? "a chunk has rotted" : "the disk cannot read a chunk";
      init.log.error(`${what}: it is offered no more`, { id, path });
    });
  }

  get counts(): Readonly<ScrubCounts> {
    return this.#counts;
  }

  start(): void {
    const scrubbing = this.#init.scrubRate > 0 ? [this.#scrub()] : [];
    this.#running = Promise.all([this.#compact(), ...scrubbing]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GoliathError("aborted", "the peer is stopping"));
    this.#unsubscribe();
    await this.#running;
  }

  async #compact(): Promise<void> {
    const { store } = this.#init;
    const work = this.#pacedBy(COMPACT_RATE);
    await this.#forever(COMPACT_EVERY_MS, async () => {
      await store.compact(work);
      return false;
    });
  }

  async #scrub(): Promise<void> {
    const { store, clock, scrubRate } = this.#init;
    const work = this.#pacedBy(scrubRate);
    await this.#forever(SCRUB_EVERY_MS, async () => {
      const found = await store.scrub({ ...work, beforeMs: clock.nowMs() - SCRUB_AGAIN_MS });
      if (!found) return false;
      this.#counts.packs++;
      this.#counts.chunks += found.chunks;
      this.#counts.bytes += found.bytes;
      this.#counts.mended += found.mended;
      return true;
    });
  }

  /** Does `work` at once for as long as it says so, else every so often, until stopped. */
  async #forever(everyMs: number, work: () => Promise<boolean>): Promise<void> {
    const { clock, log } = this.#init;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let again = false;
      try {
        again = await work();
      } catch (error) {
        if (signal.aborted) return;
        log.warn("the upkeep of packs failed, it is tried again", { error });
      }
      if (!again) await clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }

  #pacedBy(rate: number): PackWork {
    const limiter = new RateLimiter({ clock: this.#init.clock, rate });
    return {
      signal: this.#stop.signal,
      pace: (bytes, signal) => limiter.take(bytes, { signal }),
    };
  }
}
