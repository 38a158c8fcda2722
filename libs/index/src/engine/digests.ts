/** Digests of chunks by id, committed or staged. */
import { DIGESTS_MAX, RUNS_MAX } from "@goliath/protocols/index/service";
import { DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkRun } from "@goliath/protocols/nouns";
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

async function stagedSums(reader: StoreReader, run: ChunkRun): Promise<Uint8Array> {
  const [lease] = await reader.leasesAt([run.first]);
  const sums = lease && sumsWithin(await reader.staged(lease.lease, run), run);
  if (sums) return sums;
  throw new GoliathError("not-found", "no digests are known", { about: { id: run.first } });
}
