/** Sets of ids as sorted runs that do not overlap: what is in one and not in the other, or in both. */
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";

/** The ids of `runs` that are not in `taken`; both as `mergeRuns` gives them. */
export function subtractRuns(runs: readonly ChunkRun[], taken: readonly ChunkRun[]): ChunkRun[] {
  const left: ChunkRun[] = [];
  let next = 0;
  for (const { first, count } of runs) {
    const end = first + count;
    let at: number = first;
    while (next < taken.length && endOf(taken[next] as ChunkRun) <= at) next++;
    for (let i = next; at < end; i++) {
      const hole = taken[i];
      const stop = Math.min(end, hole?.first ?? end);
      if (stop > at) left.push({ first: at as ChunkId, count: stop - at });
      if (!hole || hole.first >= end) break;
      at = Math.max(at, endOf(hole));
    }
  }
  return left;
}

/** The ids that are in both. */
export function intersectRuns(a: readonly ChunkRun[], b: readonly ChunkRun[]): ChunkRun[] {
  return subtractRuns(a, subtractRuns(a, b));
}

function endOf({ first, count }: ChunkRun): number {
  return first + count;
}
