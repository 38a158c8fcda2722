/** What each chunk in use has had of copies, and what it has lost. */
import type { Clock } from "@goliath/kit";
import type { ChunkId } from "@goliath/protocols/nouns";
import type { PeerMachine } from "../peer-machine.ts";

/** Milliseconds in which it may have been looked whether another number is wanted. */
const WANTED_MS = 60_000;

interface Wanted {
  /** What was wanted when, the newest last. */
  steps: { atMs: number; copies: number }[];
  /** The fewest wanted since it first had as many as it was to have; undefined until then. */
  guarded: number | undefined;
}

export class CopyTally {
  readonly #clock: Clock;
  readonly #repairMs: number;
  readonly #chunks = new Map<ChunkId, Wanted>();
  readonly #losses: { atMs: number; ids: Set<ChunkId> }[] = [];
  readonly #rots: Set<ChunkId>[] = [];

  constructor({ clock, repairMs }: { clock: Clock; repairMs: number }) {
    this.#clock = clock;
    this.#repairMs = repairMs;
  }

  look({
    wanted,
    keepers,
  }: {
    wanted: ReadonlyMap<ChunkId, number>;
    keepers: readonly PeerMachine[];
  }): void {
    for (const id of this.#chunks.keys()) if (!wanted.has(id)) this.#chunks.delete(id);
    const atMs = this.#clock.monotonicMs();
    for (const [id, copies] of wanted) {
      const chunk: Wanted = this.#chunks.get(id) ?? { steps: [], guarded: undefined };
      this.#chunks.set(id, chunk);
      if (chunk.steps.at(-1)?.copies !== copies) chunk.steps.push({ atMs, copies });
      const have = keepers.filter(
        ({ packs, isDraining }) => !isDraining && packs.kept.has(id),
      ).length;
      if (chunk.guarded !== undefined) chunk.guarded = Math.min(chunk.guarded, copies);
      else if (copies > 0 && have >= copies) chunk.guarded = copies;
    }
  }

  /** A keeper died that had these. */
  loses(ids: Iterable<ChunkId>): void {
    this.#losses.push({ atMs: this.#clock.monotonicMs(), ids: new Set(ids) });
  }

  /** One of these at one keeper is not what it was, and nobody knows. */
  rots(ids: Iterable<ChunkId>): void {
    this.#rots.push(new Set(ids));
  }

  /** Copies that it has had, at the least, since it had as many as were wanted. */
  guarded(id: ChunkId): number {
    return this.#chunks.get(id)?.guarded ?? 0;
  }

  /** The fewest that were wanted lately: what was ordered may have been for any of them. */
  neededNow(id: ChunkId): number {
    const { steps = [], guarded } = this.#chunks.get(id) ?? {};
    if (guarded === undefined) return 0;
    const sinceMs = this.#clock.monotonicMs() - WANTED_MS;
    const lately = steps.filter((_, i) => (steps[i + 1]?.atMs ?? Infinity) > sinceMs);
    return Math.min(...lately.map(({ copies }) => copies));
  }

  /** Copies lost in so many milliseconds, and those that may have rotted at any time. */
  lostWithin(id: ChunkId, ms: number): number {
    const sinceMs = this.#clock.monotonicMs() - ms;
    return this.#lost(id).filter((atMs) => atMs > sinceMs).length + this.#rotted(id);
  }

  /** The most lost within the time of one repair, and those that may have rotted at any time. */
  worst(id: ChunkId): number {
    const lost = this.#lost(id);
    const within = lost.map(
      (sinceMs) =>
        lost.filter((atMs) => atMs >= sinceMs && atMs <= sinceMs + this.#repairMs).length,
    );
    return Math.max(0, ...within) + this.#rotted(id);
  }

  #lost(id: ChunkId): number[] {
    return this.#losses.filter(({ ids }) => ids.has(id)).map(({ atMs }) => atMs);
  }

  #rotted(id: ChunkId): number {
    return this.#rots.filter((ids) => ids.has(id)).length;
  }
}
