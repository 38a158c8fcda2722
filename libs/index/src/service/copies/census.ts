/**
 * Keeps count of what kept revisions use. A sweep reads the whole namespace in short pages; commits
 * after it are added as they come. Between sweeps uses are only added, so that whatever is used is
 * known to be; what is used no longer, or by fewer copies, the next sweep shows.
 */
import { Listeners, type Clock, type Log } from "@goliath/kit";
import { GoliathError, hasCode, type ChunkId, type Revision } from "@goliath/protocols/nouns";
import type { IndexEngine, UsagePage } from "../../engine/engine.ts";
import { UsageMap } from "./usage-map.ts";

/** Commits within so long are read together. */
const GATHER_MS = 200;
/** A sweep takes a third of a reader's time at most: it rests twice as long as each page took. */
const REST_PER_WORK = 2;
/** A sweep that was asked for comes no sooner after the last than it took, so many times. */
const REST_PER_SWEEP = 4;
/** After a fault. */
const RETRY_MS = 10_000;

export type UsageSource = Pick<IndexEngine, "usage" | "onCommit">;

export interface CensusInit {
  source: UsageSource;
  clock: Clock;
  log: Log;
  sweepIntervalMs: number;
  /** After each sweep, with the revision up to which it knows all uses. */
  onSwept: (swept: { usage: UsageMap; since: Revision }) => Promise<void>;
  onChanged: () => void;
}

export class Census {
  readonly #init: CensusInit;
  readonly #stirred = new Listeners<void>();
  #usage: UsageMap | undefined;
  #since = 0 as Revision;
  #isBehind = false;
  #isWanted = false;
  #sweeps = 0;
  #version = 0;

  constructor(init: CensusInit) {
    this.#init = init;
  }

  /** What is used; undefined until the first sweep is through. */
  get usage(): UsageMap | undefined {
    return this.#usage;
  }

  get version(): number {
    return this.#version;
  }

  get sweeps(): number {
    return this.#sweeps;
  }

  /** What is wanted became less, or of many files at once: only a sweep shows it. */
  sweepSoon(): void {
    this.#isWanted = true;
    this.#stirred.emit();
  }

  /** Until aborted; then it returns. */
  async run(signal: AbortSignal): Promise<void> {
    const end = this.#init.source.onCommit(() => {
      this.#isBehind = true;
      this.#stirred.emit();
    });
    try {
      while (!signal.aborted) await this.#round(signal);
    } finally {
      end();
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#init;
    try {
      const startMs = clock.monotonicMs();
      await this.#sweep(signal);
      const tookMs = clock.monotonicMs() - startMs;
      await this.#follow(signal, tookMs);
    } catch (error) {
      if (signal.aborted) return;
      // What was read before a restore or a reset of the feed is read anew.
      if (!hasCode(error, "reset")) log.error("what is used could not be counted", { error });
      await clock.sleep(RETRY_MS, signal).catch(() => undefined);
    }
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const usage = new UsageMap();
    this.#isWanted = false;
    this.#isBehind = false;
    const last = await this.#read({}, { usage, signal });
    this.#usage = usage;
    this.#since = last.revision;
    this.#sweeps++;
    this.#version++;
    this.#init.onChanged();
    await this.#init.onSwept({ usage, since: last.revision });
  }

  /** Adds what commits bring, until it is time for another sweep. */
  async #follow(signal: AbortSignal, tookMs: number): Promise<void> {
    const { clock, sweepIntervalMs } = this.#init;
    const startMs = clock.monotonicMs();
    const dueMs = (): number =>
      startMs + (this.#isWanted ? REST_PER_SWEEP * tookMs : sweepIntervalMs);
    for (let leftMs = dueMs() - clock.monotonicMs(); leftMs > 0;) {
      if (this.#isBehind) await this.#catchUp(signal);
      else await this.#stirOrSleep(leftMs, signal);
      signal.throwIfAborted();
      leftMs = dueMs() - clock.monotonicMs();
    }
  }

  async #catchUp(signal: AbortSignal): Promise<void> {
    await this.#init.clock.sleep(GATHER_MS, signal);
    this.#isBehind = false;
    if (!this.#usage) return;
    const last = await this.#read({ since: this.#since }, { usage: this.#usage, signal });
    this.#since = last.revision;
    this.#version++;
    this.#init.onChanged();
  }

  /** Returns the last page. */
  async #read(
    from: { since?: Revision },
    { usage, signal }: { usage: UsageMap; signal: AbortSignal },
  ): Promise<UsagePage> {
    const { source, clock } = this.#init;
    let page = await source.usage(from);
    for (;;) {
      const startMs = clock.monotonicMs();
      addPage(usage, page);
      const { next } = page;
      if (!next) return page;
      signal.throwIfAborted();
      page = await source.usage({ cursor: next });
      await clock.sleep(REST_PER_WORK * (clock.monotonicMs() - startMs), signal);
    }
  }

  async #stirOrSleep(ms: number, signal: AbortSignal): Promise<void> {
    const awake = new AbortController();
    const done = AbortSignal.any([signal, awake.signal]);
    const stirred = this.#stirred.next(done);
    await Promise.race([stirred, this.#init.clock.sleep(ms, done)]).finally(() => {
      awake.abort(new GoliathError("aborted", "awake"));
    });
    await stirred.catch(() => undefined);
  }
}

function addPage(usage: UsageMap, page: UsagePage): void {
  for (const [at, first] of page.firsts.entries()) {
    const wish = page.table[page.wishes[at] ?? 0];
    usage.add(
      { first: first as ChunkId, count: page.counts[at] ?? 0 },
      { copies: page.copies[at] ?? 0, bytes: page.bytes[at] ?? 0, ...(wish && { wish }) },
    );
  }
}
