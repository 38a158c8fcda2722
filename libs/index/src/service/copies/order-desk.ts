/**
 * Sends orders to holders and keeps the books by what becomes of them. Orders are not durable: what
 * they are for is computed anew from what is used and what is kept, after a start as well.
 */
import { backOff, withDeadline, type BackOff, type Clock, type Log } from "@goliath/kit";
import { GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import { countRuns } from "@goliath/protocols/wire";
import type { HoldingsMap } from "../holdings/holdings-map.ts";
import { HoldingsMap as Pending } from "../holdings/holdings-map.ts";
import type { Presence } from "../holdings/presence.ts";
import type { CopiesSettings } from "./copies-settings.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook } from "./kept-book.ts";

/** A keeper gives an order up after so long: 64 MiB over a line of 1 Mbit/s. */
const COPY_EXPIRES_MS = 10 * 60_000;
/** Beyond what an order lasts, for its answer to arrive. */
const ANSWER_MS = 30_000;
/** How far ahead of their rate orders may be: they begin in bursts, not one by one. */
const BURST_MS = 1000;
/** A keeper that failed an order rests; doubled each time. */
const REST_MIN_MS = 2000;
const REST_MAX_MS = 10 * 60_000;

export interface OrderDeskInit {
  keepers: Keepers;
  book: KeptBook;
  /** What peers serve. */
  map: HoldingsMap;
  presence: Pick<Presence, "holder">;
  digests: (runs: ChunkRun[]) => Promise<Uint8Array>;
  /** The peer must tell all that it holds. */
  demandFull: (peer: PeerId) => void;
  settings: Pick<
    CopiesSettings,
    "ordersMax" | "ordersPerKeeperMax" | "bytesPerSecond" | "keeperBytesPerSecond"
  >;
  clock: Clock;
  /** From 0 to 1, exclusive. */
  random: () => number;
  log: Log;
  /** After each order, however it ended. */
  onEnded: () => void;
}

interface Hand {
  underWay: number;
  /** By the monotonic clock: up to when its rate is used. */
  nextMs: number;
  /** By the monotonic clock: gets nothing before it. */
  restUntilMs: number;
  rest: BackOff;
}

export class OrderDesk {
  readonly #init: OrderDeskInit;
  /** What keepers are fetching. */
  readonly #coming = new Pending();
  readonly #hands = new Map<PeerId, Hand>();
  readonly #running = new Set<Promise<unknown>>();
  #copies = 0;
  #nextMs = 0;
  #ordered = 0;
  readonly counts = { copied: 0, copyFailed: 0, dropped: 0, dropFailed: 0 };

  constructor(init: OrderDeskInit) {
    this.#init = init;
  }

  get coming(): Pick<HoldingsMap, "pieces"> {
    return this.#coming;
  }

  /** Chunks on the way. */
  get ordered(): number {
    return this.#ordered;
  }

  /** Whether another order to copy may begin now, as far as all together go. */
  get hasRoom(): boolean {
    const isInRate = this.#nextMs <= this.#nowMs() + BURST_MS;
    return this.#copies < this.#init.settings.ordersMax && isInRate;
  }

  /** Whether this keeper may get another order to copy now. */
  mayCopy(peer: PeerId): boolean {
    const hand = this.#hands.get(peer);
    if (!this.#init.book.isFree(peer)) return false;
    if (!hand) return true;
    const nowMs = this.#nowMs();
    const isInRate = hand.nextMs <= nowMs + BURST_MS && hand.restUntilMs <= nowMs;
    return isInRate && hand.underWay < this.#init.settings.ordersPerKeeperMax;
  }

  /**
   * Begins an order to copy; it ends by itself. At most `ORDER_CHUNKS_MAX` chunks, which take about
   * so many bytes.
   */
  copy(
    peer: PeerId,
    { runs, bytes }: { runs: ChunkRun[]; bytes: number },
    signal: AbortSignal,
  ): void {
    const chunks = countRuns(runs);
    this.#begin(peer, { runs, chunks, bytes });
    this.#track(
      this.#copy(peer, { runs, bytes, signal })
        .then(
          () => this.#copied(peer, runs),
          (error: unknown) => this.#copyFailed(peer, error),
        )
        .finally(() => this.#end(peer, { runs, chunks })),
    );
  }

  /**
   * Orders a holder to drop chunks, which count no longer from this call on. The caller has made
   * sure that they may go, in the same turn. At most `DROP_CHUNKS_MAX` chunks in `DROP_RUNS_MAX`
   * runs. False when the peer is away or has such an order already: then nothing has changed.
   */
  drop(peer: PeerId, runs: ChunkRun[]): boolean {
    const { book, presence, onEnded } = this.#init;
    const holder = presence.holder(peer);
    if (!holder || !book.isFree(peer)) return false;
    book.condemn(peer, runs);
    this.#track(
      holder
        .drop({ runs })
        .then(
          () => this.#dropped(peer, runs),
          (error: unknown) => this.#dropFailed(peer, error),
        )
        .finally(onEnded),
    );
    return true;
  }

  /** Once all that was begun has ended: after the streams were closed. */
  async whenIdle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  forget(peer: PeerId): void {
    this.#hands.delete(peer);
  }

  async #copy(
    peer: PeerId,
    { runs, bytes, signal }: { runs: ChunkRun[]; bytes: number; signal: AbortSignal },
  ): Promise<void> {
    const { presence, digests, clock } = this.#init;
    const sums = await digests(runs);
    const holder = presence.holder(peer);
    if (!holder) throw new GoliathError("unavailable", "the keeper is away");
    const order = { runs, sums, bytes, expiresInMs: COPY_EXPIRES_MS };
    await withDeadline({ clock, timeoutMs: COPY_EXPIRES_MS + ANSWER_MS, signal }, (deadline) =>
      holder.copy(order, { signal: deadline }),
    );
  }

  #begin(
    peer: PeerId,
    { runs, chunks, bytes }: { runs: ChunkRun[]; chunks: number; bytes: number },
  ): void {
    const { settings, keepers, random } = this.#init;
    const hand = this.#hands.get(peer) ?? {
      underWay: 0,
      nextMs: 0,
      restUntilMs: 0,
      rest: backOff({ minMs: REST_MIN_MS, maxMs: REST_MAX_MS, random }),
    };
    this.#hands.set(peer, hand);
    hand.underWay++;
    const nowMs = this.#nowMs();
    hand.nextMs = Math.max(hand.nextMs, nowMs) + (bytes * 1000) / settings.keeperBytesPerSecond;
    this.#nextMs = Math.max(this.#nextMs, nowMs) + (bytes * 1000) / settings.bytesPerSecond;
    this.#copies++;
    this.#ordered += chunks;
    this.#coming.add(peer, runs);
    keepers.promise(peer, bytes);
  }

  #end(peer: PeerId, { runs, chunks }: { runs: ChunkRun[]; chunks: number }): void {
    const hand = this.#hands.get(peer);
    if (hand) hand.underWay--;
    this.#copies--;
    this.#ordered -= chunks;
    this.#coming.remove(peer, runs);
    this.#init.onEnded();
  }

  /** They are on its disk: counted on its word, as what it reports is. */
  #copied(peer: PeerId, runs: ChunkRun[]): void {
    const { keepers, book, map } = this.#init;
    this.counts.copied++;
    this.#hands.get(peer)?.rest.reset();
    if (!keepers.get(peer)) return;
    book.add(peer, runs);
    map.add(peer, runs);
  }

  #copyFailed(peer: PeerId, error: unknown): void {
    this.counts.copyFailed++;
    const hand = this.#hands.get(peer);
    if (hand) hand.restUntilMs = Math.max(hand.restUntilMs, this.#nowMs() + hand.rest.next());
    this.#init.log.debug("a keeper did not copy what it was ordered to", { peer, error });
  }

  #dropped(peer: PeerId, runs: ChunkRun[]): void {
    this.counts.dropped += countRuns(runs);
    this.#init.book.settle(peer, { answered: true });
  }

  #dropFailed(peer: PeerId, error: unknown): void {
    this.counts.dropFailed++;
    this.#init.book.settle(peer, { answered: false });
    this.#init.demandFull(peer);
    this.#init.log.debug("it is not known what became of an order to drop", { peer, error });
  }

  #track(work: Promise<unknown>): void {
    const one = work.finally(() => this.#running.delete(one));
    this.#running.add(one);
  }

  #nowMs(): number {
    return this.#init.clock.monotonicMs();
  }
}
