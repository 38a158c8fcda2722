/** Digests of chunks by id, committed or staged. */
import { DIGESTS_MAX, RUNS_MAX } from "@goliath/protocols/index/service";
import { DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import { sumsWithin } from "./segments.ts";

export async function digests(
  reader: StoreReader,
  { runs }: { runs: ChunkRun[] },
): Promise<Uint8Array> {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  if (runs.length > RUNS_MAX || !(count <= DIGESTS_MAX)) {
    throw new GoliathError("too-large", `at most ${RUNS_MAX} runs and ${DIGESTS_MAX} digests`);
  }
  const committed = await reader.sums(runs);
  const parts: Uint8Array[] = [];
  for (const [index, run] of runs.entries()) {
    parts.push(committed[index] ?? (await stagedSums(reader, run)));
  }
  const sums = Buffer.concat(parts);
  if (sums.length === count * DIGEST_BYTES) return sums;
  throw new GoliathError("internal", "digests are not all there");
}

/** Ids of a run may be of several leases: each is staged for itself. */
async function stagedSums(reader: StoreReader, { first, count }: ChunkRun): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const end = first + count;
  for (let at = first; at < end;) {
    const [lease] = await reader.leasesAt([at]);
    const stop = lease ? Math.min(end, lease.first + lease.count) : end;
    const piece = { first: at, count: stop - at };
    const sums = lease && sumsWithin(await reader.staged(lease.lease, piece), piece);
    if (!sums) throw new GoliathError("not-found", "no digests are known", { about: { id: at } });
    parts.push(sums);
    at = stop as ChunkId;
  }
  return Buffer.concat(parts);
}
