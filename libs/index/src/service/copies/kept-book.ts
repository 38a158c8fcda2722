/**
 * What each peer keeps in a store of its own, as it reported; only that can count as a copy, and
 * only that is ordered dropped. What is under an order to drop is out of the book before the order
 * is sent, and nothing that was reported before the peer took the order brings it back.
 */
import type { ChunkRun, PeerId } from "@goliath/protocols/nouns";
import { HoldingsMap, type HeldPiece } from "../holdings/holdings-map.ts";
import { runSet, subtractRuns } from "../holdings/run-set.ts";

/** What one peer was ordered to drop; a peer has one such order at a time. */
interface Condemned {
  runs: ChunkRun[];
  /**
   * - `sent`: no answer yet; what the peer reports may be older than the order.
   * - `answered`: it has forgotten them; one report may have been on its way before that.
   * - `unknown`: the stream broke or it refused. It may have dropped some: only a full report tells.
   */
  state: "sent" | "answered" | "unknown";
}

export interface KeptReport {
  full: boolean;
  added: ChunkRun[];
  removed: ChunkRun[];
}

export class KeptBook {
  readonly #map = new HoldingsMap();
  readonly #condemned = new Map<PeerId, Condemned>();
  #version = 0;

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  take(peer: PeerId, { full, added, removed }: KeptReport): void {
    const condemned = this.#condemned.get(peer);
    if (full) this.#map.forget(peer);
    if (full && condemned?.state === "unknown") this.#condemned.delete(peer);
    this.#map.remove(peer, removed);
    const barred = this.#condemned.get(peer)?.runs ?? [];
    this.#map.add(peer, barred.length > 0 ? subtractRuns(runSet(added), barred) : added);
    if (condemned?.state === "answered") this.#condemned.delete(peer);
    this.#version++;
  }

  /** Verified just now: counts before its holder reports it. */
  add(peer: PeerId, runs: readonly ChunkRun[]): void {
    const barred = this.#condemned.get(peer)?.runs ?? [];
    this.#map.add(peer, subtractRuns(runSet(runs), barred));
    this.#version++;
  }

  /** It was shown not to have them. */
  remove(peer: PeerId, runs: readonly ChunkRun[]): void {
    this.#map.remove(peer, runs);
    this.#version++;
  }

  /** Whether it may be ordered to drop, or to copy, now. */
  isFree(peer: PeerId): boolean {
    return !this.#condemned.has(peer);
  }

  /** They count no longer: before the order to drop them is sent. */
  condemn(peer: PeerId, runs: readonly ChunkRun[]): void {
    const set = runSet(runs);
    this.#condemned.set(peer, { runs: set, state: "sent" });
    this.#map.remove(peer, set);
    this.#version++;
  }

  /** The order was answered, or it is not known what became of it: then all must be told anew. */
  settle(peer: PeerId, { answered }: { answered: boolean }): void {
    const condemned = this.#condemned.get(peer);
    if (condemned) condemned.state = answered ? "answered" : "unknown";
  }

  /** It spoke after its answer, so that no older report of it can still come. */
  heard(peer: PeerId): void {
    if (this.#condemned.get(peer)?.state === "answered") this.#condemned.delete(peer);
  }

  /** Its membership ended. */
  forget(peer: PeerId): void {
    this.#map.forget(peer);
    this.#condemned.delete(peer);
    this.#version++;
  }

  chunks(peer: PeerId): number {
    return this.#map.chunks(peer);
  }

  pieces(run: ChunkRun): Generator<HeldPiece> {
    return this.#map.pieces(run);
  }

  /** Numbers of the blocks of which anybody keeps something. */
  blocks(): number[] {
    return this.#map.blocks();
  }

  /** Whether the peer keeps anything of a block. */
  hasOf(block: number, peer: PeerId): boolean {
    return this.#map.hasOf(block, peer);
  }

  /** Of these, what the peer keeps. */
  of(peer: PeerId, runs: readonly ChunkRun[]): ChunkRun[] {
    const kept = runs.flatMap((run) =>
      [...this.#map.pieces(run)].filter(({ peers }) => peers.includes(peer)),
    );
    return runSet(kept);
  }
}
