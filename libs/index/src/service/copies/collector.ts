/**
 * Collects what no kept revision uses. Chunks that were unused in one sweep of the namespace and,
 * a delay later, in another are given up in the engine, in a transaction that looks once more; only
 * then are their holders told to drop them.
 */
import type { Clock, Log } from "@goliath/kit";
import { DROP_CHUNKS_MAX, DROP_RUNS_MAX } from "@goliath/protocols/holdings";
import { RUNS_MAX } from "@goliath/protocols/index";
import {
  hasCode,
  type ChunkId,
  type ChunkRun,
  type PeerId,
  type Revision,
} from "@goliath/protocols/nouns";
import type { CommittedPage, IndexEngine } from "../../engine/engine.ts";
import { groupRuns, intersectRuns, runSet, subtractRuns } from "../holdings/run-set.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook } from "./kept-book.ts";
import type { OrderDesk } from "./order-desk.ts";
import { wholeBlock } from "./survey.ts";
import type { UsageMap } from "./usage-map.ts";

/** Runs of unused chunks remembered: 20 MB. What is beyond is found again by a later sweep. */
const RUNS_REMEMBERED_MAX = 256 * 1024;
/** Blocks looked at before the index does something else. */
const TURN_BLOCKS = 256;
/** Runs given up that are looked at in one turn. */
const TURN_RUNS = 4096;
/** Calls of one collection for the same runs: each gets on. */
const CALLS_MAX = 1000;

export type CollectSource = Pick<IndexEngine, "collect" | "leasedRuns" | "committedRuns">;

export interface CollectorInit {
  source: CollectSource;
  keepers: Pick<Keepers, "known">;
  book: KeptBook;
  orders: Pick<OrderDesk, "drop">;
  usage: () => UsageMap | undefined;
  settings: { collectDelayMs: number };
  clock: Clock;
  log: Log;
}

export class Collector {
  readonly #init: CollectorInit;
  /** Unused in every sweep since `atMs`, by the monotonic clock. */
  #suspects: { atMs: number; runs: ChunkRun[] } | undefined;
  /** Given up: whoever keeps them is to drop them, also who comes back later. */
  #doomed: ChunkRun[] = [];
  /** Where in the doomed the next turn begins. */
  #turnAt = 0;
  #collected = 0;

  constructor(init: CollectorInit) {
    this.#init = init;
  }

  /** Chunks given up since the start. */
  get collected(): number {
    return this.#collected;
  }

  /** After each sweep, with what it found and the revision up to which that is all. */
  async swept(
    { usage, since }: { usage: UsageMap; since: Revision },
    signal: AbortSignal,
  ): Promise<void> {
    const { keepers, clock, settings, source } = this.#init;
    if (!keepers.known) return;
    const leased = runSet(await source.leasedRuns());
    const found = [
      ...(await this.#unusedKept(usage, signal)),
      ...(await this.#unusedKnown(usage, signal)),
    ];
    const unused = subtractRuns(runSet(found), leased);
    const nowMs = clock.monotonicMs();
    const { atMs, runs } = this.#suspects ?? { atMs: nowMs, runs: unused };
    const suspects = intersectRuns(runs, unused);
    if (this.#suspects && nowMs - atMs < settings.collectDelayMs) {
      this.#suspects = { atMs, runs: suspects };
      return;
    }
    if (this.#suspects) await this.#collect(suspects, { since, signal });
    this.#suspects = { atMs: nowMs, runs: subtractRuns(unused, this.#doomed) };
  }

  /** Tells those that are here to drop what was given up. Called whenever somebody may have come. */
  dropDoomed(): void {
    const { book, orders, usage } = this.#init;
    const byPeer = new Map<PeerId, ChunkRun[]>();
    if (this.#turnAt >= this.#doomed.length) this.#turnAt = 0;
    const turn = this.#doomed.slice(this.#turnAt, this.#turnAt + TURN_RUNS);
    this.#turnAt += TURN_RUNS;
    for (const run of turn) {
      for (const { first, count, peers } of book.pieces(run)) {
        for (const peer of peers) {
          const runs = byPeer.get(peer) ?? [];
          byPeer.set(peer, runs);
          runs.push({ first, count });
        }
      }
    }
    for (const [peer, runs] of byPeer) {
      if (!book.isFree(peer)) continue;
      const [order] = groupRuns(runSet(runs).slice(0, DROP_RUNS_MAX), DROP_CHUNKS_MAX);
      // Given up means that nothing can use them: if anything does, keeping them is the lesser harm.
      if (order && usage()?.most(order) === undefined) orders.drop(peer, order);
    }
  }

  /** What anybody keeps and nothing uses. */
  async #unusedKept(usage: UsageMap, signal: AbortSignal): Promise<ChunkRun[]> {
    const { book, clock } = this.#init;
    const unused: ChunkRun[] = [];
    let looked = 0;
    for (const block of book.blocks()) {
      if (++looked % TURN_BLOCKS === 0) await clock.sleep(0, signal);
      if (unused.length >= RUNS_REMEMBERED_MAX) break;
      const run = wholeBlock(block);
      const kept = [...book.pieces(run)].filter(({ peers }) => peers.length > 0);
      unused.push(...intersectRuns(runSet(kept), unusedOf(run, usage)));
    }
    return unused;
  }

  /** What has a digest, though nobody may keep it, and nothing uses. */
  async #unusedKnown(usage: UsageMap, signal: AbortSignal): Promise<ChunkRun[]> {
    const { source, clock } = this.#init;
    const unused: ChunkRun[] = [];
    for (let first: ChunkId | undefined = 0 as ChunkId; first !== undefined;) {
      const page: CommittedPage = await source.committedRuns({ first });
      for (const run of page.runs) unused.push(...unusedOf(run, usage));
      if (unused.length >= RUNS_REMEMBERED_MAX) break;
      first = page.next;
      await clock.sleep(0, signal);
    }
    return unused;
  }

  async #collect(
    suspects: ChunkRun[],
    { since, signal }: { since: Revision; signal: AbortSignal },
  ): Promise<void> {
    const { source, log } = this.#init;
    for (let at = 0; at < suspects.length; at += RUNS_MAX) {
      let runs = suspects.slice(at, at + RUNS_MAX);
      for (let call = 0; call < CALLS_MAX && runs.length > 0; call++) {
        signal.throwIfAborted();
        try {
          const { collected, left } = await source.collect({
            runs: runs.slice(0, RUNS_MAX),
            since,
          });
          this.#doom(collected);
          runs = left;
        } catch (error) {
          // Too much has changed since the sweep: another one will tell.
          if (!hasCode(error, "busy", "reset")) throw error;
          log.debug("unused chunks wait for another sweep", { error });
          return;
        }
      }
    }
  }

  #doom(collected: readonly ChunkRun[]): void {
    for (const { count } of collected) this.#collected += count;
    this.#doomed = runSet([...this.#doomed, ...collected]).slice(-RUNS_REMEMBERED_MAX);
    this.dropDoomed();
  }
}

function unusedOf(run: ChunkRun, usage: UsageMap): ChunkRun[] {
  return runSet([...usage.pieces(run)].filter(({ copies }) => copies === undefined));
}
