/** Chunk ids whose state may have changed since it was last told, as merged runs. */
import { normalizeRuns } from "@goliath/chunks";
import type { ChunkRun } from "@goliath/protocols/nouns";

/** Runs remembered; beyond it everything is told anew. 16 bytes and some each. */
const RUNS_MAX = 65_536;

export class TouchedRuns {
  #runs: ChunkRun[] = [];
  #overflown = false;

  get isEmpty(): boolean {
    return this.#runs.length === 0 && !this.#overflown;
  }

  add(runs: readonly ChunkRun[]): void {
    for (const { first, count } of runs) {
      const last = this.#runs.at(-1);
      if (last && last.first + last.count === first) last.count += count;
      else this.#runs.push({ first, count });
    }
    if (this.#runs.length > RUNS_MAX) this.#overflow();
  }

  /** Takes up to `limit` runs, ascending and without overlaps; `all` when there were too many. */
  take(limit: number): ChunkRun[] | "all" {
    if (this.#overflown) {
      this.#overflown = false;
      return "all";
    }
    const merged = normalizeRuns(this.#runs);
    this.#runs = merged.slice(limit);
    return merged.slice(0, limit);
  }

  #overflow(): void {
    this.#runs = [];
    this.#overflown = true;
  }
}
