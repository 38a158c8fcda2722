/**
 * What keepers were told to expect from writers. Until it is committed it is nobody's copy; at the
 * commit, a keeper that proves to have it has it in its own store, because it was pushed there.
 */
import type { Clock } from "@goliath/kit";
import { GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import { HoldingsMap } from "../holdings/holdings-map.ts";
import { runSet } from "../holdings/run-set.ts";

/** Announcements known at once: a block each, 64 TiB of chunks of 1 MiB on their way. */
const ANNOUNCEMENTS_MAX = 65_536;

interface Announced {
  peer: PeerId;
  runs: ChunkRun[];
  endMs: number;
}

export class Announcements {
  readonly #map = new HoldingsMap();
  /** In the order in which they end: all last equally long. */
  readonly #open = new Set<Announced>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws `busy` when too many are open. */
  add({ peer, runs, lastsMs }: { peer: PeerId; runs: ChunkRun[]; lastsMs: number }): void {
    this.#endLate();
    if (this.#open.size >= ANNOUNCEMENTS_MAX) {
      throw new GoliathError("busy", "too many chunks are on their way to keepers");
    }
    this.#open.add({ peer, runs, endMs: this.#clock.monotonicMs() + lastsMs });
    this.#map.add(peer, runs);
  }

  /** Of these runs, what was announced to the peer. */
  of(peer: PeerId, runs: readonly ChunkRun[]): ChunkRun[] {
    const announced = runs.flatMap((run) =>
      [...this.#map.pieces(run)].filter(({ peers }) => peers.includes(peer)),
    );
    return runSet(announced);
  }

  /** Who was told to expect something of this block. */
  near(run: ChunkRun): PeerId[] {
    return [...this.#map.pieces(run)].flatMap(({ peers }) => peers);
  }

  forget(peer: PeerId): void {
    this.#map.forget(peer);
  }

  #endLate(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const one of this.#open) {
      if (one.endMs > nowMs) return;
      this.#open.delete(one);
      this.#map.remove(one.peer, one.runs);
    }
  }
}
