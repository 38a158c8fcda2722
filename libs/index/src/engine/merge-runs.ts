/** Runs of chunk ids brought together. */
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";

/** The same ids as few sorted runs, each id once. */
export function mergeRuns(runs: Iterable<ChunkRun>): ChunkRun[] {
  const merged: ChunkRun[] = [];
  const sorted = [...runs].toSorted((a, b) => a.first - b.first);
  for (const { first, count } of sorted) {
    const last = merged.at(-1);
    if (last && first <= last.first + last.count) {
      last.count = Math.max(last.count, first + count - last.first);
    } else {
      merged.push({ first: first as ChunkId, count });
    }
  }
  return merged;
}
