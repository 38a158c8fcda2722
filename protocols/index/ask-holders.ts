/** Asking who holds many runs, in as many calls as it takes. */
import { GoliathError, type ChunkId, type ChunkRun } from "../nouns/exports.ts";
import { countRuns } from "../wire/exports.ts";
import type { HoldersReply } from "./service.ts";

/** Asks until all runs are answered: one reply may answer only the first of them. */
export async function askHolders(
  runs: readonly ChunkRun[],
  ask: (runs: ChunkRun[]) => Promise<HoldersReply>,
): Promise<HoldersReply> {
  const all: HoldersReply = { peers: [], runs: [] };
  const indexes = new Map<string, number>();
  let rest = [...runs];
  while (rest.length > 0) {
    const reply = await ask(rest);
    const known = reply.peers.map((holder) => {
      const index = indexes.get(holder.peer) ?? all.peers.push(holder) - 1;
      indexes.set(holder.peer, index);
      return index;
    });
    if (reply.runs.length === 0) throw otherRuns();
    rest = withoutFirst(rest, countRuns(reply.runs));
    for (const { holders, ...run } of reply.runs) {
      all.runs.push({ ...run, holders: holders.map((index) => known[index] ?? 0) });
    }
  }
  return all;
}

/** What is left of the runs after their first `count` chunks. */
function withoutFirst(runs: readonly ChunkRun[], count: number): ChunkRun[] {
  let skip = count;
  const left: ChunkRun[] = [];
  for (const run of runs) {
    const skipped = Math.min(skip, run.count);
    skip -= skipped;
    if (skipped === run.count) continue;
    left.push({ first: (run.first + skipped) as ChunkId, count: run.count - skipped });
  }
  if (skip > 0) throw otherRuns();
  return left;
}

const otherRuns = (): GoliathError =>
  new GoliathError("bad-request", "the index answered other runs than were asked");
