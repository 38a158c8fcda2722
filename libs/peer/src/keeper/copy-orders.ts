/** Orders to copy: chunks are fetched from whoever has them, and written as they come. */
import { countIds, normalizeRuns, subtractRuns } from "@goliath/chunks";
import type { ChunkStore, RoomReservation, SpaceKeeper } from "@goliath/chunks";
import { mapBounded, Semaphore, withDeadline, type Clock, type Log } from "@goliath/kit";
import type { CopyOrder } from "@goliath/protocols/holdings";
import {
  digestAt,
  equalBytes,
  GoliathError,
  hasCode,
  type ChunkId,
} from "@goliath/protocols/nouns";
import type { ChunkFetcher, ChunkNeed } from "../parts.ts";

/** Orders at work at once: the stream has room for 32 calls, and proofs must get through. */
const ORDERS_MAX = 8;
/** Chunks under way for all orders together: 16 MiB of 1 MiB chunks. */
const CHUNKS_AT_ONCE = 16;
/** Longest time for one order, whatever the index says. */
const EXPIRES_MS_MAX = 60 * 60 * 1000;

export interface CopyOrdersInit {
  store: ChunkStore & SpaceKeeper;
  fetcher: ChunkFetcher;
  clock: Clock;
  log: Log;
}

export class CopyOrders {
  readonly #init: CopyOrdersInit;
  readonly #slots = new Semaphore({ max: CHUNKS_AT_ONCE });
  #running = 0;

  constructor(init: CopyOrdersInit) {
    this.#init = init;
  }

  /**
   * Resolves when all is on disk; what came before it failed stays. Throws `full`, `no-holder`,
   * `busy`, `timeout`, `conflict` for an id that is held with another digest.
   */
  async copy(order: CopyOrder, signal?: AbortSignal): Promise<void> {
    const { clock } = this.#init;
    if (this.#running >= ORDERS_MAX) throw new GoliathError("busy", "enough is copied already");
    this.#running++;
    try {
      const timeoutMs = Math.min(order.expiresInMs, EXPIRES_MS_MAX);
      await withDeadline({ clock, timeoutMs, ...(signal && { signal }) }, (late) =>
        this.#copy(order, late),
      );
    } finally {
      this.#running--;
    }
  }

  async #copy(order: CopyOrder, signal: AbortSignal): Promise<void> {
    const needs = this.#missing(order);
    if (needs.length === 0) return;
    const bytes = needs.reduce((sum, need) => sum + need.length, 0);
    using room = await this.#init.store.reserve({ chunks: needs.length, bytes });
    const lacking: GoliathError[] = [];
    await mapBounded(
      needs,
      CHUNKS_AT_ONCE,
      (need, { signal: one }) =>
        this.#slots.run(() => this.#fetch(need, { room, lacking, signal: one }), { signal: one }),
      { signal },
    );
    const [first] = lacking;
    if (first) throw first;
  }

  /** A chunk that nobody has keeps no other from being copied. */
  async #fetch(
    need: ChunkNeed,
    {
      room,
      lacking,
      signal,
    }: { room: RoomReservation; lacking: GoliathError[]; signal: AbortSignal },
  ): Promise<void> {
    try {
      const bytes = await this.#init.fetcher.fetch(need, { signal });
      await room.write({ id: need.id, digest: need.digest, bytes });
    } catch (thrown) {
      if (!hasCode(thrown, "no-holder")) throw thrown;
      lacking.push(thrown);
      this.#init.log.debug("nobody gave a chunk to copy", { id: need.id });
    }
  }

  /** What of the order is not kept yet. How long each chunk is is not known: their mean is. */
  #missing({ runs, sums, bytes }: CopyOrder): ChunkNeed[] {
    const { store } = this.#init;
    const length = Math.ceil(bytes / Math.max(1, countIds(runs)));
    const wanted = normalizeRuns(runs);
    const missing = new Set(idsOf(subtractRuns(wanted, store.held(wanted))));
    const needs: ChunkNeed[] = [];
    let index = 0;
    for (const id of idsOf(runs)) {
      const digest = digestAt(sums, index++);
      if (missing.delete(id)) needs.push({ id, digest, length });
      else if (store.has(id) && !equalBytes(store.digests([{ first: id, count: 1 }]), digest)) {
        const text = "a chunk to copy is kept here with other bytes";
        throw new GoliathError("conflict", text, { about: { id } });
      }
    }
    return needs;
  }
}

function* idsOf(runs: readonly { first: ChunkId; count: number }[]): Generator<ChunkId> {
  for (const { first, count } of runs) {
    for (let id: number = first; id < first + count; id++) yield id as ChunkId;
  }
}
