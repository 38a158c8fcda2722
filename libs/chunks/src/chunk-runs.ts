/** Arithmetic of sets of chunk ids, kept as runs. "Normal" means ascending, apart and not empty. */
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";

/** The id behind the last one of a run. */
export function endOf(run: ChunkRun): number {
  return run.first + run.count;
}

/** The run of the ids from `first` to `end`, which is not part of it. */
export function runBetween(first: number, end: number): ChunkRun {
  return { first: first as ChunkId, count: end - first };
}

/** The same set in ascending runs that neither touch nor overlap. */
export function normalizeRuns(runs: readonly ChunkRun[]): ChunkRun[] {
  const ascending = runs.filter((run) => run.count > 0).toSorted((a, b) => a.first - b.first);
  const normal: ChunkRun[] = [];
  for (const { first, count } of ascending) {
    const last = normal.at(-1);
    if (last && first <= endOf(last))
      last.count = Math.max(endOf(last), first + count) - last.first;
    else normal.push({ first, count });
  }
  return normal;
}

/** What is in both of two normal sets. */
export function intersectRuns(a: readonly ChunkRun[], b: readonly ChunkRun[]): ChunkRun[] {
  const both: ChunkRun[] = [];
  let i = 0;
  let j = 0;
  for (let left = a[i], right = b[j]; left && right; left = a[i], right = b[j]) {
    const first = Math.max(left.first, right.first);
    const end = Math.min(endOf(left), endOf(right));
    if (first < end) both.push(runBetween(first, end));
    if (endOf(left) < endOf(right)) i++;
    else j++;
  }
  return both;
}

/** What is in `a` and not in `b`, both normal. */
export function subtractRuns(a: readonly ChunkRun[], b: readonly ChunkRun[]): ChunkRun[] {
  const rest: ChunkRun[] = [];
  let j = 0;
  for (const run of a) {
    let first: number = run.first;
    for (let cut = b[j]; cut && cut.first < endOf(run); cut = b[j]) {
      if (cut.first > first) rest.push(runBetween(first, cut.first));
      first = Math.max(first, endOf(cut));
      // What reaches beyond this run may cut the next one as well.
      if (endOf(cut) > endOf(run)) break;
      j++;
    }
    if (first < endOf(run)) rest.push(runBetween(first, endOf(run)));
  }
  return rest;
}

/** A set of single ids as normal runs. */
export function runsOfIds(ids: Iterable<ChunkId>): ChunkRun[] {
  return normalizeRuns(Array.from(ids, (first) => ({ first, count: 1 })));
}

/** How many ids a normal set has. */
export function countIds(runs: readonly ChunkRun[]): number {
  let count = 0;
  for (const run of runs) count += run.count;
  return count;
}
