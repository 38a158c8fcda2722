/** Chunk ids whose state may have changed since it was last told, as merged runs. */
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";

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
    const merged = mergeRuns(this.#runs);
    this.#runs = merged.slice(limit);
    return merged.slice(0, limit);
  }

  #overflow(): void {
    this.#runs = [];
    this.#overflown = true;
  }
}

/** Ascending runs without overlaps that cover the same ids. */
export function mergeRuns(runs: readonly ChunkRun[]): ChunkRun[] {
  const merged: ChunkRun[] = [];
  for (const { first, count } of runs.toSorted((a, b) => a.first - b.first)) {
    const last = merged.at(-1);
    if (last && first <= last.first + last.count) {
      last.count = Math.max(last.count, first + count - last.first);
    } else merged.push({ first, count });
  }
  return merged;
}

/** What of `whole` (ascending, no overlaps) is not in `part` (likewise). */
export function subtractRuns(whole: readonly ChunkRun[], part: readonly ChunkRun[]): ChunkRun[] {
  const left: ChunkRun[] = [];
  let next = 0;
  for (const { first, count } of whole) {
    const end = first + count;
    let at: number = first;
    for (; at < end; next++) {
      const cut = part[next];
      if (!cut || cut.first >= end) break;
      if (cut.first > at) left.push({ first: at as ChunkId, count: cut.first - at });
      at = Math.max(at, cut.first + cut.count);
      if (at >= end) break;
    }
    if (at < end) left.push({ first: at as ChunkId, count: end - at });
  }
  return left;
}
