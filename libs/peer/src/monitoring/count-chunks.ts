/** How many chunks a store has. */
import type { ChunkReader } from "@goliath/chunks";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";

/** Runs counted at a time. */
const RUNS_AT_ONCE = 8192;

export function countChunks(chunks: ChunkReader): number {
  let count = 0;
  for (let from = 0 as ChunkId; ;) {
    const runs: ChunkRun[] = chunks.runs(from, RUNS_AT_ONCE);
    for (const run of runs) count += run.count;
    const last = runs.at(-1);
    if (!last || runs.length < RUNS_AT_ONCE) return count;
    from = (last.first + last.count) as ChunkId;
  }
}
