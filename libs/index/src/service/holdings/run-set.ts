/** Sets of chunk ids as runs: ascending, apart from each other. */
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";

/** Any runs as a set. */
export function runSet(runs: Iterable<ChunkRun>): ChunkRun[] {
  const set: ChunkRun[] = [];
  for (const { first, count } of [...runs].toSorted((a, b) => a.first - b.first)) {
    const last = set.at(-1);
    if (count <= 0) continue;
    if (last && first <= last.first + last.count) {
      last.count = Math.max(last.count, first + count - last.first);
    } else {
      set.push({ first, count });
    }
  }
  return set;
}

/** What is in both sets. */
export function intersectRuns(a: readonly ChunkRun[], b: readonly ChunkRun[]): ChunkRun[] {
  const both: ChunkRun[] = [];
  for (let i = 0, j = 0; ;) {
    const one = a[i];
    const other = b[j];
    if (!one || !other) return both;
    const first = Math.max(one.first, other.first);
    const oneEnd = one.first + one.count;
    const otherEnd = other.first + other.count;
    const end = Math.min(oneEnd, otherEnd);
    if (first < end) both.push({ first: first as ChunkId, count: end - first });
    if (oneEnd <= otherEnd) i++;
    else j++;
  }
}

/** What is in the first set and not in the second. */
export function subtractRuns(a: readonly ChunkRun[], b: readonly ChunkRun[]): ChunkRun[] {
  const rest: ChunkRun[] = [];
  let j = 0;
  for (const { first, count } of a) {
    let from: number = first;
    const end = first + count;
    while (j < b.length && endOf(b[j]) <= from) j++;
    for (let k = j; from < end; k++) {
      const cut = Math.min(b[k]?.first ?? end, end);
      if (cut > from) rest.push({ first: from as ChunkId, count: cut - from });
      from = Math.max(from, k < b.length ? endOf(b[k]) : end);
    }
  }
  return rest;
}

/** The first id of `set` that `covering` lacks. */
export function firstOutside(
  set: readonly ChunkRun[],
  covering: readonly ChunkRun[],
): ChunkId | undefined {
  let j = 0;
  for (const { first, count } of set) {
    while (j < covering.length && endOf(covering[j]) <= first) j++;
    const cover = covering[j];
    if (!cover || cover.first > first) return first;
    // Runs of a set lie apart, so one that does not reach the end leaves a gap right after it.
    if (endOf(cover) < first + count) return endOf(cover) as ChunkId;
  }
  return undefined;
}

/** The same ids in groups of at most `max`. */
export function* groupRuns(set: readonly ChunkRun[], max: number): Generator<ChunkRun[]> {
  let group: ChunkRun[] = [];
  let room = max;
  for (const run of set) {
    for (let { first, count } = run; count > 0;) {
      const taken = Math.min(count, room);
      group.push({ first, count: taken });
      first = (first + taken) as ChunkId;
      count -= taken;
      room -= taken;
      if (room > 0) continue;
      yield group;
      group = [];
      room = max;
    }
  }
  if (group.length > 0) yield group;
}

/** The id at a position of the set, counted from 0. */
export function idAt(set: readonly ChunkRun[], position: number): ChunkId | undefined {
  let left = position;
  for (const { first, count } of set) {
    if (left < count) return (first + left) as ChunkId;
    left -= count;
  }
  return undefined;
}

function endOf(run: ChunkRun | undefined): number {
  return run ? run.first + run.count : 0;
}
